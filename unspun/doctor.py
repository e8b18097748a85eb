"""`unspun doctor`: run the checks, print a line for each, exit 1 when something is broken."""

import json
import os
import sys
import urllib.request
from typing import Any

import click

from detector import load_detector
from server.serve import EXTENSION_FOLDER
from server.settings import load_settings
from unspun.checks import PROBE_TIMEOUT_S, run_checks

MAX_HEALTH_BYTES = 100_000


@click.command()
@click.option("--port", type=int, help="the server's port")
def doctor(port: int | None) -> None:
    """Check the installation and say how to mend it."""
    checks = run_checks(load_settings(os.environ, {"port": port}), EXTENSION_FOLDER, load_detector, ask_health)
    for check in checks:
        mark = click.style("ok     ", fg="green") if check.is_ok else click.style("problem", fg="red", bold=True)
        click.echo(f"{mark} {check.label}: {check.found}")
        if check.mend:
            click.echo(f"        {check.mend}")
    sys.exit(0 if all(check.is_ok for check in checks) else 1)


def ask_health(address: str) -> dict[str, Any] | None:
    """What the program at the address says of itself; None when that is not JSON."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=PROBE_TIMEOUT_S) as answer:
            found = json.loads(answer.read(MAX_HEALTH_BYTES))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
