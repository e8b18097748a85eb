import itertools

import numpy as np
import pytest

from detector import Detector
from detector.evidence import find_phrases, guessed_swaps, listed_swaps
from detector.family import telling_for, with_pairs
from detector.guesses import Guesses
from detector.model import read
from detector.reference import BUCKET_ENTRIES, BUCKETS
from detector.verdict import Evidence, Family
from detector.wording import Wording, wording_from_arrays

ORIGINALS = ["wrong side", "of", "Chinese", "history"]


@pytest.fixture(scope="module")
def wording() -> Wording:
    """Four phrases with one original each, and a reference that has counted nothing."""
    text = {"phrases": "a\nb\nc\nd", "originals": "\n".join(ORIGINALS)}
    numbers = {"left_alone": [0] * 4, "sizes": [1] * 4, "candidates": range(4), "rates": [0] * 4, "speakers": [1] * 4}
    arrays = {name: np.frombuffer(lines.encode(), np.uint8) for name, lines in text.items()}
    arrays |= {name: np.array(values, np.uint32) for name, values in numbers.items()}
    arrays |= {"entries": np.zeros(BUCKETS * BUCKET_ENTRIES, np.uint16), "words": np.array([1000], np.uint32)}
    return wording_from_arrays(arrays)


def evidence(text: str, wording: Wording, *guesses: tuple[int, int, int, float], part: float = 1.0) -> list[Evidence]:
    """Evidence of a text, given guesses as (first word, one after the last, row of ORIGINALS, chance)."""
    reading = read(text)
    columns = list(zip(*guesses, strict=True)) or [()] * 4
    firsts, ends, rows = (np.array(column, np.intp) for column in columns[:3])
    chances = np.array(columns[3], np.float64)
    found = Guesses(firsts, ends, np.full(len(firsts), 0.99), rows, chances)
    swaps = guessed_swaps(found, reading.words, wording)
    parts = np.full(len(reading.words), part)
    return list(find_phrases(reading.symbols, reading.words, parts, swaps, wording))


def test_a_swap_is_shown_with_its_original_and_its_part_in_the_score(wording: Wording) -> None:
    assert evidence("a matter of historical past.", wording, (3, 5, 3, 0.9)) == [
        Evidence(12, 27, "historical past", 2.0, "dictionary swap", "history")
    ]


def test_nothing_is_suggested_where_the_original_is_not_sure(wording: Wording) -> None:
    (found,) = evidence("a matter of historical past.", wording, (3, 5, 3, 0.6))
    assert found.likely_original is None


def test_an_original_of_several_words_is_a_broken_fixed_phrase(wording: Wording) -> None:
    (found,) = evidence("on the Incorrect aspect", wording, (2, 4, 0, 0.9))
    assert (found.why, found.likely_original) == ("broken fixed phrase", "Wrong side")


def test_a_name_that_was_altered_is_called_so(wording: Wording) -> None:
    (found,) = evidence("the Chinese language firm", wording, (1, 3, 2, 0.9))
    assert (found.why, found.text, found.likely_original) == ("altered name", "Chinese language", "Chinese")


def test_a_phrase_does_not_run_over_the_end_of_a_line(wording: Wording) -> None:
    assert evidence("about historical\npast", wording, (1, 3, 3, 0.9)) == []


def test_offsets_count_utf16_units(wording: Wording) -> None:
    (found,) = evidence("😀 historical past", wording, (0, 2, 3, 0.9))
    assert (found.start, found.end) == (3, 18)


def test_spintax_that_was_left_over_is_shown(wording: Wording) -> None:
    found = evidence("the {hardware} and {big|large} houses [ad_2] here", wording)
    assert [(one.text, one.why) for one in found] == [
        ("{hardware}", "spintax leftover"),
        ("{big|large}", "spintax leftover"),
        ("[ad_2]", "spintax leftover"),
    ]


def test_words_with_look_alike_letters_are_shown_and_words_of_other_alphabets_are_not(wording: Wording) -> None:
    found = evidence("pаyment оnline аccount with москва and also 😀 mоney", wording)
    assert [(one.start, one.text, one.why) for one in found] == [
        (0, "pаyment", "look-alike letters"),
        (8, "оnline", "look-alike letters"),
        (15, "аccount", "look-alike letters"),
        (47, "mоney", "look-alike letters"),
    ]


def test_two_words_that_people_do_not_write_together_are_an_unlikely_pair(wording: Wording) -> None:
    found = evidence("computational assets.", wording, part=4.0)
    assert [(one.text, one.weight, one.why) for one in found] == [("computational assets", 8.0, "unlikely word pair")]
    assert evidence("computational. Assets", wording, part=4.0) == []


def test_evidence_does_not_overlap(wording: Wording) -> None:
    found = evidence("the {historical past} of it", wording, (1, 3, 3, 0.9), part=4.0)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert [one.why for one in found] == ["spintax leftover", "unlikely word pair"]


def test_a_model_without_wording_tables_shows_what_its_dictionaries_list() -> None:
    reading = read("a matter of historical past.")
    known = np.full(len(reading.keys), -1, np.intp)
    known[[3, 5 + 3]] = (0, 1)  # `historical` and `historical past`
    parts = np.ones(5)
    swaps = listed_swaps(reading.words, parts, known, ("", "history"))
    assert find_phrases(reading.symbols, reading.words, parts, swaps, None) == (
        Evidence(12, 27, "historical past", 2.0, "dictionary swap", "history"),
    )


def test_the_family_is_told_by_its_most_telling_swaps_once_each() -> None:
    found = tuple(Evidence(at, at + 1, "Folks", 1.0, "dictionary swap", "People") for at in (0, 2))
    found += (Evidence(4, 5, "supply", 1.0, "dictionary swap", "source"), Evidence(6, 7, "odd", 1.0, "x"))
    spans = (np.array([0, 2, 4, 6, 8]), np.array([1, 3, 5, 7, 9]))
    family = with_pairs(Family("pivot", 0.9), found, spans, np.array([2.0, 2.0, 5.0, 9.0, 9.0]))
    assert family.pairs == (("supply", "source"), ("folks", "people"))


def test_what_other_families_write_as_often_tells_nothing() -> None:
    strengths = np.array([[10, 3], [4, 9]], np.int8)
    assert telling_for(0, np.array([0, 1]), strengths).tolist() == [7.0, -5.0]


def test_a_verdict_tells_the_pairs_of_its_family(tiny_detector: Detector, spun_text: str) -> None:
    verdict = tiny_detector.score(spun_text)
    assert verdict.family is not None and len(verdict.family.pairs) <= 5
    assert verdict.as_json()["family"]["pairs"] == [list(pair) for pair in verdict.family.pairs]
    assert ("folks", "people") in {(one.text, one.likely_original) for one in verdict.evidence}
