"""`unspun train` and `unspun evaluate`: thin shells over training.cli, which is imported only when they run."""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import click

from detector.errors import UnspunError
from server.models import active_id, model_path
from server.settings import load_settings

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE_OR_FOLDER = click.Path(exists=True, path_type=Path)
CORPUS_HELP = "a folder of .txt files of human text to add; may be repeated"
FLOORS_HELP = "accept figures below those pinned in models/floors.json, and pin these"
SOURCE_HELP = "use only this source of human text; may be repeated  [all]"


@click.command()
@click.option("--corpus", multiple=True, type=FOLDER, help=CORPUS_HELP)
@click.option("--source", multiple=True, help=SOURCE_HELP)
@click.option("--seed", type=int, default=0, show_default=True, help="of every random choice")
@click.option("--new-floors", is_flag=True, help=FLOORS_HELP)
def train(corpus: tuple[Path, ...], source: tuple[str, ...], seed: int, new_floors: bool) -> None:
    """Train a new model, measure it, and make it the active one. Prints its folder."""
    training = _training()
    from training.build import BuildSettings

    models = load_settings(os.environ).models_path
    settings = BuildSettings(seed=seed)
    folder = training.train(
        models, corpus_dirs=corpus, sources=source or None, settings=settings, new_floors=new_floors
    )
    click.echo(folder)


@click.command()
@click.argument("model", required=False, metavar="[ID]")
@click.option("--human", multiple=True, type=FILE_OR_FOLDER, help=".jsonl or folder of human texts of your own")
@click.option("--spun", multiple=True, type=FILE_OR_FOLDER, help=".jsonl or folder of spun texts of your own")
@click.option("--corpus", multiple=True, type=FOLDER, help=CORPUS_HELP)
@click.option("--source", multiple=True, help=SOURCE_HELP)
@click.option("--leave-out", is_flag=True, help="also fit without each dictionary and genre (half an hour)")
@click.option("--new-floors", is_flag=True, help=FLOORS_HELP)
def evaluate(
    model: str | None,
    human: tuple[Path, ...],
    spun: tuple[Path, ...],
    corpus: tuple[Path, ...],
    source: tuple[str, ...],
    leave_out: bool,
    new_floors: bool,
) -> None:
    """Measure a model on texts it has not seen; the active one when no ID is given. Prints the figures as JSON."""
    folder = load_settings(os.environ).models_path
    chosen = model_path(folder, model or active_id(folder))
    figures = _training().evaluate(
        chosen,
        human=human,
        spun=spun,
        corpus_dirs=corpus,
        sources=source or None,
        leave_out=leave_out,
        new_floors=new_floors,
    )
    click.echo(json.dumps(figures, indent=1))


def _training() -> ModuleType:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with training_room():
        import training.cli
    return training.cli


@contextmanager
def training_room() -> Iterator[None]:
    """For importing from training/: says how to get what it needs where that is not installed."""
    try:
        yield
    except ModuleNotFoundError as exc:
        if (exc.name or "").partition(".")[0] == "training":
            raise
        told = f"Training needs {exc.name}, which is not installed. `make retrain` and `make train` install it."
        raise UnspunError(told) from exc
