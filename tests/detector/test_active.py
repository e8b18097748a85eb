"""Which model is in use, the way back, and crashes between the two files."""

from pathlib import Path

import pytest

from detector.active import activate, active_id, previous_id, roll_back
from detector.errors import ModelError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Models a, b and c, of which a is active."""
    for name in "abc":
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}")
    (tmp_path / "ACTIVE").write_text("a\n")
    return tmp_path


def test_the_model_before_is_remembered_step_by_step(folder: Path) -> None:
    assert previous_id(folder) is None
    activate(folder, "b")
    activate(folder, "c")
    assert (active_id(folder), previous_id(folder)) == ("c", "b")
    assert (roll_back(folder), active_id(folder)) == ("b", "b")
    assert (roll_back(folder), active_id(folder)) == ("a", "a")
    with pytest.raises(ModelError, match="No earlier model"):
        roll_back(folder)


def test_activating_the_active_model_adds_no_step(folder: Path) -> None:
    activate(folder, "b")
    activate(folder, "b")
    assert roll_back(folder) == "a"


@pytest.mark.parametrize("name", ["d", "..", "../a", "", "."])
def test_only_a_model_of_the_folder_is_activated(folder: Path, name: str) -> None:
    with pytest.raises(ModelError, match="There is no model"):
        activate(folder, name)
    assert active_id(folder) == "a"


def test_a_model_that_was_deleted_is_passed_over_on_the_way_back(folder: Path) -> None:
    activate(folder, "b")
    activate(folder, "c")
    (folder / "b" / "manifest.json").unlink()
    assert previous_id(folder) == "a"


def test_killed_between_the_two_files_there_is_still_a_way_back(folder: Path) -> None:
    activate(folder, "b")
    (folder / "PREVIOUS").write_text("a\nb\n")  # promoting c: the step was remembered, ACTIVE was not yet written
    assert previous_id(folder) == "a"
    (folder / "ACTIVE").write_text("a\n")  # rolling back: ACTIVE was written, the step was not yet taken away
    (folder / "PREVIOUS").write_text("a\n")
    assert previous_id(folder) is None


def test_the_first_model_of_a_folder_needs_no_predecessor(folder: Path) -> None:
    (folder / "ACTIVE").unlink()
    activate(folder, "b")
    assert (active_id(folder), previous_id(folder)) == ("b", None)
