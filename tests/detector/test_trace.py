"""What to search for: names and figures first, then the un-spun wording and what the text is about."""

from detector.trace import MAX_TERMS, search_query
from detector.verdict import Evidence

STORY = (
    "The baker Ellen Marsh reopened a mill in Harrow on Friday. Marsh paid 40,250 for the sourdough oven, and 12 for "
    "a bell. The sourdough recipe goes back to 1911. Critics in Leeds called the sourdough too dear, and on Monday "
    "the mill at Harrow sold out. Marsh wept."
)


def swap(text: str, original: str | None, weight: float = 1.0, why: str = "dictionary swap") -> Evidence:
    return Evidence(0, len(text), text, weight, why, original)


def test_the_most_telling_names_come_first_and_full_names_stay_together() -> None:
    assert search_query(STORY, ()).split()[:3] == ["Ellen", "Marsh", "Harrow"]


def test_exact_figures_follow_the_names_and_small_numbers_are_left_out() -> None:
    terms = search_query(STORY, ()).split()
    assert terms[4:6] == ["40,250", "1911"]
    assert "12" not in terms


def test_days_and_months_alone_are_not_searched_for() -> None:
    terms = search_query(STORY + " It was in March and in May.", ()).split()
    assert not {"Friday", "Monday", "March", "May"} & set(terms)


def test_words_that_stand_often_follow_and_function_words_never_do() -> None:
    terms = search_query(STORY, ()).split()
    assert terms[6] == "sourdough"
    assert not {"the", "The", "and", "back"} & set(terms)


def test_the_unspun_wording_stands_in_place_of_the_spun() -> None:
    text = STORY + " It was an unsalted historical past, a historical past of grain."
    found = search_query(text, (swap("historical past", "history", 9.0), swap("unsalted", "fresh", 1.0)))
    assert "history" in found.split()
    assert not {"historical", "past", "unsalted"} & set(found.split())


def test_of_the_unspun_wording_the_heaviest_finding_comes_first() -> None:
    evidence = (swap("aspect", "feature", 1.0), swap("mannequin", "pattern", 3.0), swap("fee", "expense", 2.0))
    assert search_query("Nothing is here but us.", evidence).split()[:2] == ["pattern", "expense"]


def test_a_name_that_a_dictionary_wrote_is_not_searched_for() -> None:
    text = "They sold it on Wall Avenue, and Wall Avenue was glad."
    assert search_query(text, (swap("Wall Avenue", "Wall Street"),)).split()[0] == "Wall"
    assert "Avenue" not in search_query(text, (swap("Wall Avenue", "Wall Street"),))


def test_names_of_the_title_and_the_beginning_count_more() -> None:
    text = (
        "First Alder was seen by Birch. "
        + "Nothing happened. " * 20
        + "Then Cedar met Cedar, who was Cedar. We saw Cedar."
    )
    assert search_query(text, ()).split()[:3] == ["Cedar", "Alder", "Birch"]
    assert search_query(text, (), "How Birch, not Alder, won").split()[0] == "Cedar"
    assert search_query("We met Alder and Birch.", (), "What Birch did").split()[:2] == ["Birch", "Alder"]


def test_the_sites_own_name_is_left_out() -> None:
    text = "We at Loaf Weekly met Marsh. Marsh reads LoafWeekly, as Loaf Weekly told her."
    assert "Loaf" in search_query(text, ())
    for title, site in [("Marsh sells | Loaf Weekly", None), ("Marsh - Loaf Weekly", "www.loafweekly.example")]:
        assert "Loaf" not in search_query(text, (), title, site)
    assert "LoafWeekly" not in search_query(text, (), None, "www.loafweekly.example")


def test_a_title_that_ends_with_the_storys_subject_does_not_hide_it() -> None:
    assert "Marsh" in search_query("We met Marsh.", (), "A visit - Ellen Marsh", "www.loafweekly.example")


def test_there_are_never_more_than_ten_terms() -> None:
    text = " ".join(f"we saw Name{chr(65 + i)}x, and {1000 + 7 * i} aardvark{chr(97 + i)}." for i in range(20))
    assert len(search_query(text, ()).split()) == MAX_TERMS == 10


def test_a_text_with_nothing_in_it_gives_no_query() -> None:
    assert search_query("", ()) == search_query("It is on us. So be it!", ()) == ""


def test_an_endless_word_is_not_searched_for() -> None:
    assert search_query("x" * 5000 + " Then we met Y" + "y" * 5000 + " and Marsh.", ()) == "Marsh"
