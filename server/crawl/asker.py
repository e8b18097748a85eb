"""One address asked for as often as is worth it: in the host's turn, again after errors that pass, never for ever."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from detector.errors import FetchError
from server.addresses import AddressRefusedError, NoSuchHostError
from server.crawl.errors import ComeBackLaterError, HostDownError
from server.crawl.network import Answer, Limits, Network, NoConnectionError, UnreachableError
from server.crawl.retries import TRY_AGAIN, retry_after_s
from server.crawl.settings import FAILURES_UNTIL_DOWN, LONGEST_PAUSE_S, PACKINGS, CrawlSettings
from server.crawl.turns import Host, Turns
from server.page_errors import PageTooSlowError
from server.webpage import check_type

OK = 200
ACCEPT_PAGES = "text/html,application/xhtml+xml,text/plain;q=0.8"
ACCEPT_LISTS = "application/xml,text/xml,application/rss+xml,application/atom+xml,*/*;q=0.5"
ACCEPT_ROBOTS = "text/plain,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Want:
    """What is asked for."""

    accept: str
    max_bytes: int
    is_page: bool

    def wants_body(self, status: int, headers: httpx.Headers) -> bool:
        """Is the body of such an answer needed? Raises NotAPageError."""
        if status == OK and self.is_page:
            check_type(headers.get("Content-Type", "text/html"))
        return status == OK


@dataclass(slots=True)
class Asked:
    """One address of the input on its way: its place there, and the seconds it may still take."""

    order: int
    left_s: float


class Asker:
    """Asks sites, in turns."""

    def __init__(self, network: Network, turns: Turns, settings: CrawlSettings) -> None:
        self._network = network
        self._turns = turns
        self._settings = settings

    async def ask(
        self, url: httpx.URL, asked: Asked, want: Want, pause_s: float, extra: Mapping[str, str] | None = None
    ) -> Answer:
        """The last answer. `pause_s` is what the site asks for, if more than ours. Raises FetchError."""
        attempt = 0
        self._spend(asked, 0.0)
        while True:
            async with self._turns.turn(host_name(url), asked.order, want.is_page) as host:
                host.pause_s = max(self._settings.pause_s, pause_s)
                wait_s = self._settings.back_off_s * float(2**attempt)
                is_last = attempt == self._settings.retries
                try:
                    answer = await self._once(url, asked, want, host, extra or {})
                    if answer.status not in TRY_AGAIN:
                        return answer
                    said_s = retry_after_s(answer.status, answer.headers)
                    if said_s is not None and said_s > LONGEST_PAUSE_S:
                        raise self._closed(host, ComeBackLaterError(answer.status, said_s))
                    wait_s = max(wait_s, said_s or 0.0)
                    self._turns.rest(host, said_s or 0.0)
                    if is_last:
                        return answer
                except UnreachableError as exc:
                    if is_last:
                        raise self._counted(host, exc) from exc.__cause__
                self._turns.rest(host, wait_s)
            self._spend(asked, wait_s)
            attempt += 1

    async def _once(self, url: httpx.URL, asked: Asked, want: Want, host: Host, extra: Mapping[str, str]) -> Answer:
        loop = asyncio.get_running_loop()
        started = loop.time()
        limits = Limits(min(self._settings.timeout_s, asked.left_s), want.max_bytes)
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": want.accept,
            "Accept-Language": "en",
            "Accept-Encoding": PACKINGS,
            **extra,
        }
        try:
            answer = await self._network.get(url, headers, limits, want.wants_body)
        except (NoSuchHostError, AddressRefusedError) as exc:
            raise self._closed(host, exc) from exc.__cause__
        except PageTooSlowError as exc:
            raise self._counted(host, exc) from None
        except UnreachableError:
            raise
        except FetchError:
            host.failures = 0  # it did answer
            raise
        finally:
            asked.left_s -= loop.time() - started
        host.failures = 0
        return answer

    def _spend(self, asked: Asked, wait_s: float) -> None:
        asked.left_s -= wait_s
        if asked.left_s <= 0:
            raise PageTooSlowError(self._settings.page_s)

    def _closed(self, host: Host, error: FetchError) -> FetchError:
        self._turns.close(host, error)
        return error

    def _counted(self, host: Host, error: FetchError) -> FetchError:
        """The error, which may be one too many for the host."""
        if isinstance(error, NoConnectionError | PageTooSlowError):
            host.failures += 1
        if host.failures >= FAILURES_UNTIL_DOWN:
            self._turns.close(host, HostDownError(host.failures))
        return error


def host_name(url: httpx.URL) -> str:
    """The name under which a host has its turns: one for http and https, all ports, with and without a last dot."""
    return url.raw_host.decode("ascii").lower().rstrip(".")
