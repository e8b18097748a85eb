"""Names and numbers of a text: what counts as one, and what two wordings of one story have in common."""

import pytest

from detector.anchors import Anchor, anchor_keys, find_anchors, names_nothing


def names(text: str) -> list[str]:
    return [anchor.text for anchor in find_anchors(text) if anchor.kind == "name"]


def numbers(text: str) -> list[str]:
    return [anchor.key for anchor in find_anchors(text) if anchor.kind == "number"]


def test_a_capital_within_a_sentence_makes_a_name_and_one_at_its_beginning_does_not() -> None:
    assert names("Bread rose slowly while Ellen slept. Nobody saw it.") == ["Ellen"]


def test_a_name_is_found_at_a_sentences_beginning_when_it_stands_within_another() -> None:
    assert names("Ellen slept. Later the baker woke Ellen.") == ["Ellen", "Ellen"]


def test_the_first_name_before_a_name_counts_although_it_begins_the_sentence() -> None:
    assert names("Ellen Marsh owns the mill.") == ["Ellen", "Marsh"]


@pytest.mark.parametrize(
    "start", ["The", "In", "But", "Yesterday", "Meeting", "Surprised", "Recently", "I’m", "They're"]
)
def test_a_common_word_before_a_name_is_no_part_of_it(start: str) -> None:
    assert names(f"{start} Marsh met the baker.") == ["Marsh"]


def test_a_word_that_also_stands_without_its_capital_is_no_name() -> None:
    assert names("We saw the Mill today. The mill was shut; a mill in Harrow was not.") == ["Harrow"]


@pytest.mark.parametrize("title", ["Mr.", "Mrs.", "Dr.", "Prof.", "J.", "Mr"])
def test_after_a_title_or_an_initial_a_name_is_still_a_name_and_the_title_is_none(title: str) -> None:
    assert names(f"We asked {title} Marsh about it.") == ["Marsh"]


@pytest.mark.parametrize(
    "heading", ["Ten Quick Ways To Bake Better Bread", "HOW TO BAKE BREAD", "Bake Bread in the Morning"]
)
def test_a_heading_in_capitals_shows_no_names_of_its_own(heading: str) -> None:
    assert names(f"{heading}\nThe baker went to Harrow early.") == ["Harrow"]


def test_a_name_that_the_text_shows_is_found_in_a_heading_too() -> None:
    assert names("Why Harrow Bakes Bread\nThe baker went to Harrow early.") == ["Harrow", "Harrow"]


@pytest.mark.parametrize("before", ["He said: “", 'He said, "', "- ", "• ", "1. ", "2) ", "Wait… ", "Why? (", "# "])
def test_quotations_and_list_items_begin_sentences(before: str) -> None:
    assert names(f"{before}Bread is what matters to her.") == []


def test_words_with_inner_capitals_digits_and_hyphens_are_whole() -> None:
    assert names("They met Jean-Luc O’Neil of eBay and the R2-D2 fans of McLane.") == [
        *("Jean-Luc", "O’Neil", "R2-D2", "McLane"),
    ]


def test_the_possessive_does_not_matter() -> None:
    assert anchor_keys("a loaf of Marsh’s and one of the Joneses'") == {"marsh", "joneses"}
    assert anchor_keys("a loaf of Marsh and one of the Joneses") == {"marsh", "joneses"}


def test_the_word_i_and_its_short_forms_are_no_names() -> None:
    assert names("Then I said I'm late and I’ll go.") == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("It cost 2,000 or 2000, they say.", ["2000", "2000"]),
        ("It rose by 5.6% in 2015.", ["5.6%", "2015"]),
        ("At 10:30 on 3/4 it was 7.", ["10:30", "3/4", "7"]),
        ("From 1,234,567 down to 1.5, and 12.", ["1234567", "1.5", "12"]),
        ("No figures here.", []),
    ],
)
def test_numbers_are_compared_without_thousands_marks(text: str, keys: list[str]) -> None:
    assert numbers(text) == keys


def test_anchors_come_in_text_order_with_their_places() -> None:
    text = "In 1999 the 😀 baker Marsh sold 40."
    assert find_anchors(text) == (
        Anchor(3, 7, "1999", "number", "1999"),
        Anchor(20, 25, "Marsh", "name", "marsh"),
        Anchor(31, 33, "40", "number", "40"),
    )
    assert all(text[one.start : one.end] == one.text for one in find_anchors(text))


@pytest.mark.parametrize("text", ["", "\n\n", "...", "😀", "\ud800", "A", "ß", "1", "’’’", "-" * 1000])
def test_any_text_can_be_read(text: str) -> None:
    assert len(find_anchors(text)) <= 1


def test_a_spun_copy_keeps_the_anchors_of_its_original() -> None:
    original = "Ellen Marsh sold 40 loaves in Harrow on Friday. Marsh was on the right side of history."
    spun = "Ellen Marsh offered 40 loaves in Harrow on Friday. Marsh was on the proper aspect of historical past."
    assert anchor_keys(spun) == anchor_keys(original) == {"ellen", "marsh", "40", "harrow", "friday"}


def test_words_of_every_text_name_nothing() -> None:
    assert names_nothing("However") and names_nothing("Don’t") and names_nothing("Mr")
    assert not names_nothing("Harrow")
