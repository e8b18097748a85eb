"""Shards on the processors of this machine: one process each, and a dead process costs at most its own shard."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for

from server.batch.folder import folder_at
from server.batch.score import Done, Task, Tools, Wishes, load_tools, score_shard
from server.batch.shard import Shard

DEATHS_UNTIL_GIVEN_UP = 2
WORKER_DIED = ("worker_died", "The process that scored this part of the input died twice. Score this row by itself.")


def score_in_this_process(tasks: Iterable[Task], folder: str, tools: Tools) -> Iterator[Done]:
    """One shard after the other."""
    there = folder_at(folder)
    return (score_shard(task, there, tools) for task in tasks)


def score_in_processes(tasks: Iterable[Task], folder: str, wishes: Wishes, workers: int) -> Iterator[Done]:
    """Shards as they are finished, in no order. Raises what score_shard raises."""
    left = iter(tasks)
    busy: dict[Future[Done], _Busy] = {}
    idle = [_Worker(folder, wishes) for _ in range(workers)]
    try:
        while True:
            while idle and (task := next(left, None)) is not None:
                _give(busy, idle.pop(), task, 0)
            if not busy:
                return
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                job = busy.pop(future)
                try:
                    done = future.result()
                except BrokenProcessPool:
                    job.worker.close()
                    _give(busy, _Worker(folder, wishes), *_after_death(job))
                else:
                    idle.append(job.worker)
                    yield done
    finally:
        for worker in [*idle, *(job.worker for job in busy.values())]:
            worker.close()


@dataclass(frozen=True, slots=True)
class _Busy:
    worker: "_Worker"
    task: Task
    deaths: int


def _give(busy: "dict[Future[Done], _Busy]", worker: "_Worker", task: Task, deaths: int) -> None:
    busy[worker.submit(task)] = _Busy(worker, task, deaths)


def _after_death(job: _Busy) -> tuple[Task, int]:
    deaths = job.deaths + 1
    if deaths < DEATHS_UNTIL_GIVEN_UP:
        return job.task, deaths
    if job.task.failure is None:
        return replace(job.task, failure=WORKER_DIED), deaths
    # Even reading the rows kills the process: one row speaks for all of them.
    nothing = Shard("nothing", (job.task.shard.paths[0],), failure=WORKER_DIED)
    return Task(job.task.number, nothing), 0


class _Worker:
    """A process of its own, so that it is known whose shard died with it."""

    def __init__(self, folder: str, wishes: Wishes) -> None:
        context = multiprocessing.get_context("spawn")
        theirs, self._ours = context.Pipe(duplex=False)
        self._theirs = theirs
        self._folder = folder
        self._wishes = wishes
        self._pool = ProcessPoolExecutor(1, context, initializer=_live_with_parent, initargs=(theirs,))

    def submit(self, task: Task) -> "Future[Done]":
        """Begin a shard."""
        return self._pool.submit(_work, task, self._folder, self._wishes)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._ours.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._theirs.close()


def _live_with_parent(stop: Connection) -> None:
    """In the worker: Ctrl-C is the parent's to hear; when the parent dies or closes `stop`, end at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None
    sentinel = parent.sentinel

    def watch() -> None:
        wait_for([sentinel, stop])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _work(task: Task, folder: str, wishes: Wishes) -> Done:
    return score_shard(task, folder_at(folder), _tools(wishes))


@lru_cache(maxsize=1)
def _tools(wishes: Wishes) -> Tools:
    return load_tools(wishes)
