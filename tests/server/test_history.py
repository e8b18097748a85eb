"""The history over HTTP, and its page in a real browser."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from server.dashboard import offer_login

CHROMIUM = "/usr/bin/chromium"
SPUN = (
    "On 14 March 2025 the mayor of Torvik, Anna Brekke, told Radio Fjord that 320 workers of Nordlys would move to "
    "Hammarsund, for historical past reasons."
)
CLEAN = SPUN.replace("historical past", "historical").replace("mayor", "chairman")
URL, COPY_URL = "https://news.example/a", "https://www.copy.example/b?c=d"


def score(desk: Any, token: str, text: str = SPUN, **fields: Any) -> Any:
    answer = desk.call("POST", "/v1/score", {"text": text, **fields}, Authorization=f"Bearer {token}")
    assert answer.status_code == 200
    return answer.json


def ask(desk: Any, token: str, method: str = "GET", query: str = "") -> Any:
    return desk.call(method, "/v1/history" + query, Authorization=f"Bearer {token}")


def test_a_scored_page_with_an_address_enters_the_history(desk: Any) -> None:
    token = desk.pair()
    score(desk, token, url=URL, title="A headline")
    found = ask(desk, token).json
    assert {name: found[name] for name in ("on", "days", "total", "next")} == {
        "on": True,
        "days": 90,
        "total": 1,
        "next": None,
    }
    (page,) = found["pages"]
    assert (page["url"], page["title"], page["site"], page["times"]) == (URL, "A headline", "news.example", 1)
    assert (page["verdict"], page["score"], page["family"], page["model"]) == ("spun", 7.3, "pivot", "fake-1")
    assert "text" not in page


def test_a_text_without_address_does_not_enter_it(desk: Any) -> None:
    token = desk.pair()
    score(desk, token, title="A headline")
    assert ask(desk, token).json["pages"] == []


def test_a_copy_is_answered_with_the_pages_that_tell_the_same_story(desk: Any) -> None:
    token = desk.pair()
    assert score(desk, token, CLEAN, url=URL, title="Torvik")["near"] == []
    (near,) = score(desk, token, SPUN, url=COPY_URL)["near"]
    assert set(near) == {"url", "title", "verdict", "seen", "similarity"}
    assert (near["url"], near["title"], near["verdict"], near["similarity"]) == (URL, "Torvik", "clean", 1.0)
    assert score(desk, token, CLEAN)["near"][0]["url"] in (URL, COPY_URL)


def test_of_a_private_window_nothing_is_kept_or_looked_up(desk: Any, tmp_path: Path) -> None:
    token = desk.pair()
    score(desk, token, CLEAN, url=URL)
    assert score(desk, token, SPUN, url=COPY_URL, private=True)["near"] == []
    assert [page["url"] for page in ask(desk, token).json["pages"]] == [URL]
    assert not [file for file in (tmp_path / "data").iterdir() if b"copy.example" in file.read_bytes()]


def test_private_must_be_true_or_false(desk: Any) -> None:
    answer = desk.call("POST", "/v1/score", {"text": SPUN, "private": "no"}, Authorization=f"Bearer {desk.pair()}")
    assert (answer.status_code, answer.json["detail"]) == (400, '"private" must be a boolean.')


def test_switched_off_nothing_is_kept_and_no_file_is_made(make_desk: Any, tmp_path: Path) -> None:
    desk = make_desk(history=False)
    token = desk.pair()
    assert score(desk, token, url=URL)["near"] == []
    assert ask(desk, token).json == {"on": False, "days": 0, "total": 0, "pages": [], "next": None}
    answer = ask(desk, token, "DELETE")
    assert (answer.status_code, answer.json["reason"]) == (409, "history_off")
    assert "unspun forget --all" in answer.json["detail"]
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["clients.json"]


def test_rows_come_in_portions(desk: Any) -> None:
    token = desk.pair()
    for number in range(5):
        score(desk, token, url=f"https://news.example/{number}")
    first = ask(desk, token, query="?limit=2").json
    second = ask(desk, token, query=f"?limit=2&before={first['next']}").json
    third = ask(desk, token, query=f"?limit=2&before={second['next']}").json
    urls = [page["url"][-1] for found in (first, second, third) for page in found["pages"]]
    assert urls == ["4", "3", "2", "1", "0"]
    assert (first["total"], third["next"]) == (5, None)


def test_rows_are_filtered_by_verdict_and_site(desk: Any) -> None:
    token = desk.pair()
    score(desk, token, SPUN, url="https://www.news.example/spun")
    score(desk, token, CLEAN, url="https://news.example/clean")
    score(desk, token, SPUN, url=COPY_URL)
    (page,) = ask(desk, token, query="?verdict=spun&site=www.News.example").json["pages"]
    assert page["url"] == "https://www.news.example/spun"


@pytest.mark.parametrize(
    "query", ["?limit=0", "?limit=501", "?limit=-1", "?limit=²", "?before=now", "?before=nan", "?verdict=bad"]
)
def test_a_bad_query_says_what_was_wanted(desk: Any, query: str) -> None:
    answer = ask(desk, desk.pair(), query=query)
    assert (answer.status_code, answer.json["reason"]) == (400, "bad_field")


def test_a_site_is_forgotten_and_then_everything(desk: Any) -> None:
    token = desk.pair()
    for url in (URL, URL + "2", COPY_URL):
        score(desk, token, url=url)
    assert ask(desk, token, "DELETE", "?site=news.example").json == {"forgotten": 2, "labels": 0}
    assert [page["url"] for page in ask(desk, token).json["pages"]] == [COPY_URL]
    assert ask(desk, token, "DELETE", "?site=").json == {"forgotten": 0, "labels": 0}
    assert ask(desk, token, "DELETE").json == {"forgotten": 1, "labels": 0}


def test_a_misspelt_site_does_not_wipe_everything(desk: Any) -> None:
    token = desk.pair()
    score(desk, token, url=URL)
    answer = ask(desk, token, "DELETE", "?sites=copy.example")
    assert (answer.status_code, answer.json["reason"]) == (400, "bad_field")
    assert ask(desk, token).json["total"] == 1


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_the_history_needs_a_token_or_the_dashboards_cookie(desk: Any, method: str) -> None:
    token = desk.pair()
    score(desk, token, url=URL)
    assert desk.call(method, "/v1/history").status_code == 401
    assert desk.call(method, "/v1/history", Authorization=f"Bearer {token}", X_Unspun="").status_code == 403
    assert desk.call(method, "/dashboard/history", Authorization=f"Bearer {token}").status_code == 403
    assert desk.browser().call(method, "/dashboard/history", Origin="https://evil.example").status_code == 403
    assert ask(desk, token).json["total"] == 1


def test_the_page_needs_the_cookie(desk: Any) -> None:
    answer = desk.call("GET", "/history", Origin="", X_Unspun="")
    assert answer.status_code == 403
    assert "unspun serve" in answer.text and "filters" not in answer.text


def test_an_address_checked_on_the_dashboard_enters_the_history(desk: Any) -> None:
    browser = desk.browser()
    assert browser.call("POST", "/dashboard/check", {"url": "https://news.example/page"}).json["verdict"]["near"] == []
    (page,) = browser.call("GET", "/dashboard/history").json["pages"]
    assert (page["url"], page["title"]) == ("https://news.example/page", "A headline")


def test_addresses_never_reach_the_log(desk: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "unspun.server")
    token = desk.pair()
    score(desk, token, url="https://canary.example/", title="canary")
    ask(desk, token, query="?site=canary.example")
    ask(desk, token, "DELETE", "?site=canary.example")
    assert "DELETE /v1/history 200" in caplog.text
    assert "canary" not in caplog.text


@pytest.fixture
def page(playwright: Playwright, serve_desk: Any) -> Iterator[Page]:
    """The history page on a phone's screen, of five pages on two sites; fails on any error in the console."""
    desk, _ = serve_desk()
    offer_login(desk.services)
    link = desk.said[-1].removeprefix("Dashboard: ")
    host = link.split("/")[2]
    started = desk.call("POST", "/v1/pair", {"client": "Chromium"}, Host=host).json
    code = desk.services.pairings.waiting()[0].code
    body = {"pairing": started["pairing"], "code": code}
    token = desk.call("POST", "/v1/pair", body, Host=host).json["token"]
    for number in range(4):
        sent = {"text": SPUN if number else CLEAN, "url": f"https://news.example/{number}", "title": "<b>Title</b>"}
        desk.call("POST", "/v1/score", sent, Host=host, Authorization=f"Bearer {token}")
    sent = {"text": SPUN, "url": "https://copy.example/" + "x" * 300}
    desk.call("POST", "/v1/score", sent, Host=host, Authorization=f"Bearer {token}")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(link)
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.locator("#pages li")).to_have_count(5)
    yield page
    browser.close()
    assert troubles == []


def test_the_page_lists_what_was_judged_and_filters_it(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text("5 pages.")
    expect(page.locator("#pages a").nth(1)).to_have_text("<b>Title</b>")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_label("Verdict").select_option("clean")
    expect(page.locator("#pages li")).to_have_count(1)
    page.get_by_label("Verdict").select_option("all")
    page.get_by_role("button", name="Show only copy.example").click()
    expect(page.locator("#pages li")).to_have_count(1)
    expect(page.locator("#pages a")).to_have_attribute("href", "https://copy.example/" + "x" * 300)


def test_a_site_is_forgotten_only_after_a_yes(page: Page) -> None:
    page.get_by_label("Site").fill("https://www.news.example/")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("4 pages.")
    page.get_by_role("button", name="Forget this site").click()
    expect(page.get_by_role("dialog")).to_contain_text("This cannot be undone.")
    page.keyboard.press("Escape")
    expect(page.locator("#pages li")).to_have_count(4)
    page.get_by_role("button", name="Forget this site").click()
    page.get_by_role("button", name="Forget", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("4 pages are forgotten.")
    expect(page.locator("#pages li")).to_have_count(1)


def test_everything_is_forgotten_whatever_the_filters_show(page: Page) -> None:
    page.get_by_label("Verdict").select_option("clean")
    page.get_by_role("button", name="Forget all").click()
    expect(page.get_by_role("dialog")).to_contain_text(
        "Forget the whole history, whatever the filters show, and all labels"
    )
    page.get_by_role("button", name="Forget", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("5 pages are forgotten.")
    expect(page.locator("#pages li")).to_have_count(0)
    expect(page.get_by_role("button", name="Forget all")).to_be_hidden()


def test_the_dashboard_lists_the_pages_that_tell_the_story_of_a_pasted_text(page: Page) -> None:
    page.get_by_role("link", name="Check", exact=True).click()
    expect(page.locator("#model")).to_have_text("fake-1")  # its script runs
    page.get_by_label("Paste an article, or the address of one").fill(SPUN)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#near h2")).to_have_text("5 other pages you read tell this story")
    expect(page.locator("#near li").first).to_contain_text("copy.example")
    expect(page.locator("#near li").first).to_contain_text("100 % of the names and numbers are the same")
    expect(page.locator("#near a").nth(1)).to_have_text("<b>Title</b>")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_label("Paste an article, or the address of one").fill("They were on the incorrect aspect of it.")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#near")).to_be_hidden()
