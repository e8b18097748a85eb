"""One address: what is sent, what is taken, what is refused and why."""

import asyncio
import gzip
import time
import zlib
from pathlib import Path

import brotli
import pytest

from detector.errors import WrongUse
from server.crawl import CrawlSettings, Fetched, Headers, fetched_pages
from tests.server.crawl.conftest import Crawl
from tests.server.crawl.web import HTML, Exchange, Web, in_turn, reply

try:
    from compression import zstd
except ImportError:
    from backports import zstd

NEWS = "http://news.example/story"


def reason(fetched: Fetched) -> str | None:
    return fetched.problem and fetched.problem.reason


def test_a_page_comes_with_its_final_address_and_headers(web: Web, crawl: Crawl) -> None:
    web.put(NEWS, reply("<p>Grüße", Content_Language="de", ETag='"1"', Last_Modified="Tue, 03 Mar 2026 10:00:00 GMT"))
    assert crawl(NEWS) == [
        Fetched(
            NEWS,
            NEWS,
            200,
            "<p>Grüße",
            headers=Headers(HTML, "de", "Tue, 03 Mar 2026 10:00:00 GMT", '"1"'),
        )
    ]


def test_the_crawler_says_who_it_is_and_sends_nothing_that_follows_the_reader(web: Web, crawl: Crawl) -> None:
    web.put(NEWS, reply("<p>x", Set_Cookie="id=1"))
    web.put(NEWS + "2", reply("<p>x"))
    crawl(NEWS, NEWS + "2", contact="https://example.org/about")
    headers = web.log[-1].headers
    assert headers["User-Agent"] == "unspun/0.1.0 (+https://example.org/about)"
    assert headers["Accept-Encoding"] == "gzip, br, zstd"
    assert "Cookie" not in headers and "Referer" not in headers


@pytest.mark.parametrize(
    ("name", "pack"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress), ("x-gzip", gzip.compress)],
)
def test_packed_pages_are_unpacked(web: Web, crawl: Crawl, name: str, pack: object) -> None:
    assert callable(pack)
    web.put(NEWS, reply(pack(b"<p>hello"), Content_Encoding=name))
    assert crawl(NEWS)[0].html == "<p>hello"


@pytest.mark.parametrize(
    ("content_type", "body", "html"),
    [
        ("text/html; charset=iso-8859-1", "<p>Grüße".encode("latin-1"), "<p>Grüße"),
        ("text/html", '<meta charset="windows-1251"><p>Мир'.encode("cp1251"), '<meta charset="windows-1251"><p>Мир'),
        ("text/html", "<p>Мир".encode("utf-16"), "<p>Мир"),
        ("text/html", b"<p>\xff\xfe broken \x80", "<p>ÿþ broken €"),
    ],
)
def test_the_charset_is_found_as_browsers_do(web: Web, crawl: Crawl, content_type: str, body: bytes, html: str) -> None:
    web.put(NEWS, reply(body, Content_Type=content_type))
    assert crawl(NEWS)[0].html == html


def test_plain_text_is_told_from_html_by_what_it_holds_too(web: Web, crawl: Crawl) -> None:
    web.put(NEWS, reply("a < b", Content_Type="text/plain"))
    web.put(NEWS + "2", reply("\n<!-- x --><!DOCTYPE html><p>a", Content_Type="text/plain"))
    assert [page.is_html for page in crawl(NEWS, NEWS + "2")] == [False, True]


@pytest.mark.parametrize(
    ("kind", "body"), [("application/pdf", b"%PDF-1.7"), (HTML, b"%PDF-1.7"), (HTML, b"\x89PNG\r\n"), ("", b"GIF89a")]
)
def test_what_is_no_page_is_refused_whatever_it_is_called(web: Web, crawl: Crawl, kind: str, body: bytes) -> None:
    web.put(NEWS, reply(body, Content_Type=kind))
    assert reason(crawl(NEWS)[0]) == "not_a_page"


def test_redirects_are_followed_across_hosts_and_their_end_told(web: Web, crawl: Crawl) -> None:
    web.put(NEWS, reply(status=301, Location="/moved"))
    web.put("http://news.example/moved", reply(status=302, Location="http://other.example/here"))
    web.put("http://other.example/here", reply("<p>here"))
    [page] = crawl(NEWS)
    assert (page.address, page.final_address, page.html) == (NEWS, "http://other.example/here", "<p>here")
    assert web.paths("other.example") == ["/robots.txt", "/here"]


def test_endless_redirects_end(web: Web, crawl: Crawl) -> None:
    web.put(NEWS, reply(status=302, Location="http://other.example/back"))
    web.put("http://other.example/back", reply(status=302, Location=NEWS))
    [page] = crawl(NEWS)
    assert reason(page) == "redirects"
    assert len(web.log) == 6 + 2


@pytest.mark.parametrize("target", ["ftp://news.example/", "file:///etc/passwd", "http://[", "http://a b/"])
def test_a_redirect_to_something_else_is_refused(web: Web, crawl: Crawl, target: str) -> None:
    web.put(NEWS, reply(status=302, Location=target))
    assert reason(crawl(NEWS)[0]) == "bad_address"


@pytest.mark.parametrize(
    "address", ["", "news.example", "ftp://news.example/", "http://user:word@news.example/", "x" * 9999]
)
def test_what_is_no_web_address_is_a_row_with_a_reason(web: Web, crawl: Crawl, address: str) -> None:
    [page] = crawl(address)
    assert (page.address, reason(page)) == (address, "bad_address")
    assert web.log == []


@pytest.mark.parametrize(
    ("addresses", "told"),
    [
        (("127.0.0.1",), "127.0.0.1"),
        (("10.1.2.3",), "10.1.2.3"),
        (("169.254.169.254",), "169.254.169.254"),
        (("::1",), "::1"),
        (("::ffff:192.168.0.1",), "::ffff:192.168.0.1"),
        (("fe80::1%eth0",), "fe80::1%eth0"),
        (("93.184.215.14", "10.0.0.1"), "10.0.0.1"),
    ],
)
def test_a_name_that_leads_inside_is_refused_before_any_connection(
    web: Web, crawl: Crawl, addresses: tuple[str, ...], told: str
) -> None:
    web.put(NEWS, reply("<p>secret"))
    web.name("news.example", *addresses)
    [page] = crawl(NEWS)
    assert page.problem is not None
    assert page.problem.reason == "address_refused" and told in page.problem.detail
    assert web.wire.dialled == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "localhost"])
def test_every_redirect_is_checked_again(web: Web, crawl: Crawl, host: str) -> None:
    web.put(NEWS, reply(status=302, Location=f"http://{host}/secret"))
    web.name("localhost", "127.0.0.1")
    assert reason(crawl(NEWS)[0]) == "address_refused"
    assert {seen.host for seen in web.log} == {"news.example"}


def test_a_name_rebound_between_two_lookups_is_refused(web: Web, crawl: Crawl) -> None:
    async def rebind(exchange: Exchange) -> bool:
        web.name("news.example", "127.0.0.1")
        return await reply("User-agent: *\nAllow: /", Connection="close", Content_Length="")(exchange)

    web.put("http://news.example/robots.txt", rebind)
    web.put(NEWS, reply("<p>secret"))
    assert reason(crawl(NEWS)[0]) == "address_refused"
    assert web.paths("news.example") == ["/robots.txt"]


def test_a_robots_txt_cannot_lead_inside(web: Web, crawl: Crawl) -> None:
    web.put("http://news.example/robots.txt", reply(status=302, Location="http://inside.example/robots.txt"))
    web.put(NEWS, reply("<p>x"))
    web.name("inside.example", "192.168.0.1")
    assert reason(crawl(NEWS)[0]) == "address_refused"
    assert web.paths("news.example") == ["/robots.txt"]


def test_the_second_address_is_tried_when_the_first_does_not_answer(web: Web, crawl: Crawl) -> None:
    web.put(NEWS, reply("<p>here"))
    web.name("news.example", "2606:4700::1111", "93.184.215.14")
    web.wire.down.add("2606:4700::1111")
    assert crawl(NEWS)[0].html == "<p>here"


def test_a_proxy_in_the_environment_is_not_used(web: Web, crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    web.put(NEWS, reply("<p>direct"))
    assert crawl(NEWS)[0].html == "<p>direct"


@pytest.mark.parametrize("status", [204, 304, 403, 404, 410, 501])
def test_an_error_page_is_not_an_article(web: Web, crawl: Crawl, status: int) -> None:
    web.put(NEWS, reply("" if status in (204, 304) else "<p>no", status=status))
    [page] = crawl(NEWS)
    assert (reason(page), page.status) == ("bad_status", status)
    assert len(web.paths("news.example")) == 2


def _bomb(name: str) -> bytes:
    if name == "gzip":
        packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
        return b"".join(packer.compress(bytes(1_000_000)) for _ in range(30)) + packer.flush()
    return brotli.compress(bytes(30_000_000), quality=4) if name == "br" else zstd.compress(bytes(30_000_000))


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_a_bomb_is_stopped_at_the_cap(web: Web, crawl: Crawl, name: str) -> None:
    bomb = _bomb(name)
    assert len(bomb) < 100_000
    web.put(NEWS, reply(bomb, Content_Encoding=name))
    assert reason(crawl(NEWS, max_bytes=1_000_000)[0]) == "too_large"


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
@pytest.mark.parametrize("body", [b"not packed at all", b""])
def test_a_broken_packing_is_a_failure(web: Web, crawl: Crawl, name: str, body: bytes) -> None:
    web.put(NEWS, reply(body, Content_Encoding=name))
    assert reason(crawl(NEWS)[0]) == "fetch_failed"


def test_a_page_over_the_cap_is_refused_without_reading_it_all(web: Web, crawl: Crawl) -> None:
    async def endless(exchange: Exchange) -> bool:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            await exchange.send(b"x" * 10_000)

    web.put(NEWS, endless)
    web.put(NEWS + "2", reply("<p>x", Content_Length="99999999999"))
    web.put(NEWS + "3", reply("x" * 100_000))
    web.put(NEWS + "4", reply("x" * 100_001))
    pages = crawl(NEWS, NEWS + "2", NEWS + "3", NEWS + "4", max_bytes=100_000)
    assert [reason(page) for page in pages] == ["too_large", "too_large", None, "too_large"]


async def _drip(exchange: Exchange) -> bool:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        await exchange.send(b"x")
        await asyncio.sleep(0.02)


async def _storm(exchange: Exchange) -> bool:
    while True:
        await exchange.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await asyncio.sleep(0.01)


async def _stall(exchange: Exchange) -> bool:
    await asyncio.sleep(60)
    return False


@pytest.mark.parametrize("answer", [_drip, _storm, _stall])
def test_a_page_that_does_not_come_is_given_up_in_time(web: Web, crawl: Crawl, answer: object) -> None:
    web.put(NEWS, answer)  # type: ignore[arg-type]
    started = time.monotonic()
    assert reason(crawl(NEWS, timeout_s=0.3)[0]) == "too_slow"
    assert time.monotonic() - started < 2


def test_all_tries_and_waits_for_one_address_have_a_cap(web: Web, crawl: Crawl) -> None:
    web.put(NEWS, reply("<p>later", status=503, Retry_After="1"))
    started = time.monotonic()
    [page] = crawl(NEWS, page_s=0.5, retries=50)
    assert page.problem is not None
    assert (page.problem.reason, page.problem.detail) == ("too_slow", "The page did not come within 0.5 s.")
    assert time.monotonic() - started < 2


def test_a_slow_name_lookup_is_given_up_in_time(web: Web) -> None:
    from server.crawl import Internet

    def slow(host: str, port: int) -> tuple[str, ...]:
        time.sleep(3)
        return ("93.184.215.14",)

    started = time.monotonic()
    settings = CrawlSettings(timeout_s=0.2, pause_s=0.01)
    [page] = fetched_pages([NEWS], settings, Internet(slow, web.wire))
    assert reason(page) == "too_slow"
    assert time.monotonic() - started < 1.5


def test_the_cache_asks_only_whether_a_page_has_changed(web: Web, crawl: Crawl, tmp_path: Path) -> None:
    def answer(body: str, tag: str) -> object:
        async def either(exchange: Exchange) -> bool:
            known = exchange.seen.headers.get("If-None-Match") == tag
            return await (reply(status=304, ETag=tag) if known else reply(body, ETag=tag))(exchange)

        return either

    web.put(NEWS, answer("<p>first", '"1"'))  # type: ignore[arg-type]
    cache = tmp_path / "pages.sqlite"
    first, second = crawl(NEWS, cache=cache) + crawl(NEWS, cache=cache)
    web.put(NEWS, answer("<p>new", '"2"'))  # type: ignore[arg-type]
    third = crawl(NEWS, cache=cache)[0]
    assert [(page.html, page.from_cache) for page in (first, second, third)] == [
        ("<p>first", False),
        ("<p>first", True),
        ("<p>new", False),
    ]
    assert (second.headers, second.status) == (first.headers, 200)
    assert cache.stat().st_mode & 0o077 == 0


def test_pages_that_must_not_be_stored_are_not(web: Web, crawl: Crawl, tmp_path: Path) -> None:
    web.put(NEWS, reply("<p>x", ETag='"1"', Cache_Control="private, no-store"))
    for _ in range(2):
        crawl(NEWS, cache=tmp_path / "pages")
    assert "If-None-Match" not in web.log[-1].headers


def test_a_file_that_is_no_cache_is_named(web: Web, crawl: Crawl, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("These are my notes, and not a cache at all. " * 50)
    with pytest.raises(WrongUse, match=r"notes\.txt cannot be used as a cache"):
        crawl(NEWS, cache=tmp_path / "notes.txt")


def test_an_error_that_passes_is_asked_about_again(web: Web, crawl: Crawl) -> None:
    web.put(NEWS, in_turn(reply(status=500), reply(status=502), reply("<p>at last")))
    assert crawl(NEWS)[0].html == "<p>at last"
    web.put(NEWS + "2", reply(status=500))
    assert crawl(NEWS + "2")[0].status == 500
    assert web.paths("news.example").count("/story2") == 3
