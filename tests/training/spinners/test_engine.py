"""The engine: longest phrase first, casing, strength, determinism, and what it keeps its hands off."""

import re
from random import Random

import pytest

from training.lexicon import Entry, Lexicon
from training.spinners.engine import TableSpinner
from training.spinners.habits import Habits, Rule
from training.spinners.spun import unspin
from training.spinners.table import compile_table

PLAIN = Habits()
PROSE = (
    "The company said the new process would help people find work in the city. "
    "Many people who live there want a good job, and the company has a history of helping. "
) * 20


def spinner(*pairs: tuple[str, str, str], habits: Habits = PLAIN, weight: float = 1.0) -> TableSpinner:
    lexicon = Lexicon("demo", "test", tuple(Entry(one, other, pos, weight, 0) for one, other, pos in pairs))
    return TableSpinner("demo", "test", "demo", (0.1, 0.4), compile_table(lexicon), habits)


def spin(text: str, *pairs: tuple[str, str, str], habits: Habits = PLAIN) -> str:
    return spinner(*pairs, habits=habits).spin(text, seed=1, strength=1.0).text


def test_the_longest_phrase_wins() -> None:
    pairs = (("the use", "the usage", "phrase"), ("use", "utilize", "v"), ("the use of force", "violence", "phrase"))
    assert spin("They fear the use of force and the use of law.", *pairs) == "They fear violence and the usage of law."


def test_an_inflected_form_of_the_text_finds_the_base_entry() -> None:
    assert spin("He studied, she studies.", ("study", "learn", "v")) == "He learned, she learns."


def test_an_entry_written_out_wins_over_an_inflected_one() -> None:
    assert spin("two ads", ("ad", "advert", "n"), ("ads", "advertisements", "n")) == "two advertisements"


def test_the_participle_follows_have_and_be() -> None:
    assert spin("She picked it. It was picked.", ("pick", "choose", "v")) == "She chose it. It was chosen."


@pytest.mark.parametrize(
    ("text", "spun"),
    [
        ("History repeats.", "Historical past repeats."),
        ("OUR HISTORY AND MORE\n\nIt is history.", "OUR HISTORICAL PAST AND MORE\n\nIt is historical past."),
        ("A Short History of Time\n\nIt is history.", "A Short Historical Past of Time\n\nIt is historical past."),
    ],
)
def test_casing_is_carried_over(text: str, spun: str) -> None:
    assert spin(text, ("history", "historical past", "n")) == spun


def test_the_capital_of_the_pronoun_i_is_no_title() -> None:
    pairs = (("i always", "I at all times", "phrase"), ("if i", "in the event I", "phrase"))
    assert spin("So I always go if I can.", *pairs) == "So I at all times go in the event I can."


def test_capitals_of_the_swap_itself_stay() -> None:
    assert spin("people who know", ("who", "United Nations agency", "pron")) == "people United Nations agency know"


def test_whitespace_and_punctuation_are_kept() -> None:
    assert spin("Cars,  cars;\n\tcars?\r\n", ("cars", "autos", "n")) == "Autos,  autos;\n\tautos?\r\n"


def test_the_possessive_ending_is_kept_outside_the_swap() -> None:
    assert spin("the company’s plan", ("company", "firm", "n")) == "the firm’s plan"


def test_apostrophes_of_the_swap_follow_the_text() -> None:
    assert spin("It’s true if you are there.", ("you are", "you're", "phrase")) == "It’s true if you’re there."


def test_names_inside_a_sentence_are_kept_unless_the_tool_rewrites_them() -> None:
    pairs = (("street", "avenue", "n"),)
    assert spin("He works on Wall Street. The street is loud.", *pairs).startswith("He works on Wall Street.")
    assert spin("He works on Wall Street.", *pairs, habits=Habits(names=1.0)) == "He works on Wall Avenue."


def test_place_names_stay_whole_even_where_names_are_rewritten() -> None:
    assert spin("She left New York.", ("new", "fresh", "adj"), habits=Habits(names=1.0)) == "She left New York."


def test_acronyms_numbers_addresses_and_hyphenated_words_are_kept() -> None:
    text = "The US and it@us.com, www.us.com, us-based 2010 firms"
    assert spin(text, ("us", "America", "pron"), ("com", "dot", "n"), ("based", "founded", "v")) == text


def test_quotations_are_kept_by_a_tool_that_keeps_them() -> None:
    text = '“My history” and "my history" is history.'
    pairs = (("history", "past", "n"),)
    assert spin(text, *pairs, habits=Habits(quotes=False)) == '“My history” and "my history" is past.'
    assert spin(text, *pairs) == '“My past” and "my past" is past.'


def test_headings_are_kept_by_a_tool_that_keeps_them() -> None:
    text = "A history of trade\n\nThis is a history of trade."
    assert spin(text, ("history", "past", "n"), habits=Habits(headings=False)) == (
        "A history of trade\n\nThis is a past of trade."
    )


def test_the_article_is_mended_as_part_of_the_swap() -> None:
    spun = spinner(("company", "agency", "n")).spin("It is a company.", 1, 1.0)
    assert spun.text == "It is an agency."
    assert [(swap.original, swap.spun) for swap in spun.swaps] == [("a company", "an agency")]


def test_the_article_is_left_by_a_tool_that_does_not_mend_it() -> None:
    assert spin("It is a company.", ("company", "agency", "n"), habits=Habits(mends_article=0.0)) == "It is a agency."


def test_a_comma_the_swap_brings_is_dropped_before_a_mark() -> None:
    pairs = (("also", "what's more,", "adv"),)
    assert spin("Also, it also works.", *pairs) == "What's more, it what's more, works."


def test_no_word_is_written_twice_in_a_row() -> None:
    assert spin("See if you can.", ("if", "if you", "conj")) == "See if you can."


def test_a_tool_that_knows_parts_of_speech_leaves_verbs_alone_where_a_noun_is_meant() -> None:
    pairs = (("work", "paintings", "n"),)
    assert spin("You work. The work ends.", *pairs, habits=Habits(knows_pos=True)) == "You work. The paintings ends."


def test_a_rule_goes_before_the_dictionary() -> None:
    rule = Rule(re.compile(r"\bhas (been)\b"), lambda match, rng: f"has actually {match[1]}")
    habits = Habits(rules=(rule,))
    assert spin("It has been so.", ("been", "existed", "v"), habits=habits) == "It has actually been so."


PAIRS = (("company", "firm", "n"), ("people", "folks", "n"), ("history", "historical past", "n"), ("help", "aid", "v"))
MORE = (("process", "course of", "n"), ("many", "a lot of", "adj"), ("want", "need", "v"), ("good", "nice", "adj"))


@pytest.mark.parametrize("consistent", [True, False])
@pytest.mark.parametrize("strength", [0.05, 0.1, 0.2])
def test_strength_is_the_share_of_words_swapped(strength: float, consistent: bool) -> None:
    tool = spinner(*PAIRS, *MORE, habits=Habits(consistent=consistent))
    shares = []
    for seed in range(30):
        swaps = tool.spin(PROSE, seed, strength).swaps
        shares.append(sum(len(swap.original.split()) for swap in swaps) / len(PROSE.split()))
    assert sum(shares) / len(shares) == pytest.approx(strength, rel=0.3)


def test_the_same_seed_gives_the_same_text_and_another_seed_another() -> None:
    tool = spinner(*PAIRS, *MORE, ("people", "persons", "n"), habits=Habits(consistent=False))
    assert tool.spin(PROSE, 5, 0.1) == tool.spin(PROSE, 5, 0.1)
    assert tool.spin(PROSE, 5, 0.1).text != tool.spin(PROSE, 6, 0.1).text


def test_a_consistent_tool_treats_a_word_alike_all_through_a_text() -> None:
    text = spinner(("people", "folks", "n"), ("people", "persons", "n")).spin(PROSE, 2, 1.0).text
    assert sum(word in text for word in ("people", "folks", "persons")) == 1


def test_a_tool_without_memory_varies_its_choice() -> None:
    tool = spinner(("people", "folks", "n"), ("people", "persons", "n"), habits=Habits(consistent=False))
    text = tool.spin(PROSE, 2, 1.0).text
    assert "folks" in text
    assert "persons" in text


def test_plain_synonyms_are_swapped_less_often_than_telling_ones() -> None:
    entries = (Entry("people", "folks", "n", 0.1, 0), Entry("company", "corporate", "n", 1.0, 0))
    table = compile_table(Lexicon("demo", "test", entries))
    tool = TableSpinner("demo", "test", "demo", (0.1, 0.4), table, Habits(consistent=False))
    text = tool.spin(PROSE, 1, 0.05).text
    assert text.count("folks") < text.count("corporate")


def test_swaps_point_at_the_spun_words_and_give_the_original_back() -> None:
    habits = Habits(consistent=False, stray_capitals=0.3, lower_starts=0.5)
    spun = spinner(*PAIRS, *MORE, habits=habits).spin(PROSE, 3, 0.2)
    assert spun.swaps
    assert all(spun.text[swap.start : swap.end] == swap.spun for swap in spun.swaps)
    assert unspin(spun) == PROSE


@pytest.mark.parametrize("text", ["", " ", "\n\n", "42", "İstanbul ’s “", "\ud800 people \x00 people's", "people"])
def test_odd_texts_do_no_harm(text: str) -> None:
    spun = spinner(*PAIRS).spin(text, 1, 1.0)
    assert unspin(spun) == text


def test_options_are_drawn_by_their_odds() -> None:
    match = compile_table(
        Lexicon("demo", "test", (Entry("big", "huge", "adj", 1.0, 0), Entry("big", "large", "adj", 0.1, 0)))
    ).find("big")
    assert match is not None
    rng = Random(1)
    drawn = [match.choose(rng).spun for _ in range(1000)]
    assert 40 < drawn.count("large") < 150
