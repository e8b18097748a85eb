"""Scoring that may be stopped and resumed: a plan of shards, an engine that scores them, one file or folder of rows."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from detector.errors import WrongUse
from server.batch.errors import telling_of_writing
from server.batch.folder import Folder, folder_at, whole_binary_file
from server.batch.join import join, json_rows
from server.batch.opening import is_remote
from server.batch.plan import plan, stamps
from server.batch.pool import score_in_processes, score_in_this_process
from server.batch.report_page import report_html
from server.batch.run import Engine, Plan, alone_in, begin, finished, score_rest
from server.batch.score import Wishes, load_tools, part_name
from server.batch.shard import Columns, Shard
from unspun.fetching import FetchOptions
from unspun.inputs import say_on_stderr
from unspun.watch import Watch

PARTS = ".parts"
FETCHED = frozenset({"addresses", "sitemap", "feed"})


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be scored. shards: sitemaps and feeds, beside the inputs; html: make a page of the rows."""

    inputs: tuple[str, ...]
    listings: tuple[Shard, ...]
    columns: Columns
    wishes: Wishes
    workers: int
    scheduler: str | None
    fetch: FetchOptions
    html: bool

    def plan(self) -> Plan:
        """The shards of the inputs."""
        shards = (*plan(self.inputs, self.columns, say_on_stderr), *self.listings)
        return Plan(self.wishes, tuple(self.stamps()), shards)

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
    with alone_in(Path(output + PARTS)):
        folder = folder_at(output + PARTS)
        made = _score(order, output + PARTS, folder, resume, watch)
        with telling_of_writing(output), whole_binary_file(Path(output)) as file:
            _join(order, made, folder, watch, file)
        folder.delete_all()


def score_to_folder(order: Order, output: str, resume: bool, watch: Watch) -> None:
    """Score into parts that stay, one file for each shard. Raises WrongUse and OutputError."""
    with ExitStack() as stack:
        if not is_remote(output):
            stack.enter_context(alone_in(Path(output)))
        _score(order, output, folder_at(output), resume, watch)


def score_to_stream(order: Order, out: BinaryIO, watch: Watch) -> None:
    """Score, writing each part to `out` as soon as those before it are there."""
    with tempfile.TemporaryDirectory(prefix="unspun-") as path:
        folder = folder_at(path)
        made = order.plan()
        ready: set[int] = set()
        following = 0
        weights = [shard.weight for shard in made.shards]
        for done in watch.over_shards(score_rest(made, (), _engine(order, made, path)), weights, 0):
            ready.add(done.number)
            while following in ready:
                name = part_name(following, order.wishes.format)
                join(folder, [name], order.wishes.format, out, is_first=following == 0)
                out.flush()
                folder.delete(name)
                following += 1


def _score(order: Order, path: str, folder: Folder, resume: bool, watch: Watch) -> Plan:
    made = begin(folder, path.removesuffix(PARTS), order.plan, order.stamps, order.wishes, resume)
    before = finished(made, folder)
    watch.begin_with(before.values())
    weights = [shard.weight for shard in made.shards]
    engine = _engine(order, made, path)
    for _ in watch.over_shards(score_rest(made, before, engine), weights, sum(weights[number] for number in before)):
        pass
    return made


def _join(order: Order, made: Plan, folder: Folder, watch: Watch, file: BinaryIO) -> None:
    names = [part_name(number, order.wishes.format) for number in range(len(made.shards))]
    if order.html:
        page = report_html(json_rows(folder, names), watch.tally, Path(order.wishes.model).name)
        file.write(page.encode("utf-8", "replace"))
    else:
        join(folder, names, order.wishes.format, file)


def _engine(order: Order, made: Plan, path: str) -> Engine:
    """How the shards are scored. Addresses are fetched by one crawl, which keeps the pauses of every host."""
    wishes = order.wishes
    if any(shard.kind in FETCHED for shard in made.shards):
        if order.scheduler:
            raise WrongUse("Addresses of pages are fetched by this machine. Leave out --scheduler.")
        return _fetching_engine(path, order)
    if order.scheduler:
        from server.batch.cluster import score_on_cluster

        scheduler = order.scheduler
        return lambda tasks: score_on_cluster(tasks, path, wishes, scheduler, order.workers)
    if order.workers == 1 or len(made.shards) == 1:
        return lambda tasks: score_in_this_process(tasks, path, load_tools(wishes))
    return lambda tasks: score_in_processes(tasks, path, wishes, min(order.workers, len(made.shards)))


def _fetching_engine(path: str, order: Order) -> Engine:
    from server.batch.fetching import score_with_fetching

    return lambda tasks: score_with_fetching(tasks, folder_at(path), load_tools(order.wishes), order.fetch.pages)
