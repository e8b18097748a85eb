"""The queue and the time limit."""

import threading

import pytest

from server.errors import BusyError, TooSlowError
from server.workers import Workers, run_within


def test_a_result_or_an_error_comes_back() -> None:
    workers = Workers(threads=1, queue=0, time_s=5)
    assert workers.run(lambda: 42) == 42
    with pytest.raises(ZeroDivisionError):
        workers.run(lambda: 1 // 0)
    assert workers.run(lambda: 43) == 43


def test_a_late_job_keeps_its_thread_until_it_ends() -> None:
    workers = Workers(threads=1, queue=0, time_s=0.1)
    may_end, ended = threading.Event(), threading.Event()

    def late() -> None:
        may_end.wait(5)
        ended.set()

    with pytest.raises(TooSlowError, match=r"longer than 0\.1 s"):
        workers.run(late)
    with pytest.raises(BusyError):
        workers.run(lambda: None)
    may_end.set()
    assert ended.wait(5)
    for _ in range(100):
        try:
            assert workers.run(lambda: "free again") == "free again"
            return
        except BusyError:
            threading.Event().wait(0.01)
    pytest.fail("the thread was never given back")


def test_one_that_waits_in_the_queue_gets_its_turn() -> None:
    workers = Workers(threads=1, queue=1, time_s=5)
    may_end, started = threading.Event(), threading.Event()

    def first() -> None:
        started.set()
        may_end.wait(5)

    thread = threading.Thread(target=lambda: workers.run(first))
    thread.start()
    assert started.wait(5)
    threading.Timer(0.05, may_end.set).start()
    assert workers.run(lambda: "second") == "second"
    thread.join(5)


def test_running_within_a_time_raises_when_it_is_over() -> None:
    may_end = threading.Event()
    with pytest.raises(TimeoutError):
        run_within(lambda: may_end.wait(5), 0.05)
    may_end.set()
