"""A folder of two tiny real models, and ways to run the command."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from detector.artefact import save_model
from training.build import Built
from unspun.cli import group

ROOT = Path(__file__).parents[2]
# A ladder of false-alarm rates and the scores that reach them: -5 is clean, 5 is spun.
RATES = [1.0, 0.1, 0.01, 0.001]
SCORES = [-10.0, 0.0, 2.0, 4.0]


def save_constant_model(folder: Path, built: Built, score: float) -> None:
    """A model in today's format whose score is the same for every text."""
    ladder = {"lengths": [50, 500], "rates": RATES, "scores": [SCORES] * 2, "logistic": [[1.0, 0.0]] * 2}
    constant = {"id": folder.name, "intercept": score, "per_word": 0.0, "calibration": ladder, "min_words": 20}
    silent = {name: np.zeros_like(built.arrays[name]) for name in ("char_book", "word_book")}
    save_model(folder, built.manifest | constant, built.arrays | silent)


@pytest.fixture(scope="session")
def models(tiny_built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models "says-clean", the active one, and "says-spun"."""
    folder = tmp_path_factory.mktemp("models")
    save_constant_model(folder / "says-clean", tiny_built, -5.0)
    save_constant_model(folder / "says-spun", tiny_built, 5.0)
    (folder / "ACTIVE").write_text("says-clean\n", "utf-8")
    return folder


@pytest.fixture
def environment(models: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a command that touches nothing of the user's."""
    return {"UNSPUN_MODELS_DIR": str(models), "UNSPUN_DATA_DIR": str(tmp_path / "data"), "HOME": str(tmp_path)}


@pytest.fixture
def run(environment: dict[str, str]) -> Callable[..., Result]:
    """Runs the command in this process."""

    def run_in_process(*arguments: str, stdin: bytes | str = b"", env: dict[str, str] | None = None) -> Result:
        return CliRunner().invoke(group, arguments, input=stdin, env=environment | (env or {}))

    return run_in_process


@pytest.fixture
def start(environment: dict[str, str]) -> Callable[..., subprocess.Popen[str]]:
    """Starts the command as a process of its own."""

    def start_process(*arguments: str, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "unspun", *arguments],
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    return start_process
