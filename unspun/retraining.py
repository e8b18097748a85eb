"""`unspun retrain`: labels in, a better model out, or the reasons why it is none."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from detector.active import activate
from detector.errors import InputError, UnspunError
from server.models import active_id, model_path
from server.settings import load_settings
from server.store.history import site_of
from server.store.label_lists import labels_for_training
from unspun.label_files import read_rows
from unspun.labels import open_labels
from unspun.training import FILE, training_room

TOLD_PROBLEMS, TOLD_ISSUES = 5, 10


@click.command()
@click.option("--labels", "files", multiple=True, type=FILE, help="a .jsonl or .csv file of labels  [your own labels]")
@click.option("--parent", help="the id of the model to start from  [the active one]")
@click.option("--seed", type=int, default=0, show_default=True, help="of every random choice")
@click.option("--no-promote", is_flag=True, help="keep the new model, but do not make it the active one")
def retrain(files: tuple[Path, ...], parent: str | None, seed: int, no_promote: bool) -> None:
    """Teach the model what you labelled. Prints the new model's folder.

    The new model becomes the active one only if it passes the gate: on frozen pages and on labels of sites it has not
    seen it finds no fewer spun pages and raises no more false alarms. Else it is kept, and GATE.md there says why.
    Stopped, it goes on where it was when it is started again.
    """
    with training_room():
        from training.challenger import GATE, write_challenger
        from training.corpora import default_cache
        from training.labels import Label
        from training.retrain import challenge
    models = load_settings(os.environ).models_path
    folder = model_path(models, parent or active_id(models))
    labels = [Label(*row) for row in (_from_files(files) if files else _own())]
    challenger = challenge(folder, labels, cache=default_cache(), seed=seed)
    written = write_challenger(models, folder, challenger)
    _tell_issues([f"{issue.id} ({issue.site or 'no site'})" for issue in challenger.issues])
    click.echo(written)
    if challenger.reasons:
        told = "\n".join(f"  {reason}" for reason in challenger.reasons)
        raise UnspunError(
            f"Model {written.name} did not pass the gate and was not promoted:\n{told}\nSee {written / GATE}"
        )
    if no_promote:
        click.echo(f"Passed the gate. To use it: unspun models promote {written.name}", err=True)
        return
    activate(models, written.name)
    click.echo(f"Passed the gate: {written.name} is now the active model. Back: unspun models rollback", err=True)


def _own() -> Iterator[tuple[str, str, bool, str, float]]:
    with open_labels() as store:
        for row in labels_for_training(store):
            yield str(row.id), row.text, row.label == "spun", row.site, row.time


def _from_files(files: tuple[Path, ...]) -> Iterator[tuple[str, str, bool, str, float]]:
    for path in files:
        rows, problems = read_rows(path)
        if problems:
            more = f" (and {len(problems) - TOLD_PROBLEMS} more)" if len(problems) > TOLD_PROBLEMS else ""
            raise InputError("; ".join(problems[:TOLD_PROBLEMS]) + more)
        for number, row in enumerate(rows, 1):
            if row.label is not None:
                site = site_of(row.url) if row.url else ""
                yield row.id or f"{path.name} row {number}", row.text, row.label == "spun", site, row.time or 0.0


def _tell_issues(names: list[str]) -> None:
    if names:
        more = f" and {len(names) - TOLD_ISSUES} more" if len(names) > TOLD_ISSUES else ""
        click.echo(f"Likely wrong, not learned from: labels {', '.join(names[:TOLD_ISSUES])}{more}.", err=True)
