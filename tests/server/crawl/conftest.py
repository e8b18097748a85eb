"""Fixtures of the crawler's tests: a small internet, and a crawl through it that is over in moments."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.crawl import CrawlSettings, Fetched, fetched_pages
from tests.server.crawl.web import Web

Crawl = Callable[..., list[Fetched]]


@pytest.fixture
def web() -> Iterator[Web]:
    """A running internet without pages."""
    made = Web().start()
    yield made
    made.stop()


@pytest.fixture
def crawl(web: Web) -> Crawl:
    """Fetch sources from that internet; keywords are settings."""

    def run(*sources: Any, **settings: Any) -> list[Fetched]:
        quick = {"pause_s": 0.01, "timeout_s": 2.0, "back_off_s": 0.01, **settings}
        return list(fetched_pages(sources, CrawlSettings(**quick), web.internet()))

    return run
