"""Run one slow thing with a place in the queue and a time limit, so that no request hangs."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from server.errors import BusyError, TooSlowError

T = TypeVar("T")


class Workers:
    """`threads` jobs at a time, `queue` more that wait. A job past its time keeps its thread until it ends."""

    def __init__(self, threads: int, queue: int, time_s: float) -> None:
        self._places = threading.Semaphore(threads + queue)
        self._threads = threading.Semaphore(threads)
        self._time_s = time_s

    def run(self, job: Callable[[], T]) -> T:
        """The job's result, or its error. Raises BusyError or TooSlowError."""
        if not self._places.acquire(blocking=False):
            raise BusyError()
        started = time.monotonic()
        if not self._threads.acquire(timeout=self._time_s):
            self._places.release()
            raise BusyError()
        left_s = self._time_s - (time.monotonic() - started)
        try:
            return run_within(job, left_s, done=self._release)
        except TimeoutError:
            raise TooSlowError(f"This took longer than {self._time_s:g} s and was given up.") from None

    def _release(self) -> None:
        self._threads.release()
        self._places.release()


def run_within(job: Callable[[], T], time_s: float, done: Callable[[], None] = lambda: None) -> T:
    """The job's result, or its error, or TimeoutError. Python cannot stop a thread: a late one is left behind."""
    task = _Task(job, done)
    threading.Thread(target=task.run, daemon=True).start()
    return task.result(time_s)


class _Task(Generic[T]):
    def __init__(self, job: Callable[[], T], done: Callable[[], None]) -> None:
        self._job = job
        self._done = done
        self._ended = threading.Event()
        self._results: list[T] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._results.append(self._job())
        except BaseException as exc:  # handed to the waiting thread, which raises it
            self._error = exc
        finally:
            self._done()
            self._ended.set()

    def result(self, time_s: float) -> T:
        if not self._ended.wait(max(0.0, time_s)):
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._results[0]
