"""`unspun compare`: two inputs in, one comparison out; a report and new pairs for a dictionary if wished."""

import json
import os
import sys
from pathlib import Path

import click

from comparison import Comparison, Score, Side, compare, new_pairs, pairs_file
from detector import load_detector
from detector.errors import InputError, ModelError, WrongUse
from server.compare_report import report_html
from server.models import active_id, model_path
from server.settings import load_settings
from server.whole_file import whole_file
from unspun.compare_table import write_comparison
from unspun.inputs import ADDRESS, STDIN
from unspun.one_input import read_one

FORMATS = ("table", "json")
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="default: table on a terminal, else json")
@click.option("--html", type=FILE, help="also write a report, both texts side by side, to this file")
@click.option("--spun", type=click.Choice(("a", "b")), help="which of the two was spun  [by the model's score]")
@click.option("--add-pairs", type=FILE, help="add the swaps that are sure to this dictionary (.tsv) of your own")
@click.option("--model", help="a model's id  [the active one]")
def compare_command(
    a: str, b: str, format_: str | None, html: Path | None, spun: Side | None, add_pairs: Path | None, model: str | None
) -> None:
    """Compare two texts: .txt or .html files, addresses, or - for standard input.

    Says whether one is a copy of the other, a spun copy, of the same topic, or unrelated, and what was changed.
    """
    if a == b == STDIN:
        raise WrongUse("Both texts are -; standard input holds only one. Name a file for the other.")
    articles = [read_one(name).article for name in (a, b)]
    comparison = compare(articles[0].text, articles[1].text, _score(model))
    names = [article.title or _name(given) for article, given in zip(articles, (a, b), strict=True)]
    _write(comparison, names, format_)
    if html is not None:
        with whole_file(html) as file:
            file.write(report_html(comparison, names[0], names[1]))
    if add_pairs is not None:
        _add_pairs(comparison, spun, add_pairs)


def _name(given: str) -> str:
    """An address as it is; of a file its name alone: reports are passed on."""
    return given if ADDRESS.fullmatch(given) else Path(given).name


def _score(model: str | None) -> Score | None:
    """The model's score; None where no model was asked for and none is active."""
    folder = load_settings(os.environ).models_path
    try:
        detector = load_detector(model_path(folder, model or active_id(folder)))
    except ModelError:
        if model is not None:
            raise
        return None
    return lambda text: detector.score(text, evidence="none").score


def _write(comparison: Comparison, names: list[str], format_: str | None) -> None:
    if (format_ or ("table" if sys.stdout.isatty() else "json")) == "table":
        write_comparison(comparison, names[0], names[1], sys.stdout)
    else:
        click.echo(json.dumps({"a_name": names[0], "b_name": names[1]} | comparison.as_json()))


def _add_pairs(comparison: Comparison, spun: Side | None, path: Path) -> None:
    side = spun or comparison.likely_spun
    if comparison.answer == "spun copy" and side is None:
        raise WrongUse("Which of the two was spun cannot be told. Say so: --spun a or --spun b.")
    try:
        existing = path.read_text("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"{path} could not be read as UTF-8 text. Name another file.") from exc
    text, added = pairs_file(existing, new_pairs(comparison, side) if side else ())
    if added:
        with whole_file(path) as file:
            file.write(text)
    click.echo(f"{added} new pairs added to {path}.", err=True)
