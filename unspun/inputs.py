"""What the user named on the command line, as items to score: one for each, also for those that cannot be read."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

import click

from server.batch.items import ADDRESS, MAX_FILE_BYTES, Failure, Item
from server.batch.jsonl import items_of_lines
from server.batch.lines import capped_lines
from server.batch.plan import Say, plan
from server.batch.shard import USUAL_COLUMNS, Columns
from server.batch.sources import read_shard
from server.charset import decode

STDIN = "-"

__all__ = ["ADDRESS", "STDIN", "Failure", "Item", "read_inputs", "say_on_stderr"]


def say_on_stderr(line: str) -> None:
    """Tell the user something that is no row."""
    click.echo(f"unspun: {line}", err=True)


def read_inputs(
    names: Iterable[str], stdin: BinaryIO, columns: Columns = USUAL_COLUMNS, say: Say = say_on_stderr
) -> Iterator[Item]:
    """The items of every input, in order, read as they are needed."""
    for name in names:
        if name == STDIN:
            yield from _from_stdin(stdin, columns)
        else:
            for shard in plan([name], columns, say):
                yield from read_shard(shard)


def _from_stdin(stdin: BinaryIO, columns: Columns) -> Iterator[Item]:
    lines = capped_lines(stdin)
    head: list[bytes] = []
    for line in lines:
        head.append(line)
        if line.strip():
            break
    first = decode(head[-1]).strip() if head else ""
    if first.startswith("{") or ADDRESS.fullmatch(first):
        yield from items_of_lines("stdin", chain(head, lines), 1, columns)
        return
    text = b"".join(head) + stdin.read(MAX_FILE_BYTES)
    if len(text) > MAX_FILE_BYTES:
        detail = f"The text has more than {MAX_FILE_BYTES:,} bytes, the most that is read. Split it."
        yield Item("stdin", failure=Failure("too_large", detail))
    else:
        yield Item("stdin", text=decode(text))
