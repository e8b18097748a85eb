"""How polite, complete and fast is a crawl? Two measures, both against a web on this machine.

1. Manners: 2,000 pages on 40 host names, good, slow, broken, looping, huge, mislabelled, packed to burst, hostile, with
   the default settings. What became of each address is compared with what must become of it, and the pauses,
   robots.txt and overlaps are read from the server's log.
2. Pace: 2,000 good pages of 5 KB on 400 host names with no pause, the server in a process of its own: our crawler and a
   bare httpx.AsyncClient, which has no manners at all, in turns.

Usage: python -m benchmarks.crawl [manners] [pace]     (five minutes; without words both, and benchmarks/CRAWL.md)
"""

import asyncio
import multiprocessing
import resource
import statistics
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import httpcore
import httpx

from server.crawl import CrawlSettings, Internet, fetched_pages
from tests.server.crawl.web import Web, Wire, reply
from tests.server.crawl.zoo import open_zoo

REPORT = Path(__file__).with_name("CRAWL.md")
HOSTS, PAGES_A_HOST = 400, 5
PAGE = "<!doctype html><title>A page</title>" + "<p>The committee wants to build a better road.</p>" * 100
ROUNDS = 5


def manners() -> str:
    """The first measure, as a table."""
    settings = CrawlSettings(contact="https://example.org/crawler")
    zoo = open_zoo(pages_a_host=50, stall_s=settings.timeout_s * 3)
    started = time.monotonic()
    pages = list(fetched_pages(zoo.expected, settings, zoo.internet()))
    took_s = time.monotonic() - started
    zoo.web.stop()
    reasons = Counter(page.problem.reason if page.problem else "a page" for page in pages)
    rows = [
        ("addresses in / rows out", f"{len(zoo.expected):,} / {len(pages):,}"),
        ("rows in the order of the input", str([page.address for page in pages] == list(zoo.expected))),
        ("rows with another outcome than the right one", str(len(zoo.wrong(pages)))),
        ("requests in the server's log", f"{len(zoo.web.log):,}"),
        ("requests sooner than the pause or Crawl-delay", str(len(zoo.short_pauses(settings.pause_s)))),
        ("requests that overlap another at the same host", str(zoo.overlaps())),
        ("requests that robots.txt forbids, or before it was read", str(len(zoo.rude()))),
        ("connections to addresses inside", str(sum(not to.startswith("93.184.") for to in zoo.web.wire.dialled))),
        ("time", f"{took_s:.0f} s"),
        ("peak memory, the server of the test web included", f"{peak_mb():.0f} MB"),
        ("outcomes", ", ".join(f"{name} {count}" for name, count in reasons.most_common())),
    ]
    for address, right, said in zoo.wrong(pages)[:20]:
        print(f"WRONG {address}: expected {right}, said {said}", file=sys.stderr)
    return table(("manners, default settings", ""), rows)


def pace() -> str:
    """The second measure, as a table."""
    places = [f"http://h{host}.example/{page}" for page in range(PAGES_A_HOST) for host in range(HOSTS)]
    ours, bare = [], []
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    port = here.recv()
    for _ in range(ROUNDS):
        ours.append(_timed(lambda: _ours(places, port)))
        bare.append(_timed(lambda: asyncio.run(_bare(places, port))))
    process.terminate()
    rows = [
        (name, f"{len(places) / statistics.median(w for w, _ in times):,.0f}", f"{_cpu_ms(times, len(places)):.2f} ms")
        for name, times in (("unspun's crawler (and 400 robots.txt)", ours), ("bare httpx.AsyncClient", bare))
    ]
    return table(("pace, no pause, 32 at once", "pages/s", "CPU a page"), rows)


def peak_mb() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [titles, ("---",) * len(titles), *rows]) + "\n"


def _cpu_ms(times: list[tuple[float, float]], pages: int) -> float:
    return statistics.median(cpu_s for _, cpu_s in times) * 1e3 / pages


def _timed(call: object) -> tuple[float, float]:
    assert callable(call)
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


def _ours(places: list[str], port: int) -> None:
    settings = CrawlSettings(pause_s=0.0)
    internet = Internet(lambda host, _: ("93.184.215.14",), Wire(port))
    assert sum(page.html == PAGE for page in fetched_pages(places, settings, internet)) == len(places)


async def _bare(places: list[str], port: int) -> None:
    transport = httpx.AsyncHTTPTransport()
    transport._pool = httpcore.AsyncConnectionPool(network_backend=Wire(port))
    gate = asyncio.Semaphore(32)
    async with httpx.AsyncClient(transport=transport, trust_env=False) as client:

        async def one(place: str) -> str:
            async with gate:
                return (await client.get(place)).text

        texts = await asyncio.gather(*map(one, places))
    assert sum(text == PAGE for text in texts) == len(places)


def _serve(parent: Connection) -> None:
    web = Web()
    for host in range(HOSTS):
        for page in range(PAGES_A_HOST):
            web.put(f"http://h{host}.example/{page}", reply(PAGE))
    web.start()
    parent.send(web.wire.port)
    while True:
        time.sleep(60)


def main(names: list[str]) -> None:
    """Print what was asked for; write the report when that is everything."""
    chosen = names or ["manners", "pace"]
    tables = [{"manners": manners, "pace": pace}[name]() for name in chosen]
    text = "\n".join(tables)
    print(text)
    if set(chosen) == {"manners", "pace"}:
        REPORT.write_text(
            f"# Crawling\n\n`python -m benchmarks.crawl` wrote this; see there what is measured.\n\n{text}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
