"""Many addresses: every one comes out, in order, with bounded memory, and nothing outlives the crawl."""

import asyncio
import itertools
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from server.crawl import Crawl, CrawlSettings, fetch_all, fetched_pages
from server.crawl.threads import READ_AHEAD
from tests.server.crawl.conftest import Crawl as Quick
from tests.server.crawl.web import Answer, Exchange, Web, reply

QUICK = CrawlSettings(pause_s=0.01, timeout_s=2.0)


def after(wait_s: float, answer: Answer) -> Answer:
    async def late(exchange: Exchange) -> bool:
        await asyncio.sleep(wait_s)
        return await answer(exchange)

    return late


def many(web: Web, hosts: int, pages: int, size: int = 10) -> list[str]:
    return [
        web.put(f"http://h{host}.example/{page}", reply(f"<p>{host}-{page}" + "x" * size))
        for page in range(pages)
        for host in range(hosts)
    ]


def test_results_come_in_the_order_of_the_addresses(web: Web, crawl: Quick) -> None:
    slow = web.put("http://slow.example/", after(0.3, reply("<p>slow")))
    places = [slow, *many(web, 8, 5)]
    assert [page.address for page in crawl(*places)] == places


def test_hosts_are_asked_at_the_same_time(web: Web, crawl: Quick) -> None:
    places = [web.put(f"http://h{host}.example/", after(0.3, reply("<p>x"))) for host in range(20)]
    started = time.monotonic()
    crawl(*places)
    assert time.monotonic() - started < 20 * 0.3 / 3


def test_no_more_are_asked_at_once_than_allowed(web: Web, crawl: Quick) -> None:
    crawl(*(web.put(f"http://h{host}.example/", after(0.05, reply("<p>x"))) for host in range(12)), concurrency=2)
    marks = sorted([(seen.began, 1) for seen in web.log] + [(seen.ended or 0.0, -1) for seen in web.log])
    now = most = 0
    for _, step in marks:
        now += step
        most = max(most, now)
    assert most == 2


def test_the_same_address_twice_is_two_rows(web: Web, crawl: Quick) -> None:
    place = web.put("http://a.example/", reply("<p>x"))
    assert [page.html for page in crawl(place, place)] == ["<p>x", "<p>x"]


def test_nothing_in_is_nothing_out(crawl: Quick) -> None:
    assert crawl() == []


def test_reading_stays_ahead_by_so_many_addresses_and_bytes(web: Web) -> None:
    slow = web.put("http://slow.example/", after(0.7, reply("<p>slow")))
    places = many(web, 40, 5, size=10_000)
    read: list[str] = []

    def source() -> Iterator[str]:
        for place in [slow, *places]:
            read.append(place)
            yield place

    settings = CrawlSettings(pause_s=0.01, look_ahead=100, hold_bytes=100_000, concurrency=4)
    pages = fetched_pages(source(), settings, web.internet())
    first = next(pages)
    asked = [seen for seen in web.log if seen.path not in ("/robots.txt", "/") and seen.began < time.monotonic()]
    assert first.html == "<p>slow"
    assert len(read) <= 100 + READ_AHEAD + 5
    assert len(asked) <= 10 + 2 * settings.concurrency  # what was under way, and what took its place since
    assert len(list(pages)) == 200


def test_redirects_between_hosts_do_not_lock_up_when_memory_is_full(web: Web) -> None:
    places = []
    for number in range(60):
        other = f"http://h{(number * 7 + 1) % 6}.example/end{number}"
        web.put(other, reply("<p>" + "x" * 5_000))
        places.append(web.put(f"http://h{number % 6}.example/{number}", reply(status=302, Location=other)))
    settings = CrawlSettings(pause_s=0.001, hold_bytes=1, concurrency=2)
    pages = list(fetched_pages(places, settings, web.internet()))
    assert [page.address for page in pages] == places
    assert all(page.problem is None for page in pages)


def test_a_reader_that_takes_its_time_does_not_make_pages_too_slow(web: Web) -> None:
    pages = fetched_pages(many(web, 3, 3), CrawlSettings(pause_s=0.01, timeout_s=0.3), web.internet())
    next(pages)
    time.sleep(0.8)
    assert [page.problem for page in pages] == [None] * 8


def test_a_source_that_is_slow_does_not_hold_up_what_was_read(web: Web) -> None:
    places = many(web, 1, 2)

    def source() -> Iterator[str]:
        yield places[0]
        time.sleep(1.0)
        yield places[1]

    started = time.monotonic()
    pages = fetched_pages(source(), QUICK, web.internet())
    assert next(pages).problem is None
    assert time.monotonic() - started < 0.9
    assert len(list(pages)) == 1


def test_an_error_of_the_source_reaches_the_reader_after_what_came_before(web: Web) -> None:
    [place] = many(web, 1, 1)

    def source() -> Iterator[str]:
        yield place
        raise OSError("the file ends here")

    pages = fetched_pages(source(), QUICK, web.internet())
    assert next(pages).address == place
    with pytest.raises(OSError, match="the file ends here"):
        next(pages)


def test_a_crawl_that_is_left_leaves_nothing_behind(web: Web) -> None:
    before = threading.active_count()
    pages = fetched_pages((place for place in many(web, 30, 10)), CrawlSettings(pause_s=0.2), web.internet())
    next(pages)
    started = time.monotonic()
    pages.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 2
    assert threading.active_count() <= before
    asked = len(web.log)
    time.sleep(0.3)
    assert len(web.log) == asked


def test_the_same_works_within_asyncio(web: Web) -> None:
    places = many(web, 3, 2)

    async def source() -> AsyncIterator[str]:
        for place in places:
            yield place

    async def run() -> list[str]:
        return [page.address async for page in fetch_all(source(), QUICK, web.internet())]

    assert asyncio.run(run()) == places


def test_one_crawl_keeps_its_manners_between_calls(web: Web) -> None:
    places = many(web, 1, 6)
    with Crawl(CrawlSettings(pause_s=0.2), web.internet()) as crawl:
        for place in places[:3]:
            assert [page.address for page in crawl.pages([place])] == [place]
        left = crawl.pages(places)
        next(left)
        left.close()  # type: ignore[attr-defined]
        assert [page.problem for page in crawl.pages(places[3:])] == [None, None, None]
    times = [seen.began for seen in web.log]
    assert web.paths("h0.example").count("/robots.txt") == 1
    assert all(later - earlier >= 0.2 for earlier, later in itertools.pairwise(times))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Python's own answer to SIGINT, which a job started in the background inherits as ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_a_reader_that_is_interrupted_can_close_the_crawl(web: Web) -> None:
    crawl = Crawl(QUICK, web.internet())
    pages = crawl.pages([web.put("http://slow.example/", after(1.5, reply("<p>x")))])

    def interrupt() -> None:
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        next(pages)
    crawl.close()
    assert time.monotonic() - started < 1.2
