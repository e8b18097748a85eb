import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from detector import Detector, load_detector
from detector.errors import ModelError
from training.build import BuildSettings, Built, draft_detector


@pytest.fixture
def folder(tiny_models: Path, tmp_path: Path) -> Path:
    active = tiny_models / (tiny_models / "ACTIVE").read_text("utf-8").strip()
    return Path(shutil.copytree(active, tmp_path / active.name))


def test_a_folder_without_a_manifest_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is missing"):
        load_detector(tmp_path)


def test_a_damaged_table_file_is_refused(folder: Path) -> None:
    with (folder / "tables.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="damaged"):
        load_detector(folder)


def test_a_pickle_in_the_table_file_is_refused_even_with_the_right_sum(folder: Path) -> None:
    np.savez(folder / "tables.npz", char_codes=np.array([{}], dtype=object))
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    import hashlib

    manifest["tables_sha256"] = hashlib.sha256((folder / "tables.npz").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(ModelError, match="not a table file"):
        load_detector(folder)


def test_a_model_of_another_version_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"text_version": 0}), "utf-8")
    with pytest.raises(ModelError, match="Train it again"):
        load_detector(folder)


def test_packed_weights_score_almost_as_the_float_ones(
    tiny_built: Built, tiny_detector: Detector, human_text: str, spun_text: str
) -> None:
    exact = draft_detector(tiny_built.fitted, BuildSettings())
    gap = abs(exact.page_score(spun_text) - exact.page_score(human_text))
    for text in (human_text, spun_text):
        assert abs(exact.page_score(text) - tiny_detector.page_score(text)) < 0.01 * gap


def test_the_wording_file_is_read_only_when_evidence_is_wanted_and_only_with_its_sum(
    folder: Path, human_text: str, spun_text: str
) -> None:
    with (folder / "wording.npz").open("ab") as file:
        file.write(b"x")
    detector = load_detector(folder)
    assert detector.score(human_text).verdict == "clean"
    with pytest.raises(ModelError, match=r"wording.npz of model .* is damaged"):
        detector.score(spun_text)


def test_a_model_without_a_wording_file_still_shows_evidence(folder: Path, spun_text: str) -> None:
    (folder / "wording.npz").unlink()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["wording_sha256"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    found = {(one.text, one.likely_original) for one in load_detector(folder).score(spun_text).evidence}
    assert ("historical past", "history") in found
