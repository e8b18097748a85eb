"""Saving a report and looking for the original, on the dashboard in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from server.dashboard import offer_login

CHROMIUM = "/usr/bin/chromium"
SPUN = "😀 They were on the <img src=x onerror=alert(1)> incorrect aspect of historical past."


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    launched = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
    yield launched
    launched.close()


@pytest.fixture
def page(browser: Browser, serve_desk: Any) -> Iterator[Page]:
    """The dashboard, opened by its link; fails on any error and when any other host is asked."""
    desk, _ = serve_desk()
    offer_login(desk.services)
    link = desk.said[-1].removeprefix("Dashboard: ")
    context = browser.new_context()
    page = context.new_page()
    troubles: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if "Content Security" in message.text else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(link)
    yield page
    context.close()
    assert troubles == []
    assert hosts == {link.split("/")[2]}


def check(page: Page, text: str) -> None:
    page.get_by_label("Paste an article, or the address of one").fill(text)
    page.get_by_role("button", name="Check").click()


def test_a_report_is_saved_as_a_file(page: Page) -> None:
    check(page, SPUN)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a report").click()
    saved = waiting.value
    assert saved.suggested_filename.startswith("unspun-report-20") and saved.suggested_filename.endswith(".html")
    content = Path(saved.path()).read_text("utf-8")
    assert "Very likely rewritten by a synonym spinner" in content and "&lt;img src=x" in content
    expect(page.locator("#kept")).to_have_text(f"Saved as {saved.suggested_filename}")


def test_the_search_for_the_original_is_shown_and_made_only_by_a_click(page: Page) -> None:
    check(page, "We saw Ellen Marsh in Harrow. " + SPUN)
    page.get_by_role("button", name="Find the original").click()
    link = page.get_by_role("link", name="Search at duckduckgo.com")
    expect(link).to_have_attribute("href", re.compile(r"https://duckduckgo\.com/\?q=Ellen\+Marsh\+Harrow"))
    expect(link).to_have_attribute("rel", "noreferrer noopener")
    expect(page.locator("#search")).to_contain_text("Nothing is sent until you open this link.")
    check(page, "Nothing odd is in here at all.")
    expect(page.get_by_role("heading", level=1)).to_have_text("No sign of a synonym spinner")
    expect(link).to_have_count(0)
    expect(page.get_by_role("button", name="Find the original")).to_be_hidden()
