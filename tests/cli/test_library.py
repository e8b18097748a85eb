"""Scoring from Python, a column in one call."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from unspun.library import score_column, score_texts

PROSE = (Path(__file__).parents[1] / "pages" / "honest-sample.txt").read_text("utf-8")


@pytest.fixture(autouse=True)
def own_models(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tests' models, not the user's."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    yield


def test_texts_give_verdicts_in_order_as_they_are_asked_for() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield from (PROSE, "short")

    verdicts = score_texts(endless(), model="says-spun")
    assert [next(verdicts).verdict for _ in range(3)] == ["spun", "unscorable", "spun"]


def test_a_list_gives_one_list_for_each_column() -> None:
    columns = score_column([PROSE, None, "short", 3.5])
    assert columns["verdict"] == ["clean", None, "unscorable", None]
    assert columns["score"] == [-5.0, None, None, None]
    assert columns["reason"] == [None, None, "too_short", None]
    assert {len(column) for column in columns.values()} == {4}  # type: ignore[arg-type]


def test_a_pandas_column_in_one_call() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": [PROSE, None]}, index=["a", "b"])
    scored = frame.assign(**score_column(frame["text"]))
    assert scored.loc["a", "verdict"] == "clean"
    assert scored["score"].isna().tolist() == [False, True]


def test_a_polars_column_in_one_call() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"text": [PROSE, None]})
    scored = frame.hstack(polars.DataFrame(score_column(frame["text"])))
    assert scored["verdict"].to_list() == ["clean", None]
