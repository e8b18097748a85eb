"""Manuals of free software from Debian packages: HTML, Mallard and DocBook pages."""

import bz2
from collections.abc import Iterator
from pathlib import Path

from training.corpora.markup import paragraphs_of
from training.corpora.source import RawText, Reader, Source


def pages(*patterns: str) -> Reader:
    """A reader of the pages that match, grouped by package."""

    def read(folder: Path) -> Iterator[RawText]:
        for pattern in patterns:
            for path in sorted(folder.glob(pattern)):
                if path.is_file():
                    yield str(path.relative_to(folder)), pattern, paragraphs_of(path.read_text("utf-8", "replace"))

    return read


def read_finance(folder: Path) -> Iterator[RawText]:
    """The handbook of a personal finance program, which is kept as one compressed file."""
    text = bz2.decompress((folder / "usr/share/doc/HTML/en/kmymoney/index.cache.bz2").read_bytes())
    for number, page in enumerate(text.decode("utf-8", "replace").split("<FILENAME ")):
        yield str(number), "kmymoney", paragraphs_of(page)


def _manual(package: str, licence: str, *patterns: str, cap: int = 150_000) -> Source:
    return Source(f"manual-{package}", "manual", "apt", package, None, cap, licence, pages(*patterns))


SOURCES = (
    _manual("gimp-help-en", "GFDL-1.2", "usr/share/gimp/2.0/help/en/*.html"),
    _manual("libreoffice-help-en-us", "MPL-2.0", "usr/share/libreoffice/help/en-US/text/**/*.html", cap=100_000),
    _manual("gnome-user-docs", "CC BY-SA 3.0", "usr/share/help/C/*/*.page"),
    _manual("postgresql-doc-15", "PostgreSQL", "usr/share/doc/postgresql-doc-15/html/*.html"),
    _manual("debian-handbook", "GPL-2+ and CC BY-SA 3.0", "usr/share/doc/debian-handbook/html/en-US/*.html"),
    _manual("debian-history", "GPL-2+", "usr/share/doc/debian-history/docs/*.en.html", cap=50_000),
    _manual("developers-reference", "GPL-2+", "usr/share/developers-reference/*.html"),
    _manual("harden-doc", "GPL-2+", "usr/share/doc/harden-doc/html/en-US/*.html", cap=100_000),
    Source("manual-kmymoney", "manual", "apt", "kmymoney-common", None, 100_000, "GFDL-1.2", read_finance),
)
