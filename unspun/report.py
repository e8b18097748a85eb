"""Commands about one text: a report to keep, what to search for to find the original, how it probably read."""

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from detector import Detector, load_detector
from detector.errors import InputError, UnspunError
from detector.restore import restore as restore_text
from server.models import active_id, model_path
from server.original import engine_address, find_original
from server.report import ReportFormat, make_report, report_bytes, report_name
from server.settings import load_settings
from server.whole_file import whole_file
from server.words import in_words
from unspun.one_input import read_one

STDOUT = "-"


@click.command()
@click.argument("input_", metavar="INPUT")
@click.option(
    "-o", "--output", metavar="FILE", help="the file to write, or - for standard output  [named by date and text]"
)
@click.option(
    "--format", "format_", type=click.Choice(("html", "json")), help="default: by the file's ending, else html"
)
@click.option("--model", help="a model's id  [the active one]")
def report(input_: str, output: str | None, format_: ReportFormat | None, model: str | None) -> None:
    """Write an evidence report on an address, a .txt or .html file, or - for standard input.

    One file that opens offline and prints: the verdict and how often it is wrong, the findings marked in the text,
    the likely originals, and what it all does and does not prove.
    """
    detector = _detector(model)
    one = read_one(input_)
    article = one.article
    made = make_report(article.text, detector, datetime.now().astimezone(), one.url, article.title, article.extractor)
    chosen = format_ or ("json" if (output or "").lower().endswith(".json") else "html")
    content = report_bytes(made, chosen)
    if output == STDOUT:
        sys.stdout.buffer.write(content)
        return
    path = Path(output or report_name(made, chosen))
    try:
        with whole_file(path) as file:
            file.write(content.decode("utf-8"))
    except OSError as exc:
        raise UnspunError(f"{path} could not be written: {exc.strerror}. Name another file with -o.") from exc
    click.echo(f"Report written to {path}", err=True)


@click.command()
@click.argument("input_", metavar="INPUT")
@click.option(
    "--search", help="the engine: a name, or an address with %s for the words  [the setting, else duckduckgo]"
)
@click.option("--model", help="a model's id  [the active one]")
def original(input_: str, search: str | None, model: str | None) -> None:
    """Print what to search for to find the original of a text, and the address that does so. Searches nothing itself.

    INPUT: an address, a .txt or .html file, or - for standard input.
    """
    engine = engine_address(load_settings(os.environ, {"search": search}).search)
    detector = _detector(model)
    one = read_one(input_)
    text = one.article.text
    found = find_original(text, detector.score(text, evidence="all"), engine, one.article.title, one.url)
    if not found.query:
        raise InputError(f"{input_}: no names, figures or rare words stand out in this text. Give a longer one.")
    click.echo(found.query)
    click.echo(found.address)


@click.command()
@click.argument("input_", metavar="INPUT")
@click.option("--model", help="a model's id  [the active one]")
def restore(input_: str, model: str | None) -> None:
    """Print a text as it probably read before it was spun. On a terminal, what was put back is coloured.

    INPUT: an address, a .txt or .html file, or - for standard input. Only what fits its neighbours is put back.
    """
    detector = _detector(model)
    text = read_one(input_).article.text
    verdict = detector.score(text)
    segments = restore_text(text, verdict.evidence)
    for part in segments:
        click.secho(part.text.encode("utf-8", "replace").decode(), fg="green" if part.spun else None, nl=False)
    click.echo()
    count = sum(part.spun is not None for part in segments)
    click.echo(f"{in_words(verdict).headline}. Put back: {count} of {len(verdict.evidence)} findings.", err=True)


def _detector(model: str | None) -> Detector:
    folder = load_settings(os.environ).models_path
    return load_detector(model_path(folder, model or active_id(folder)))
