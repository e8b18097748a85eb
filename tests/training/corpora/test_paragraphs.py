import pytest

from training.corpora.paragraphs import is_prose, split_paragraphs


def test_lines_of_a_width_are_joined_and_blank_lines_divide():
    text = (
        "The first paragraph was cut by a program at a width of\n"
        "about sixty characters, as old mail programs and books\n"
        "used to do.\n"
        "\n"
        "The second one is short."
    )
    assert split_paragraphs(text) == [
        "The first paragraph was cut by a program at a width of about sixty characters, as old mail programs and books"
        " used to do.",
        "The second one is short.",
    ]


def test_long_lines_without_blank_lines_are_paragraphs_of_their_own():
    lines = ["A long line that holds a whole paragraph of its own, and says so. " * 3, "Another such line. " * 9]
    assert split_paragraphs("\n".join(lines)) == [line.strip() for line in lines]


def test_a_word_hyphenated_at_the_end_of_a_line_keeps_its_hyphen_and_loses_the_gap():
    text = "Nobody in the whole of the village had ever heard of a self-\nmade man before that summer came."
    assert "self-made man" in split_paragraphs(text)[0]


@pytest.mark.parametrize(
    "paragraph",
    ["She went home, and that was that.", "“What do you want from me now?”", "He said (and he meant it)."],
)
def test_a_sentence_is_prose(paragraph):
    assert is_prose(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Contents",
        "She went home and that was that",
        "and then she went home with the others.",
        "The village is at a height of about .",
        "Write to me at anna@mail.example if you like.",
        "X = y + z; a = b | c; d = e.",
    ],
)
def test_a_heading_a_sentence_with_a_gap_or_code_is_not(paragraph):
    assert not is_prose(paragraph)
