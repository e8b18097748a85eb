"""Shards written whole, full disks, engines that lose their processes, and addresses fetched across shards."""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import pytest

from detector import Verdict
from server.batch.errors import OutputError
from server.batch.extractors import extractor
from server.batch.fetching import fetched_items, score_with_fetching
from server.batch.folder import LocalFolder, folder_at, whole_binary_file
from server.batch.items import Item
from server.batch.pool import WORKER_DIED, _after_death, _Busy
from server.batch.rows import Readers
from server.batch.score import Task, Tools, Wishes, score_shard
from server.batch.shard import Shard
from server.crawl.fetched import Fetched, Problem
from server.extract import Article


class Clean:
    """Finds everything clean."""

    id = "fake-1"
    manifest: ClassVar[dict[str, Any]] = {}

    def score(self, text: str, evidence: str = "flagged") -> Verdict:
        return Verdict("clean", None, -1.0, 0.1, 0.5, len(text), 0.0, None, (), (), "fake-1")


def no_address(address: str) -> Article:
    raise AssertionError


TOOLS: Any = Tools(Clean(), Readers(no_address, extractor("trafilatura")), Wishes("fake-1"))  # type: ignore[arg-type]


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """A shard of three rows."""
    (tmp_path / "in.jsonl").write_text('{"text": "one"}\n{bad\n{"id": 3, "text": "three"}\n', "utf-8")
    return Task(4, Shard("jsonl", (str(tmp_path / "in.jsonl"),)))


def test_a_finished_shard_is_a_part_and_then_a_note_of_it(tmp_path: Path, task: Task) -> None:
    folder = folder_at(str(tmp_path / "out"))
    folder.make()
    done = score_shard(task, folder, TOOLS)
    assert (done.number, done.tally.rows, done.tally.failed) == (4, 3, 1)
    assert folder.names() == {"part-000004.jsonl", "_done-000004.json"}


def test_a_full_disk_is_told_of_and_leaves_no_half_file(tmp_path: Path, task: Task) -> None:
    class Full(LocalFolder):
        @contextmanager
        def writing(self, name: str) -> Iterator[BinaryIO]:
            with super().writing(name) as file:
                yield file
                raise OSError(errno.ENOSPC, "No space left on device")

    folder = Full(tmp_path / "out")
    folder.make()
    with pytest.raises(OutputError, match=r"The disk is full.*--resume"):
        score_shard(task, folder, TOOLS)
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_run_left_half_written_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".part-abc").write_bytes(b"half")
    folder_at(str(tmp_path)).make()
    assert list(tmp_path.iterdir()) == []


def test_parts_can_be_kept_in_a_store(task: Task) -> None:
    pytest.importorskip("fsspec")
    folder = folder_at("memory://bucket/out/")
    folder.make()
    assert score_shard(task, folder, TOOLS).tally.rows == 3
    assert folder.names() == {"part-000004.jsonl", "_done-000004.json"}
    assert folder.read("part-000004.jsonl").count(b"\n") == 3
    folder.delete_all()
    assert folder.names() == frozenset()


def test_a_file_is_whole_or_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError), whole_binary_file(target) as file:
        file.write(b"new")
        raise RuntimeError
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_shard_is_tried_twice_then_its_rows_fail_then_one_row_does(tmp_path: Path, task: Task) -> None:
    worker: Any = None
    again, deaths = _after_death(_Busy(worker, task, 0))
    assert (again, deaths) == (task, 1)
    rows, deaths = _after_death(_Busy(worker, again, deaths))
    assert rows.failure == WORKER_DIED
    one, _ = _after_death(_Busy(worker, rows, deaths))
    assert (one.number, one.shard.kind, one.shard.failure) == (4, "nothing", WORKER_DIED)
    folder = folder_at(str(tmp_path / "out"))
    folder.make()
    tally = score_shard(rows, folder, TOOLS).tally
    assert tally.reasons == {"worker_died": 2, "bad_json": 1}


def pages(sources: Iterable[Any]) -> Iterator[Fetched]:
    """A crawler that reads everything ahead."""
    for source in list(sources):
        name = source if isinstance(source, str) else source.address
        if not isinstance(source, str):
            yield Fetched(f"{name}#1", html="a page", is_html=False)
            yield Fetched(f"{name}#2", html="a page", is_html=False)
        elif "gone" in name:
            yield Fetched(name, problem=Problem("bad_status", "The site answered 404 Not Found."))
        else:
            yield Fetched(name, html=f"page of {name}", is_html=False)


def test_addresses_among_texts_are_fetched_and_keep_their_place() -> None:
    items = [
        Item("1", text="a"),
        Item("2", url="https://a.example/"),
        Item("3", url="https://gone.example/"),
        Item("4", url="https://b.example/", html="<p>"),
        Item("https://s.example/", url="https://s.example/", listing="sitemap"),
    ]
    found = [item for _, item in fetched_items(((0, item) for item in items), pages)]
    assert [item.input for item in found] == ["1", "2", "3", "4", "https://s.example/#1", "https://s.example/#2"]
    assert [item.text for item in found] == ["a", "page of https://a.example/", None, None, "a page", "a page"]
    assert found[2].failure is not None
    assert found[2].failure.reason == "bad_status"


def test_one_crawl_serves_all_shards_and_empty_ones_are_finished_too(tmp_path: Path) -> None:
    crawls: list[int] = []

    def counted(sources: Iterable[Any]) -> Iterator[Fetched]:
        crawls.append(1)
        return pages(sources)

    (tmp_path / "empty.jsonl").touch()
    empty = Shard("jsonl", (str(tmp_path / "empty.jsonl"),))
    shards = [
        Shard("addresses", ("https://a.example/", "https://b.example/")),
        empty,
        Shard("addresses", ("https://gone.example/",)),
        empty,
    ]
    folder = folder_at(str(tmp_path / "out"))
    folder.make()
    tasks = [Task(number, shard) for number, shard in enumerate(shards)]
    done = list(score_with_fetching(tasks, folder, TOOLS, counted))
    assert [(one.number, one.tally.rows, one.tally.failed) for one in done] == [
        (0, 2, 0),
        (1, 0, 0),
        (2, 1, 1),
        (3, 0, 0),
    ]
    assert crawls == [1]


def test_a_list_of_no_pages_is_a_row_that_says_so() -> None:
    item = Item("https://a.example/feed", url="https://a.example/feed", listing="feed")
    ((_, found),) = fetched_items([(0, item)], lambda sources: iter(()))
    assert found.failure is not None
    assert (found.input, found.failure.reason, found.failure.detail) == (
        "https://a.example/feed",
        "empty_list",
        "The feed names no pages.",
    )
