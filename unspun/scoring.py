"""`unspun score`: options in, one call, rows out."""

import os
import sys
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any

import click

from detector.errors import WrongUse
from server.batch.extractors import ExtractorName
from server.batch.folder import whole_binary_file
from server.batch.score import Wishes, load_tools
from server.batch.shard import Columns, Shard
from server.batch.sources import read_shard
from server.charset import decode
from server.models import EvidenceChoice, active_id, model_path
from server.settings import load_settings
from unspun.bulk import Order, is_folder, score_to_file, score_to_folder, score_to_stream
from unspun.direct import direct_rows, write_as_page, write_as_table, write_as_they_come
from unspun.fetching import FetchOptions, OneCrawl
from unspun.inputs import STDIN, read_inputs
from unspun.summary import write_sites
from unspun.watch import Watch

FORMATS = ("table", "jsonl", "csv", "parquet", "html")
SUFFIXES = {".csv": "csv", ".parquet": "parquet", ".html": "html", ".htm": "html"}
STREAMED = ("jsonl", "csv")
EVIDENCE = ("all", "flagged", "none")
SOME_FAILED = 1
# Less than this is scored before the processes of a pool have started.
WORTH_A_POOL_BYTES = 32_000_000


def _column(name: str) -> Callable[[Any], Any]:
    return click.option(f"--{name}-column", f"{name}_column", metavar="NAME", help=f"the column or field of the {name}")


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--list", "list_", metavar="FILE", help="a file of inputs, one a line; - for standard input")
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="score the pages of a sitemap")
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="score the pages of an RSS or Atom feed")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="default: table on a terminal, else jsonl")
@click.option("--output", metavar="PATH", help="write the rows to this file, or in parts to this folder (ends in /)")
@click.option("--resume", is_flag=True, help="go on where the same command was stopped")
@click.option("--by-site", is_flag=True, help="print sums by site; the rows go to --output, if given")
@click.option("--workers", type=click.IntRange(1), help="processes  [one for each processor]")
@click.option("--scheduler", metavar="ADDRESS", help="score on a dask cluster: tcp://HOST:8786, or local")
@click.option("--extractor", type=click.Choice(("trafilatura", "resiliparse")), default="trafilatura",
              help="what finds the article in HTML  [trafilatura]")  # fmt: skip
@_column("text")
@_column("html")
@_column("url")
@_column("id")
@click.option(
    "--evidence", type=click.Choice(EVIDENCE), default="flagged", help="findings and windows of which texts  [flagged]"
)
@click.option("--model", help="a model's id  [the active one]")
@click.option("--pause", type=click.FloatRange(0), metavar="SECONDS", help="between two pages of one host  [1]")
@click.option("--concurrency", type=click.IntRange(1), help="pages fetched at a time, each from another host  [32]")
@click.option("--contact", metavar="URL", envvar="UNSPUN_CONTACT",
              help="a page about you, told to the sites that are fetched from  [UNSPUN_CONTACT]")  # fmt: skip
@click.option("--cache", type=click.Path(dir_okay=False, path_type=Path), help="keep fetched pages in this file")
def score(
    inputs: tuple[str, ...], list_: str | None, sitemaps: tuple[str, ...], feeds: tuple[str, ...],
    format_: str | None, output: str | None, resume: bool, by_site: bool, workers: int | None, scheduler: str | None,
    extractor: ExtractorName, text_column: str | None, html_column: str | None, url_column: str | None,
    id_column: str | None, evidence: EvidenceChoice, model: str | None, pause: float | None, concurrency: int | None,
    contact: str | None, cache: Path | None,
) -> None:  # fmt: skip
    """Score addresses, files and folders, or - for standard input.

    Files: .txt, .html, .jsonl, .csv, .parquet, .warc and .wet, most also as .gz. Standard input: lines that begin
    with { are JSON objects with "text", "html" or "url" (and "id"); others are one address a line. Anything else piped
    in is taken as one text. One row for every input, in order; what fails is a row too. With --output a run that was
    stopped goes on with --resume. Exit 0 when all were scored, 1 when some failed, 2 for wrong use.
    """
    given = (*inputs, *_listed(list_))
    listings = tuple(Shard("sitemap", (url,)) for url in sitemaps) + tuple(Shard("feed", (url,)) for url in feeds)
    if not given and not listings:
        raise click.UsageError("Name something to score: an address, a file, a folder, or -.")
    shown = _shown_format(format_, output)
    models = load_settings(os.environ).models_path
    wishes = Wishes(
        model=str(model_path(models, model or active_id(models)).resolve()),
        evidence=evidence,
        extractor=extractor,
        format="csv" if shown == "csv" else "parquet" if shown == "parquet" else "jsonl",
        by_site=by_site or shown == "html",
    )
    watch = Watch(wishes.by_site)
    with OneCrawl(FetchOptions(pause, concurrency, contact, cache), on_page=watch.on_page) as crawl:
        order = Order(
            inputs=given,
            listings=listings,
            columns=Columns(text_column, html_column, url_column, id_column),
            wishes=wishes,
            workers=workers or os.cpu_count() or 1,
            scheduler=scheduler,
            crawl=crawl,
            html=shown == "html",
        )
        _run(order, shown, output, resume, by_site, watch)
    if by_site:
        write_sites(watch.tally, sys.stdout)
    watch.sum_up()
    sys.exit(SOME_FAILED if watch.tally.failed else 0)


def _listed(name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    lines = sys.stdin.buffer.read() if name == STDIN else _read_list(name)
    return tuple(line.strip() for line in decode(lines).splitlines() if line.strip())


def _read_list(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as exc:
        raise WrongUse(f"The list {name} cannot be read: {exc.strerror}.") from exc


def _shown_format(given: str | None, output: str | None) -> str:
    if given is not None:
        return given
    if output is not None:
        return SUFFIXES.get(Path(output).suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def _run(order: Order, shown: str, output: str | None, resume: bool, by_site: bool, watch: Watch) -> None:
    drops_rows = by_site and output is None
    can_plan = STDIN not in order.inputs and (shown != "table" or drops_rows)
    if output is not None and can_plan:
        if not is_folder(output):
            score_to_file(order, output, resume, watch)
        elif order.html:
            raise WrongUse(f"A report is one file, and {output} is a folder. Name a file that ends in .html.")
        else:
            score_to_folder(order, output, resume, watch)
        return
    if resume:
        raise WrongUse("--resume needs --output and inputs by name: standard input and tables cannot be resumed.")
    if output is None and shown == "parquet":
        raise WrongUse("Parquet is not for a terminal or a pipe. Name a file: --output rows.parquet")
    if can_plan and output is None and (shown in STREAMED or by_site) and _is_worth_a_pool(order):
        score_to_stream(order, None if drops_rows else sys.stdout.buffer, watch)
    elif order.scheduler:
        raise WrongUse("--scheduler needs --output, or rows as jsonl or csv, and inputs by name.")
    else:
        _score_directly(order, shown, output, by_site, watch)


def _is_worth_a_pool(order: Order) -> bool:
    if order.scheduler:
        return True
    return order.workers > 1 and sum(max(0, size) for _, size, _ in order.stamps()) >= WORTH_A_POOL_BYTES


def _score_directly(order: Order, shown: str, output: str | None, by_site: bool, watch: Watch) -> None:
    items = chain(
        read_inputs(order.inputs, sys.stdin.buffer, order.columns),
        *(read_shard(shard) for shard in order.listings),
    )
    rows = watch.over_rows(direct_rows(items, load_tools(order.wishes), order.crawl))
    with ExitStack() as stack:
        if output is not None:
            out = stack.enter_context(whole_binary_file(Path(output)))
        elif by_site:
            deque(rows, maxlen=0)
            return
        else:
            out = sys.stdout.buffer
        if shown == "table":
            write_as_table(rows, out)
        elif shown == "html":
            write_as_page(rows, watch.tally, Path(order.wishes.model).name, out)
        else:
            write_as_they_come(rows, order.wishes.format, out)
