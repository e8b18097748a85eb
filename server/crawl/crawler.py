"""One address to what became of it: robots.txt, turns, redirects, cache, and every failure as a value."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpcore
import httpx

from detector.errors import FetchError
from server.addresses import Resolve
from server.charset import decode
from server.crawl.asker import ACCEPT_LISTS, ACCEPT_PAGES, ACCEPT_ROBOTS, OK, Asked, Asker, Want
from server.crawl.cache import NOT_MODIFIED, Cache, conditions
from server.crawl.errors import TooManyRedirectsError
from server.crawl.fetched import Fetched, Headers, Problem, problem_of
from server.crawl.lists import MAX_LIST_BYTES
from server.crawl.network import Answer, Network
from server.crawl.robots import Robots
from server.crawl.settings import MAX_REDIRECTS, CrawlSettings
from server.crawl.turns import Turns
from server.page_errors import BadAddressError, BadStatusError
from server.webpage import checked_address, is_html

MAX_ROBOTS_FILE_BYTES = 5_000_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PauseOf = Callable[[httpx.URL], Awaitable[float]]

WANT_ROBOTS = Want(ACCEPT_ROBOTS, MAX_ROBOTS_FILE_BYTES, is_page=False)
WANT_LIST = Want(ACCEPT_LISTS, MAX_LIST_BYTES, is_page=False)


@dataclass(slots=True)
class Trail:
    """How far an address has led."""

    url: httpx.URL
    status: int | None = None
    from_cache: bool = False


class Crawler:
    """Fetches pages and lists of addresses, with manners."""

    def __init__(
        self,
        settings: CrawlSettings,
        has_room: Callable[[int], bool],
        resolve: Resolve,
        backend: httpcore.AsyncNetworkBackend,
        cache: Cache | None,
    ) -> None:
        self.turns = Turns(settings.pause_s, settings.concurrency, has_room)
        self._settings = settings
        self._network = Network(resolve, backend)
        self._asker = Asker(self._network, self.turns, settings)
        self._robots = Robots(self._robots_txt)
        self._cache = cache

    async def page(self, address: str, order: int) -> Fetched:
        """What became of the address at this place of the input. Never raises, but when cancelled."""
        trail = None
        try:
            trail = Trail(checked_address(address))
            want = Want(ACCEPT_PAGES, self._settings.max_bytes, is_page=True)
            answer = await self._walk(trail, self._asked(order), want, self._robots.pause_s)
            _check_status(answer)
            return _page(address, trail, answer)
        except FetchError as exc:
            return _failed(address, trail, problem_of(exc))
        except Exception as exc:  # a hostile site may find what nobody has: it must cost one row, not the crawl
            return _failed(address, trail, Problem("fetch_failed", f"Fetching failed ({type(exc).__name__})."))

    async def list_bytes(self, address: str) -> bytes:
        """A sitemap's or feed's bytes. Raises FetchError."""
        trail = Trail(checked_address(address))
        try:
            answer = await self._walk(trail, self._asked(0), WANT_LIST, self._robots.pause_s)
        except FetchError:
            raise
        except Exception as exc:  # as for a page
            raise FetchError(f"Fetching failed ({type(exc).__name__}).") from exc
        _check_status(answer)
        return answer.body

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._robots.close()
        await self._network.close()

    def _asked(self, order: int) -> Asked:
        return Asked(order, self._settings.page_s)

    async def _robots_txt(self, address: httpx.URL) -> Answer:
        return await self._walk(Trail(address), self._asked(0), WANT_ROBOTS, _no_pause)

    async def _walk(self, trail: Trail, asked: Asked, want: Want, pause_of: PauseOf) -> Answer:
        """The answer where the redirects end."""
        for _ in range(MAX_REDIRECTS + 1):
            pause_s = await pause_of(trail.url)
            answer = await self._ask(trail, asked, want, pause_s)
            trail.status = answer.status
            target = answer.headers.get("Location") if answer.status in REDIRECTS else None
            if target is None:
                return answer
            trail.url = _joined(trail.url, target)
        raise TooManyRedirectsError

    async def _ask(self, trail: Trail, asked: Asked, want: Want, pause_s: float) -> Answer:
        if self._cache is None or not want.is_page:
            return await self._asker.ask(trail.url, asked, want, pause_s)
        known = self._cache.get(trail.url)
        answer = await self._asker.ask(trail.url, asked, want, pause_s, conditions(known))
        if known is not None and answer.status == NOT_MODIFIED:
            self._cache.touch(trail.url)
            trail.from_cache = True
            return known
        self._cache.put(answer)
        return answer


@asynccontextmanager
async def crawling(
    settings: CrawlSettings,
    has_room: Callable[[int], bool],
    resolve: Resolve,
    backend: httpcore.AsyncNetworkBackend,
) -> AsyncIterator[Crawler]:
    """A crawler with its cache, both closed at the end. Raises WrongUse if the cache is no cache."""
    cache = None if settings.cache is None else Cache(settings.cache)
    crawler = Crawler(settings, has_room, resolve, backend, cache)
    try:
        yield crawler
    finally:
        await crawler.close()
        if cache is not None:
            cache.close()


async def _no_pause(url: httpx.URL) -> float:
    return 0.0


def _check_status(answer: Answer) -> None:
    if answer.status != OK:
        phrase = httpx.codes.get_reason_phrase(answer.status)
        raise BadStatusError(f"The site answered {answer.status} {phrase}".rstrip() + ".")


def _joined(url: httpx.URL, target: str) -> httpx.URL:
    try:
        return checked_address(str(url.join(target)))
    except (httpx.InvalidURL, UnicodeError, BadAddressError):
        raise BadAddressError("The address redirects to something other than http or https.") from None


def _page(address: str, trail: Trail, answer: Answer) -> Fetched:
    content_type = answer.headers.get("Content-Type", "text/html")
    return Fetched(
        address,
        str(trail.url),
        trail.status,
        decode(answer.body, content_type),
        is_html(content_type, answer.body),
        headers=Headers(
            content_type,
            answer.headers.get("Content-Language"),
            answer.headers.get("Last-Modified"),
            answer.headers.get("ETag"),
        ),
        from_cache=trail.from_cache,
    )


def _failed(address: str, trail: Trail | None, problem: Problem) -> Fetched:
    if trail is None:
        return Fetched(address, problem=problem)
    return Fetched(address, str(trail.url), trail.status, problem=problem)
