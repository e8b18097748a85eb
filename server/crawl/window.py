"""What lies between the fetching and the reader of its results: a line of tasks, and how much they may hold."""

import asyncio
from dataclasses import dataclass

from server.crawl.fetched import Fetched
from server.crawl.turns import Turns


class End:
    """After the last of a list."""


END = End()


@dataclass(frozen=True, slots=True)
class Line:
    """The addresses under way, in order; `places` are those that are left for more."""

    places: asyncio.Semaphore
    tasks: "asyncio.Queue[asyncio.Task[Fetched] | BaseException | End]"

    def left(self) -> list["asyncio.Task[Fetched]"]:
        """Take out all that nobody will wait for."""
        items = [self.tasks.get_nowait() for _ in range(self.tasks.qsize())]
        return [item for item in items if isinstance(item, asyncio.Task)]


class Window:
    """How much waits between the fetching and the reader of the results."""

    def __init__(self, hold_bytes: int) -> None:
        self._hold_bytes = hold_bytes
        self._held = 0
        self._next = -1
        self._issued = 0

    def place(self) -> int:
        """The place in the input of the next address."""
        self._issued += 1
        return self._issued - 1

    def clear(self) -> None:
        """Nobody waits for the pages that were not given."""
        self._held = 0
        self._next = self._issued - 1

    def has_room(self, order: int) -> bool:
        """May this page be fetched now? The one that the reader waits for always may."""
        return order <= self._next or self._held < self._hold_bytes

    def keep(self, task: "asyncio.Task[Fetched]") -> None:
        """A page is there, and waits."""
        if not task.cancelled() and task.exception() is None:
            self._held += size_of(task.result())

    def give(self, fetched: Fetched) -> None:
        """The page goes to the reader."""
        self._held -= size_of(fetched)

    def wait_for_next(self, turns: Turns) -> None:
        """The reader waits for the next page."""
        self._next += 1
        turns.wake()


def size_of(fetched: Fetched) -> int:
    """Roughly what a result takes in memory, in bytes."""
    return 0 if fetched.html is None else len(fetched.html)
