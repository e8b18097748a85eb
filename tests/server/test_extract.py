"""HTML to article."""

import contextlib
import logging

import pytest

from detector.errors import ExtractError
from server.extract import extract_article
from server.fetch import Page
from server.reading import read_address

PARAGRAPH = (
    "The town council met on Tuesday evening to talk about the bridge over the river, which has been closed "
    "since the floods of last spring, and agreed that work on it should begin before the end of the year. "
)
PAGE = f"""<!doctype html><html><head><title>Bridge work to begin</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About the paper</a></li></ul></nav>
<article><h1>Bridge work to begin</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}It will cost two million.</p></article>
<footer>Copyright, all rights reserved, terms and conditions</footer></body></html>"""


def test_the_article_is_found_and_the_menu_left_out() -> None:
    article = extract_article(PAGE)
    assert "The town council met on Tuesday evening" in article.text
    assert "It will cost two million." in article.text
    assert "About the paper" not in article.text
    assert "terms and conditions" not in article.text
    assert (article.title, article.extractor) == ("Bridge work to begin", "trafilatura-fast")


@pytest.mark.parametrize("html", ["", " ", "<html></html>", "<p>", "\x00", "no tags at all", "<!--", "<" * 5000])
def test_a_page_without_an_article_says_so(html: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ExtractError, match="Paste the text itself instead"):
        extract_article(html)


def test_deep_nesting_and_lone_surrogates_are_an_article_or_an_extract_error() -> None:
    for html in ("<div>" * 20_000 + PARAGRAPH, PAGE.replace("river", "ri\ud800ver")):
        with contextlib.suppress(ExtractError):
            assert extract_article(html).text


def test_extraction_logs_nothing_of_the_page(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    extract_article(PAGE.replace("Tuesday", "canary"))
    with pytest.raises(ExtractError):
        extract_article("<title>canary</title>")
    assert "canary" not in caplog.text


class FakeFetcher:
    """A web of two pages."""

    def fetch(self, address: str) -> Page:
        is_html = address.endswith(".html")
        return Page(address, PAGE if is_html else PARAGRAPH, is_html)


def test_plain_text_needs_no_extractor() -> None:
    article = read_address("https://news.example/a.txt", FakeFetcher())
    assert (article.text, article.extractor) == (PARAGRAPH, None)
    assert read_address("https://news.example/a.html", FakeFetcher()).extractor == "trafilatura-fast"
