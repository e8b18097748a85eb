"""Two texts to an answer, and what was changed between them."""

import json
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison import Change, Comparison, compare
from detector.errors import InputError


def changes_of(comparison: Comparison) -> list[Change]:
    return [change for row in comparison.rows for change in row.changes]


def swaps_of(comparison: Comparison) -> list[tuple[str, str]]:
    return [(change.a.text, change.b.text) for change in changes_of(comparison) if change.kind == "swap"]


def test_a_text_is_a_copy_of_itself(original: str) -> None:
    found = compare(original, original)
    assert found.answer == "copy"
    assert found.figures.copied_share == 1.0
    assert changes_of(found) == []
    assert (found.figures.only_in_a, found.figures.only_in_b) == (0, 0)


def test_a_copy_with_sentences_left_out_is_still_a_copy(original: str) -> None:
    shorter = original.replace("Many people came to the meeting with signs.", "").replace("Work begins soon.", "")
    found = compare(original, shorter)
    assert found.answer == "copy"
    alone = [row.a.text for row in found.rows if row.a and not row.b]
    assert alone == ["Many people came to the meeting with signs.", "Work begins soon."]


def test_a_spun_copy_is_told_with_its_swaps(original: str, spun: str) -> None:
    found = compare(original, spun)
    assert found.answer == "spun copy"
    expected = {("town", "township"), ("voted", "balloted"), ("close", "shut"), ("company", "agency")}
    assert expected <= set(swaps_of(found))
    assert ("more than", "in excess of") in swaps_of(found)
    assert "They share" in found.reason and "names and numbers" in found.reason


def test_altered_names_numbers_and_quotations_are_told(original: str, spun: str) -> None:
    found = compare(original, spun)
    altered = [(change.kind, change.a.text, change.b.text) for change in changes_of(found)]
    assert ("number", "2.4", "2.6") in altered
    assert ("name", "Homes", "Houses") in altered
    assert [(change.a.text, change.b.text) for change in changes_of(found) if change.quoted] == [("looked", "searched")]
    figures = found.figures
    assert (figures.altered_numbers, figures.altered_names, figures.altered_quotations) == (1, 1, 1)


def test_dropped_and_added_sentences_stand_alone(original: str, spun: str) -> None:
    found = compare(original, spun)
    assert [row.a.text for row in found.rows if row.a and not row.b] == ["Many people came to the meeting with signs."]
    assert [row.b.text for row in found.rows if row.b and not row.a] == ["Subscribe to our bulletin."]


def test_a_sentence_that_was_cut_in_two_is_matched_with_both_parts(original: str, spun: str) -> None:
    found = compare(original, spun)
    row = next(row for row in found.rows if row.a and row.a.text.startswith("The library opened"))
    assert row.b is not None
    assert row.b.text == "The library opened in 1911. It holds in excess of 60,000 books."
    assert not any(change.sure for change in row.changes)


def test_another_story_with_the_same_names_is_the_same_topic(original: str, other: str) -> None:
    found = compare(original, other)
    assert found.answer == "same topic"
    assert found.figures.shared_anchors >= 4
    assert found.likely_spun is None


def test_a_text_on_something_else_is_unrelated(original: str, stranger: str) -> None:
    found = compare(original, stranger)
    assert found.answer == "unrelated"
    assert found.figures.copied_share == 0.0


def test_comparing_the_other_way_round_swaps_the_sides(original: str, spun: str) -> None:
    there, back = compare(original, spun), compare(spun, original)
    assert back.answer == there.answer
    assert ("township", "town") in swaps_of(back)
    assert (back.figures.only_in_a, back.figures.only_in_b) == (there.figures.only_in_b, there.figures.only_in_a)


def test_the_side_with_the_higher_score_is_the_likely_spun_one(original: str, spun: str) -> None:
    scores = {original: -3.0, spun: 4.0}
    assert compare(original, spun, scores.get).likely_spun == "b"
    assert compare(spun, original, scores.get).likely_spun == "a"


@pytest.mark.parametrize("scores", [(1.0, 1.5), (None, 4.0), (4.0, None)])
def test_which_one_was_spun_is_unknown_when_the_scores_do_not_tell(
    original: str, spun: str, scores: tuple[float | None, float | None]
) -> None:
    found = compare(original, spun, dict(zip((original, spun), scores, strict=True)).get)
    assert found.likely_spun is None
    assert (found.score_a, found.score_b) == scores


def test_without_a_model_nothing_is_said_of_scores(original: str, spun: str) -> None:
    found = compare(original, spun)
    assert (found.likely_spun, found.score_a, found.score_b) == (None, None, None)


def test_offsets_count_utf_16_code_units(original: str, spun: str) -> None:
    found = compare("😀 " + original, "😀😀 " + spun)
    units_a, units_b = (text.encode("utf-16-le") for text in ("😀 " + original, "😀😀 " + spun))
    for change in changes_of(found):
        assert units_a[2 * change.a.start : 2 * change.a.end].decode("utf-16-le") == change.a.text
        assert units_b[2 * change.b.start : 2 * change.b.end].decode("utf-16-le") == change.b.text
    assert len(changes_of(found)) > 10


def test_the_rows_hold_every_sentence_of_both_texts_once_and_in_order(original: str, spun: str) -> None:
    rows = compare(original, spun).rows
    for text, passages in ((original, [row.a for row in rows if row.a]), (spun, [row.b for row in rows if row.b])):
        assert all(one.end <= two.start for one, two in pairwise(passages))
        assert "".join(passage.text for passage in passages).split() != []
        assert "".join("".join(passage.text.split()) for passage in passages) == "".join(text.split())


def test_a_comparison_is_json(original: str, spun: str) -> None:
    row = json.loads(json.dumps(compare(original, spun).as_json()))
    assert list(row) == ["answer", "reason", "likely_spun", "score_a", "score_b", "figures", "rows"]
    assert row["rows"][0]["changes"][0] == {
        "kind": "swap",
        "a": {"start": 4, "end": 8, "text": "town"},
        "b": {"start": 4, "end": 12, "text": "township"},
        "quoted": False,
        "sure": True,
    }


@pytest.mark.parametrize("text", ["", " \n", "... — !"])
def test_a_text_without_words_is_refused(original: str, text: str) -> None:
    with pytest.raises(InputError, match="The second text has no words"):
        compare(original, text)


def test_a_text_that_is_too_long_is_refused(original: str) -> None:
    with pytest.raises(InputError, match="The first text has 1,001 sentences; at most 1,000 are compared"):
        compare("One two three. " * 1001, original)
    with pytest.raises(InputError, match="The second text has 20,001 words; at most 20,000 are compared"):
        compare(original, "word " * 20_001)


@pytest.mark.parametrize(
    "noise", ["." * 200_000 + "x", "“" * 200_000, '"' * 199_999, "1" + "." * 200_000 + "x", "‘a" * 9_999]
)
def test_hostile_noise_takes_no_longer_than_prose(original: str, noise: str) -> None:
    start = time.perf_counter()
    compare(original + noise, original)
    assert time.perf_counter() - start < 5


def test_one_sentence_can_be_compared_with_one() -> None:
    found = compare("The old dog sleeps by the warm fire.", "The aged dog sleeps by the hot fire.")
    assert swaps_of(found) == [("old", "aged"), ("warm", "hot")]


def test_lone_surrogates_do_no_harm() -> None:
    found = compare("The dog \ud800 sleeps.", "The dog \udc00 slumbers.")
    assert swaps_of(found) == [("sleeps", "slumbers")]


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_two_texts_hold_every_passage_is_where_it_says(a: str, b: str) -> None:
    found = compare(f"x {a}", f"x {b}")
    units = [f"x {text}".encode("utf-16-le", "surrogatepass") for text in (a, b)]
    passages = [(side, passage) for row in found.rows for side, passage in enumerate((row.a, row.b)) if passage]
    passages += [(side, passage) for one in changes_of(found) for side, passage in enumerate((one.a, one.b))]
    for side, passage in passages:
        there = units[side][2 * passage.start : 2 * passage.end]
        assert there == passage.text.encode("utf-16-le", "surrogatepass")
