"""Comparing over HTTP: who may, what goes in and out, and the page a person sees."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from comparison import compare
from server.compare_report import report_html
from server.dashboard import offer_login

CHROMIUM = "/usr/bin/chromium"
A = "They were on the wrong side of history. Anna Peters paid 40 pounds for the old house in Marlow last year."
B = "They were on the incorrect aspect of historical past. Anna Peters paid 45 pounds for the aged house in Marlow."
HOSTILE = "They were on the <script>alert(1)</script> wrong side of history & <img src=x onerror=alert(1)> time."


def ask(desk: Any, body: Any) -> Any:
    return desk.call("POST", "/v1/compare", body, Authorization=f"Bearer {desk.pair()}")


def test_a_paired_client_compares_two_texts(desk: Any) -> None:
    answer = ask(desk, {"a": {"text": A}, "b": {"text": B}})
    assert answer.status_code == 200
    found = answer.json
    assert found["comparison"]["answer"] == "spun copy"
    assert found["comparison"]["likely_spun"] == "b"
    assert found["summary"]["headline"] == "A spun copy: the same sentences with words swapped"
    assert found["summary"]["likely"] == "The second reads as the spun one."
    swaps = [change["b"]["text"] for row in found["comparison"]["rows"] for change in row["changes"]]
    assert "aged" in swaps
    assert found["a"] == {"title": None, "extractor": None}


def test_an_address_is_fetched_and_named(desk: Any) -> None:
    found = ask(desk, {"a": {"text": A}, "b": {"url": "https://news.example/page"}}).json
    assert found["b"] == {"title": "A headline", "extractor": "trafilatura-fast"}


def test_a_report_is_a_file_named_by_titles_addresses_or_sides(desk: Any) -> None:
    sides = {"a": {"text": A, "title": "First & best"}, "b": {"text": B}}
    answer = ask(desk, sides | {"format": "html"})
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert "First &amp; best" in answer.text
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="unspun-compared-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.html"', disposition)
    named = ask(desk, sides | {"b": {"url": "https://news.example/page"}, "format": "html"})
    assert "A headline" in named.text
    assert ask(desk, sides | {"format": "pdf"}).json["reason"] == "bad_field"
    assert ask(desk, sides).json["a"]["title"] == "First & best"


def test_an_address_that_cannot_be_fetched_says_why(desk: Any) -> None:
    answer = ask(desk, {"a": {"text": A}, "b": {"url": "https://gone.example/"}})
    assert (answer.status_code, answer.json["reason"]) == (422, "fetch_failed")


def test_a_text_without_words_says_which(desk: Any) -> None:
    answer = ask(desk, {"a": {"text": A}, "b": {"text": "…"}})
    assert (answer.status_code, answer.json["reason"]) == (422, "unreadable")
    assert answer.json["detail"].startswith("The second text has no words.")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"a": {"text": A}},
        {"a": A, "b": B},
        {"a": {}, "b": {"text": B}},
        {"a": {"text": A, "url": "x"}, "b": {"text": B}},
    ],
)
def test_each_side_is_a_text_or_an_address(desk: Any, body: Any) -> None:
    answer = ask(desk, body)
    assert (answer.status_code, answer.json["reason"]) == (400, "bad_field")


def test_only_paired_clients_and_the_dashboard_may_compare(desk: Any) -> None:
    body = {"a": {"text": A}, "b": {"text": B}}
    assert desk.call("POST", "/v1/compare", body).status_code == 401
    assert desk.call("POST", "/dashboard/compare", body).status_code == 403
    assert desk.browser().call("POST", "/dashboard/compare", body).json["comparison"]["answer"] == "spun copy"


def test_the_page_needs_the_cookie(desk: Any) -> None:
    assert desk.call("GET", "/compare", Origin="", X_Unspun="").status_code == 403
    assert desk.browser().call("GET", "/compare", Origin="", X_Unspun="").status_code == 200


def test_a_report_needs_nothing_from_elsewhere_and_marks_both_sides() -> None:
    html = report_html(compare(A, B), "first.txt", "second.txt")
    assert 'title="swapped; the other text has: aged">old</mark>' in html
    assert 'title="swapped; the other text has: old">aged</mark>' in html
    assert "a: first.txt" in html and "b: second.txt" in html
    assert "default-src 'none'" in html
    assert not any(mark in html for mark in ("http:", "https:", "src=", "<link", "<script", "url("))


def test_the_texts_and_names_in_a_report_are_only_text() -> None:
    html = report_html(compare(HOSTILE, HOSTILE.replace("wrong", "incorrect")), "<b>a</b>", "b\udc00")
    assert "<script" not in html and "<img" not in html and "<b>a</b>" not in html
    assert "&lt;script&gt;" in html
    assert html.encode("utf-8")


def test_a_report_cuts_at_the_right_place_after_an_emoji() -> None:
    html = report_html(compare("😀 The old dog sleeps.", "😀 The aged dog sleeps."), "a", "b")
    assert "😀 The <mark" in html.replace("\n", "")


@pytest.fixture
def page(playwright: Playwright, serve_desk: Any) -> Iterator[Page]:
    """The compare page on a phone's screen; fails on any error, dialog or foreign request."""
    desk, port = serve_desk()
    offer_login(desk.services)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda _: troubles.append("a dialog opened"))
    page.on("console", lambda message: troubles.append(message.text) if "Content Security" in message.text else None)
    page.on("request", lambda request: None if f"127.0.0.1:{port}/" in request.url else troubles.append(request.url))
    page.goto(desk.said[-1].removeprefix("Dashboard: "))
    page.get_by_role("link", name="Compare").click()
    yield page
    browser.close()
    assert troubles == []


def fill_in(page: Page, a: str, b: str) -> None:
    page.get_by_label("One text, or its address").fill(a)
    page.get_by_label("The other").fill(b)
    page.get_by_role("button", name="Compare").click()


def test_the_comparison_is_saved_as_a_file(page: Page) -> None:
    fill_in(page, A, B)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a report").click()
    assert download.value.suggested_filename.startswith("unspun-compared-")
    assert '">aged</mark>' in download.value.path().read_text("utf-8")


def test_two_pasted_texts_are_shown_side_by_side_with_their_swaps(page: Page) -> None:
    fill_in(page, f"😀 {HOSTILE} {A}", f"😀 {HOSTILE} {B}")
    expect(page.get_by_role("heading", level=1)).to_have_text("A spun copy: the same sentences with words swapped")
    expect(page.locator("#swap-list li")).to_contain_text(["old → aged"])
    expect(page.locator("td mark.number")).to_have_text(["40", "45"])
    expect(page.locator("tbody tr").first.locator("td").first).to_contain_text("😀 They were on the <script>alert(1)")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_cannot_be_compared_is_told_beside_the_button(page: Page) -> None:
    fill_in(page, A, "https://gone.example/")
    expect(page.get_by_role("status")).to_have_text("The site could not be reached.")
    expect(page.locator("#result")).to_be_hidden()
    fill_in(page, A, " ")
    expect(page.get_by_role("status")).to_have_text("Give two texts or addresses first.")
