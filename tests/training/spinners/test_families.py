"""The families: each tool's own habits, on its own dictionary."""

from pathlib import Path

import pytest

from training.lexicon import Entry, Lexicon, load_all
from training.spinners import (
    essay,
    funcword,
    hasactually,
    linkfarm,
    mythes,
    ofyours,
    pivot_a,
    tbs,
    wordnet,
    wrong_sense,
)
from training.spinners.catalogue import build_spinners
from training.spinners.resources import Resources
from training.spinners.spun import unspin

LEXICONS = Path(__file__).parents[3] / "training" / "lexicons"
PAGE = (
    "The company has a long history. Your body needs energy, and people want good food for the whole family.\n\n"
    "However, many of them do not know how to use the internet to find a doctor. It is important to learn more."
)


def lexicon(dictionary: str, *pairs: tuple[str, str], weight: float = 1.0) -> dict[str, Lexicon]:
    entries = tuple(Entry(one, other, "any", weight, 0) for one, other in pairs)
    return {dictionary: Lexicon(dictionary, "test", entries)}


def test_every_dictionary_of_the_project_is_spoken_by_a_spinner() -> None:
    lexicons = load_all(LEXICONS)
    spinners = build_spinners(lexicons, Resources())
    assert {spinner.dictionary for spinner in spinners} >= set(lexicons)


def test_every_spinner_of_the_project_changes_a_page_and_can_be_undone() -> None:
    spinners = build_spinners(load_all(LEXICONS), Resources())
    assert len({spinner.name for spinner in spinners}) == len(spinners)
    for spinner in spinners:
        low, high = spinner.natural
        assert 0 < low < high <= 1
        spun = spinner.spin(PAGE, 1, 1.0)
        assert unspin(spun) == PAGE
        assert spun.swaps, spinner.name


def test_a_dictionary_no_family_claims_gets_a_plain_spinner() -> None:
    (spinner,) = build_spinners(lexicon("brand-new", ("dog", "canine")), Resources())
    assert spinner.spin("A dog.", 1, 1.0).text == "A canine."


def test_pivot_a_writes_its_best_known_phrase() -> None:
    (spinner,) = pivot_a.build(load_all(LEXICONS))
    assert "historical past" in spinner.spin("It is a part of our history.", 1, 1.0).text


def test_has_actually_stands_before_participles_only() -> None:
    (spinner,) = hasactually.build(lexicon("hasactually", ("dog", "canine")))
    texts = {spinner.spin("She has gone. He has money.", seed, 1.0).text for seed in range(20)}
    assert texts == {"She has actually gone. He has money.", "She has in fact gone. He has money."}


def test_possessives_are_turned_behind_their_noun_only_where_the_phrase_ends() -> None:
    (spinner,) = ofyours.build(lexicon("ofyours", ("dog", "canine")))
    spun = spinner.spin("Your body needs it, says your body weight and your body.", 1, 1.0)
    assert spun.text == "Your body needs it, says your body weight and the body of yours."


def test_link_farms_write_copyright_for_crypto() -> None:
    (spinner,) = linkfarm.build(lexicon("linkfarm", ("dog", "canine")))
    assert spinner.spin("Buy crypto now.", 1, 1.0).text == "Buy copyright now."


def test_essay_mills_space_their_brackets() -> None:
    (spinner,) = essay.build(lexicon("essay", ("dog", "canine")))
    assert spinner.spin("So it is (Wong, 2000).", 1, 1.0).text == "So it is ( Wong, 2000 )."


def test_the_function_word_tool_loses_currency_signs() -> None:
    (spinner,) = funcword.build(lexicon("funcword", ("dog", "canine")))
    assert "?50" in {spinner.spin("Win £50 today", seed, 1.0).text.split()[1] for seed in range(20)}


def test_the_unit_tool_loses_the_capital_at_a_sentence_start() -> None:
    (spinner,) = wrong_sense.build(lexicon("wrong-sense-sqm", ("within", "inside")))
    texts = {spinner.spin("Within it.", seed, 1.0).text for seed in range(20)}
    assert texts == {"Inside it.", "inside it."}


def test_general_dictionaries_fill_in_with_plain_synonyms_only() -> None:
    lexicons = lexicon("tbs", ("car", "vehicle"), ("dog", "pooch")) | {
        "generic": Lexicon(
            "generic",
            "test",
            (
                Entry("car", "auto", "n", 0.2, 0),
                Entry("fast", "quick", "adj", 0.2, 0),
                Entry("google", "yahoo and google", "n", 1.0, 0),
                Entry("the", "this", "det", 0.2, 0),
            ),
        )
    }
    (spinner,) = tbs.build(lexicons)
    texts = {spinner.spin("the fast car of google", seed, 1.0).text for seed in range(30)}
    assert texts == {"the quick vehicle of google", "the fast vehicle of google"}


def test_wordnet_files_are_read_by_sense(tmp_path: Path) -> None:
    for name in ("noun", "verb", "adj", "adv"):
        (tmp_path / f"index.{name}").write_text("  1 licence text\n")
        (tmp_path / f"data.{name}").write_text("  1 licence text\n")
    (tmp_path / "index.noun").write_text("  1 licence\ncar n 2 1 @ 2 1 00000001 00000002  \n")
    (tmp_path / "data.noun").write_text(
        "  1 licence\n00000001 06 n 03 car 0 motor_car 0 auto 0 000 | gloss\n00000002 06 n 01 car 0 000 | gloss\n"
    )
    assert wordnet.WordNet(tmp_path).synonyms("car", "n") == [("motor car", 1.0), ("auto", 1.0)]
    spun = wordnet.build(tmp_path)[0].spin("Two cars met.", 1, 1.0)
    assert spun.text in {"Two motor cars met.", "Two autos met."}


def test_mythes_prefers_true_synonyms_and_knows_no_antonyms(tmp_path: Path) -> None:
    path = tmp_path / "th.dat"
    path.write_text("UTF-8\nfast|1\n(adj)|quick|hurried (related term)|slow (antonym)\n")
    assert mythes.read_senses(path) == {("fast", "adj"): [("quick", 1.0), ("hurried", 0.15)]}


@pytest.mark.parametrize("build", [module.build for module in (pivot_a, tbs, linkfarm, wrong_sense)])
def test_a_family_without_its_dictionary_gives_no_spinner(build: object) -> None:
    assert callable(build)
    assert build({}) == []
