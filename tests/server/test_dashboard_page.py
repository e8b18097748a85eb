"""The dashboard in a real browser: what a person sees, and that nothing else is loaded or run."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from server.dashboard import offer_login

CHROMIUM = "/usr/bin/chromium"
SPUN = "😀 They were on the <img src=x onerror=alert(1)> incorrect aspect of historical past."
CHROME = "chrome-extension://" + "abcdefghijklmnop" * 2


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    launched = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
    yield launched
    launched.close()


@pytest.fixture
def served(serve_desk: Any) -> tuple[Any, str]:
    """A served desk, and its login link."""
    desk, _ = serve_desk()
    offer_login(desk.services)
    return desk, desk.said[-1].removeprefix("Dashboard: ")


@pytest.fixture
def page(browser: Browser, served: tuple[Any, str]) -> Iterator[Page]:
    """The dashboard, opened by its link on a phone's screen; fails on any error in the console."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    troubles: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if "Content Security" in message.text else None)
    page.on("dialog", lambda dialog: troubles.append("a dialog opened"))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(served[1])
    yield page
    context.close()
    assert troubles == []
    assert hosts == {served[1].split("/")[2]}


def check(page: Page, text: str) -> None:
    page.get_by_label("Paste an article, or the address of one").fill(text)
    page.get_by_role("button", name="Check").click()


def test_the_text_is_shown_as_it_probably_read(page: Page) -> None:
    check(page, SPUN)
    page.get_by_label("As it probably read").check()
    expect(page.locator("#text")).to_have_text(SPUN.replace("historical past", "history"))
    expect(page.locator("#text mark.original")).to_have_attribute("title", "written here: historical past")
    page.get_by_label("As it probably read").uncheck()
    expect(page.locator("#text")).to_have_text(SPUN)


def test_a_spun_text_is_shown_with_its_swap_marked_as_text(page: Page) -> None:
    check(page, SPUN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Very likely rewritten by a synonym spinner")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page.locator("#explanation")).to_contain_text("About 1 in 2,000 human-written articles")
    expect(page.locator("#share-words")).to_have_text("81 % of the text looks spun.")
    expect(page.locator("mark")).to_have_text(["historical past"])
    expect(page.locator("#text")).to_have_text(SPUN)
    expect(page.locator("#findings-rows tr")).to_have_text(["historical pasthistorydictionary swap"])
    expect(page.locator("svg rect")).to_have_count(2)


def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    check(page, SPUN + " " + "x" * 500)
    expect(page.locator("mark")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_finding_leads_to_its_place_by_keyboard(page: Page) -> None:
    check(page, "word " * 3000 + SPUN)
    page.locator("#findings-rows button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.here")).to_be_in_viewport()


def test_an_address_is_fetched_and_named(page: Page) -> None:
    check(page, " https://news.example/page ")
    expect(page.locator("#title")).to_have_text("A headline")
    expect(page.locator("#facts")).to_contain_text("trafilatura-fast")


def test_a_text_that_cannot_be_judged_says_why(page: Page) -> None:
    check(page, "Too short.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not judged")
    expect(page.locator("#explanation")).to_contain_text("too short to judge")
    expect(page.locator("#share")).to_be_hidden()
    expect(page.locator("#chart")).to_be_hidden()


def test_a_failed_fetch_is_told_beside_the_button_and_clears_the_old_result(page: Page) -> None:
    check(page, SPUN)
    expect(page.locator("mark")).to_be_visible()
    check(page, "https://gone.example/")
    expect(page.get_by_role("status")).to_have_text("The site could not be reached.")
    expect(page.locator("#result")).to_be_hidden()
    expect(page.locator("mark")).to_be_hidden()


def test_a_waiting_code_is_shown_large_and_a_paired_browser_can_be_revoked(page: Page, served: Any) -> None:
    desk, link = served
    host = link.split("/")[2]
    started = desk.call("POST", "/v1/pair", {"client": "Firefox on Linux"}, Host=host).json
    code = desk.services.pairings.waiting()[0].code
    expect(page.locator(".code")).to_have_text(code)
    desk.call("POST", "/v1/pair", {"pairing": started["pairing"], "code": code}, Host=host)
    page.get_by_role("button", name="Revoke Firefox on Linux").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    assert desk.services.clients.clients() == ()
    expect(page.locator(".code")).to_have_count(0)
