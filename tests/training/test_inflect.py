"""One base entry serves every form of its words."""

import pytest

from training.inflect import Form, inflect_pair, inflect_word, readings


def made(original: str, spun: str, pos: str) -> dict[str, str]:
    return {form.original: form.spun for form in inflect_pair(original, spun, pos)}


def test_a_verb_gives_all_its_forms() -> None:
    assert made("study", "learn", "v") == {"studies": "learns", "studying": "learning", "studied": "learned"}


def test_a_noun_gives_its_plural() -> None:
    assert made("child", "kid", "n") == {"children": "kids"}


def test_a_noun_pair_is_not_conjugated() -> None:
    assert made("paper", "document", "n") == {"papers": "documents"}


def test_an_adjective_gives_comparatives_only_where_both_have_their_own() -> None:
    assert made("big", "large", "adj") == {"bigger": "larger", "biggest": "largest"}
    assert made("big", "massive", "adj") == {}


def test_better_is_not_made_from_good() -> None:
    assert made("good", "nice", "adj") == {}


def test_a_verb_phrase_is_inflected_at_its_verb() -> None:
    assert made("use", "make use of", "v")["using"] == "making use of"
    assert made("take place", "happen", "phrase")["took place"] == "happened"


def test_a_noun_phrase_is_inflected_at_its_last_noun() -> None:
    assert made("credit card", "bank card", "phrase")["credit cards"] == "bank cards"


def test_the_head_of_a_noun_phrase_stands_before_of() -> None:
    assert made("action", "course of action", "n") == {"actions": "courses of action"}


def test_mass_nouns_have_no_plural_on_the_spun_side() -> None:
    assert made("fact", "information", "n") == {"facts": "information"}


def test_grammatical_words_are_never_inflected() -> None:
    assert inflect_pair("can", "tin", "any") == []
    assert inflect_pair("the company", "the corporate", "phrase") == []


def test_the_participle_is_kept_where_it_differs_from_the_past() -> None:
    assert Form("picked", "chose", "v", "chosen") in inflect_pair("pick", "choose", "v")


def test_an_inflected_original_gives_nothing_more() -> None:
    assert inflect_pair("using", "utilizing", "v") == []


@pytest.mark.parametrize(
    ("word", "tag", "form"), [("city", "NNS", "cities"), ("go", "VBD", "went"), ("xyzzy", "NNS", None)]
)
def test_words_the_tables_do_not_hold_are_not_guessed(word: str, tag: str, form: str | None) -> None:
    assert inflect_word(word, tag) == form


def test_a_singular_is_not_read_as_a_plural() -> None:
    assert ("market", "NN") in readings("market")
    assert ("market", "NNS") not in readings("market")
