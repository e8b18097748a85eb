"""`unspun train` and `unspun evaluate`: options reach the training room, and a missing package is told of."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import training.cli

Run = Callable[..., Result]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, dict[str, Any]]]:
    """What the training room was asked for."""
    seen: list[tuple[Path, dict[str, Any]]] = []

    def train(models: Path, **options: Any) -> Path:
        seen.append((models, options))
        return models / "new"

    def evaluate(folder: Path, **options: Any) -> dict[str, Any]:
        seen.append((folder, options))
        return {"hits": 0.9}

    monkeypatch.setattr(training.cli, "train", train)
    monkeypatch.setattr(training.cli, "evaluate", evaluate)
    return seen


def test_train_passes_its_options_and_prints_the_folder(run: Run, calls: Any, models: Path, tmp_path: Path) -> None:
    result = run("train", "--corpus", str(tmp_path), "--source", "bbc", "--source", "brown", "--seed", "7")
    assert result.stdout == f"{models / 'new'}\n"
    ((folder, options),) = calls
    assert folder == models
    assert (options["corpus_dirs"], options["sources"], options["settings"].seed) == ((tmp_path,), ("bbc", "brown"), 7)


def test_evaluate_measures_the_active_model_or_the_one_named(run: Run, calls: Any, models: Path) -> None:
    assert json.loads(run("evaluate").stdout) == {"hits": 0.9}
    run("evaluate", "says-spun")
    assert [folder for folder, _ in calls] == [models / "says-clean", models / "says-spun"]
    assert calls[0][1]["sources"] is None


def test_a_missing_package_says_what_installs_it(environment: dict[str, str]) -> None:
    code = "import sys; sys.modules['sklearn'] = None; sys.argv = ['unspun', 'train']; import unspun.cli as c; c.main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 1
    assert "Training needs sklearn" in done.stderr
    assert "`make retrain` and `make train` install it." in done.stderr
    assert "Traceback" not in done.stderr
