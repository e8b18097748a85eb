"""Scoring as one reads: rows go out as their inputs come in, from this one process."""

import io
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from server.batch.fetching import fetched_items
from server.batch.items import Item
from server.batch.report_page import report_html
from server.batch.rows import Row
from server.batch.score import Tools, rows_of
from server.batch.tally import Tally
from server.batch.writers import WRITERS, RowFormat, Writer
from unspun.fetching import OneCrawl
from unspun.table import write_table

Write = Callable[[Iterable[Row], BinaryIO], None]


def direct_rows(items: Iterable[Item], tools: Tools, crawl: OneCrawl) -> Iterator[Row]:
    """One row for each item, addresses fetched."""
    tagged = zip(itertools.repeat(0), items)
    return rows_of((item for _, item in fetched_items(tagged, crawl.pages)), tools)


def write_as_they_come(rows: Iterable[Row], format_: RowFormat, out: BinaryIO) -> None:
    """Rows to a pipe or a file, each as soon as it is there."""
    writer: Writer = WRITERS[format_](out)
    for row in rows:
        writer.write(row)
        if format_ == "jsonl":
            out.flush()
    writer.close()
    out.flush()


def write_as_table(rows: Iterable[Row], out: BinaryIO) -> None:
    """Rows for people."""
    text = io.TextIOWrapper(out, "utf-8", errors="replace", write_through=True)
    write_table(rows, text)
    text.detach()


def write_as_page(rows: Iterable[Row], tally: Tally, model: str, out: BinaryIO) -> None:
    """The HTML report. tally: counts the same rows as they pass."""
    page = report_html((row.as_json() for row in rows), tally, model)
    out.write(page.encode("utf-8", "replace"))
