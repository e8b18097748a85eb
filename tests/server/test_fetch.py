"""Fetching one page: what is refused, and that every cap holds. The only network is 127.0.0.1."""

import contextlib
import gzip
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import FetchError
from server.addresses import AddressRefusedError, NoSuchHostError, is_public, resolve
from server.fetch import Fetcher
from server.page_errors import BadAddressError, BadStatusError, NotAPageError, PageTooLargeError, PageTooSlowError

PUBLIC = "93.184.215.14"
HTML = "text/html; charset=utf-8"


class Wire(httpcore.NetworkBackend):
    """Stands for the internet: whatever address is dialled, the test's own server answers."""

    def __init__(self, port: int) -> None:
        self.dialled: list[str] = []
        self._port = port

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        self.dialled.append(f"{host}:{port}")
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._port, *args, **kwargs)


class Site:
    """A web server whose pages are functions of the handler."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.seen.append((self.path, dict(self.headers)))
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the fetcher may hang up
                    site.pages[self.path](self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.wire = Wire(self.server.server_address[1])

    def page(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content_Type": HTML, **headers}.items():
                if value:
                    handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        self.pages[path] = answer

    def fetcher(self, resolve: Any = lambda host, port: (PUBLIC,), **limits: Any) -> Fetcher:
        return Fetcher(resolve, self.wire, **limits)


@pytest.fixture
def site() -> Iterator[Site]:
    """A running web server."""
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join(5)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2002:a00:1::", "2001:db8::1", "2001:0:4136:e378:8000:63bf:80ff:fffe"),
    ],
)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_outside_are_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_as_public_as_the_one_in_it(ip: Any) -> None:
    assert is_public(f"::ffff:{ip}") == is_public(str(ip))


def test_a_page_is_fetched_from_the_address_that_was_checked(site: Site) -> None:
    site.page("/a?b=c", "<p>Grüße".encode())
    page = site.fetcher().fetch(" http://news.example/a?b=c ")
    assert (page.text, page.is_html, page.address) == ("<p>Grüße", True, "http://news.example/a?b=c")
    assert site.wire.dialled == [f"{PUBLIC}:80"]
    headers = site.seen[0][1]
    assert headers["Host"] == "news.example"
    assert headers["User-Agent"] == "unspun/0.1.0 (reads one page for a person who asked)"
    assert "Cookie" not in headers and "Referer" not in headers


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_a_name_that_leads_inside_is_refused_before_any_connection(site: Site, inside: str) -> None:
    with pytest.raises(AddressRefusedError, match="Only public pages are fetched"):
        site.fetcher(lambda host, port: (inside,)).fetch("http://news.example/")
    assert site.wire.dialled == []


def test_one_inside_address_among_public_ones_is_enough_to_refuse(site: Site) -> None:
    with pytest.raises(AddressRefusedError):
        site.fetcher(lambda host, port: (PUBLIC, "10.0.0.1")).fetch("http://news.example/")
    assert site.wire.dialled == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_in_every_spelling(host: str) -> None:
    with pytest.raises((AddressRefusedError, BadAddressError)):
        Fetcher().fetch(f"http://{host}:9/")


def test_every_redirect_is_checked_again(site: Site) -> None:
    site.page("/", b"", status=302, Location="http://inside.example/secret")
    site.page("/secret", b"secret")
    addresses = {"news.example": (PUBLIC,), "inside.example": ("192.168.0.1",)}
    with pytest.raises(AddressRefusedError):
        site.fetcher(lambda host, port: addresses[host]).fetch("http://news.example/")
    assert [path for path, _ in site.seen] == ["/"]


def test_a_name_rebound_between_two_lookups_is_refused(site: Site) -> None:
    answers = iter([(PUBLIC,), ("127.0.0.1",)])
    site.page("/", b"", status=302, Location="http://news.example/again", Connection="close")
    site.page("/again", b"secret")
    with pytest.raises(AddressRefusedError):
        site.fetcher(lambda host, port: next(answers)).fetch("http://news.example/")


def test_a_redirect_is_followed_and_its_end_told(site: Site) -> None:
    site.page("/", b"", status=301, Location="/there")
    site.page("/there", b"<p>here")
    assert site.fetcher().fetch("http://news.example/").address == "http://news.example/there"


def test_endless_redirects_end(site: Site) -> None:
    site.page("/", b"", status=302, Location="/")
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        site.fetcher().fetch("http://news.example/")
    assert len(site.seen) == 6


@pytest.mark.parametrize("target", ["ftp://news.example/", "file:///etc/passwd", "javascript:alert(1)"])
def test_a_redirect_to_something_else_is_refused(site: Site, target: str) -> None:
    site.page("/", b"", status=302, Location=target)
    with pytest.raises(FetchError):
        site.fetcher().fetch("http://news.example/")
    assert len(site.seen) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("", "news.example", "ftp://news.example/", "file:///etc/passwd", "http://", "http://[", "http://a b/"),
        *("http:///x", "http://user:pass@news.example/", "http://user@news.example/", "http://\ud800/"),
        *("http://a\n/", "x" * 5000),
    ],
)
def test_what_is_no_web_address_is_refused(site: Site, address: str) -> None:
    with pytest.raises(BadAddressError):
        site.fetcher().fetch(address)
    assert site.wire.dialled == []


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream", "video/mp4", "text/css"])
def test_only_web_pages_and_plain_text_are_taken(site: Site, kind: str) -> None:
    site.page("/", b"x", Content_Type=kind)
    with pytest.raises(NotAPageError, match=f"The address holds {kind}, not a web page"):
        site.fetcher().fetch("http://news.example/")


def test_plain_text_is_not_html(site: Site) -> None:
    site.page("/", b"a < b", Content_Type="text/plain")
    page = site.fetcher().fetch("http://news.example/")
    assert (page.text, page.is_html) == ("a < b", False)


def test_an_error_page_is_not_an_article(site: Site) -> None:
    site.page("/", b"<p>Not here", status=404)
    with pytest.raises(BadStatusError, match="The site answered 404 Not Found"):
        site.fetcher().fetch("http://news.example/")


def test_a_page_over_the_cap_is_refused(site: Site) -> None:
    site.page("/", b"x" * 10_001)
    site.page("/fits", b"x" * 10_000)
    with pytest.raises(PageTooLargeError, match="larger than 10,000 bytes"):
        site.fetcher(max_bytes=10_000).fetch("http://news.example/")
    assert len(site.fetcher(max_bytes=10_000).fetch("http://news.example/fits").text) == 10_000


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.page("/", gzip.compress(b"<p>hello"), Content_Encoding="gzip")
    assert site.fetcher().fetch("http://news.example/").text == "<p>hello"


def test_a_gzip_bomb_is_stopped_at_the_cap(site: Site) -> None:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    assert len(bomb) < 150_000
    site.page("/", bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        with pytest.raises(PageTooLargeError):
            site.fetcher(max_bytes=1_000_000).fetch("http://news.example/")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("encoding", "error"), [("br", NotAPageError), ("gzip", FetchError)])
def test_a_packing_that_was_not_asked_for_or_is_broken_is_refused(site: Site, encoding: str, error: Any) -> None:
    site.page("/", b"not packed at all", Content_Encoding=encoding)
    with pytest.raises(error):
        site.fetcher().fetch("http://news.example/")


def test_a_page_that_drips_is_given_up_in_time(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", HTML)
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    site.pages["/"] = drip
    started = time.monotonic()
    with pytest.raises(PageTooSlowError, match=r"did not come within 0\.3 s"):
        site.fetcher(timeout_s=0.3).fetch("http://news.example/")
    assert time.monotonic() - started < 1.5


def test_a_slow_name_lookup_is_given_up_in_time(site: Site) -> None:
    def slow(host: str, port: int) -> tuple[str, ...]:
        time.sleep(0.6)
        return (PUBLIC,)

    site.page("/", b"")
    with pytest.raises(PageTooSlowError):
        site.fetcher(slow, timeout_s=0.2).fetch("http://news.example/")


def test_a_site_that_is_down_says_so(site: Site) -> None:
    class Down(httpcore.NetworkBackend):
        def connect_tcp(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
            raise httpcore.ConnectError("refused")

    with pytest.raises(FetchError, match="could not be reached"):
        Fetcher(lambda host, port: (PUBLIC,), Down()).fetch("http://news.example/")


def test_the_second_address_is_tried_when_the_first_does_not_answer(site: Site) -> None:
    class HalfDown(Wire):
        def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
            if host == "2606:4700::1111":
                raise httpcore.ConnectError("no IPv6 here")
            return super().connect_tcp(host, port, *args, **kwargs)

    site.page("/", b"<p>here")
    wire = HalfDown(site.server.server_address[1])
    found = Fetcher(lambda host, port: ("2606:4700::1111", PUBLIC), wire).fetch("http://news.example/")
    assert found.text == "<p>here"
    assert wire.dialled == [f"{PUBLIC}:80"]


def test_a_proxy_in_the_environment_is_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.page("/", b"<p>direct")
    assert site.fetcher().fetch("http://news.example/").text == "<p>direct"


def test_a_host_without_an_address_says_so() -> None:
    with pytest.raises(NoSuchHostError, match="Check the address"):
        resolve("no-such-host.invalid", 80)
    with pytest.raises(NoSuchHostError):
        resolve("a" * 300, 80)
