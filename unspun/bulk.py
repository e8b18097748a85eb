"""Scoring that may be stopped and resumed: a plan of shards, an engine that scores them, one file or folder of rows."""

import tempfile
from collections.abc import Iterable, Iterator, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from detector.errors import UnspunError, WrongUse
from server.batch.addresses import holds_addresses
from server.batch.errors import telling_of_writing
from server.batch.fetching import score_with_fetching
from server.batch.folder import Folder, folder_at, whole_binary_file
from server.batch.join import join, json_rows
from server.batch.opening import is_remote
from server.batch.packages import CLUSTER, PARQUET, RESILIPARSE, WARC, Package, check_packages
from server.batch.plan import joined, plan, stamps
from server.batch.pool import score_in_processes, score_in_this_process
from server.batch.report_page import report_html
from server.batch.run import Plan, alone_in, begin, finished, tasks_left
from server.batch.score import Done, Task, Wishes, load_tools, part_name
from server.batch.shard import Columns, Kind, Shard
from unspun.fetching import OneCrawl
from unspun.inputs import say_on_stderr
from unspun.watch import Size, Watch

PARTS = ".parts"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be scored. listings: sitemaps and feeds, beside the inputs; html: make a page of the rows."""

    inputs: tuple[str, ...]
    listings: tuple[Shard, ...]
    columns: Columns
    wishes: Wishes
    workers: int
    scheduler: str | None
    crawl: OneCrawl
    html: bool

    def plan(self) -> Plan:
        """The shards of the inputs."""
        shards = (*plan(self.inputs, self.columns, say_on_stderr), *joined(self._listed()))
        check_packages(self._packages({shard.kind for shard in shards}))
        return Plan(self.wishes, tuple(self.stamps()), shards)

    def _listed(self) -> Iterator[Shard]:
        for listing in self.listings:
            yield from self.crawl.shards("sitemap" if listing.kind == "sitemap" else "feed", listing.paths[0])

    def _packages(self, kinds: Set[Kind]) -> Iterator[Package]:
        if "parquet" in kinds or self.wishes.format == "parquet":
            yield PARQUET
        if "warc" in kinds:
            yield WARC
        if self.wishes.extractor == "resiliparse":
            yield RESILIPARSE
        if self.scheduler:
            yield CLUSTER

    def stamps(self) -> Iterator[tuple[str, int, str]]:
        """What tells that the inputs are the same as before."""
        yield from stamps(self.inputs)
        yield from ((shard.paths[0], 0, shard.kind) for shard in self.listings)


def is_folder(output: str) -> bool:
    """Are the rows to stay in parts?"""
    return output.endswith("/") or is_remote(output) or Path(output).is_dir()


def score_to_file(order: Order, output: str, resume: bool, watch: Watch) -> None:
    """Score into `output`, whole at the end; the parts stand beside it until then. Raises WrongUse and OutputError."""
    if resume and Path(output).exists() and not Path(output + PARTS).exists():
        say_on_stderr(f"{output} is finished already.")
        return
    with _not_left_empty(Path(output + PARTS)), alone_in(Path(output + PARTS)):
        folder = folder_at(output + PARTS)
        made = _score(order, output + PARTS, folder, resume, watch)
        with telling_of_writing(output), whole_binary_file(Path(output)) as file:
            _join(order, made, folder, watch, file)
        folder.delete_all()


def score_to_folder(order: Order, output: str, resume: bool, watch: Watch) -> None:
    """Score into parts that stay, one file for each shard. Raises WrongUse and OutputError."""
    with ExitStack() as stack:
        if not is_remote(output):
            stack.enter_context(_not_left_empty(Path(output)))
            stack.enter_context(alone_in(Path(output)))
        _score(order, output, folder_at(output), resume, watch)


def score_to_stream(order: Order, out: BinaryIO | None, watch: Watch) -> None:
    """Score, writing each part to `out`, if there is one, as soon as those before it are there."""
    with tempfile.TemporaryDirectory(prefix="unspun-") as path:
        folder = folder_at(path)
        made = order.plan()
        ready: set[int] = set()
        following = 0
        for done in _score_rest(order, path, made, frozenset(), watch):
            ready.add(done.number)
            while following in ready:
                name = part_name(following, order.wishes.format)
                if out is not None:
                    join(folder, [name], order.wishes.format, out, is_first=following == 0)
                    out.flush()
                folder.delete(name)
                following += 1


@contextmanager
def _not_left_empty(path: Path) -> Iterator[None]:
    """Removes the folder again when nothing could be begun in it."""
    try:
        yield
    except UnspunError:
        with suppress(OSError):
            path.rmdir()
        raise


def _score(order: Order, path: str, folder: Folder, resume: bool, watch: Watch) -> Plan:
    made = begin(folder, path.removesuffix(PARTS), order.plan, order.stamps, order.wishes, resume)
    before = finished(made, folder)
    watch.begin_with(before.values())
    for _ in _score_rest(order, path, made, before.keys(), watch):
        pass
    return made


def _join(order: Order, made: Plan, folder: Folder, watch: Watch, file: BinaryIO) -> None:
    names = [part_name(number, order.wishes.format) for number in range(len(made.shards))]
    if order.html:
        page = report_html(json_rows(folder, names), watch.tally, Path(order.wishes.model).name)
        file.write(page.encode("utf-8", "replace"))
    else:
        join(folder, names, order.wishes.format, file)


def _score_rest(order: Order, path: str, made: Plan, before: Set[int], watch: Watch) -> Iterator[Done]:
    """Score what is left: texts on every processor or the cluster, addresses by the one crawl of the command."""
    texts, addresses = _parted(tasks_left(made, before), order.scheduler is not None)
    if addresses and order.scheduler:
        raise WrongUse("Addresses of pages are fetched by this machine. Leave out --scheduler.")
    done = chain(_score_texts(texts, order, path), _score_addresses(addresses, order, path))
    return watch.over_shards(done, _size(made, before, is_crawl=bool(addresses) and not texts))


def _size(made: Plan, before: Set[int], is_crawl: bool) -> Size:
    if is_crawl:
        pages = tuple(len(shard.paths) for shard in made.shards)
        is_known = all(shard.kind == "addresses" for shard in made.shards)
        return Size("pages", pages, sum(pages) if is_known else None, sum(pages[number] for number in before))
    weights = tuple(shard.weight for shard in made.shards)
    return Size("bytes", weights, sum(weights), sum(weights[number] for number in before))


def _parted(tasks: Iterable[Task], is_for_cluster: bool) -> tuple[list[Task], list[Task]]:
    """Shards of texts, and those in which there is something to fetch."""
    parted: tuple[list[Task], list[Task]] = ([], [])
    for task in tasks:
        needs_fetch = task.shard.kind == "addresses" or (not is_for_cluster and holds_addresses(task.shard))
        parted[needs_fetch].append(task)
    return parted


def _score_texts(tasks: list[Task], order: Order, path: str) -> Iterator[Done]:
    if not tasks:
        return iter(())
    if order.scheduler:
        from server.batch.cluster import score_on_cluster

        return score_on_cluster(tasks, path, order.wishes, order.scheduler, order.workers)
    if order.workers == 1 or len(tasks) == 1:
        return score_in_this_process(tasks, path, load_tools(order.wishes))
    return score_in_processes(tasks, path, order.wishes, min(order.workers, len(tasks)))


def _score_addresses(tasks: list[Task], order: Order, path: str) -> Iterator[Done]:
    if not tasks:
        return iter(())
    return score_with_fetching(tasks, folder_at(path), load_tools(order.wishes), order.crawl.pages)
