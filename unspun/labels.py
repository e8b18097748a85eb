"""`unspun label`: saying what texts are, in the database itself, whether or not the server runs."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from tqdm import tqdm

from detector import Verdict, load_detector
from detector.errors import InputError, WrongUse
from server.models import active_id, model_path
from server.printable import printable
from server.settings import load_settings
from server.store.database import open_database
from server.store.label_lists import LabelQuery, TextRow, count_texts, export_rows, find_texts
from server.store.labels import Added, LabelName, LabelStore, NewLabel
from server.store.opening import label_store
from server.whole_file import whole_file
from unspun.label_files import FileFormat, LabelRow, delivery_of, read_rows, write_rows

CLIENT, WHO, IMPORT = "cli", "command line", "import"
NAME_CHARS = 100
TOLD_PROBLEMS = 10
PRIVATE = 0o600


class DefaultGroup(click.Group):
    """A group whose first command is meant when none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`unspun label FILE --spun` is `unspun label add FILE --spun`."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args.insert(0, "add")
        return super().parse_args(ctx, args)


@click.group(cls=DefaultGroup)
def label() -> None:
    """Say that a page is spun, or that it is not, for `unspun retrain` to learn from.

    unspun label FILE|ADDRESS --spun or --not-spun. Texts and labels stay on this machine; `unspun forget` wipes them.
    """


@label.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|ADDRESS...")
@click.option("--spun", "name", flag_value="spun", help="it was re-written by a synonym spinner")
@click.option("--not-spun", "name", flag_value="not-spun", help="it was not")
@click.option("--later", "name", flag_value="later", help="keep it for the queue on the dashboard's Labels page")
def add(inputs: tuple[str, ...], name: str | None) -> None:
    """Label the text of a file or address; - is standard input."""
    from unspun.one_input import read_one  # trafilatura: seconds

    if name is None:
        raise WrongUse("Say what it is: --spun or --not-spun; or --later to decide on the dashboard.")
    with open_labels() as store:
        judge = _judge()
        for each in inputs:
            found = read_one(each)
            text, title = found.article.text, found.article.title
            added = store.add(NewLabel(text, _label_named(name), judge(text), CLIENT, WHO, url=found.url, title=title))
            click.echo(f"{printable(title or each, NAME_CHARS)}: {_in_words(added, name)}")


@label.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_command(file: Path) -> None:
    """Take labels from a .jsonl or .csv file: the fields text and label, and if known url, title, time, id.

    label is spun or not-spun; an empty one keeps the text for the queue. The same file counts once.
    """
    rows, problems = read_rows(file)
    with open_labels() as store:
        judge = _judge()
        results: list[Added] = []
        for row in tqdm(rows, unit="label", disable=None):
            results.append(_import_row(store, judge, row))
    labels = [added for added in results if added.id is not None]
    fresh = [added for added in labels if added.new]
    copies = sum(added.merged for added in fresh)
    click.echo(f"{_labels(len(fresh))} imported{f', {copies} of them on texts that were known' if copies else ''}.")
    if len(fresh) < len(labels):
        click.echo(f"{_labels(len(labels) - len(fresh))} imported before; each counts once.")
    if len(labels) < len(results):
        click.echo(f"{_texts(len(results) - len(labels))} without a label: see the dashboard's Labels page.")
    if against := {added.text for added in results if added.contradiction}:
        click.echo(
            f"{len(against)} texts have labels that contradict each other: decide on the dashboard's Labels page."
        )
    for problem in problems[:TOLD_PROBLEMS]:
        click.echo(f"unspun: {problem}", err=True)
    if problems:
        raise InputError(f"{len(problems)} rows of {file.name} were left out.")


@label.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="a file  [standard output]")
@click.option("--format", "format_", type=click.Choice(("jsonl", "csv")), help="[as the file is named, else jsonl]")
def export(output: Path | None, format_: FileFormat | None) -> None:
    """Write every text that counts as something with its label, for `unspun label import` or `unspun retrain`."""
    with open_labels() as store:
        if output is None:
            write_rows(export_rows(store), format_ or "jsonl", click.open_file("-", "w", "utf-8"))
            return
        chosen = format_ or ("csv" if output.suffix.lower() == ".csv" else "jsonl")
        with whole_file(output, PRIVATE) as file:
            count = write_rows(export_rows(store), chosen, file)
    click.echo(f"{_labels(count)} written to {output}. The file holds texts and addresses of pages you read.")


@label.command()
@click.argument("ids", nargs=-1, type=int, metavar="[ID]...")
def undo(ids: tuple[int, ...]) -> None:
    """Take labels back; the last one given on the command line when no ID is named."""
    with open_labels() as store:
        last = store.last(CLIENT)
        chosen = ids or ((last,) if last is not None else ())
        if not chosen:
            raise InputError("There is nothing to undo: no label was given on the command line.")
        for each in chosen:
            if not store.undo(each):
                raise InputError(f"There is no label {each}; perhaps it was taken back already. See: unspun label list")
            click.echo(f"Label {each} is taken back.")


@label.command("list")
@click.option("--state", type=click.Choice(("labelled", "contradiction", "doubtful", "waiting")), default="labelled")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="at most so many")
def list_command(state: str, limit: int) -> None:
    """List labelled texts, the last labelled first, and how many there are of each kind.

    contradiction: labels disagree. doubtful: the model disagrees. waiting: not labelled yet.
    """
    with open_labels() as store:
        for row in find_texts(store, LabelQuery(state, limit=limit)):  # type: ignore[arg-type]  # click checked it
            for line in _row_lines(row):
                click.echo(line)
        counts = count_texts(store)
    known = f"{counts.spun} spun, {counts.not_spun} not spun"
    click.echo(f"{known}, {counts.contradiction} contradictory, {counts.waiting} waiting.")


@contextmanager
def open_labels() -> Iterator[LabelStore]:
    """The labels of this machine, as the settings in the environment say."""
    settings = load_settings(os.environ)
    database = open_database(settings.data_path, lambda line: click.echo(f"unspun: {line}", err=True))
    try:
        store = label_store(settings, lambda: database)
        store.drop_old()
        yield store
    finally:
        database.close()


def _judge() -> Callable[[str], Verdict]:
    models = load_settings(os.environ).models_path
    detector = load_detector(model_path(models, active_id(models)))
    return partial(detector.score, evidence="flagged")


def _import_row(store: LabelStore, judge: Callable[[str], Verdict], row: LabelRow) -> Added:
    return store.add(
        NewLabel(
            row.text,
            row.label,
            judge(row.text),
            IMPORT,
            IMPORT,
            url=row.url,
            title=row.title,
            delivery=delivery_of(row),
            time=row.time,
        )
    )


def _label_named(name: str) -> LabelName | None:
    if name == "later":
        return None
    return "spun" if name == "spun" else "not-spun"


def _in_words(added: Added, name: str) -> str:
    if added.id is None:
        return "kept for the queue."
    words = f"labelled {name} (label {added.id})."
    if added.contradiction:
        return f"{words} Another label of this text says otherwise: decide on the dashboard's Labels page."
    return f"{words} The text was known." if added.merged else words


def _row_lines(row: TextRow) -> Iterator[str]:
    counts_as = row.counts_as or ("CONTRADICTORY" if row.labels else "waiting")
    name = printable(row.title or row.url or row.beginning or "(text not kept)", NAME_CHARS)
    yield f"{counts_as:14}{name}"
    for said in row.labels:
        given = datetime.fromtimestamp(said.time).strftime("%Y-%m-%d %H:%M")
        yield f"{'':14}label {said.id}: {said.label}, {given}, {printable(said.who, NAME_CHARS)}"


def _labels(number: int) -> str:
    return "1 label" if number == 1 else f"{number} labels"


def _texts(number: int) -> str:
    return "1 text" if number == 1 else f"{number} texts"
