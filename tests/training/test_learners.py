"""Human text gets the errors of people who write English as a second language, and nothing else."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.corpora import Document
from training.learner_errors import function_words, nouns, verbs, writing
from training.learner_errors.essay import Essay
from training.learner_errors.phrases import FOLDER, phrases_by_first_word
from training.learner_errors.rule import Rule
from training.learners import KINDS, ORIGINS, RULES, as_learners, write_as_learner
from training.spinners.spun import write_edits

TEXT = """My brother Martin Kowalski has lived in Chicago for 12 years, and he works at a small hospital near the lake.
He always tells me that the city is beautiful in the summer, but the winters are very cold. Last year we visited him
with our children. We took many photos of the buildings, and we listened to music in the park every evening. It was
a wonderful time. I think that people who live in a big city have a lot of opportunities, because there are good
schools and many jobs. However, life is also expensive there. A doctor at the hospital gave us some advice about
the traffic: if it rains, you should take the train. I was interested in the history of the city, so I read two
books about it before the trip. In my opinion, travelling is the best way to learn about other countries.
""".replace("\n", " ")


def made(rule: Rule, text: str, word: str, seed: int = 0) -> str:
    """The text after the rule was tried at the word."""
    essay = Essay(text)
    edit = rule(essay, essay.names.index(word), Random(seed))
    return write_edits(text, [edit] if edit else []).text


def changes(seed: int, rate: float) -> int:
    before, after = TEXT.split(), write_as_learner(TEXT, seed, rate).split()
    return len(set(before) - set(after)) + abs(len(before) - len(after))


def test_the_same_seed_makes_the_same_errors_and_another_seed_others() -> None:
    assert write_as_learner(TEXT, 1, 1.0) == write_as_learner(TEXT, 1, 1.0)
    assert write_as_learner(TEXT, 1, 1.0) != write_as_learner(TEXT, 2, 1.0)


def test_a_rate_of_nought_leaves_the_text_alone() -> None:
    assert write_as_learner(TEXT, 1, 0.0) == TEXT


def test_a_higher_rate_makes_more_errors() -> None:
    few, many = (sum(changes(seed, rate) for seed in range(20)) for rate in (0.3, 1.5))
    assert many > 2.5 * few > 0


@pytest.mark.parametrize("seed", range(20))
def test_names_and_numbers_stay(seed: int) -> None:
    written = write_as_learner(TEXT, seed, 1.0)
    assert [name for name in ("Martin Kowalski", "Chicago", "12") if name not in written] == []


@pytest.mark.parametrize("seed", range(20))
def test_most_words_stay_as_they_were(seed: int) -> None:
    words = TEXT.lower().split()
    written = set(write_as_learner(TEXT, seed, 1.0).lower().split())
    assert sum(word in written for word in words) / len(words) > 0.85


def test_a_phrase_got_wrong_is_got_wrong_again() -> None:
    text = "I depend on my friends for help. " * 4
    assert any(write_as_learner(text, seed, 2.0).count("depend of") > 1 for seed in range(60))


def test_a_drawn_share_of_the_documents_is_written_by_learners() -> None:
    documents = [Document(f"a/{number}", "a", "news", f"a/{number}", TEXT) for number in range(200)]
    written = as_learners(documents, 0.25, seed=1)
    assert 30 < len(written) < 70
    assert {(each.source, each.genre) for each in written} == {("a", "news")}
    assert all(each.id == f"{each.group}~learner" for each in written)
    assert len({each.text for each in written}) == len(written)
    assert written == as_learners(documents, 0.25, seed=1)


@given(st.text(max_size=200), st.integers(0, 1 << 32))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_written_so(text: str, seed: int) -> None:
    assert isinstance(write_as_learner(text, seed, 3.0), str)


def test_articles_are_dropped_and_the_capital_is_handed_on() -> None:
    assert made(nouns.drop_article, "The city is big.", "the") == "City is big."
    assert made(nouns.drop_article, "in a city", "a") == "in city"


def test_the_stands_before_abstract_nouns() -> None:
    assert made(nouns.add_the, "we learn about life here", "life") == "we learn about the life here"
    assert made(nouns.add_the, "Nature is good.", "nature") == "The nature is good."
    assert made(nouns.add_the, "his life is good", "life") == "his life is good"


def test_mass_nouns_get_articles_and_plurals() -> None:
    assert made(nouns.add_a, "he gave some advice to me", "advice") == "he gave an advice to me"
    assert made(nouns.mass_plural, "the equipment is new", "equipment") == "the equipments is new"
    assert made(nouns.mass_plural, "information technology is new", "information") == "information technology is new"
    assert made(nouns.double_plural, "our children play", "children") == "our childrens play"


def test_plurals_lose_their_s_after_a_quantity() -> None:
    assert made(nouns.drop_plural, "there are many problems", "problems") == "there are many problem"
    assert made(nouns.one_of, "one of the problems", "one") == "one of the problem"
    assert made(nouns.plural_after_each, "every student knows", "every") == "every students knows"


def test_verbs_disagree() -> None:
    assert made(verbs.drop_s, "he goes home", "goes") == "he go home"
    assert made(verbs.drop_s, "it doesn't work", "doesn't") == "it don't work"
    assert made(verbs.add_s, "they go home", "go") == "they goes home"
    assert made(verbs.number_of_be, "there are many", "are") == "there is many"


def test_verbs_take_wrong_forms() -> None:
    assert made(verbs.past_after_did, "we didn't go there", "didn't") == "we didn't went there"
    assert made(verbs.base_after_preposition, "without asking me", "asking") in ("without ask me", "without to ask me")
    assert made(verbs.infinitive_for_gerund, "he enjoys going there", "going") == "he enjoys to go there"
    assert made(verbs.will_after_if, "if it rains today", "if") == "if it will rain today"
    assert made(verbs.progressive_stative, "I have two brothers", "have") == "I am having two brothers"
    assert made(verbs.present_for_past, "Then we went home.", "went") == "Then we go home."


def test_since_and_for_are_mixed_up() -> None:
    made_since = {made(function_words.since_for, "here for three years", "for", seed) for seed in range(20)}
    assert "here since three years" in made_since
    assert made(function_words.since_for, "a gift for three girls", "for") == "a gift for three girls"


def test_words_stand_in_another_order() -> None:
    assert made(function_words.unturned_question, "I know what it is", "what") == "I know what is it"
    assert made(function_words.unturned_question, "Why do you go?", "why") == "Why you go?"
    assert made(function_words.moved_adverb, "he is always late", "always") == "he always is late"
    assert made(function_words.early_enough, "it is good enough", "enough") == "it is enough good"


def test_subjects_are_said_twice_or_not_at_all() -> None:
    assert made(function_words.double_subject, "My brother is ill.", "my") == "My brother he is ill."
    assert made(function_words.no_subject, "It is important.", "it") == "Is important."


def test_sentences_are_joined_by_a_comma() -> None:
    joined = {made(writing.comma_splice, "We went home. It was late.", "it", seed) for seed in range(20)}
    assert joined == {"We went home, it was late.", "We went home and it was late."}


def test_a_sentence_gets_a_stock_opening() -> None:
    opened = {made(writing.added_link, "We went home.", "we", seed) for seed in range(60)}
    assert {"In my opinion, we went home.", "I think we went home."} <= opened


def test_the_indian_itself_stands_at_the_end_of_a_clause() -> None:
    found = {made(writing.emphasis, "I saw it in the school.", "school", seed) for seed in range(20)}
    assert "I saw it in the school itself." in found


def test_a_name_is_no_place_for_an_error() -> None:
    assert made(writing.slip, "He met Collins there.", "collins") == "He met Collins there."


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("discusses the", "discusses about the"),
        ("depending on", "depending of"),
        ("made a mistake", "did a mistake"),
        ("on the internet", "in the internet"),
        ("which", "wich"),
    ],
)
def test_a_phrase_is_known_in_all_forms(right: str, wrong: str) -> None:
    words = tuple(right.split())
    known = [phrase.wrong for phrase in phrases_by_first_word()[words[0]] if phrase.right == words]
    assert any(wrong in each for each in known)


def test_false_friends_depend_on_the_first_language() -> None:
    (phrase,) = (each for each in phrases_by_first_word()["current"] if each.right == ("current",))
    assert phrase.wrong == ("actual",)
    assert [origin for origin in ORIGINS if phrase.said_by(origin)] == ["romance", "germanic", "slavic"]


def test_every_line_of_the_tables_is_in_order() -> None:
    rows = [line.split("\t") for line in (FOLDER / "phrases.tsv").read_text("utf-8").splitlines()[1:]]
    assert [row for row in rows if len(row) != 4 or row[0] not in KINDS or row[1] in row[2].split("|")] == []
    assert {name for row in rows for name in row[3].split()} <= {"all", *ORIGINS}
    assert len({(row[1], row[3]) for row in rows}) == len(rows)
    spellings = [line.split("\t") for line in (FOLDER / "spelling.tsv").read_text("utf-8").splitlines()[1:]]
    assert [row for row in spellings if len(row) != 2 or not re.fullmatch("[a-z']+", row[0])] == []


def test_every_rule_is_of_a_known_kind() -> None:
    assert {rule.kind for rule in RULES} <= set(KINDS)
