"""What `unspun doctor` looks at: each check gives one line, and the command that mends what is wrong."""

import json
import socket
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detector.errors import UnspunError
from server.clients import FILE_MODE, FILE_NAME, ClientStore
from server.models import Scorer, active_id, model_path
from server.settings import LOOPBACK, Settings
from server.version import APP_NAME, VERSION

OLDEST_PYTHON = (3, 11)
PROBE_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class Check:
    """One line. `mend` is what to do, and empty when nothing is wrong. A note is not a problem."""

    is_ok: bool
    label: str
    found: str
    mend: str = ""


def run_checks(
    settings: Settings,
    extension: Path,
    load: Callable[[Path], Scorer],
    ask_health: Callable[[str], dict[str, Any] | None],
) -> tuple[Check, ...]:
    """Every check, in the order of what depends on what."""
    return (
        check_python(sys.version_info[:3]),
        check_model(settings.models_path, load),
        check_port(settings, ask_health),
        check_data_folder(settings.data_path),
        check_clients(settings.data_path),
        check_extension(extension),
    )


def check_python(version: tuple[int, ...]) -> Check:
    """Is this Python new enough?"""
    found = ".".join(str(part) for part in version)
    mend = "Install Python 3.11 or newer, delete .venv and run: make run"
    return _check(version >= OLDEST_PYTHON, "Python", found, mend)


def check_model(folder: Path, load: Callable[[Path], Scorer]) -> Check:
    """Does the active model load? Loading compares its checksums."""
    try:
        detector = load(model_path(folder, active_id(folder)))
    except UnspunError as exc:
        return Check(False, "Model", str(exc), "Restore models/ (git checkout models) or train one: make train")
    return Check(True, "Model", f"{detector.id} loads and its checksums are right")


def check_port(settings: Settings, ask_health: Callable[[str], dict[str, Any] | None]) -> Check:
    """Is the port free, or is it our server that holds it?"""
    label = f"Port {settings.port}"
    with socket.socket() as probe:
        probe.settimeout(PROBE_TIMEOUT_S)
        if probe.connect_ex((LOOPBACK, settings.port)) != 0:
            return Check(True, label, "the server is not running; start it with: unspun serve")
    health = ask_health(f"http://{LOOPBACK}:{settings.port}/v1/health")
    if health is None or health.get("app") != APP_NAME:
        mend = f"Stop that program, or run: unspun serve --port {settings.port + 1}"
        return Check(False, label, "another program listens here", mend)
    mend = "Stop the old server (Ctrl-C) and run: unspun serve"
    if health.get("version") != VERSION:
        return Check(False, label, f"unspun {health.get('version')} is running, and this is {VERSION}", mend)
    return Check(
        True, label, f"unspun {VERSION} is running; a browser that cannot reach it says why in unspun's options"
    )


def check_data_folder(folder: Path) -> Check:
    """May only the user read the pairings?"""
    file = folder / FILE_NAME
    if not file.exists():
        return Check(True, "Data", f"{folder} holds no pairings yet")
    mode = stat.S_IMODE(file.stat().st_mode)
    return _check(mode == FILE_MODE, "Data", f"{file} has mode {mode:04o}", f"chmod 600 {file}")


def check_clients(folder: Path) -> Check:
    """Which browsers are paired? None is not a problem."""
    try:
        clients = ClientStore(folder, lambda: 0.0).clients()
    except UnspunError as exc:
        return Check(False, "Paired", str(exc), f"rm {folder / FILE_NAME}")
    names = ", ".join(client.name for client in clients)
    return Check(True, "Paired", names or "no browser yet; in the browser, open unspun's options and get a code")


def check_extension(folder: Path) -> Check:
    """Is the extension put together, from the same version as this program?"""
    label, again = "Extension", "make extension"
    try:
        version = json.loads((folder / "manifest.json").read_text("utf-8"))["version"]
    except FileNotFoundError:
        return Check(False, label, "not put together yet", again)
    except (OSError, ValueError, KeyError, TypeError):
        return Check(False, label, f"{folder} is damaged", again)
    if version != VERSION:
        mend = f"{again}, then reload it in the browser's list of extensions"
        return Check(False, label, f"{folder} is version {version}, and this is {VERSION}", mend)
    return Check(True, label, f"{folder} can be loaded; the zips for the stores stand beside it")


def _check(is_ok: bool, label: str, found: str, mend: str) -> Check:
    return Check(is_ok, label, found, "" if is_ok else mend)
