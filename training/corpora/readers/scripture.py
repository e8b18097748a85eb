"""Scripture and its commentary: a modern English Bible and an old commentary."""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from training.corpora.source import RawText, Reader, Source

_DROPPED = re.compile(r"<(note|title)\b[^<>]*>.*?</\1>", re.DOTALL)
_PARAGRAPH = re.compile(r"<(?:div|p|lg|milestone)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]+>")


def sword_reader(module: str) -> Reader:
    """A reader of one module of the SWORD project, grouped by book."""

    def read(folder: Path) -> Iterator[RawText]:
        for part in ("ot", "nt"):
            for number, block in enumerate(_sword_blocks(folder / "usr/share/sword/modules" / module / part)):
                chapters = _DROPPED.sub("", block.decode("utf-8", "replace")).split("<chapter ")
                for chapter, text in enumerate(chapters):
                    body = text.partition(">")[2] if chapter else text
                    yield f"{part}-{number}-{chapter}", f"{part}-{number}", _TAG.sub("", _PARAGRAPH.sub("\n\n", body))

    return read


def _sword_blocks(stem: Path) -> Iterator[bytes]:
    """Books: the index holds offset, size and unpacked size of each, four bytes a number."""
    packed = stem.with_suffix(".bzz").read_bytes()
    for offset, size, _ in struct.iter_unpack("<III", stem.with_suffix(".bzs").read_bytes()):
        yield zlib.decompress(packed[offset : offset + size])


SOURCES = (
    Source(
        "bible-web", "translation", "apt", "sword-text-web", None, 250_000,
        "public domain", sword_reader("texts/ztext/engWEB2015eb"),
    ),
    Source(
        "commentary-henry", "old prose", "apt", "sword-comm-mhcc", None, 200_000,
        "public domain", sword_reader("comments/zcom/mhcc"),
    ),
)  # fmt: skip
