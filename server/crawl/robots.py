"""What sites ask of crawlers in robots.txt (RFC 9309), read once for each origin."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from detector.errors import FetchError
from server.crawl.asker import OK
from server.crawl.errors import CrawlDelayError, RobotsError, RobotsUnreachableError, TooManyRedirectsError
from server.crawl.network import Answer
from server.crawl.settings import LONGEST_PAUSE_S
from server.page_errors import BadAddressError, NotAPageError, PageTooLargeError, UnpackError
from server.version import APP_NAME

MAX_ROBOTS_BYTES = 512_000  # RFC 9309 asks for 500 KiB at least; the rest is not read
MAX_ORIGINS = 5_000  # rules kept; each costs some 10 KB
CLIENT_ERRORS = range(400, 500)
TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin allows. With a `problem` nothing is; without rules everything is."""

    parsed: Protego | None = None
    problem: FetchError | None = None
    pause_s: float = 0.0

    def check(self, address: str) -> None:
        """Raises FetchError when the address must be left alone."""
        if self.problem is not None:
            raise self.problem.with_traceback(None)  # raised for many: each would lengthen it
        if self.parsed is not None and not self.parsed.can_fetch(address, APP_NAME):
            raise RobotsError


class Robots:
    """The rules of every origin met so far. `fetch` gives the last answer for an address of a robots.txt."""

    def __init__(self, fetch: Callable[[httpx.URL], Awaitable[Answer]]) -> None:
        self._fetch = fetch
        self._origins: dict[str, asyncio.Task[Rules]] = {}

    async def pause_s(self, url: httpx.URL) -> float:
        """The pause its site asks for, in seconds, 0 if it does not say. Raises FetchError if it may not be fetched."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii').lower()}"
        task = self._origins.get(origin)
        if task is None:
            self._forget_some()
            task = self._origins[origin] = asyncio.create_task(self._load(httpx.URL(f"{origin}/robots.txt")))
        rules = await asyncio.shield(task)  # others wait for it too
        rules.check(str(url))
        return rules.pause_s

    async def close(self) -> None:
        """Give up what is being read."""
        for task in self._origins.values():
            task.cancel()
        await asyncio.gather(*self._origins.values(), return_exceptions=True)

    async def _load(self, address: httpx.URL) -> Rules:
        try:
            answer = await self._fetch(address)
        except TooManyRedirectsError:
            return Rules()  # "unavailable", which allows everything
        except (PageTooLargeError, UnpackError, NotAPageError, BadAddressError) as exc:
            return Rules(problem=RobotsUnreachableError(f"The site's robots.txt cannot be read: {exc}"))
        except FetchError as exc:
            return Rules(problem=exc)
        if answer.status == OK:
            return _parse(answer.body[:MAX_ROBOTS_BYTES].decode("utf-8", "replace"))
        if answer.status in CLIENT_ERRORS and answer.status != TOO_MANY_REQUESTS:
            return Rules()
        detail = f"The site answered {answer.status} for its robots.txt: it may not want to be read now. Try later."
        return Rules(problem=RobotsUnreachableError(detail))

    def _forget_some(self) -> None:
        if len(self._origins) >= MAX_ORIGINS:
            for origin in [key for key, task in self._origins.items() if task.done()][: MAX_ORIGINS // 2]:
                del self._origins[origin]


def _parse(text: str) -> Rules:
    parsed = Protego.parse(text)
    rate = parsed.request_rate(APP_NAME)
    pause_s = max(parsed.crawl_delay(APP_NAME) or 0.0, rate.seconds / max(1, rate.requests) if rate else 0.0)
    if pause_s > LONGEST_PAUSE_S:
        return Rules(problem=CrawlDelayError(pause_s))
    return Rules(parsed, pause_s=pause_s)
