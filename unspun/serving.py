"""`unspun serve`: its options come from the table of settings."""

import os
import signal
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
    if row.default is True:
        return click.option(f"{row.option.replace('--no-', '--')}/{row.option}", row.name, default=None, help=shown)
    if row.kind is bool:
        return click.option(row.option, row.name, is_flag=True, default=None, help=shown)
    return click.option(row.option, row.name, type=row.kind, default=None, help=shown)


@click.command()
@_with_settings
def serve(**options: Any) -> None:
    """Start the local server and its dashboard.

    Every option can also be set in the environment: --port as UNSPUN_PORT, and so on.
    """
    # A shell starts background programs deaf to Ctrl-C, and a service manager says SIGTERM: end in order at both.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    run_server(load_settings(os.environ, options), lambda line: click.echo(line))
