"""`unspun models`: which models there are."""

import json
import os

import click

from detector.artefact import read_manifest
from server.models import active_id, list_models, model_path
from server.settings import load_settings


@click.group()
def models() -> None:
    """List the models, or show one."""


@models.command("list")
def list_command() -> None:
    """The ids of the models; the active one has a star."""
    folder = load_settings(os.environ).models_path
    active = active_id(folder)
    for model_id in list_models(folder):
        click.echo(f"{'*' if model_id == active else ' '} {model_id}")


@models.command()
@click.argument("model_id", required=False, metavar="[ID]")
def show(model_id: str | None) -> None:
    """The manifest of a model, as JSON; the active one's when no ID is given."""
    folder = load_settings(os.environ).models_path
    manifest = read_manifest(model_path(folder, model_id or active_id(folder)))
    click.echo(json.dumps(manifest, indent=2))
