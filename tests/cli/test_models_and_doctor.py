"""`unspun models` and `unspun doctor`."""

import json
import shutil
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from detector.errors import ModelError
from server.clients import ClientStore
from server.settings import Settings
from server.version import VERSION
from unspun.checks import (
    check_clients,
    check_data_folder,
    check_extension,
    check_model,
    check_port,
    check_python,
    run_checks,
)
from unspun.doctor import ask_health

Run = Callable[..., Result]
RUNNING = "unspun 0.1.0 is running; a browser that cannot reach it says why in unspun's options"


class Loaded:
    """A detector that only knows its name."""

    def __init__(self, folder: Path) -> None:
        self.id = folder.name
        self.manifest: dict[str, Any] = {}


def damaged(folder: Path) -> Any:
    raise ModelError("The tables.npz is damaged.")


def nobody(address: str) -> dict[str, Any] | None:
    return None


def test_models_are_listed_with_a_star_at_the_active_one(run: Run) -> None:
    assert run("models", "list").stdout == "* says-clean\n  says-spun\n"


def test_a_model_is_shown_as_its_manifest(run: Run) -> None:
    assert json.loads(run("models", "show").stdout)["id"] == "says-clean"
    assert json.loads(run("models", "show", "says-spun").stdout)["intercept"] == 5.0
    assert isinstance(run("models", "show", "../says-spun").exception, ModelError)


def test_doctor_mends_a_damaged_model(run: Run, environment: dict[str, str], models: Path, tmp_path: Path) -> None:
    shutil.copytree(models, tmp_path / "models")
    with (tmp_path / "models" / "says-clean" / "tables.npz").open("ab") as file:
        file.write(b"x")
    environment["UNSPUN_MODELS_DIR"] = str(tmp_path / "models")
    result = run("doctor", "--port", "1")
    assert result.exit_code == 1
    assert "problem Model: The tables.npz of model says-clean is damaged" in result.stdout
    assert "git checkout models" in result.stdout


def test_doctor_tells_of_a_sound_model(run: Run) -> None:
    assert "ok      Model: says-clean loads and its checksums are right" in run("doctor", "--port", "1").stdout


def test_an_old_python_is_a_problem() -> None:
    assert check_python((3, 11, 2)).is_ok
    assert not check_python((3, 10, 9)).is_ok
    assert "Install Python 3.11" in check_python((3, 10, 9)).mend


def test_a_model_that_does_not_load_is_a_problem(models: Path) -> None:
    assert check_model(models, Loaded).found == "says-clean loads and its checksums are right"
    assert check_model(models, damaged).found == "The tables.npz is damaged."
    assert not check_model(models / "nowhere", Loaded).is_ok


@pytest.mark.parametrize(
    ("health", "is_ok", "found"),
    [
        ({"app": "unspun", "version": "0.1.0"}, True, RUNNING),
        ({"app": "unspun", "version": "0.0.9"}, False, "unspun 0.0.9 is running, and this is 0.1.0"),
        ({"app": "other"}, False, "another program listens here"),
        (None, False, "another program listens here"),
    ],
)
def test_the_port_is_ours_or_anothers(health: Any, is_ok: bool, found: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        check = check_port(Settings(port=listening.getsockname()[1]), lambda address: health)
    assert (check.is_ok, check.found, bool(check.mend)) == (is_ok, found, not is_ok)


def test_a_free_port_is_where_the_server_can_be_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert check_port(Settings(port=port), nobody).found == "the server is not running; start it with: unspun serve"


def test_pairings_that_others_may_read_are_a_problem(tmp_path: Path) -> None:
    assert check_data_folder(tmp_path).is_ok
    store = ClientStore(tmp_path, lambda: 0.0)
    store.add("Firefox", "moz-extension://x")
    assert check_data_folder(tmp_path).is_ok
    assert check_clients(tmp_path).found == "Firefox"
    store.path.chmod(0o644)
    check = check_data_folder(tmp_path)
    assert (check.is_ok, check.mend) == (False, f"chmod 600 {store.path}")
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o644


def test_damaged_pairings_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "clients.json").write_text("{", "utf-8")
    assert check_clients(tmp_path).mend == f"rm {tmp_path / 'clients.json'}"


def test_an_extension_that_is_not_put_together_is_a_problem(tmp_path: Path) -> None:
    check = check_extension(tmp_path)
    assert (check.is_ok, check.found, check.mend) == (False, "not put together yet", "make extension")


def test_the_extension_is_of_the_programs_own_version(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"version": VERSION}))
    assert check_extension(tmp_path).is_ok
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "0.0.9"}))
    assert check_extension(tmp_path).found == f"{tmp_path} is version 0.0.9, and this is {VERSION}"
    assert check_extension(tmp_path).mend == "make extension, then reload it in the browser's list of extensions"


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json"])
def test_a_damaged_extension_is_put_together_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    check = check_extension(tmp_path)
    assert (check.is_ok, check.found, check.mend) == (False, f"{tmp_path} is damaged", "make extension")


def test_without_a_paired_browser_doctor_says_how_to_pair_one(tmp_path: Path) -> None:
    check = check_clients(tmp_path)
    assert (check.is_ok, check.found) == (
        True,
        "no browser yet; in the browser, open unspun's options and get a code",
    )


def test_every_check_is_run_even_when_the_first_fail(tmp_path: Path, models: Path) -> None:
    settings = Settings(port=1, data_dir=str(tmp_path), models_dir=str(models))
    checks = run_checks(settings, tmp_path, damaged, nobody)
    assert [check.label for check in checks] == ["Python", "Model", "Port 1", "Data", "Paired", "Extension"]


def test_health_that_is_no_json_is_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert ask_health(f"http://127.0.0.1:{port}/v1/health") is None
