"""What is kept of a judged page, for how long, and which pages tell the same story."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detector import Family, Verdict
from server.store.database import Database, open_database
from server.store.history import History, plain_address, site_named, site_of
from server.store.near import hashed
from server.store.pages import PageStore, Query

STORY = (
    "On 14 March 2025 the mayor of Torvik, Anna Brekke, told Radio Fjord that 320 workers of Nordlys Shipping "
    "would move to Hammarsund. The firm paid 4.5 million for the yard there, said Brekke, and Jonas Lie agreed."
)
SPUN = (
    "On 14 March 2025 the civic chairman of Torvik, Anna Brekke, informed Radio Fjord that 320 labourers of Nordlys "
    "Shipping would shift to Hammarsund. The agency paid 4.5 million for the backyard, stated Brekke, and Jonas Lie "
    "concurred."
)
OTHER = (
    "In April the council of Oslo heard Karin Dahl and Per Moe of Statnett about 77 masts. Dahl and Moe said that "
    "Statnett had asked Telenor and Equinor for 12 million, and that Norsk Hydro paid 9."
)
DAY_S = 86_400


def verdict(label: Any = "clean", score: float | None = -3.5, rate: float | None = 0.4) -> Verdict:
    return Verdict(label, None, score, 0.1, rate, 40, 0.0, Family("pivot", 0.9), (), (), "model-1")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path, print)
    yield opened
    opened.close()


@pytest.fixture
def history(database: Database, clock: Any) -> History:
    return History(PageStore(database), 90, clock)


def addresses(history: History, **query: Any) -> list[str]:
    return [page.url for page in history.find(Query(**query))[0]]


def test_a_page_is_kept_with_its_verdict_and_without_its_text(history: History, tmp_path: Path) -> None:
    history.remember(STORY, verdict("spun", 7.3, 0.0005), "https://www.news.example/a?id=1#top", " A \n headline ")
    (page,), total = history.find(Query())
    assert total == 1
    assert (page.url, page.title, page.site) == ("https://www.news.example/a?id=1", "A headline", "news.example")
    assert (page.first_seen, page.last_seen, page.times) == (1000.0, 1000.0, 1)
    assert (page.verdict, page.score, page.false_alarm_rate, page.words) == ("spun", 7.3, 0.0005, 40)
    assert (page.family, page.model) == ("pivot", "model-1")
    assert page.text_sha256 == "cd49edc0e5ba84b7ffb97ebfe435c73469fcb45ce37f871d02f356b3a8b977d5"
    assert not [file for file in tmp_path.iterdir() if b"Hammarsund" in file.read_bytes()]


def test_the_same_address_again_updates_its_row(history: History, clock: Any) -> None:
    history.remember(STORY, verdict("clean"), "https://news.example/a", "First")
    clock.now = 1500.0
    history.remember(OTHER, verdict("spun", 7.3, 0.0005), "https://news.example/a#part", None)
    (page,), _ = history.find(Query())
    assert (page.first_seen, page.last_seen, page.times) == (1000.0, 1500.0, 2)
    assert (page.verdict, page.title) == ("spun", "First")
    assert [near.similarity for near in history.remember(OTHER, verdict(), None, None)] == [1.0]
    assert history.remember(STORY, verdict(), None, None) == ()


def test_a_text_that_could_not_be_judged_is_not_kept(history: History) -> None:
    history.remember(STORY, verdict("unscorable", None, None), "https://news.example/a", None)
    assert addresses(history) == []


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("HTTPS://User:Secret@News.Example:8443/Path?q=1#part", "https://news.example:8443/Path?q=1"),
        ("https://news.example", "https://news.example/"),
        ("file:///home/me/letter.html", None),
        ("about:blank", None),
        ("https://[broken/", None),
        ("https:///nothing", None),
        ("", None),
        ("https://news.example/" + "x" * 2000, None),
        ("https://news.example/\ud800", "https://news.example/?"),
    ],
)
def test_addresses_of_the_web_are_kept_without_secrets(url: str, kept: str | None) -> None:
    assert plain_address(url) == kept


@pytest.mark.parametrize(
    "typed", ["news.example", " News.Example ", "www.news.example", "https://www.news.example/a", "news.example:80/b"]
)
def test_a_site_may_be_named_by_an_address_of_it(typed: str) -> None:
    assert site_named(typed) == site_of("https://news.example/") == "news.example"


def test_rows_are_found_by_site_and_verdict_the_last_seen_first(history: History, clock: Any) -> None:
    for number, (site, label) in enumerate([("a", "spun"), ("b", "clean"), ("a", "clean"), ("a", "spun")]):
        clock.now = 1000.0 + number
        history.remember(STORY, verdict(label, 1.0, 0.1), f"https://{site}.example/{number}", None)
    assert addresses(history, site="a.example", verdict="spun") == ["https://a.example/3", "https://a.example/0"]
    assert addresses(history, limit=2) == ["https://a.example/3", "https://a.example/2"]
    assert addresses(history, limit=2, before=1002.0) == ["https://b.example/1", "https://a.example/0"]
    assert history.find(Query(limit=1, site="a.example"))[1] == 3


def test_forgetting_a_site_leaves_the_others(history: History) -> None:
    for site in ("a", "b"):
        history.remember(STORY, verdict(), f"https://{site}.example/", None)
    assert history.forget("a.example") == 1
    assert addresses(history) == ["https://b.example/"]
    assert history.forget("a.example") == 0
    assert history.forget() == 1
    assert history.remember(STORY, verdict(), None, None) == ()


def test_rows_older_than_the_days_go_at_the_start_and_every_day(
    history: History, database: Database, clock: Any
) -> None:
    history.remember(STORY, verdict(), "https://a.example/old", None)
    clock.now += 89 * DAY_S
    history.remember(STORY, verdict(), "https://a.example/new", None)
    assert addresses(history) == ["https://a.example/new", "https://a.example/old"]
    clock.now += 2 * DAY_S
    assert addresses(history) == ["https://a.example/new"]
    assert addresses(History(PageStore(database), 1, clock)) == []


def test_a_spun_copy_is_told_beside_the_page_it_was_made_of(history: History, clock: Any) -> None:
    history.remember(STORY, verdict("clean"), "https://news.example/a", "Torvik")
    history.remember(OTHER, verdict("clean"), "https://other.example/", None)
    clock.now = 2000.0
    (near,) = history.remember(SPUN, verdict("spun", 7.3, 0.0005), "https://copy.example/b", None)
    assert (near.url, near.title, near.verdict, near.seen) == ("https://news.example/a", "Torvik", "clean", 1000.0)
    assert near.similarity == 1.0


def test_a_page_is_never_near_itself(history: History) -> None:
    history.remember(STORY, verdict(), "https://news.example/a", None)
    assert history.remember(STORY, verdict(), "https://news.example/a#again", None) == ()


def test_a_text_without_address_is_compared_and_not_kept(history: History) -> None:
    history.remember(STORY, verdict(), "https://news.example/a", None)
    assert len(history.remember(SPUN, verdict(), None, None)) == 1
    assert addresses(history) == ["https://news.example/a"]


def test_fewer_than_six_names_and_numbers_match_nothing(history: History) -> None:
    few = "In Torvik on 14 March 2025 it rained."
    history.remember(few, verdict(), "https://news.example/a", None)
    assert history.remember(few, verdict(), "https://copy.example/", None) == ()


def test_at_most_five_are_listed_and_the_most_alike_first(database: Database) -> None:
    history = History(PageStore(database), 90, lambda: 1000.0)
    names = "Abel Birk Carl Dora Egon Fritz Greta Hilde Ivar Jonas Karin Lotte".split()
    for kept in range(5, 13):
        text = " ".join(f"we saw {name} there." for name in names[:kept])
        history.remember(text, verdict(), f"https://news.example/{kept}", None)
    found = history.remember(" ".join(f"they met {name} there." for name in names), verdict(), None, None)
    assert [near.url.rsplit("/", 1)[1] for near in found] == ["12", "11", "10", "9", "8"]
    assert [round(near.similarity, 3) for near in found] == [1.0, 0.917, 0.833, 0.75, 0.667]


def test_very_long_pages_are_told_apart_by_a_part_of_their_anchors() -> None:
    chance = random.Random(3)
    one = {f"name-{chance.random()}" for _ in range(3000)}
    copy = set(sorted(one)[:2700]) | {f"name-{chance.random()}" for _ in range(300)}
    sketch, other = hashed(one), hashed(copy)
    assert len(sketch) == len(other) == 256
    assert 0.7 < len(sketch & other) / len(sketch | other) < 0.95  # the whole sets: 2700 of 3300, 0.82


def test_a_history_that_cannot_be_written_fails_no_score_and_tells_the_log_no_address(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    history = History(PageStore(database), 90, lambda: 1000.0)
    database.close()
    assert history.remember(STORY, verdict(), "https://canary.example/", "canary") == ()
    assert "The history could not be written: ProgrammingError" in caplog.text
    assert "canary" not in caplog.text
    with pytest.raises(sqlite3.Error):
        history.find(Query())
