"""The Labels page in a real browser: labelling by keys, undo, decisions, and labels on the Check page."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from server.dashboard import offer_login

CHROMIUM = "/usr/bin/chromium"
SPUN = "They were on the <img src=x onerror=alert(1)> incorrect aspect of historical past, said Anna Brekke of Torvik."
HONEST = "The mayor of Hammarsund opened the new harbour on Friday, and about three hundred people came to look at it."
PAGE_TEXT = "We were on the incorrect aspect of historical past today."


@pytest.fixture
def labelled(playwright: Playwright, serve_desk: Any) -> Iterator[tuple[Page, Any]]:
    """The page on a phone's screen, with a spun text that waits, a page of the history, and an honest text that waits.

    Fails on any error in the console.
    """
    desk, _ = serve_desk()
    offer_login(desk.services)
    link = desk.said[-1].removeprefix("Dashboard: ")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(link)
    send(page, "/dashboard/labels", {"text": SPUN, "label": None, "title": "<b>Waits</b>"})
    send(page, "/dashboard/check", {"url": "https://news.example/page"})
    send(page, "/dashboard/labels", {"text": HONEST, "label": None, "url": "https://honest.example/"})
    page.get_by_role("link", name="Labels", exact=True).click()
    expect(page.locator("#candidate-text")).to_have_text(SPUN)
    expect(page.locator("#queue-left")).to_have_text("3 wait")
    yield page, desk
    browser.close()
    assert troubles == []


def send(page: Page, path: str, body: dict[str, Any]) -> None:
    script = """([path, body]) => fetch(path, {method: "POST", body: JSON.stringify(body),
        headers: {"X-Unspun": "1", "Content-Type": "application/json"}}).then((answer) => answer.ok)"""
    assert page.evaluate(script, [path, body])


def kept(desk: Any) -> list[tuple[str, str, str]]:
    with desk.services.labels.database.reading() as connection:
        sql = "SELECT labels.label, who, texts.text FROM labels JOIN texts ON labels.text = texts.id ORDER BY labels.id"
        return [(row[0], row[1], row[2]) for row in connection.execute(sql).fetchall()]


def test_texts_are_labelled_with_keys_and_undone(labelled: tuple[Page, Any]) -> None:
    page, desk = labelled
    expect(page.locator("#candidate-name")).to_have_text("<b>Waits</b>")
    expect(page.locator("#candidate-text")).to_have_text(SPUN)
    expect(page.locator("#candidate-text mark")).to_have_text(["historical past"])
    page.keyboard.press("s")
    expect(page.locator("#counts")).to_have_text("1 spun, 0 not spun")
    assert kept(desk) == [("spun", "dashboard", SPUN)]
    expect(page.locator("#candidate-name")).to_have_text("A headline")
    page.keyboard.press("u")
    expect(page.locator("#counts")).to_have_text("0 spun, 0 not spun")
    expect(page.locator("#candidate-name")).to_have_text("<b>Waits</b>")
    assert kept(desk) == []
    page.keyboard.press("k")
    expect(page.locator("#candidate-name")).to_have_text("A headline")
    expect(page.locator("#queue-left")).to_have_text("3 wait")


def test_a_page_of_the_history_is_read_before_it_is_labelled(labelled: tuple[Page, Any]) -> None:
    page, desk = labelled
    page.keyboard.press("k")
    expect(page.locator("#candidate-text")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Not spun")).to_be_disabled()
    page.keyboard.press("r")
    expect(page.locator("#candidate-text")).to_have_text(PAGE_TEXT)
    page.keyboard.press("n")
    expect(page.locator("#counts")).to_have_text("0 spun, 1 not spun; the model disagrees with 1")
    assert kept(desk) == [("not-spun", "dashboard", PAGE_TEXT)]
    expect(page.locator("#rows li")).to_have_class(["not-spun"])
    expect(page.locator("#rows a")).to_have_attribute("href", "https://news.example/page")


def test_keys_do_nothing_while_a_filter_is_typed(labelled: tuple[Page, Any]) -> None:
    page, desk = labelled
    page.get_by_label("Site").press_sequentially("sun")
    expect(page.get_by_label("Site")).to_have_value("sun")
    assert kept(desk) == []


def test_contradictions_are_shown_and_decided(labelled: tuple[Page, Any]) -> None:
    page, desk = labelled
    for name in ("spun", "not-spun"):
        send(page, "/dashboard/labels", {"text": HONEST, "label": name})
    page.reload()
    expect(page.locator("#conflict-rows li")).to_have_count(1)
    expect(page.locator("#counts")).to_have_text("0 spun, 0 not spun")
    page.get_by_role("button", name="It is not").click()
    expect(page.get_by_role("status")).to_have_text("Decided.")
    expect(page.locator("#conflicts")).to_be_hidden()
    expect(page.locator("#rows .label")).to_have_text(["not spun"])
    assert [row[0] for row in kept(desk)] == ["spun", "not-spun"]


def test_rows_are_filtered_undone_and_deleted(labelled: tuple[Page, Any]) -> None:
    page, desk = labelled
    send(page, "/dashboard/labels", {"text": HONEST, "label": "not-spun"})
    send(page, "/dashboard/labels", {"text": SPUN, "label": "spun"})
    page.reload()
    expect(page.locator("#rows li")).to_have_count(2)
    page.get_by_label("Show").select_option("not spun")
    expect(page.locator("#rows li a")).to_have_text(["https://honest.example/"])
    page.get_by_role("button", name="Delete https://honest.example/").click()
    expect(page.get_by_role("status")).to_have_text("Deleted, with what was said of it.")
    expect(page.locator("#rows li")).to_have_count(0)
    page.get_by_label("Show").select_option("all")
    page.get_by_role("button", name="Undo label").click()
    expect(page.locator("#counts")).to_have_text("0 spun, 0 not spun")
    assert kept(desk) == []


def test_labels_are_saved_as_a_file(labelled: tuple[Page, Any]) -> None:
    page, _ = labelled
    page.keyboard.press("s")
    expect(page.locator("#counts")).to_have_text("1 spun, 0 not spun")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    assert download.value.suggested_filename == "unspun-labels.jsonl"
    assert '"label": "spun"' in download.value.path().read_text("utf-8")


def test_nothing_is_wider_than_a_phone(labelled: tuple[Page, Any]) -> None:
    page, _ = labelled
    text = "An honest text of its own, long enough to be judged, with one word of great length: " + "x" * 500
    send(page, "/dashboard/labels", {"text": text, "label": "spun", "url": "https://a.example/" + "y" * 300})
    page.reload()
    expect(page.locator("#rows li")).to_have_count(1)
    expect(page.locator("#candidate-text")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_checked_text_is_labelled_beside_its_verdict(labelled: tuple[Page, Any]) -> None:
    page, desk = labelled
    page.get_by_role("link", name="Check", exact=True).click()
    page.get_by_label("Paste an article, or the address of one").fill(SPUN)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("group", name="What is it?").get_by_role("button", name="Not spun").click()
    expect(page.locator("#label-status")).to_have_text("Labelled; the text is kept on this machine.")
    assert kept(desk) == [("not-spun", "dashboard", SPUN)]
    page.get_by_role("group", name="What is it?").get_by_role("button", name="Undo").click()
    expect(page.locator("#label-status")).to_have_text("Taken back.")
    assert kept(desk) == []
