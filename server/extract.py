"""HTML to the article in it, by trafilatura's fast mode."""

import logging
from dataclasses import dataclass

from detector.errors import ExtractError

EXTRACTOR = "trafilatura-fast"


@dataclass(frozen=True, slots=True)
class Article:
    """The readable part of a page. `extractor` is None when the page was plain text."""

    text: str
    title: str | None
    extractor: str | None


def extract_article(html: str) -> Article:
    """The article of a page. Raises ExtractError when there is none."""
    import trafilatura  # 0.2 s and 15 MB: only those who extract pay

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs addresses and page text
    document = trafilatura.bare_extraction(
        html, fast=True, include_comments=False, include_tables=False, with_metadata=True
    )
    text = getattr(document, "text", None)
    if not text:
        raise ExtractError("The page holds no article. Paste the text itself instead.")
    return Article(text, getattr(document, "title", None), EXTRACTOR)
