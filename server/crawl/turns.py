"""Who may ask which host, and when: one request a host at a time, a pause after each, so many requests in all.

Whoever asks waits for a turn. Within a host, and for the places that all hosts share, the earliest address of the
input goes first; robots.txt files and lists of addresses go before pages, since pages wait for them. A page also needs
room for what it will hold, except the one that the reader of the crawl waits for: so memory is bounded, and nothing
waits in a circle.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TypeAlias

from detector.errors import FetchError

Rank: TypeAlias = tuple[bool, int]  # (is it a page, its place in the input): the smallest goes first


@dataclass(slots=True, order=True)
class Ticket:
    """One who waits for a turn."""

    rank: Rank
    admitted: asyncio.Future[None] = field(compare=False)


@dataclass(slots=True, eq=False)
class Host:
    """What is known of one host. Times are the loop's, in seconds."""

    name: str
    pause_s: float
    next_at: float = 0.0
    is_busy: bool = False
    failures: int = 0
    closed: FetchError | None = None
    line: list[Ticket] = field(default_factory=list)
    blocked_at: Rank | None = None
    alarm: asyncio.TimerHandle | None = None

    def is_forgettable(self) -> bool:
        """Would a fresh record behave the same?"""
        return not (self.is_busy or self.line or self.failures or self.closed)


class Turns:
    """The turns of one crawl. `has_room` says whether the page at a place of the input may be fetched now."""

    def __init__(self, pause_s: float, concurrency: int, has_room: Callable[[int], bool]) -> None:
        self._pause_s = pause_s
        self._free = concurrency
        self._has_room = has_room
        self._hosts: dict[str, Host] = {}
        self._blocked: list[tuple[Rank, int, Host]] = []
        self._pushes = 0

    @asynccontextmanager
    async def turn(self, name: str, order: int, is_page: bool) -> AsyncIterator[Host]:
        """Wait for the host's turn; the block is it. Raises what the host was closed with."""
        host = self._hosts.setdefault(name, Host(name, self._pause_s))
        await self._admitted(host, (is_page, order))
        try:
            yield host
        finally:
            self._end(host)

    def rest(self, host: Host, wait_s: float) -> None:
        """Nobody asks the host before the wait is over."""
        host.next_at = max(host.next_at, asyncio.get_running_loop().time() + wait_s)

    def close(self, host: Host, error: FetchError) -> None:
        """Nobody asks the host any more: all who wait, and all who come, get the error."""
        host.closed = error
        for ticket in host.line:
            if not ticket.admitted.done():
                ticket.admitted.set_exception(error)
        host.line.clear()

    def wake(self) -> None:
        """Offer turns again, because a place or room has become free."""
        while self._blocked and self._free:
            rank, _, host = heappop(self._blocked)
            if rank != host.blocked_at:
                continue  # offered again since, under another rank
            host.blocked_at = None
            self._offer(host)
            if host.blocked_at is not None:
                return  # no room for this page, so for none after it

    async def _admitted(self, host: Host, rank: Rank) -> None:
        if host.closed is not None:
            raise host.closed.with_traceback(None)  # raised for many: each would lengthen it
        ticket = Ticket(rank, asyncio.get_running_loop().create_future())
        heappush(host.line, ticket)
        self._offer(host)
        try:
            await ticket.admitted
        except asyncio.CancelledError:
            admitted = ticket.admitted
            if admitted.done() and not admitted.cancelled() and admitted.exception() is None:
                self._end(host)  # admitted and cancelled in the same moment
            raise

    def _offer(self, host: Host) -> None:
        while host.line and host.line[0].admitted.done():  # cancelled while waiting
            heappop(host.line)
        if host.is_busy or not host.line:
            return
        if host.next_at > asyncio.get_running_loop().time():
            self._set_alarm(host)
            return
        is_page, order = host.line[0].rank
        if not self._free or (is_page and not self._has_room(order)):
            self._block(host, host.line[0].rank)
            return
        host.is_busy = True
        self._free -= 1
        heappop(host.line).admitted.set_result(None)

    def _block(self, host: Host, rank: Rank) -> None:
        if host.blocked_at is None or rank < host.blocked_at:
            host.blocked_at = rank
            self._pushes += 1
            heappush(self._blocked, (rank, self._pushes, host))

    def _end(self, host: Host) -> None:
        host.is_busy = False
        self._free += 1
        self.rest(host, host.pause_s)
        self._set_alarm(host)
        self.wake()

    def _set_alarm(self, host: Host) -> None:
        if host.alarm is not None:
            host.alarm.cancel()
        host.alarm = asyncio.get_running_loop().call_at(host.next_at, self._on_alarm, host)

    def _on_alarm(self, host: Host) -> None:
        host.alarm = None
        self._offer(host)
        if host.is_forgettable():
            self._hosts.pop(host.name, None)
