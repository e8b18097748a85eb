import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpora.clean import clean


def test_clean_prose_comes_back_as_it_is(make_prose):
    assert clean(make_prose()) == make_prose()


def test_curly_quotes_dashes_and_accents_are_kept(make_prose):
    text = make_prose() + " “It’s the café – the old one,” said Zoë, and we all went in."
    assert clean(text) == text


def test_hard_wrapped_lines_become_one_paragraph(make_prose):
    words = make_prose().split()
    wrapped = "\n".join(" ".join(words[start : start + 12]) for start in range(0, len(words), 12))
    assert clean(wrapped) == make_prose()


def test_misread_utf8_is_mended(make_prose):
    broken = (make_prose() + " It’s hers.").encode("utf-8").decode("cp1252")
    assert clean(broken) == make_prose() + " It’s hers."


def test_tags_entities_tails_of_addresses_and_invisible_characters_go(make_prose):
    page = '<br /><br />The salt &amp; pepper are <b\nclass="x">on the ta\u00adble</b> (see https://a.example/b?c) now.'
    assert clean(make_prose() + page) == make_prose() + "\n\nThe salt & pepper are on the table (see a.example) now."


@pytest.mark.parametrize(
    "unwanted",
    [
        "| 1961 | 12.5 | 14.0 |",
        "for (i = 0; i < n; i++) { total += values[i]; }",
        "Chapter Seven",
        "1994 12 31 0.50 0.75 1995 01 31 0.25 0.80 total 2.30.",
        "Alfred Berta Conrad Dora Emil Frieda Georg Hanna Ida Jakob.",
    ],
)
def test_tables_code_headings_and_lists_of_names_are_dropped(make_prose, unwanted):
    assert clean(f"{make_prose()}\n\n{unwanted}\n\n{make_prose(3, start=50)}") == (
        f"{make_prose()}\n\n{make_prose(3, start=50)}"
    )


def test_a_text_whose_quotes_were_lost_is_refused(make_prose):
    assert clean(make_prose() + ' We don"t know ""?why""? they didn"t come to see it.') is None


def test_a_text_of_fewer_than_fifty_words_is_refused(make_prose):
    assert clean(make_prose(2)) is None


def test_german_is_refused():
    german = "Der alte Mann ging langsam durch die Stadt und sah dabei in jedes Fenster, das noch hell war. "
    assert clean(german * 6) is None


def test_shouted_text_is_refused(make_prose):
    assert clean(make_prose().upper()) is None


def test_text_without_capitals_is_refused(make_prose):
    assert clean(make_prose().lower()) is None


def test_sentences_run_together_get_their_space_back(make_prose):
    assert clean(make_prose() + " We stopped there.Then it was over and we went home.") == (
        make_prose() + " We stopped there. Then it was over and we went home."
    )


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00\ud800", "<", "&#xFFFFFFFF;"])
def test_odd_input_is_refused_without_an_error(text):
    assert clean(text) is None


@given(st.text(st.characters() | st.sampled_from("<>&;?\"' \n.aA\ud800Ã©"), max_size=400))
def test_any_text_is_cleaned_or_refused_without_an_error(text):
    cleaned = clean(text)
    assert cleaned is None or len(cleaned.split()) >= 50
