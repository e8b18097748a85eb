import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detector.ngrams import FirstSeen, char_codes, slots_of, word_keys, words_of
from detector.text import symbolise


def keys(text: str) -> list[int]:
    return word_keys(words_of(symbolise(text))).tolist()


def test_a_word_has_one_key_wherever_it_stands() -> None:
    first, second, third = keys("the cat the")[:3]
    assert first == third != second


def test_words_of_the_same_letters_have_other_keys() -> None:
    assert len({keys(word)[0] for word in ("listen", "silent", "enlist", "tinsel", "inlets")}) == 5


def test_pairs_and_triples_follow_the_words() -> None:
    assert len(keys("one two three four")) == 4 + 3 + 2
    assert keys("two three")[2] == keys("one two three four")[5]
    assert keys("two three four")[5] == keys("one two three four")[8]


def test_a_pair_that_spans_the_end_of_a_phrase_is_another_pair() -> None:
    assert keys("end now")[2] != keys("end. Now")[2]
    assert keys("end now")[:2] == keys("end. Now")[:2]


def test_texts_without_words_have_no_keys() -> None:
    assert keys("") == keys("...") == []


def test_char_codes_are_exact_four_letter_codes() -> None:
    codes = char_codes(symbolise("ab").row)
    a, b = 1, 2
    assert codes.tolist() == [(a << 10) + (b << 5), (a << 15) + (b << 10), b << 15, 0]


def test_a_key_splits_into_slot_and_check() -> None:
    slots, checks = slots_of(np.array([0xABCDE12F], np.uint32))
    assert (slots.tolist(), checks.tolist()) == ([0xABCDE], [0x12])


@given(st.lists(st.integers(0, 50)))
def test_first_seen_marks_the_first_of_each_key(values: list[int]) -> None:
    expected = [value not in values[:place] for place, value in enumerate(values)]
    seen = FirstSeen(64)
    for _ in range(2):  # what the first text left behind must not matter
        assert seen.mask(np.array(values, np.uint32)).tolist() == expected


@given(st.text(max_size=300))
def test_every_text_reads_alike_in_pieces_and_whole(text: str) -> None:
    words = words_of(symbolise(text))
    assert len(words.bounds) == len(words) + 1 or len(words) == 0
    assert words_of(symbolise(text + " . ")).hashes.tolist() == words.hashes.tolist()
