"""`unspun models`: which models there are, which is in use, and changing that."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import click

from detector.active import activate, active_id, previous_id, roll_back
from detector.artefact import read_manifest
from detector.errors import UnspunError
from server.models import list_models, model_path
from server.settings import load_settings


@click.group()
def models() -> None:
    """List the models, show one, or change which one is in use."""


@models.command("list")
def list_command() -> None:
    """The models, the newest last: id, where it comes from, what the gate said. The active one has a star."""
    folder = _folder()
    active = active_id(folder)
    for model_id in list_models(folder):
        told = _origin(read_manifest(folder / model_id))
        click.echo(f"{'*' if model_id == active else ' '} {model_id}{f'  {told}' if told else ''}")


@models.command()
@click.argument("model_id", required=False, metavar="[ID]")
def show(model_id: str | None) -> None:
    """The manifest of a model, as JSON; the active one's when no ID is given."""
    folder = _folder()
    manifest = read_manifest(model_path(folder, model_id or active_id(folder)))
    click.echo(json.dumps(manifest, indent=2))


@models.command()
@click.argument("model_id", metavar="ID")
@click.option("--anyway", is_flag=True, help="also a model that did not pass the gate")
def promote(model_id: str, anyway: bool) -> None:
    """Make a model the active one. A running server takes it up at its next request."""
    folder = _folder()
    refused = _refused(read_manifest(model_path(folder, model_id)))
    if refused and not anyway:
        told = "\n".join(f"  {reason}" for reason in refused)
        raise UnspunError(f"Model {model_id} did not pass the gate:\n{told}\nTo use it all the same: --anyway")
    activate(folder, model_id)
    click.echo(f"{model_id} is now the active model. Back: unspun models rollback", err=True)


@models.command()
def rollback() -> None:
    """Make the model active that was before. Prints its id."""
    click.echo(roll_back(_folder()))


@models.command()
@click.option("--keep", type=click.IntRange(min=0), default=3, show_default=True, help="so many of the newest")
@click.option("--yes", is_flag=True, help="do not ask")
def prune(keep: int, yes: bool) -> None:
    """Delete retrained models that are no longer needed.

    Those that were not made by `unspun retrain` stay, and so do the active model and the one before.
    """
    folder = _folder()
    doomed = _unneeded(folder, keep)
    if not doomed:
        click.echo("There is nothing to delete.", err=True)
        return
    if not yes:
        click.confirm(f"Delete {', '.join(path.name for path in doomed)}?", abort=True, err=True)
    for path in doomed:
        shutil.rmtree(path)
        click.echo(f"Deleted {path.name}.", err=True)


def _folder() -> Path:
    return load_settings(os.environ).models_path


def _origin(manifest: dict[str, Any]) -> str:
    """In words, where a retrained model comes from."""
    if "retrained" not in manifest:
        return ""
    gate = "did not pass the gate" if _refused(manifest) else "passed the gate"
    return f"retrained from {manifest['parents'][0]} with {manifest['retrained']['labels']} labels, {gate}"


def _refused(manifest: dict[str, Any]) -> list[str]:
    """Why a model did not pass the gate; empty for one that did, and for one that had none to pass."""
    gate = manifest.get("retrained", {}).get("gate", "passed")
    return [] if gate == "passed" else list(gate)


def _unneeded(folder: Path, keep: int) -> list[Path]:
    """The folders of retrained models, save the newest and those in use."""
    own = [folder / name for name in list_models(folder) if "retrained" in read_manifest(folder / name)]
    newest_first = sorted(own, key=_age)
    needed = {active_id(folder), previous_id(folder), *(path.name for path in newest_first[:keep])}
    return [path for path in newest_first if path.name not in needed]


def _age(model: Path) -> float:
    return -(model / "manifest.json").stat().st_mtime
