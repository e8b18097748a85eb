"""`unspun score`: options in, one call, rows out."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click

from detector import load_detector
from server.extract import Article, extract_article
from server.models import EvidenceChoice, active_id, model_path
from server.settings import load_settings
from server.whole_file import whole_file
from unspun.inputs import read_inputs
from unspun.output import write_csv, write_jsonl
from unspun.rows import Readers, Row, score_items
from unspun.table import write_table

Write = Callable[[Iterable[Row], TextIO], None]

FORMATS: dict[str, Write] = {"table": write_table, "jsonl": write_jsonl, "csv": write_csv}
EVIDENCE = ("all", "flagged", "none")
SOME_FAILED = 1


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "format_", type=click.Choice(tuple(FORMATS)), help="default: table on a terminal, else jsonl")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="write the rows to this file")
@click.option("--evidence", type=click.Choice(EVIDENCE), default="flagged", help="findings of which texts  [flagged]")
@click.option("--model", help="a model's id  [the active one]")
def score(
    inputs: tuple[str, ...], format_: str | None, output: Path | None, evidence: EvidenceChoice, model: str | None
) -> None:
    """Score addresses, .txt, .html and .jsonl files, or - for standard input.

    Standard input: lines that begin with { are JSON objects with "text", "html" or "url" (and "id"); others are
    one address a line. Anything else piped in is taken as one text. One row for every input, in order. Exit 0
    when all were scored, 1 when some failed, 2 for wrong use.
    """
    folder = load_settings(os.environ).models_path
    detector = load_detector(model_path(folder, model or active_id(folder)))
    items = read_inputs(inputs, sys.stdin.buffer)
    watch = _Watch()
    rows = watch.over(score_items(items, detector, Readers(_read_address, extract_article), evidence))
    _write(rows, format_, output)
    sys.exit(SOME_FAILED if watch.failed else 0)


class _Watch:
    """Passes rows on; counts the failed and tells of them and of the progress on standard error."""

    def __init__(self) -> None:
        self.failed = 0

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        from tqdm import tqdm  # 30 ms: only this command pays

        for row in tqdm(rows, unit=" texts", disable=True if sys.stdout.isatty() else None, file=sys.stderr):
            if row.failure is not None:
                self.failed += 1
                click.echo(f"unspun: {row.item.input}: {row.failure.detail}", err=True)
            yield row


def _write(rows: Iterable[Row], format_: str | None, output: Path | None) -> None:
    write = FORMATS[format_ or _default_format(output)]
    if output is None:
        write(rows, sys.stdout)
        return
    with whole_file(output) as file:
        write(rows, file)


def _default_format(output: Path | None) -> str:
    if output is not None:
        return "csv" if output.suffix.lower() == ".csv" else "jsonl"
    return "table" if sys.stdout.isatty() else "jsonl"


def _read_address(address: str) -> Article:
    from server.reading import read_address  # httpx: only those who fetch pay

    return read_address(address)
