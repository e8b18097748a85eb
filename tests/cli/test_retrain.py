"""`unspun retrain`: from labels to the model in use, or to the reasons why not."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import training.corpora
from detector.errors import InputError, UnspunError
from tests.labelled import labels, prose
from training.labels import Label
from unspun.cli import group

Retrain = Callable[..., Result]


@pytest.fixture
def own_models(parent: Path, tmp_path: Path) -> Path:
    """A models folder of this test alone."""
    folder = tmp_path / "models"
    shutil.copytree(parent.parent, folder)
    (folder / "ACTIVE").write_text(parent.name + "\n", "utf-8")
    return folder


@pytest.fixture
def unspun(own_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Retrain:
    """Runs the command."""
    monkeypatch.setattr(training.corpora, "default_cache", lambda: tmp_path / "cache")
    env = {"UNSPUN_MODELS_DIR": str(own_models), "UNSPUN_DATA_DIR": str(tmp_path / "data"), "HOME": str(tmp_path)}
    return lambda *arguments: CliRunner().invoke(group, arguments, env=env)


def written(path: Path, given: list[Label]) -> str:
    rows = [
        {"id": each.id, "text": each.text, "label": "spun" if each.spun else "not-spun", "url": f"https://{each.site}/"}
        for each in given
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


def test_labels_of_a_file_make_a_better_model_the_active_one(
    unspun: Retrain, own_models: Path, parent: Path, tmp_path: Path
) -> None:
    result = unspun("retrain", "--labels", written(tmp_path / "labels.jsonl", labels(30)))
    assert result.exit_code == 0, result.output
    folder = Path(result.stdout.strip())
    assert (own_models / "ACTIVE").read_text("utf-8").strip() == folder.name != parent.name
    assert "is now the active model" in result.stderr
    assert unspun("models", "rollback").exit_code == 0
    assert (own_models / "ACTIVE").read_text("utf-8").strip() == parent.name


def test_own_labels_are_learned_from(unspun: Retrain, own_models: Path, tmp_path: Path) -> None:
    assert unspun("label", "import", written(tmp_path / "labels.jsonl", labels(30))).exit_code == 0
    result = unspun("retrain", "--no-promote")
    assert result.exit_code == 0, result.output
    assert "To use it: unspun models promote" in result.stderr
    assert Path(result.stdout.strip()).name not in (own_models / "ACTIVE").read_text("utf-8")


def test_what_was_exported_makes_the_same_model(unspun: Retrain, tmp_path: Path) -> None:
    unspun("label", "import", written(tmp_path / "labels.jsonl", labels(12)))
    models = []
    for suffix in ("jsonl", "csv"):
        out = tmp_path / f"out.{suffix}"
        assert unspun("label", "export", "--output", str(out)).exit_code == 0
        models.append(unspun("retrain", "--no-promote", "--labels", str(out)).stdout)
    assert models[0] == models[1] == unspun("retrain", "--no-promote").stdout != ""


def test_a_model_that_gained_nothing_is_kept_but_not_promoted(
    unspun: Retrain, own_models: Path, parent: Path, tmp_path: Path
) -> None:
    chance = random.Random(4)
    same = [Label(f"l{i}", prose(150, chance), i % 2 == 0, f"site{i % 8}.example") for i in range(60)]
    result = unspun("retrain", "--labels", written(tmp_path / "labels.jsonl", same))
    assert isinstance(result.exception, UnspunError)
    assert "did not pass the gate" in str(result.exception)
    folder = Path(result.stdout.strip())
    assert (folder / "GATE.md").is_file()
    assert (own_models / "ACTIVE").read_text("utf-8").strip() == parent.name


def test_too_few_labels_are_told(unspun: Retrain, tmp_path: Path) -> None:
    result = unspun("retrain", "--labels", written(tmp_path / "labels.jsonl", labels(4)))
    assert isinstance(result.exception, InputError)
    assert "Wanted 10" in str(result.exception)


def test_no_labels_at_all_are_told(unspun: Retrain) -> None:
    result = unspun("retrain")
    assert isinstance(result.exception, InputError)
    assert "There are no labels" in str(result.exception)


def test_a_bad_row_is_named_and_nothing_is_trained(unspun: Retrain, own_models: Path, tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"text": "A page.", "label": "maybe"}\n', "utf-8")
    before = sorted(each.name for each in own_models.iterdir())
    result = unspun("retrain", "--labels", str(path))
    assert isinstance(result.exception, InputError)
    assert "labels.jsonl row 1" in str(result.exception)
    assert sorted(each.name for each in own_models.iterdir()) == before
