"""A text as sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. We stayed in! Did you?", ["It rained.", "We stayed in!", "Did you?"]),
        ('"Go home." He went.', ['"Go home."', "He went."]),
        ("Mr. J. Hill paid Dr. Lee 3.5 pounds. It was late.", ["Mr. J. Hill paid Dr. Lee 3.5 pounds.", "It was late."]),
        ("A heading\nThe text begins here", ["A heading", "The text begins here"]),
        ("no capital. no matter.", ["no capital.", "no matter."]),
        ("...\n\n* * *\n", []),
    ],
)
def test_sentences_end_at_their_marks_and_at_lines(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_line_wrapped_in_mid_sentence_does_not_end_it() -> None:
    text = "This line was wrapped by an editor at about seventy characters, as\nold files are."
    assert sentences(text) == [text]


def test_words_are_alike_whatever_their_case_and_apostrophe() -> None:
    (one,), (two,) = split_sentences("The CEO’s plan"), split_sentences("the ceo's PLAN")
    assert [word.key for word in one.words] == [word.key for word in two.words] == ["the", "ceo's", "plan"]


@given(st.text())
def test_no_word_is_lost_and_sentences_do_not_overlap(text: str) -> None:
    found = split_sentences(text)
    ends = [0, *(sentence.end for sentence in found)]
    assert all(end <= sentence.start for end, sentence in zip(ends, found, strict=False))
    for sentence in found:
        assert all(sentence.start <= word.start < word.end <= sentence.end for word in sentence.words)
        assert sentence.words
