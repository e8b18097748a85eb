"""From folders of texts to a promoted model: the whole way, with made-up prose and one small dictionary."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import training.cli
from detector.errors import InputError, ModelError
from training.build import BuildSettings, prepare, source_folds
from training.cli import evaluate, train
from training.corpora import Document
from training.examples import SpinnerMix
from training.held_out import without_dictionaries, without_genres
from training.lexicon import load_all
from training.spinners.catalogue import build_spinners
from training.spinners.resources import Resources

SETTINGS = BuildSettings(folds=2, pages_a_kind=100, learners=0)


@pytest.fixture
def texts(made_documents: list[Document]) -> list[Document]:
    """Long documents of two sources."""
    runs = [made_documents[number : number + 4] for number in range(0, len(made_documents), 4)]
    return [
        replace(
            run[0],
            source=f"s{number % 2}",
            genre="news" if number % 3 else "blog",
            text="\n\n".join(each.text for each in run),
        )
        for number, run in enumerate(runs)
    ]


@pytest.fixture
def own(texts: list[Document], lexicons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Options that train on these texts and one small dictionary alone."""
    monkeypatch.setattr(training.cli, "load_documents", lambda cache, **_: texts)
    monkeypatch.setattr(training.cli, "fetch_resources", lambda cache: Resources())
    monkeypatch.setattr(training.cli, "held_out_attackers", lambda cache: [])
    return {"lexicons": lexicons, "cache": tmp_path / "cache"}


def test_the_same_texts_and_seed_give_the_same_tables(own: dict[str, Any], tmp_path: Path) -> None:
    first = train(tmp_path / "a", settings=SETTINGS, **own)
    second = train(tmp_path / "b", settings=SETTINGS, **own | {"cache": tmp_path / "other cache"})
    assert (first / "tables.npz").read_bytes() == (second / "tables.npz").read_bytes()
    assert (tmp_path / "a" / "ACTIVE").read_text("utf-8").strip() == first.name


def test_leaving_out_a_dictionary_and_a_genre_is_told_in_the_card(
    own: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = train(tmp_path / "models", settings=SETTINGS, **own)
    monkeypatch.setattr(training.cli, "BuildSettings", lambda seed: SETTINGS)
    monkeypatch.setattr(training.cli, "without_genres", lambda *_: [_row("own", suspicious_or_worse=0.01)])
    monkeypatch.setattr(training.cli, "without_dictionaries", lambda *_: [_row("pivot-a", auroc=0.9, hits=0.5)])
    evaluate(folder, leave_out=True, **own)
    evaluate(folder, **own)
    card = (folder / "MODEL_CARD.md").read_text("utf-8")
    assert "Mean AUROC 0.900" in card
    assert "| own | 400 | 1.00% |" in card
    assert (folder / "figures" / "left-out.png").exists()


def test_a_model_below_its_floors_is_not_promoted(own: dict[str, Any], tmp_path: Path) -> None:
    models = tmp_path / "models"
    folder = train(models, settings=SETTINGS, **own)
    (models / "ACTIVE").write_text("another\n", "utf-8")
    floors = json.loads((models / "floors.json").read_text("utf-8"))
    name = "hits, 100 words"
    (models / "floors.json").write_text(json.dumps(floors | {"at_least": {name: 1.5}}), "utf-8")
    with pytest.raises(ModelError, match=f"{name}.*--new-floors"):
        train(models, settings=SETTINGS, **own)
    assert (models / "ACTIVE").read_text("utf-8") == "another\n"
    train(models, settings=SETTINGS, new_floors=True, **own)
    assert json.loads((models / "floors.json").read_text("utf-8")) == floors
    assert (models / "ACTIVE").read_text("utf-8").strip() == folder.name


def test_floors_of_other_pages_are_not_compared(
    own: dict[str, Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    models = tmp_path / "models"
    folder = train(models, settings=SETTINGS, **own)
    text = json.dumps({"pages_sha256": "other", "at_least": {"hits, 100 words": 1.5}, "at_most": {}})
    (models / "floors.json").write_text(text, "utf-8")
    evaluate(folder, **own)
    assert "other pages" in caplog.text
    assert (models / "floors.json").read_text("utf-8") == text


def test_one_source_is_too_few(own: dict[str, Any], texts: list[Document], tmp_path: Path) -> None:
    texts[:] = [replace(each, source="one", genre="news") for each in texts]
    with pytest.raises(InputError, match="at least two"):
        train(tmp_path / "models", settings=SETTINGS, **own)


def test_texts_that_all_fell_on_one_side_cannot_be_measured(
    own: dict[str, Any], texts: list[Document], tmp_path: Path
) -> None:
    folder = train(tmp_path / "models", settings=SETTINGS, **own)
    texts[:] = [replace(each, group="g1") for each in texts]
    with pytest.raises(InputError, match="kept for measuring"):
        evaluate(folder, **own)


def test_sources_of_a_genre_fall_into_different_folds(made_documents: list[Document]) -> None:
    sources = [replace(each, source=f"s{number % 4}") for number, each in enumerate(made_documents)]
    folds = source_folds(sources, 2)
    assert [len(fold) for fold in folds] == [2, 2]
    assert all(len({kind.split(": ")[1] for kind in fold}) == 2 for fold in folds)


def test_a_dictionary_left_out_is_judged_by_models_that_never_saw_it(
    texts: list[Document], lexicons: Path, tmp_path: Path
) -> None:
    """A twin writes the same pairs under another name: leaving one out changes nothing, so both are still found."""
    (spinner,) = (each for each in build_spinners(load_all(lexicons), Resources()) if each.name == "pivot-a")
    spinners = [spinner, replace(spinner, name="twin", dictionary="twin")]
    ready = prepare(texts, SpinnerMix(tuple(spinners), (1.0, 1.0)), "0", SETTINGS, tmp_path)
    rows = without_dictionaries(ready, texts, spinners, SETTINGS)
    assert [row["kind"] for row in rows] == ["pivot-a", "twin"]
    assert all(row["auroc"] > 0.99 for row in rows)
    assert {row["kind"] for row in without_genres(ready, texts, SETTINGS)} == {"news", "blog"}


def _row(kind: str, **shares: float) -> dict[str, Any]:
    return {"kind": kind, "length": 400, "pages": 400, "low": 0.4, "high": 0.6, **shares}
