"""Many addresses to what became of them: in the order of the input, many hosts at once, memory bounded.

An address list is read ahead, so that many hosts are asked at once; results wait for those before them. See `turns`
for who may ask when.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Coroutine, Iterable, Iterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import httpcore

from server.addresses import Resolve, resolve
from server.crawl.crawler import Crawler, crawling
from server.crawl.expand import Unlisted, expand
from server.crawl.fetched import Fetched
from server.crawl.lists import Feed, Sitemap
from server.crawl.settings import CrawlSettings
from server.crawl.threads import read_in_thread
from server.crawl.window import END, End, Line, Window

Source: TypeAlias = str | Sitemap | Feed
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Internet:
    """Names and connections; tests put their own here."""

    resolve: Resolve
    backend: httpcore.AsyncNetworkBackend


class Crawl:
    """One crawl for code without asyncio: all that is fetched through it shares pauses, robots.txt rules and cache.

    It runs on a thread of its own and goes on between two results, up to the look-ahead of the settings. Raises
    WrongUse when the cache file is no cache.
    """

    def __init__(self, settings: CrawlSettings | None = None, internet: Internet | None = None) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._stack = AsyncExitStack()
        try:
            self._crawl = self._run(self._stack.enter_async_context(open_crawl(settings, internet)))
        except BaseException:
            self._stop()
            raise

    def pages(self, sources: Iterable[Source]) -> Iterator[Fetched]:
        """What became of every address, in order; a sitemap or feed stands for what it lists.

        Sources are read on other threads, ahead of the results; what they raise is raised here, in its place. One call
        at a time: the next begins when this one has ended or its iterator was closed.
        """
        pages = self._crawl.pages(sources)
        try:
            while not isinstance(fetched := self._run(_next(pages)), End):
                yield fetched
        finally:
            self._run(_close(pages))

    def listed(self, source: Source) -> Iterator[str | Unlisted]:
        """The addresses that a sitemap or feed lists, none of them fetched, and the lists that cannot be read."""
        found = self._crawl.listed(source)
        try:
            while not isinstance(address := self._run(_next(found)), End):
                yield address
        finally:
            self._run(_close(found))

    def close(self) -> None:
        """End all that is under way."""
        if not self._loop.is_closed():
            self._run(self._stack.aclose())
            self._stop()

    def __enter__(self) -> "Crawl":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _run(self, step: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(step, self._loop)
        try:
            return future.result()
        except BaseException:  # interrupted: the step must not go on without its reader
            future.cancel()
            raise

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def fetched_pages(
    sources: Iterable[Source], settings: CrawlSettings | None = None, internet: Internet | None = None
) -> Iterator[Fetched]:
    """`Crawl.pages` of a crawl that ends with it."""
    with Crawl(settings, internet) as crawl:
        yield from crawl.pages(sources)


async def fetch_all(
    sources: Iterable[Source] | AsyncIterable[Source],
    settings: CrawlSettings | None = None,
    internet: Internet | None = None,
) -> AsyncGenerator[Fetched, None]:
    """What became of every address, in order; a sitemap or feed stands for what it lists."""
    async with open_crawl(settings, internet) as crawl, aclosing(crawl.pages(sources)) as pages:
        async for fetched in pages:
            yield fetched


@asynccontextmanager
async def open_crawl(
    settings: CrawlSettings | None = None, internet: Internet | None = None
) -> AsyncIterator["AsyncCrawl"]:
    """One crawl for code with asyncio. Raises WrongUse when the cache file is no cache."""
    settings = settings or CrawlSettings()
    net = internet or Internet(resolve, httpcore.AnyIOBackend())
    window = Window(settings.hold_bytes)
    async with crawling(settings, window.has_room, net.resolve, net.backend) as crawler:
        yield AsyncCrawl(crawler, window, settings.look_ahead)


class AsyncCrawl:
    """See `Crawl`."""

    def __init__(self, crawler: Crawler, window: Window, look_ahead: int) -> None:
        self._crawler = crawler
        self._window = window
        self._look_ahead = look_ahead

    def listed(self, source: Source) -> AsyncGenerator[str | Unlisted, None]:
        """See `Crawl.listed`."""
        return expand(source, self._crawler)

    async def pages(self, sources: Iterable[Source] | AsyncIterable[Source]) -> AsyncGenerator[Fetched, None]:
        """See `Crawl.pages`."""
        line = Line(asyncio.Semaphore(self._look_ahead), asyncio.Queue())
        feeding = asyncio.create_task(_feed_line(sources, self._crawler, self._window, line))
        try:
            while not isinstance(task := await line.tasks.get(), End):
                if isinstance(task, BaseException):
                    raise task
                self._window.wait_for_next(self._crawler.turns)
                fetched = await task
                self._window.give(fetched)
                line.places.release()
                yield fetched
        finally:
            await _cancel([feeding, *line.left()])
            self._window.clear()


async def _feed_line(
    sources: Iterable[Source] | AsyncIterable[Source], crawler: Crawler, window: Window, line: Line
) -> None:
    try:
        async with aclosing(_addresses(sources, crawler)) as addresses:
            async for address in addresses:
                await line.places.acquire()
                task = asyncio.create_task(_fetched(address, crawler, window.place()))
                task.add_done_callback(window.keep)
                line.tasks.put_nowait(task)
    except Exception as exc:  # the reader of the results must hear of it
        line.tasks.put_nowait(exc)
    else:
        line.tasks.put_nowait(END)


async def _fetched(address: str | Unlisted, crawler: Crawler, order: int) -> Fetched:
    if isinstance(address, Unlisted):
        return Fetched(address.address, problem=address.problem)
    return await crawler.page(address, order)


async def _addresses(
    sources: Iterable[Source] | AsyncIterable[Source], crawler: Crawler
) -> AsyncGenerator[str | Unlisted, None]:
    read = _passed_on(sources) if isinstance(sources, AsyncIterable) else read_in_thread(sources)
    async with aclosing(read):
        async for source in read:
            async with aclosing(expand(source, crawler)) as found:
                async for address in found:
                    yield address


async def _passed_on(sources: AsyncIterable[Source]) -> AsyncGenerator[Source, None]:
    async for source in sources:
        yield source


async def _cancel(tasks: list["asyncio.Task[Any]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _next(items: AsyncIterator[T]) -> T | End:
    return await anext(items, END)


async def _close(items: AsyncGenerator[T, None]) -> None:
    while True:
        try:
            return await items.aclose()
        except RuntimeError:  # its last step was interrupted, and is still ending
            await asyncio.sleep(0.01)
