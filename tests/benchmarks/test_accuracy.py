"""The comparison's small pieces: phrase look-up, thinning, thresholds, tables; all with texts made here."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.accuracy import kept, measured, newest_examples, thinned, with_own
from benchmarks.accuracy_table import Measured, Sets, Told, alarms_by_genre, draw, markdown, table, told
from benchmarks.phrase_list import PhraseList, Rule, read_rules
from benchmarks.rivals import Rival, installed, own_phrases, stock
from detector.errors import FetchError
from training.examples import Example
from training.lexicon import Entry, Lexicon
from training.pages import Page

LINES = [
    "counterfeit consciousness",
    "counterfeit consciousness",
    "profound learning AND deep learning",
    "surface highlights NOT specular",
    "PC helped AND (be that as it OR on the off chance)",
]


def test_a_listed_phrase_is_found_whatever_its_capitals_and_marks() -> None:
    listed = PhraseList(read_rules(LINES))
    assert len(listed) == 3
    assert listed.found("Counterfeit, CONSCIOUSNESS is near; a counterfeit is not.") == ["counterfeit consciousness"]


def test_a_phrase_with_a_condition_counts_only_where_it_holds() -> None:
    listed = PhraseList(read_rules(LINES))
    assert listed.found("Profound learning is new.") == []
    assert listed.found("Profound learning, or deep learning.") == ["profound learning"]
    assert listed.found("Surface highlights are seen.") == ["surface highlights"]
    assert listed.found("Surface highlights, specular ones.") == []


def test_of_phrases_that_begin_alike_the_longest_counts_and_once() -> None:
    listed = PhraseList([Rule(("historical", "past")), Rule(("historical",)), Rule(("past",))])
    assert listed.found("the historical past and the past") == ["historical past", "past"]


def test_the_score_is_listed_phrases_per_hundred_words() -> None:
    listed = PhraseList([Rule(("historical", "past"))])
    assert listed.scores(["historical past " * 5, "nothing here", ""]).tolist() == [50.0, 0.0, 0.0]


def test_of_our_dictionaries_only_the_most_telling_wordings_are_listed() -> None:
    entries = (Entry("history", "historical past", "n", 1.0, 3), Entry("big", "large", "adj", 0.3, 1))
    rival = own_phrases([Lexicon("one", "one", entries)])
    assert rival.remark == "1 phrases of weight 1"
    assert rival.fit([])(["historical past", "large large"]).tolist() == [50.0, 0.0]


def test_thinning_keeps_or_drops_all_examples_of_a_group() -> None:
    examples = [Example(f"{group} {number}", str(group), "news", "s") for group in range(200) for number in range(3)]
    kept_groups = [each.group for each in thinned(examples, 0.25)]
    assert all(kept_groups.count(group) == 3 for group in set(kept_groups))
    assert 30 <= len(set(kept_groups)) <= 70
    assert thinned(examples, 1.0) == examples
    assert thinned(examples, 0.0) == []


def test_hits_are_the_spun_pages_above_what_one_in_a_hundred_human_pages_exceeds() -> None:
    human = np.arange(1000) / 1000
    assert told(np.array([0.5, 0.98, 0.995, 2.0]), human) == Told(4, 0.5, pytest.approx(0.869125))


def sets_of(pages: Sequence[Page], groups: str) -> Sets:
    """One letter for each page: h human, s spun, f by a foreign tool, o own."""
    letters = np.array(list(groups))
    return Sets(pages, *(letters == letter for letter in "hsfo"))


@pytest.fixture
def sets() -> Sets:
    pages = [Page("h", 100, "news", False)] * 200 + [Page("h", 100, "mail", False)] * 100
    pages += [Page("h", 100, "rare", False)] * 5
    pages += [Page("s", 100, "pivot-a", True)] * 10 + [Page("f", 100, "nlpaug", True)] * 4
    return sets_of(pages, "h" * 305 + "s" * 10 + "f" * 4)


@pytest.fixture
def scores(sets: Sets) -> NDArray[np.float64]:
    """News 0 to 1, of the mail 7 of 100 above that and the rest at 0; spun pages at 3, foreign ones at 0."""
    values = np.zeros(len(sets.pages))
    values[:200] = np.linspace(0, 1, 200)
    values[200:207] = 2.0
    values[sets.spun] = 3.0
    return values


def test_false_alarms_of_a_genre_are_counted_at_the_threshold_of_all_other_genres(
    sets: Sets, scores: NDArray[np.float64]
) -> None:
    assert alarms_by_genre(Measured("x", "", scores, 1.0), sets, 100) == {"mail": 0.07, "news": 0.0}


def test_the_tables_hold_one_row_for_each_way_to_score(sets: Sets, scores: NDArray[np.float64]) -> None:
    rows = [Measured("ours", "all", scores, 51.4), Measured("theirs", "a fifth", np.zeros_like(scores), 12_345.6)]
    text = markdown(rows, sets, (100,))
    assert "| ours | all | 1.000 | 1.0000 | 7.0% (mail) | 51 |" in text
    assert "| theirs | a fifth | 0.000 | 0.5000 | 0.0% (mail) | 12,346 |" in text
    assert "|  | nlpaug, 100 |\n| --- | ---: |\n| ours | 0.00 / 0.162 |" in text
    assert "| mail | 7.0% | 0.0% |" in text
    assert "given by hand" not in text


def test_texts_of_ones_own_get_a_table_of_their_own(sets: Sets, scores: NDArray[np.float64]) -> None:
    own = [Page("o", 100, "found", True)] * 2 + [Page("o", 100, "mine", False)]
    rows = [Measured("ours", "all", np.append(scores, (5.0, 0.0, 0.0)), 51.4)]
    text = markdown(rows, with_own(sets, own), (100,))
    assert "|  | found (2 spun) | mine (1 human) |\n| --- | ---: | ---: |\n| ours | 0.500 | 0.000 |" in text


def test_the_figure_is_written(sets: Sets, scores: NDArray[np.float64], tmp_path: Path) -> None:
    draw([Measured("ours", "all", scores, 51.4)], sets, (100,), tmp_path / "figure.png")
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")


def test_a_table_has_its_first_column_to_the_left() -> None:
    assert table(["", "a"], [["x", "1"]]) == "|  | a |\n| --- | ---: |\n| x | 1 |"


def test_every_way_to_score_learns_from_its_share_alone(sets: Sets) -> None:
    examples = [Example("red " * 9, str(group), "news", "s", "pivot" if group % 2 else "") for group in range(100)]
    seen: list[int] = []

    def fit(chosen: Sequence[Example]) -> object:
        seen.append(len(chosen))
        return lambda texts: np.array([float(len(text)) for text in texts])

    result = measured(Rival("fake", 0.3, fit, "by length"), examples, sets)  # type: ignore[arg-type]
    assert result.learned == f"by length, {seen[0]} examples (30%)"
    assert 0 < seen[0] < 60
    assert result.scores.tolist() == [1.0] * len(sets.pages)
    assert result.microseconds > 0


def test_the_usual_pipeline_learns_which_words_are_spun() -> None:
    human = Example("the history of the town is long", "a", "news", "s")
    spun = replace(human, text="the historical past of the town is lengthy", family="pivot")
    scores = stock(1.0).fit([human, spun] * 4)(["a historical past", "a history"])
    assert scores[0] > scores[1]


def test_a_package_that_cannot_be_had_is_left_out_and_leaves_nothing_behind(tmp_path: Path) -> None:
    def refuse(packages: Sequence[str], folder: Path) -> None:
        raise FetchError("no network")

    assert installed(("thing==1",), tmp_path, refuse) is None
    assert list((tmp_path / "benchmarks").iterdir()) == []


def test_a_package_is_installed_once(tmp_path: Path) -> None:
    def install(packages: Sequence[str], folder: Path) -> None:
        folder.mkdir()
        (folder / "module.py").write_text("", encoding="utf-8")

    def refuse(packages: Sequence[str], folder: Path) -> None:
        raise FetchError("asked twice")

    first = installed(("thing==1",), tmp_path, install)
    assert first
    assert installed(("thing==1",), tmp_path, refuse) == first


def test_what_was_made_once_is_read_from_the_cache(tmp_path: Path) -> None:
    assert kept(tmp_path, "number", lambda: 7) == 7
    assert kept(tmp_path, "number", lambda: 8) == 7


def test_examples_of_the_latest_training_run_are_taken(tmp_path: Path) -> None:
    assert newest_examples(tmp_path) is None
    folder = tmp_path / "stages" / "abc"
    folder.mkdir(parents=True)
    (folder / "examples.joblib").write_bytes(b"")
    assert newest_examples(tmp_path) == folder / "examples.joblib"
