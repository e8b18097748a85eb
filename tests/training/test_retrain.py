"""Labels in, a challenger out."""

import dataclasses
import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

import training.retrain
from detector import load_detector
from detector.errors import InputError, ModelError
from tests.labelled import labels, prose, swapped
from training.challenger import Challenger, write_challenger
from training.labels import Label, check
from training.lexicon import load_all
from training.replay import load_replay
from training.retrain import challenge
from training.rows import WordWeights
from training.spinners.catalogue import build_spinners
from training.spinners.resources import Resources
from training.trial import needed_shift


@pytest.fixture(scope="module")
def taught(parent: Path, tmp_path_factory: pytest.TempPathFactory) -> Challenger:
    """What 30 labels of each kind make of the parent."""
    return challenge(parent, labels(30), cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def written(taught: Challenger, parent: Path) -> Path:
    """Its folder."""
    return write_challenger(parent.parent, parent, taught)


def test_a_tool_the_parent_never_saw_is_known_after_sixty_labels(parent: Path, written: Path) -> None:
    chance = random.Random(99)
    texts = [prose(200, chance) for _ in range(40)]
    before, after = load_detector(parent), load_detector(written)
    gain = [after.page_score(swapped(text)) - before.page_score(swapped(text)) for text in texts]
    drift = [after.page_score(text) - before.page_score(text) for text in texts]
    assert min(gain) > max(drift)
    hits = np.mean([after.score(swapped(text), "none").verdict in ("suspicious", "spun") for text in texts])
    alarms = np.mean([after.score(text, "none").verdict in ("suspicious", "spun") for text in texts])
    assert hits > 0.8
    assert alarms <= 0.05


def test_the_known_dictionary_stays_known(parent: Path, written: Path, lexicons: Path) -> None:
    (spinner,) = (each for each in build_spinners(load_all(lexicons), Resources()) if each.name == "pivot-a")
    texts = [spinner.spin(prose(200, random.Random(seed)), seed, 1.0).text for seed in range(30)]
    before, after = (
        np.mean([model.score(text, "none").verdict in ("suspicious", "spun") for text in texts])
        for model in (load_detector(parent), load_detector(written))
    )
    assert after >= before - 0.05


def test_the_same_labels_make_the_same_model(parent: Path, taught: Challenger, tmp_path: Path) -> None:
    shuffled = random.Random(3).sample(labels(30), 60)
    again = challenge(parent, shuffled, cache=tmp_path)
    assert again.id == taught.id
    assert np.array_equal(again.word_entries, taught.word_entries)
    assert again.shift == taught.shift


def test_a_stopped_run_goes_on_where_it_was(parent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def stopped_at_the_third(material: object, choosing: object, push: float, *rest: object) -> object:
        done.append(f"push {push}")
        if len(done) == 3:
            raise KeyboardInterrupt
        return try_push(material, choosing, push, *rest)

    try_push = training.retrain.try_push
    monkeypatch.setattr(training.retrain, "try_push", stopped_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        challenge(parent, labels(12), cache=tmp_path)
    challenge(parent, labels(12), cache=tmp_path)
    assert done[:4] == ["push 1.0", "push 2.0", "push 3.0", "push 3.0"]


def test_its_folder_tells_where_it_comes_from_and_can_be_retrained_in_turn(parent: Path, written: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text("utf-8"))
    assert manifest["parents"] == [parent.name]
    assert (manifest["retrained"]["labels"], manifest["retrained"]["spun"]) == (60, 30)
    for name in ("MODEL_CARD.md", "GATE.md", "metrics.json", "figures/gate.png", "replay.npz", "tables.npz"):
        assert (written / name).stat().st_size > 0
    own = load_replay(written, WordWeights.of(load_detector(written).tables))
    old = load_replay(parent, WordWeights.of(load_detector(parent).tables))
    assert np.array_equal(own.rows.ids, old.rows.ids)


def test_labels_that_are_wrong_are_named_and_not_learned_from(parent: Path, tmp_path: Path) -> None:
    given = labels(40)
    wrong = {"s3", "s17", "h5", "h20"}
    given = [dataclasses.replace(each, spun=not each.spun) if each.id in wrong else each for each in given]
    challenger = challenge(parent, given, cache=tmp_path)
    found = {issue.id for issue in challenger.issues}
    assert found <= wrong
    assert len(found) >= 2


def test_pages_too_short_to_judge_are_left_out(parent: Path, tmp_path: Path) -> None:
    challenger = challenge(
        parent, [*labels(12), Label("short", "Three short words.", True, "x.example")], cache=tmp_path
    )
    assert challenger.unscorable == 1


def test_one_site_cannot_teach_alone() -> None:
    honest = [each for each in labels(20) if not each.spun]
    attack = [Label(f"a{i}", prose(150, random.Random(i)), True, "victim.example") for i in range(300)]
    with pytest.raises(InputError, match=r"300 of them of victim\.example"):
        check(honest + attack)
    checked = check(labels(20) + attack)
    assert sum(label.site == "victim.example" for label in checked.labels) == 5
    assert checked.crowded == 295


def test_the_same_text_labelled_both_ways_is_named() -> None:
    given = labels(12)
    with pytest.raises(InputError, match=r"spun and not-spun: .*again"):
        check([*given, dataclasses.replace(given[4], id="again", spun=False, site="z.example")])


def test_copies_count_once() -> None:
    given = labels(12)
    assert check([*given, dataclasses.replace(given[0], id="copy")]).copies == 1


def test_pages_of_one_site_and_texts_that_are_alike_fall_into_one_group() -> None:
    given = labels(12)
    half = len(given[0].text) // 2
    alike = Label("alike", given[0].text[:half] + prose(80, random.Random(5)), True, "mirror.example")
    checked = check([*given, alike])
    group = dict(zip((label.id for label in checked.labels), checked.groups.tolist(), strict=True))
    assert group["s0"] == group["s6"] == group["alike"]
    assert group["s1"] == group["s7"] != group["s0"]


def test_a_model_without_a_replay_set_cannot_be_retrained(tiny_models: Path, tmp_path: Path) -> None:
    folder = tiny_models / (tiny_models / "ACTIVE").read_text("utf-8").strip()
    with pytest.raises(ModelError, match=r"ships no replay\.npz"):
        challenge(folder, labels(12), cache=tmp_path)


def test_a_damaged_replay_set_is_refused(parent: Path, tmp_path: Path) -> None:
    copy = tmp_path / parent.name
    shutil.copytree(parent, copy)
    blob = bytearray((copy / "replay.npz").read_bytes())
    blob[len(blob) // 2] ^= 1
    (copy / "replay.npz").write_bytes(blob)
    with pytest.raises(ModelError, match="damaged"):
        challenge(copy, labels(12), cache=tmp_path / "cache")


def test_ladders_rise_as_far_as_honest_pages_near_the_threshold_rose() -> None:
    old = np.linspace(-8, -1, 1000)
    assert needed_shift(old, old) == 0
    assert needed_shift(old, old - 1) == 0
    rise = needed_shift(old, old + 3)
    assert 2 < rise < 3
