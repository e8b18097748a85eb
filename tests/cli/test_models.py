"""`unspun models`: which one is in use, and changing that."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from detector.errors import ModelError, UnspunError

Run = Callable[..., Result]


@pytest.fixture
def own(models: Path, tmp_path: Path) -> Path:
    """A models folder of this test alone: the two of `models`, and three retrained ones."""
    folder = tmp_path / "own models"
    shutil.copytree(models, folder)
    for number, gate in enumerate(("passed", ["hits on news: 90% before, 80% now (10 pages)"], "passed")):
        copy = folder / f"taught-{number}"
        shutil.copytree(models / "says-clean", copy)
        manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
        parent = f"taught-{number - 1}" if number else "says-clean"
        told = {"id": copy.name, "parents": [parent], "retrained": {"labels": 40, "gate": gate}}
        (copy / "manifest.json").write_text(json.dumps(manifest | told), "utf-8")
        os.utime(copy / "manifest.json", (number, number))
    return folder


@pytest.fixture
def unspun(run: Run, own: Path) -> Run:
    """Runs `unspun models` on it."""
    return lambda *arguments, **options: run("models", *arguments, env={"UNSPUN_MODELS_DIR": str(own)}, **options)


def test_the_list_says_where_a_model_comes_from(unspun: Run) -> None:
    lines = unspun("list").stdout.splitlines()
    assert "* says-clean" in lines
    assert "  taught-0  retrained from says-clean with 40 labels, passed the gate" in lines
    assert "  taught-1  retrained from taught-0 with 40 labels, did not pass the gate" in lines


def test_promoting_and_the_way_back(unspun: Run, own: Path) -> None:
    assert unspun("promote", "taught-0").exit_code == 0
    assert unspun("promote", "says-spun").exit_code == 0
    assert unspun("rollback").stdout == "taught-0\n"
    assert unspun("rollback").stdout == "says-clean\n"
    assert (own / "ACTIVE").read_text("utf-8") == "says-clean\n"
    result = unspun("rollback")
    assert isinstance(result.exception, ModelError)
    assert "No earlier model is remembered" in str(result.exception)


def test_a_model_that_did_not_pass_the_gate_needs_a_word(unspun: Run, own: Path) -> None:
    result = unspun("promote", "taught-1")
    assert isinstance(result.exception, UnspunError)
    assert "hits on news" in str(result.exception)
    assert (own / "ACTIVE").read_text("utf-8") == "says-clean\n"
    assert unspun("promote", "taught-1", "--anyway").exit_code == 0
    assert (own / "ACTIVE").read_text("utf-8") == "taught-1\n"


def test_an_unknown_model_is_not_promoted(unspun: Run, own: Path) -> None:
    result = unspun("promote", "../models")
    assert isinstance(result.exception, ModelError)
    assert (own / "ACTIVE").read_text("utf-8") == "says-clean\n"


def test_pruning_asks_first_and_keeps_what_is_needed(unspun: Run, own: Path) -> None:
    unspun("promote", "taught-0")
    unspun("promote", "taught-1", "--anyway")
    asked = unspun("prune", "--keep", "0", stdin="n\n")
    assert asked.exit_code == 1
    assert "Delete taught-2?" in asked.stderr
    assert (own / "taught-2").exists()
    assert unspun("prune", "--keep", "0", "--yes").exit_code == 0
    assert sorted(each.name for each in own.iterdir() if each.is_dir()) == [
        "says-clean",
        "says-spun",
        "taught-0",
        "taught-1",
    ]


def test_the_newest_are_kept(unspun: Run, own: Path) -> None:
    assert unspun("prune", "--keep", "2", "--yes").stderr == "Deleted taught-0.\n"
    assert "nothing to delete" in unspun("prune", "--keep", "3", "--yes").stderr
