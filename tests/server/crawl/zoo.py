"""A web of 40 host names with every kind of page that a crawl meets: good, slow, broken, looping, huge, mislabelled,
packed to burst, hostile. Each address is known with what must become of it."""

import asyncio
import gzip
import itertools
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli

from server.crawl import Fetched, Internet
from tests.server.crawl.web import Answer, Exchange, Seen, Web, in_turn, reply

try:
    from compression import zstd
except ImportError:
    from backports import zstd

BOMB_BYTES = 50_000_000
OK = None
DELAY_S = 1.5  # asked for by one host, more than the default pause
MADE_UP = "The committee wants to build a better road because the people in the city asked for it."


@dataclass(slots=True)
class Zoo:
    """The web, the addresses in the order of a crawl, and for each the reason it must fail with, or None."""

    web: Web
    expected: dict[str, str | None] = field(default_factory=dict)

    def internet(self) -> Internet:
        return self.web.internet()

    def wrong(self, pages: list[Fetched]) -> list[tuple[str, str | None, str | None]]:
        """Where the crawl said something else: address, expected, said."""
        said = {page.address: page.problem and page.problem.reason for page in pages}
        return [
            (address, reason, said.get(address, "no row"))
            for address, reason in self.expected.items()
            if said.get(address, "no row") != reason
        ]

    def short_pauses(self, pause_s: float) -> list[tuple[str, str, float]]:
        """Requests that came too soon after the one before to the same host: host, path, seconds between the starts."""
        found = []
        for host, seen in self._by_host().items():
            least = max(pause_s, DELAY_S) if host == DELAYED else pause_s
            for earlier, later in itertools.pairwise(seen):
                if earlier.path == "/robots.txt":  # the longer pause is known only after it
                    continue
                if later.began - earlier.began < least:
                    found.append((host, later.path, later.began - earlier.began))
        return found

    def overlaps(self) -> int:
        """Requests that began before an orderly answer to the one before was through."""
        pairs = itertools.chain.from_iterable(itertools.pairwise(seen) for seen in self._by_host().values())
        return sum(1 for earlier, later in pairs if earlier.ended is not None and later.began < earlier.ended)

    def rude(self) -> list[str]:
        """Requests that robots.txt forbids, and hosts whose first request was for something else."""
        first = [host for host, seen in self._by_host().items() if seen[0].path != "/robots.txt"]
        return first + [seen.path for seen in self.web.log if seen.path.startswith("/private")]

    def _by_host(self) -> dict[str, list[Seen]]:
        found: dict[str, list[Seen]] = {}
        for seen in sorted(self.web.log, key=lambda one: one.began):
            found.setdefault(seen.host, []).append(seen)
        return found


DELAYED = "delayed.example"


def open_zoo(pages_a_host: int = 50, stall_s: float = 30.0) -> Zoo:
    """The running zoo of 40 hosts. `stall_s` must be longer than the crawl waits."""
    zoo = Zoo(Web())
    hosts = [f"h{number}.example" for number in range(28)]
    kinds = _kinds(stall_s)
    for number, host in enumerate(hosts):
        zoo.web.put(f"http://{host}/robots.txt", reply("User-agent: *\nDisallow: /private", Content_Type="text/plain"))
        for page in range(pages_a_host):
            # Each host begins elsewhere in the list, so that all kinds are met even with few pages.
            name, answer, reason = kinds[(page + number * pages_a_host) % len(kinds)]
            path = f"private/{page}" if name == "forbidden" else f"{name}/{page}"
            zoo.expected[zoo.web.put(f"http://{host}/{path}", answer)] = reason
    for host, robots, reason in _odd_hosts(stall_s):
        if robots is not None:
            zoo.web.put(f"http://{host}/robots.txt", robots)
        for page in range(pages_a_host):
            address = f"http://{host}/{page}"
            if robots is not None:
                zoo.web.put(address, reply(_article(page)))
            zoo.expected[address] = reason
    zoo.web.put("http://elsewhere.example/robots.txt", reply("User-agent: *\nDisallow: /nothing"))
    zoo.web.put("http://elsewhere.example/page", reply(_article(0)))
    zoo.web.put("http://elsewhere.example/pong", reply(status=302, Location="http://h0.example/ping"))
    zoo.web.put("http://h0.example/ping", reply(status=302, Location="http://elsewhere.example/pong"))
    zoo.web.name("metadata.example", "169.254.169.254")
    zoo.web.name("inside.example", "10.0.0.1")
    zoo.web.name("mixed.example", "93.184.215.14", "127.0.0.1")
    zoo.web.name("mapped.example", "::ffff:192.168.1.1")
    zoo.web.name("down.example", "93.184.99.99")
    zoo.web.start()
    zoo.web.wire.down.add("93.184.99.99")
    zoo.expected = _interleaved(zoo.expected)
    return zoo


def _article(number: int) -> str:
    body = "".join(f"<p>{MADE_UP} {number} {line}</p>" for line in range(60))
    return (
        f"<!doctype html><html><head><title>Page {number}</title></head><body><article>{body}</article></body></html>"
    )


def _odd_hosts(stall_s: float) -> list[tuple[str, Answer | None, str | None]]:
    """Host, its robots.txt (None: no page is ever served), and what becomes of all its pages."""
    return [
        (DELAYED, reply(f"User-agent: *\nCrawl-delay: {DELAY_S}"), OK),
        ("no-robots.example", reply("", status=404), OK),
        ("moved-robots.example", reply(status=301, Location="http://elsewhere.example/robots.txt"), OK),
        ("closed.example", reply("User-agent: *\nDisallow: /"), "robots"),
        ("ill.example", reply("", status=500), "robots_unreachable"),
        ("silent.example", _stall(stall_s), "too_slow"),
        ("endless-robots.example", _endless("text/plain"), "robots_unreachable"),
        ("patient.example", reply("User-agent: *\nCrawl-delay: 86400"), "crawl_delay"),
        ("mixed.example", None, "address_refused"),
        ("mapped.example", None, "address_refused"),
        ("nowhere.example", None, "no_such_host"),
        ("down.example", None, "fetch_failed"),
    ]


def _kinds(stall_s: float) -> list[tuple[str, Answer, str | None]]:
    """Every kind of page: its name, its answer, and what must become of it."""
    html = _article(1)
    data = html.encode()
    good: list[tuple[str, Answer, str | None]] = [
        ("plain", reply(html), OK),
        ("gzip", reply(gzip.compress(data), Content_Encoding="gzip"), OK),
        ("br", reply(brotli.compress(data, quality=3), Content_Encoding="br"), OK),
        ("zstd", reply(zstd.compress(data), Content_Encoding="zstd"), OK),
        ("latin", reply(html.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1"), OK),
        ("utf16", reply(html.encode("utf-16"), Content_Type="text/html"), OK),
        ("text", reply(MADE_UP, Content_Type="text/plain"), OK),
        ("untyped", reply(html, Content_Type=""), OK),
        ("chunked", _chunked(data), OK),
        ("hangs-up", reply(html, Content_Length=""), OK),
        ("late", _late(reply(html)), OK),
        ("moved", reply(status=301, Location="http://elsewhere.example/page"), OK),
        ("busy", in_turn(reply(status=503, Retry_After="1"), reply(html)), OK),
        ("throttled", in_turn(reply(status=429, Retry_After="1"), reply(html)), OK),
        ("hiccup", in_turn(reply(status=500), reply(html)), OK),
        ("dropped", in_turn(_reset, reply(html)), OK),
    ]
    refused: list[tuple[str, Answer, str | None]] = [
        *((f"inside-{n}", reply(status=302, Location=to), "address_refused") for n, to in enumerate(INSIDE)),
        ("ftp", reply(status=302, Location="ftp://elsewhere.example/"), "bad_address"),
        ("script", reply(status=302, Location="javascript:alert(1)"), "bad_address"),
        ("loop", _loop, "redirects"),
        ("ping", reply(status=302, Location="http://elsewhere.example/pong"), "redirects"),
        ("forbidden", reply(html), "robots"),
        ("moved-forbidden", reply(status=302, Location="/private/x"), "robots"),
        ("image", reply(b"\x89PNG\r\n\x1a\n", Content_Type="image/png"), "not_a_page"),
        ("image-as-html", reply(b"\x89PNG\r\n\x1a\n"), "not_a_page"),
        ("pdf-as-html", reply(b"%PDF-1.7 ..."), "not_a_page"),
        ("html-as-pdf", reply(html, Content_Type="application/pdf"), "not_a_page"),
        ("odd-packing", reply(data, Content_Encoding="snappy"), "not_a_page"),
        ("none", reply("<p>Not here", status=404), "bad_status"),
        ("gone", reply("<p>Gone", status=410), "bad_status"),
        ("ill", reply("", status=500), "bad_status"),
        ("not-modified", reply("", status=304), "bad_status"),
    ]
    hostile: list[tuple[str, Answer, str | None]] = [
        *((f"{name}-bomb", reply(bomb, Content_Encoding=name), "too_large") for name, bomb in _bombs().items()),
        ("endless", _endless("text/html"), "too_large"),
        ("boast", reply("x", Content_Length="99999999999"), "too_large"),
        ("drip", _drip(stall_s), "too_slow"),
        ("broken-gzip", reply(b"\x1f\x8b" + data, Content_Encoding="gzip"), "fetch_failed"),
        ("cut-gzip", reply(gzip.compress(data)[:-9], Content_Encoding="gzip"), "fetch_failed"),
        ("reset", _reset, "fetch_failed"),
        ("garbage", _says(b"\x16\x03\x01 what?\r\n\r\n" * 20), "fetch_failed"),
        ("stall", _stall(stall_s), "too_slow"),
        (
            "short",
            _says(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n<p>x"),
            "fetch_failed",
        ),
        ("bad-chunk", _says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n"), "fetch_failed"),
        ("two-lengths", _says(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\nx"), "fetch_failed"),
        ("header-flood", _header_flood, "fetch_failed"),
        ("hints", _hints(stall_s), "too_slow"),
    ]
    return [kind for kinds in itertools.zip_longest(good, refused, hostile) for kind in kinds if kind is not None]


INSIDE = (
    "http://127.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.example/",
    "http://inside.example/",
)


def _bombs() -> dict[str, bytes]:
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    parts = [packer.compress(bytes(1_000_000)) for _ in range(BOMB_BYTES // 1_000_000)]
    return {
        "gzip": b"".join(parts) + packer.flush(),
        "br": brotli.compress(bytes(BOMB_BYTES), quality=4),
        "zstd": zstd.compress(bytes(BOMB_BYTES)),
    }


def _interleaved(expected: dict[str, str | None]) -> dict[str, str | None]:
    """Half of the hosts in turns, half host by host: lists come in both kinds of order."""
    by_host: dict[str, list[str]] = {}
    for address in expected:
        by_host.setdefault(address.split("/")[2], []).append(address)
    groups = list(by_host.values())
    mixed = itertools.zip_longest(*groups[::2])
    order = [address for row in mixed for address in row if address] + list(itertools.chain(*groups[1::2]))
    return {address: expected[address] for address in order}


def _says(data: bytes) -> Answer:
    async def answer(exchange: Exchange) -> bool:
        await exchange.send(data)
        return False

    return answer


async def _reset(exchange: Exchange) -> bool:
    exchange.writer.transport.abort()
    return False


async def _loop(exchange: Exchange) -> bool:
    return await reply(status=302, Location=exchange.seen.path)(exchange)


def _late(answer: Answer) -> Answer:
    async def late(exchange: Exchange) -> bool:
        await asyncio.sleep(0.2)
        return await answer(exchange)

    return late


def _chunked(data: bytes) -> Answer:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (data[:100], data[100:]))
    return reply(chunks + b"0\r\n\r\n", Content_Length="", Transfer_Encoding="chunked")


def _endless(content_type: str) -> Answer:
    async def answer(exchange: Exchange) -> bool:
        await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n".encode())
        while True:
            await exchange.send(b"<p>more" * 10_000)

    return answer


def _repeated(first: bytes, again: bytes, every_s: float) -> Callable[[float], Answer]:
    def lasting(stall_s: float) -> Answer:
        async def answer(exchange: Exchange) -> bool:
            await exchange.send(first)
            for _ in range(int(stall_s / every_s)):
                await exchange.send(again)
                await asyncio.sleep(every_s)
            return False

        return answer

    return lasting


_drip = _repeated(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x", 0.05)
_hints = _repeated(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.05)
_stall = _repeated(b"", b"", 0.05)


async def _header_flood(exchange: Exchange) -> bool:
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-More: " + b"y" * 8_000 + b"\r\n")
