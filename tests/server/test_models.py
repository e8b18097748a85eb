"""Finding models, and taking up a new one."""

import os
from pathlib import Path
from typing import Any

import pytest

from detector.errors import ModelError
from server.models import ModelShelf, active_id, list_models, model_path


class Named:
    """A detector that only knows its name."""

    def __init__(self, folder: Path) -> None:
        if folder.name == "broken":
            raise ModelError("damaged")
        self.id = folder.name
        self.manifest: dict[str, Any] = {}


def make_models(folder: Path, *ids: str) -> None:
    for model_id in ids:
        (folder / model_id).mkdir()
        (folder / model_id / "manifest.json").write_text("{}")


def activate(folder: Path, model_id: str, second: int) -> None:
    (folder / "ACTIVE").write_text(f"{model_id}\n")
    os.utime(folder / "ACTIVE", (second, second))


def test_models_are_folders_with_a_manifest(tmp_path: Path) -> None:
    make_models(tmp_path, "b", "a")
    (tmp_path / "unfinished").mkdir()
    assert list_models(tmp_path) == ("a", "b")
    assert list_models(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("model_id", ["c", "..", "a/../b", ""])
def test_only_ids_in_the_folder_are_models(tmp_path: Path, model_id: str) -> None:
    make_models(tmp_path, "a", "b")
    with pytest.raises(ModelError, match="Models there: a, b"):
        model_path(tmp_path, model_id)


def test_a_missing_or_empty_active_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make train"):
        active_id(tmp_path)
    (tmp_path / "ACTIVE").write_text(" \n")
    with pytest.raises(ModelError, match="is empty"):
        active_id(tmp_path)


def test_a_change_of_active_is_taken_up_without_a_restart(tmp_path: Path) -> None:
    make_models(tmp_path, "old", "new")
    activate(tmp_path, "old", 1)
    shelf = ModelShelf(tmp_path, Named)
    first = shelf.active()
    assert (first.id, shelf.active()) == ("old", first)
    activate(tmp_path, "new", 2)
    assert shelf.active().id == "new"


def test_two_changes_within_one_tick_of_the_clock_are_both_taken_up(tmp_path: Path) -> None:
    make_models(tmp_path, "old", "new")
    activate(tmp_path, "old", 1)
    shelf = ModelShelf(tmp_path, Named)
    (tmp_path / "next").write_text("new\n")
    os.utime(tmp_path / "next", (1, 1))
    (tmp_path / "next").replace(tmp_path / "ACTIVE")
    assert shelf.active().id == "new"


@pytest.mark.parametrize("bad", ["broken", "missing"])
def test_a_bad_new_model_leaves_the_old_one_serving(tmp_path: Path, bad: str, caplog: pytest.LogCaptureFixture) -> None:
    make_models(tmp_path, "old", "broken")
    activate(tmp_path, "old", 1)
    shelf = ModelShelf(tmp_path, Named)
    activate(tmp_path, bad, 2)
    assert shelf.active().id == "old"
    assert "The new active model was not taken up" in caplog.text
    (tmp_path / "ACTIVE").unlink()
    assert shelf.active().id == "old"
