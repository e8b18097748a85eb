"""`unspun serve`: its options come from the table of settings."""

import os
from collections.abc import Callable
from typing import Any

import click

from server.serve import serve as run_server
from server.settings import Setting, load_settings, settings_table


def _with_settings(command: Callable[..., None]) -> Callable[..., None]:
    for row in reversed(settings_table()):
        command = _option(row)(command)
    return command


def _option(row: Setting) -> Callable[[Callable[..., None]], Callable[..., None]]:
    unit = f" {row.unit}" if row.unit else ""
    default = "" if row.default in ("", False) else f"  [default: {row.default}{unit}]"
    shown = f"{row.help}{default}"
    if row.kind is bool:
        return click.option(row.option, row.name, is_flag=True, default=None, help=shown)
    return click.option(row.option, row.name, type=row.kind, default=None, help=shown)


@click.command()
@_with_settings
def serve(**options: Any) -> None:
    """Start the local server and its dashboard.

    Every option can also be set in the environment: --port as UNSPUN_PORT, and so on.
    """
    run_server(load_settings(os.environ, options), lambda line: click.echo(line))
