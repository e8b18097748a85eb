"""Blocking calls and iterables kept off the event loop, on threads that never hold up the end of the program."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import NoReturn, TypeVar

T = TypeVar("T")

# Two threads that hand over one item at a time wait for each other at every one.
READ_AHEAD = 64


async def in_thread(job: Callable[[], T]) -> T:
    """The job's result or its error. Cancelled, it leaves its thread behind: a daemon, unlike an executor's."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def tell(call: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(lambda: None if future.done() else call())

    def run() -> None:
        try:
            result = job()
        except BaseException as exc:  # handed to the waiting task, which raises it
            error = exc
            tell(lambda: future.set_exception(error))
        else:
            tell(lambda: future.set_result(result))

    threading.Thread(target=run, daemon=True).start()
    return await future


async def read_in_thread(items: Iterable[T]) -> AsyncGenerator[T, None]:
    """The items of an iterable that may block, read on a thread of its own, a few ahead of their use."""
    loop = asyncio.get_running_loop()
    read: asyncio.Queue[Callable[[], T]] = asyncio.Queue()
    is_wanted = threading.Semaphore(READ_AHEAD)
    is_over = threading.Event()

    def tell(step: Callable[[], T]) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(read.put_nowait, step)

    def run() -> None:
        try:
            for item in items:
                tell(partial(_same, item))
                is_wanted.acquire()
                if is_over.is_set():
                    return
            tell(partial(_raise, StopAsyncIteration()))
        except BaseException as exc:  # handed to the waiting task, which raises it
            tell(partial(_raise, exc))

    threading.Thread(target=run, daemon=True).start()
    try:
        while True:
            step = await read.get()
            is_wanted.release()
            yield step()
    except StopAsyncIteration:
        return
    finally:
        is_over.set()
        is_wanted.release()


def _same(item: T) -> T:
    return item


def _raise(error: BaseException) -> NoReturn:
    raise error
