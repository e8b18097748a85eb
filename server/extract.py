"""HTML to the article in it, by trafilatura's fast mode."""

import logging
from dataclasses import dataclass

from detector.errors import ExtractError

EXTRACTOR = "trafilatura-fast"
NO_ARTICLE = "The page holds no article. Paste the text itself instead."


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself: its site's name, its date (YYYY-MM-DD), its language, its canonical address."""

    site: str | None = None
    date: str | None = None
    language: str | None = None
    canonical: str | None = None


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Article:
    """The readable part of a page. `extractor` is None when the page was plain text."""

    text: str
    title: str | None
    extractor: str | None
    facts: Facts = NO_FACTS


def extract_article(html: str) -> Article:
    """The article of a page. Raises ExtractError when there is none."""
    import trafilatura  # 0.2 s and 15 MB: only those who extract pay

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # they log addresses and page text
    document = trafilatura.bare_extraction(
        html, fast=True, include_comments=False, include_tables=False, with_metadata=True
    )
    text = getattr(document, "text", None)
    if not text:
        raise ExtractError(NO_ARTICLE)
    names = ("sitename", "date", "language", "url")
    facts = Facts(*(getattr(document, name, None) or None for name in names))
    return Article(text, getattr(document, "title", None), EXTRACTOR, facts)
