"""A crawl through every kind of page on 40 hosts: nothing is lost, nothing is rude, nothing hangs."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from server.crawl import CrawlSettings, Fetched, fetched_pages
from tests.server.crawl.zoo import MADE_UP, Zoo, open_zoo

PAUSE_S = 0.03


@dataclass(frozen=True, slots=True)
class Visit:
    """A finished crawl."""

    zoo: Zoo
    pages: list[Fetched]
    took_s: float


@pytest.fixture(scope="module")
def visit() -> Iterator[Visit]:
    """Five pages of each host: about 200 in all, each kind at least twice."""
    zoo = open_zoo(pages_a_host=5, stall_s=6.0)
    settings = CrawlSettings(pause_s=PAUSE_S, timeout_s=1.5, back_off_s=0.05, max_bytes=1_000_000)
    started = time.monotonic()
    pages = list(fetched_pages(zoo.expected, settings, zoo.internet()))
    yield Visit(zoo, pages, time.monotonic() - started)
    zoo.web.stop()


def test_every_address_is_accounted_for_in_order(visit: Visit) -> None:
    assert [page.address for page in visit.pages] == list(visit.zoo.expected)


def test_every_page_or_its_reason_is_the_right_one(visit: Visit) -> None:
    assert visit.zoo.wrong(visit.pages) == []
    assert all(MADE_UP in (page.html or "") for page in visit.pages if page.problem is None)
    assert all(page.problem.detail.endswith(".") for page in visit.pages if page.problem)


def test_pauses_and_crawl_delays_are_kept(visit: Visit) -> None:
    assert visit.zoo.short_pauses(PAUSE_S) == []
    assert visit.zoo.overlaps() == 0


def test_robots_txt_comes_first_and_is_obeyed(visit: Visit) -> None:
    assert visit.zoo.rude() == []


def test_nothing_inside_was_ever_dialled(visit: Visit) -> None:
    assert {place.rpartition(".")[0].partition(".")[0] for place in visit.zoo.web.wire.dialled} == {"93"}


def test_nothing_hung(visit: Visit) -> None:
    assert visit.took_s < 40
