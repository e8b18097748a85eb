"""Labels over HTTP: given by paired clients and on the dashboard, taken back, decided, exported, forgotten."""

import json
import logging
import stat
from pathlib import Path
from typing import Any

import pytest

from server.store.labels import LabelStore

SPUN = (
    "On 14 March 2025 the mayor of Torvik, Anna Brekke, told Radio Fjord that 320 workers of Nordlys would move to "
    "Hammarsund, for historical past reasons."
)
HONEST = SPUN.replace("historical past", "historical")
WORDS = [first + last for first in "bdfgklmnprstvw" for last in ("a", "es", "ing", "or", "um", "y", "ok", "ett", "all")]
LONG = " ".join(WORDS)
URL = "https://news.example/a"


def label(desk: Any, token: str, text: str = SPUN, name: str | None = "spun", **fields: Any) -> Any:
    return desk.call("POST", "/v1/labels", {"text": text, "label": name, **fields}, Authorization=f"Bearer {token}")


def counts(browser: Any) -> dict[str, int]:
    found = browser.call("GET", "/dashboard/labels").json["counts"]
    assert isinstance(found, dict)
    return found


def test_a_label_is_kept_with_who_gave_it_when_and_what_the_model_said(desk: Any) -> None:
    token = desk.pair(name="Firefox on Linux")
    answer = label(desk, token, url="https://www.news.example/a#part", title=" A \n headline ")
    assert answer.status_code == 201
    done = {name: value for name, value in answer.json.items() if name not in ("id", "text")}
    assert done == {"new": True, "merged": False, "contradiction": False, "learnable": True}
    (row,) = desk.browser().call("GET", "/dashboard/labels").json["texts"]
    assert (row["url"], row["title"], row["site"]) == ("https://www.news.example/a", "A headline", "news.example")
    assert (row["verdict"], row["score"], row["family"], row["counts_as"]) == ("spun", 7.3, "pivot", "spun")
    (said,) = row["labels"]
    assert (said["id"], said["who"], said["model"], said["score"]) == (
        answer.json["id"],
        *("Firefox on Linux", "fake-1"),
        7.3,
    )


def test_a_delivery_repeated_by_its_client_counts_once(desk: Any) -> None:
    token, other = desk.pair(), desk.pair()
    first = label(desk, token, client_id="7")
    again = label(desk, token, client_id="7")
    assert (again.status_code, again.json["new"], again.json["id"]) == (200, False, first.json["id"])
    assert label(desk, other, client_id="7").json["new"] is True
    assert counts(desk.browser())["spun"] == 1


@pytest.mark.parametrize("copy", [LONG, f"  {LONG.upper()}\n", LONG.replace("kett", "kitten")])
def test_copies_and_near_copies_are_one_text(desk: Any, copy: str) -> None:
    token = desk.pair()
    first = label(desk, token, LONG).json
    second = label(desk, token, copy).json
    assert (second["merged"], second["text"], second["id"] != first["id"]) == (True, first["text"], True)
    assert counts(desk.browser())["spun"] == 1


def test_a_spun_copy_is_not_merged_with_its_original(desk: Any) -> None:
    token = desk.pair()
    label(desk, token, HONEST, "not-spun")
    assert label(desk, token, SPUN).json["merged"] is False
    assert (counts(desk.browser())["spun"], counts(desk.browser())["not_spun"]) == (1, 1)


def test_labels_that_contradict_each_other_count_for_nothing_until_somebody_decides(desk: Any) -> None:
    token, browser = desk.pair(), desk.browser()
    text = label(desk, token, LONG, "spun").json["text"]
    assert label(desk, token, LONG, "not-spun").json["contradiction"] is True
    assert (counts(browser)["spun"], counts(browser)["not_spun"], counts(browser)["contradiction"]) == (0, 0, 1)
    assert browser.call("GET", "/dashboard/labels/export").text == ""
    assert browser.call("POST", f"/dashboard/texts/{text}", {"label": "not-spun"}).status_code == 204
    assert (counts(browser)["not_spun"], counts(browser)["contradiction"]) == (1, 0)
    (row,) = browser.call("GET", "/dashboard/labels?label=not-spun").json["texts"]
    assert (row["decided"], [said["label"] for said in row["labels"]]) == (True, ["not-spun", "spun"])
    assert label(desk, token, LONG, "spun").json["contradiction"] is True, "a new contradiction asks again"


def test_a_label_is_taken_back_by_its_own_client_only(desk: Any) -> None:
    token, other = desk.pair(), desk.pair()
    path = f"/v1/labels/{label(desk, token).json['id']}"
    refused = desk.call("DELETE", path, Authorization=f"Bearer {other}")
    assert (refused.status_code, refused.json["reason"]) == (404, "no_such_label")
    assert desk.call("DELETE", path, Authorization=f"Bearer {token}").status_code == 204
    assert desk.call("DELETE", path, Authorization=f"Bearer {token}").status_code == 404
    assert desk.browser().call("GET", "/dashboard/labels").json["texts"] == []


def test_the_dashboard_may_take_back_any_label(desk: Any) -> None:
    given = label(desk, desk.pair()).json["id"]
    browser = desk.browser()
    assert browser.call("DELETE", f"/dashboard/labels/{given}").status_code == 204
    assert counts(browser)["spun"] == 0


def test_what_is_taken_back_leaves_nothing_in_the_files(desk: Any, tmp_path: Path) -> None:
    token = desk.pair()
    given = label(desk, token, url="https://canary.example/").json["id"]
    desk.call("DELETE", f"/v1/labels/{given}", Authorization=f"Bearer {token}")
    found = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert b"canary" not in found
    assert b"Hammarsund" not in found


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"text": "A text."}, '"label" is missing. It must be "spun" or "not-spun" or null.'),
        ({"text": "A text.", "label": "human"}, '"label" must be "spun" or "not-spun" or null.'),
        ({"text": " \n", "label": "spun"}, '"text" is empty. Send the text that the label is about.'),
        ({"text": "A text.", "label": "spun", "client_id": ""}, '"client_id" must have 1 to 100 characters.'),
    ],
)
def test_a_bad_label_says_what_was_wanted(desk: Any, body: dict[str, Any], told: str) -> None:
    answer = desk.call("POST", "/v1/labels", body, Authorization=f"Bearer {desk.pair()}")
    assert (answer.status_code, answer.json["detail"]) == (400, told)


@pytest.mark.parametrize("query", ["state=bad", "label=bad", "limit=0", "limit=501", "before=x", "before=-1"])
def test_a_bad_filter_says_what_was_wanted(desk: Any, query: str) -> None:
    assert desk.browser().call("GET", f"/dashboard/labels?{query}").status_code == 400


def test_a_text_too_short_to_judge_is_kept_but_said_not_to_teach(desk: Any) -> None:
    assert label(desk, desk.pair(), "Too short.").json["learnable"] is False


def test_lone_surrogates_do_no_harm(desk: Any) -> None:
    body = json.dumps({"text": SPUN + " \ud83d", "label": "spun", "title": "\ud83d"}).encode()
    assert desk.call("POST", "/v1/labels", body, Authorization=f"Bearer {desk.pair()}").status_code == 201
    assert json.loads(desk.browser().call("GET", "/dashboard/labels/export").text)["text"] == SPUN + " ?"


def test_labels_come_in_portions_the_last_labelled_first(desk: Any) -> None:
    token, browser = desk.pair(), desk.browser()
    for number in range(5):
        label(desk, token, " ".join(WORDS[number * 9 : number * 9 + 9]))
    first = browser.call("GET", "/dashboard/labels?limit=2").json
    second = browser.call("GET", f"/dashboard/labels?limit=2&before={first['next']}").json
    third = browser.call("GET", f"/dashboard/labels?limit=2&before={second['next']}").json
    assert [row["labels"][0]["id"] for found in (first, second, third) for row in found["texts"]] == [5, 4, 3, 2, 1]
    assert third["next"] is None


def test_labels_are_filtered_by_kind_site_and_doubt(desk: Any) -> None:
    token, browser = desk.pair(), desk.browser()
    label(desk, token, SPUN, "spun", url=URL)
    label(desk, token, HONEST, "not-spun", url="https://other.example/")
    label(desk, token, LONG, "spun", url="https://doubt.example/")  # judged clean by the fake
    for query, sites in (
        ("label=not-spun", ["other.example"]),
        ("site=www.News.example", ["news.example"]),
        ("state=doubtful", ["doubt.example"]),
        ("state=contradiction", []),
    ):
        rows = browser.call("GET", f"/dashboard/labels?{query}").json["texts"]
        assert [row["site"] for row in rows] == sites, query


def test_the_export_holds_what_training_reads(desk: Any) -> None:
    given = label(desk, desk.pair(), url=URL, title="A headline").json["id"]
    answer = desk.browser().call("GET", "/dashboard/labels/export")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="unspun-labels.jsonl"'
    row = json.loads(answer.text)
    assert {name: row[name] for name in ("id", "text", "label", "url", "site")} == {
        "id": str(given),
        "text": SPUN,
        "label": "spun",
        "url": URL,
        "site": "news.example",
    }


def test_forgetting_a_site_forgets_its_labels_and_texts(desk: Any, tmp_path: Path) -> None:
    token = desk.pair()
    label(desk, token, SPUN, url=URL)
    label(desk, token, LONG, url="https://other.example/")
    gone = desk.call("DELETE", "/v1/history?site=news.example", Authorization=f"Bearer {token}").json
    assert gone == {"forgotten": 0, "labels": 1}
    assert b"Hammarsund" not in b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert desk.call("DELETE", "/v1/history", Authorization=f"Bearer {token}").json == {"forgotten": 0, "labels": 1}


def test_with_texts_off_a_label_keeps_hashes_only(make_desk: Any, tmp_path: Path) -> None:
    desk = make_desk(keep_texts=False)
    token = desk.pair()
    assert label(desk, token).json["learnable"] is False
    assert label(desk, token).json["merged"] is True
    assert b"Hammarsund" not in b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    with desk.services.labels.database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM text_shingles").fetchone()[0] == 0
    later = label(desk, token, SPUN, None)
    assert (later.status_code, later.json["reason"]) == (409, "texts_off")
    assert counts(desk.browser())["textless"] == 1


def test_without_a_history_a_first_label_makes_the_database(make_desk: Any, tmp_path: Path) -> None:
    desk = make_desk(history=False)
    token = desk.pair()
    assert not (tmp_path / "data" / "unspun.sqlite").exists()
    assert label(desk, token).status_code == 201
    assert stat.S_IMODE((tmp_path / "data" / "unspun.sqlite").stat().st_mode) == 0o600


def test_texts_and_addresses_never_reach_the_log(desk: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token, browser = desk.pair(), desk.browser()
    text = label(desk, token, "canary " * 9, url="https://canary.example/", title="canary").json["text"]
    browser.call("GET", f"/dashboard/texts/{text}")
    browser.call("GET", "/dashboard/labels?site=canary.example")
    browser.call("POST", "/dashboard/labels/skip", {"url": "https://canary.example/"})
    assert "POST /v1/labels 201" in caplog.text
    assert "canary" not in caplog.text


def test_the_queue_asks_first_about_what_teaches_most(desk: Any) -> None:
    token, browser = desk.pair(), desk.browser()
    label(desk, token, HONEST, None, url="https://waits.example/")
    desk.call("POST", "/v1/score", {"text": SPUN, "url": URL, "title": "Seen"}, Authorization=f"Bearer {token}")
    found = browser.call("GET", "/dashboard/labels/queue").json
    assert [(one["url"], one["text"] is None) for one in found["candidates"]] == [
        (URL, True),  # 1 in 2,000 is nearer to 1 in 100 than 4 in 10
        ("https://waits.example/", False),
    ]
    label(desk, token, LONG, "spun", url="https://waits.example/other")
    first = browser.call("GET", "/dashboard/labels/queue").json["candidates"][0]
    assert (first["url"], first["beginning"]) == ("https://waits.example/", HONEST)
    assert first["reasons"] == ["judged clean, though you labelled pages of this site spun"]
    browser.call("POST", "/dashboard/labels/skip", {"text": first["text"]})
    assert browser.call("GET", "/dashboard/labels/queue").json["candidates"][1]["url"] == "https://waits.example/"


def test_what_is_labelled_leaves_the_queue_and_comes_back_when_it_is_undone(desk: Any) -> None:
    token, browser = desk.pair(), desk.browser()
    text = label(desk, token, SPUN, None, url=URL).json["text"]
    shown = browser.call("GET", f"/dashboard/texts/{text}").json
    assert (shown["text"], shown["verdict"]["evidence"][0]["text"]) == (SPUN, "historical past")
    given = browser.call("POST", "/dashboard/labels", {"text": SPUN, "label": "spun"}).json["id"]
    assert browser.call("GET", "/dashboard/labels/queue").json["candidates"] == []
    browser.call("DELETE", f"/dashboard/labels/{given}")
    assert len(browser.call("GET", "/dashboard/labels/queue").json["candidates"]) == 1
    assert browser.call("DELETE", f"/dashboard/texts/{text}").status_code == 204
    assert browser.call("GET", f"/dashboard/texts/{text}").json["reason"] == "no_such_label"


def test_the_store_of_the_server_keeps_labels_for_as_long_as_the_settings_say(make_desk: Any) -> None:
    store = make_desk(label_days=3, history_days=2).services.labels
    assert isinstance(store, LabelStore)
    assert (store.label_days, store.waiting_days, store.keep_texts) == (3, 2, True)
