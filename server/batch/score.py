"""The unit of the work: score one shard, write its rows whole, and say that it is finished."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from detector import load_detector
from detector.errors import FetchError
from server.batch.errors import telling_of_writing
from server.batch.extractors import ExtractorName, extractor, forget_pages
from server.batch.folder import Folder
from server.batch.items import Failure, Item
from server.batch.rows import Readers, Row, score_items
from server.batch.shard import Shard
from server.batch.sources import read_shard
from server.batch.tally import Tally
from server.batch.writers import WRITERS, RowFormat
from server.extract import Article
from server.models import EvidenceChoice, Scorer


@dataclass(frozen=True, slots=True)
class Wishes:
    """What every process of a run must know. `model` is the model's folder."""

    model: str
    evidence: EvidenceChoice = "flagged"
    extractor: ExtractorName = "trafilatura"
    format: RowFormat = "jsonl"
    by_site: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """What scoring takes, loaded once for each process."""

    detector: Scorer
    readers: Readers
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Task:
    """One shard and its number. `failure`: give up on its rows, with this reason, without looking at them."""

    number: int
    shard: Shard
    failure: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A finished shard."""

    number: int
    tally: Tally


def load_tools(wishes: Wishes) -> Tools:
    """Load the model and choose the extractor. Raises ModelError."""
    readers = Readers(_not_fetched, extractor(wishes.extractor))
    return Tools(load_detector(Path(wishes.model)), readers, wishes)


class NotFetchedError(FetchError):
    """A row is an address alone, where addresses are not fetched."""

    reason = "not_fetched"


def _not_fetched(address: str) -> Article:
    raise NotFetchedError(
        "This row is an address alone, in a file of texts, which is not fetched. Give addresses in a file of their own."
    )


def rows_of(items: Iterable[Item], tools: Tools) -> Iterator[Row]:
    """One row for each item, in order."""
    wishes = tools.wishes
    return score_items(items, tools.detector, tools.readers, wishes.evidence, with_anchors=wishes.by_site)


def score_shard(task: Task, folder: Folder, tools: Tools) -> Done:
    """Write the rows of a shard as one whole file, and beside it that it is finished. Raises OutputError."""
    if task.failure is not None:
        return write_shard(task.number, _given_up(task.shard, Failure(*task.failure)), folder, tools.wishes)
    return write_shard(task.number, rows_of(read_shard(task.shard), tools), folder, tools.wishes)


def write_shard(number: int, rows: Iterable[Row], folder: Folder, wishes: Wishes) -> Done:
    """Write the rows of shard `number`. Raises OutputError."""
    tally = Tally()
    name = part_name(number, wishes.format)
    with telling_of_writing(name), folder.writing(name) as file:
        writer = WRITERS[wishes.format](file)
        for row in rows:
            writer.write(row)
            tally.note(row, wishes.by_site)
        writer.close()
    with telling_of_writing(name), folder.writing(done_name(number)) as file:
        file.write(json.dumps(tally.as_json()).encode("ascii"))
    forget_pages()
    return Done(number, tally)


def _given_up(shard: Shard, failure: Failure) -> Iterator[Row]:
    for item in read_shard(shard):
        yield Row(replace(item, text=None, html=None), None, None, item.failure or failure)


def part_name(number: int, format_: RowFormat) -> str:
    """The file of a shard's rows."""
    return f"part-{number:06}.{format_}"


def done_name(number: int) -> str:
    """The file that says that a shard is finished, and what became of its rows."""
    return f"_done-{number:06}.json"
