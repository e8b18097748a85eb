"""robots.txt: what it forbids is left alone, what it asks for is done, and what cannot be read forbids everything."""

import itertools
import time

import pytest

from tests.server.crawl.conftest import Crawl
from tests.server.crawl.web import Answer, Web, in_turn, reply

HOST = "http://news.example"
ROBOTS = f"{HOST}/robots.txt"


def reasons(crawl: Crawl, *paths: str, **settings: object) -> list[str | None]:
    return [page.problem and page.problem.reason for page in crawl(*(HOST + path for path in paths), **settings)]


@pytest.fixture(autouse=True)
def pages(web: Web) -> None:
    for path in ("/a", "/b", "/private/a", "/?q=1"):
        web.put(HOST + path, reply("<p>x"))


def test_what_it_forbids_is_never_asked_for(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, reply("User-agent: *\nDisallow: /private/\nDisallow: /*?q=\nAllow: /", Content_Type="text/plain"))
    assert reasons(crawl, "/a", "/private/a", "/?q=1", "/b") == [None, "robots", "robots", None]
    assert web.paths("news.example") == ["/robots.txt", "/a", "/b"]


def test_the_lines_for_our_own_name_go_before_those_for_all(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, reply("User-agent: *\nDisallow: /\n\nUser-agent: unspun\nDisallow: /b"))
    assert reasons(crawl, "/a", "/b") == [None, "robots"]


def test_a_redirect_into_a_forbidden_part_is_not_followed(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, reply("User-agent: *\nDisallow: /private/"))
    web.put(f"{HOST}/a", reply(status=302, Location="/private/a"))
    assert reasons(crawl, "/a") == ["robots"]
    assert "/private/a" not in web.paths("news.example")


def test_the_rules_of_each_origin_are_read_once(web: Web, crawl: Crawl) -> None:
    reasons(crawl, "/a", "/b", "/a", "/b")
    assert web.paths("news.example").count("/robots.txt") == 1


def test_the_pause_a_site_asks_for_is_kept(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, reply("User-agent: *\nCrawl-delay: 0.3"))
    assert reasons(crawl, "/a", "/b", "/a") == [None, None, None]
    times = [seen.began for seen in web.log if seen.path != "/robots.txt"]
    assert all(later - earlier >= 0.3 for earlier, later in itertools.pairwise(times))


def test_our_own_pause_is_kept_when_the_site_asks_for_a_shorter_one(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, reply("User-agent: *\nCrawl-delay: 0.01"))
    reasons(crawl, "/a", "/b", pause_s=0.2)
    times = [seen.began for seen in web.log]
    assert len(times) == 3
    assert all(later - earlier >= 0.2 for earlier, later in itertools.pairwise(times))


@pytest.mark.parametrize("asked", ["Crawl-delay: 3600", "Request-rate: 1/3600"])
def test_a_pause_that_no_crawl_can_wait_leaves_the_site_alone(web: Web, crawl: Crawl, asked: str) -> None:
    web.put(ROBOTS, reply(f"User-agent: *\n{asked}"))
    assert reasons(crawl, "/a", "/b") == ["crawl_delay", "crawl_delay"]
    assert web.paths("news.example") == ["/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_one_allows_everything(web: Web, crawl: Crawl, status: int) -> None:
    web.put(ROBOTS, reply("<p>none", status=status))
    assert reasons(crawl, "/a") == [None]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_one_that_the_site_cannot_give_forbids_everything(web: Web, crawl: Crawl, status: int) -> None:
    web.put(ROBOTS, reply("", status=status))
    assert reasons(crawl, "/a", "/b") == ["robots_unreachable", "robots_unreachable"]
    assert web.paths("news.example") == ["/robots.txt"] * 3


def test_one_that_comes_at_the_second_try_counts(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, in_turn(reply(status=503), reply("User-agent: *\nDisallow: /b")))
    assert reasons(crawl, "/a", "/b") == [None, "robots"]


def test_one_that_lies_elsewhere_is_followed_there(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, reply(status=301, Location="http://www.example/robots.txt"))
    web.put("http://www.example/robots.txt", reply("User-agent: *\nDisallow: /b"))
    assert reasons(crawl, "/a", "/b") == [None, "robots"]


def test_one_that_leads_on_and_on_counts_as_none(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, reply(status=301, Location="/robots.txt"))
    assert reasons(crawl, "/a") == [None]


@pytest.mark.parametrize(
    "answer",
    [reply("x" * 6_000_000), reply("rubbish", Content_Encoding="gzip"), reply(status=302, Location="ftp://a/")],
)
def test_one_that_cannot_be_read_forbids_everything(web: Web, crawl: Crawl, answer: Answer) -> None:
    web.put(ROBOTS, answer)
    assert reasons(crawl, "/a") == ["robots_unreachable"]


@pytest.mark.parametrize("body", ["", "<html><p>Not found", "\x00\xff" * 1000, "Disallow: /", "Crawl-delay: soon"])
def test_rubbish_forbids_nothing(web: Web, crawl: Crawl, body: str) -> None:
    web.put(ROBOTS, reply(body))
    assert reasons(crawl, "/a") == [None]


def test_a_pattern_made_to_take_for_ever_does_not(web: Web, crawl: Crawl) -> None:
    web.put(ROBOTS, reply("User-agent: *\nDisallow: /" + "*a" * 40 + "*b\n"))
    path = "/" + "a" * 2000
    web.put(HOST + path, reply("<p>x"))
    started = time.monotonic()
    assert reasons(crawl, path) == [None]
    assert time.monotonic() - started < 2
