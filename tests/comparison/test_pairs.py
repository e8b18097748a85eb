"""New pairs for a dictionary of one's own."""

from pathlib import Path

import pytest

from comparison import NewPair, compare, new_pairs, pairs_file
from detector.errors import InputError
from training.lexicon import load_lexicon


def test_sure_swaps_become_pairs(original: str, spun: str) -> None:
    pairs = new_pairs(compare(original, spun), spun="b")
    assert NewPair("town", "township") in pairs
    assert NewPair("company", "agency") in pairs
    assert pairs.count(NewPair("said", "stated")) == 1


def test_which_side_is_the_original_turns_the_pairs_round(original: str, spun: str) -> None:
    assert NewPair("township", "town") in new_pairs(compare(original, spun), spun="a")


def test_names_numbers_quotations_and_cut_sentences_give_no_pairs(original: str, spun: str) -> None:
    originals = {pair.original for pair in new_pairs(compare(original, spun), spun="b")}
    assert originals.isdisjoint({"2.4", "homes", "looked", "more than", "and"})


def test_only_a_spun_copy_gives_pairs(original: str, other: str) -> None:
    assert new_pairs(compare(original, other), spun="b") == ()


def test_a_new_file_is_a_dictionary_that_training_reads(original: str, spun: str, tmp_path: Path) -> None:
    text, added = pairs_file("", new_pairs(compare(original, spun), spun="b"))
    (tmp_path / "mine.tsv").write_text(text, "utf-8")
    entries = load_lexicon(tmp_path / "mine.tsv").entries
    assert len(entries) == added > 5
    assert {(entry.pos, entry.weight, entry.seen) for entry in entries} == {("any", 0.4, 1)}


def test_pairs_that_are_there_already_are_not_added_again() -> None:
    existing = "original\tspun\tpos\tweight\tseen\ntown\ttownship\tn\t1.0\t7\n"
    text, added = pairs_file(existing, [NewPair("town", "township"), NewPair("old", "aged")])
    assert text == existing + "old\taged\tany\t0.4\t1\n"
    assert added == 1


def test_a_file_that_is_no_dictionary_is_refused() -> None:
    with pytest.raises(InputError, match="begins with 'name,age', not with the header of a dictionary"):
        pairs_file("name,age\n", [NewPair("old", "aged")])
