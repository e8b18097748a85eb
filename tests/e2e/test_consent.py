"""Nothing is read or sent without the reader's consent. A listener stands in the server's place and notes requests."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.chromium import EXTENSION_ID, QUIET_S, Browser
from tests.e2e.news_page import news_page, plain_page, sample
from tests.e2e.programs import Listener, Site, wait_for


@pytest.fixture
def watched(browser: Browser, listener: Listener) -> Browser:
    """A browser whose server is the listener."""
    browser.store(port=listener.port, token="t" * 43)
    return browser


def open_article(browser: Browser, site: Site) -> Page:
    return browser.open(site.put("/spun", news_page(sample("spun"))))


def test_an_article_is_sent_to_the_server_only_once(watched: Browser, listener: Listener, site: Site) -> None:
    page = open_article(watched, site)
    assert watched.settle(page, "verdict")["trouble"]["kind"] == "busy"
    page.wait_for_timeout(QUIET_S * 1000)
    assert listener.requests == ["POST /v1/score"]


def test_nothing_is_sent_for_a_page_without_an_article(watched: Browser, listener: Listener, site: Site) -> None:
    page = watched.open(site.put("/form", plain_page()))
    watched.settle(page, "not_article")
    page.wait_for_timeout(QUIET_S * 1000)
    assert listener.requests == []


def test_nothing_is_sent_from_a_site_that_is_switched_off(watched: Browser, listener: Listener, site: Site) -> None:
    watched.store(sitesOff=["127.0.0.1"])
    page = open_article(watched, site)
    dispatch(watched, "commands.onCommand", "check-page", page)
    page.wait_for_timeout(QUIET_S * 1000)
    assert listener.requests == []
    assert "Switched off for this site" in watched.popup(page).inner_text("#state")


def test_a_site_can_be_switched_off_and_on_in_the_popup(paired: Browser, site: Site) -> None:
    page = open_article(paired, site)
    wait_for("marks in the page", lambda: paired.highlighted(page))
    popup = paired.popup(page)
    popup.get_by_label("Check 127.0.0.1").uncheck()
    popup.locator("#state").get_by_text("Switched off for this site").wait_for()
    wait_for("the marks to go", lambda: paired.highlighted(page) == [])
    assert paired.badge(page) == ""

    popup.get_by_label("Check 127.0.0.1").check()
    popup.locator("#state").get_by_text("very likely rewritten by software").wait_for()
    wait_for("marks in the page", lambda: paired.highlighted(page))


@pytest.mark.parametrize("way", ["popup", "shortcut", "menu"])
def test_by_click_nothing_is_sent_until_asked(watched: Browser, listener: Listener, site: Site, way: str) -> None:
    watched.store(mode="click")
    page = open_article(watched, site)
    page.wait_for_timeout(QUIET_S * 1000)
    assert listener.requests == []
    popup = watched.popup(page)
    assert "Not checked yet" in popup.inner_text("#state")

    if way == "popup":
        popup.get_by_role("button", name="Check this page").click()
    elif way == "shortcut":
        dispatch(watched, "commands.onCommand", "check-page", page)
    else:
        dispatch(watched, "contextMenus.onClicked", {"menuItemId": "check-page"}, page)
    wait_for("the request", lambda: listener.requests)
    assert listener.requests == ["POST /v1/score"]


def test_a_selection_is_checked_and_marked_alone(paired: Browser, site: Site) -> None:
    paired.store(mode="click")
    page = open_article(paired, site)
    page.evaluate("""() => {
      const paragraphs = document.querySelectorAll("article p");
      getSelection().setBaseAndExtent(paragraphs[0].firstChild, 0, paragraphs[2].firstChild, 120);
    }""")
    dispatch(paired, "contextMenus.onClicked", {"menuItemId": "check-selection"}, page)
    verdict = paired.settle(page, "verdict")["verdict"]

    assert 150 < verdict["words"] < 220
    assert f"{verdict['words']} selected words read" in paired.popup(page).inner_text("#state")


def test_marks_go_when_they_are_switched_off(paired: Browser, site: Site) -> None:
    page = open_article(paired, site)
    wait_for("marks in the page", lambda: paired.highlighted(page))
    options = paired.options()
    options.get_by_label("Mark swapped words in the page").uncheck()
    wait_for("the marks to go", lambda: paired.highlighted(page) == [])
    assert page.locator("unspun-tooltip").count() == 0
    assert paired.badge(page) == "!"


def test_the_options_page_keeps_what_is_right_and_says_what_is_wrong(browser: Browser, listener: Listener) -> None:
    browser.store(port=listener.port)
    options = browser.options()
    options.get_by_label("Sites switched off").fill("https://www.example.com/news\nnot a host\nexample.org")
    options.get_by_label("Port of the server").fill("80")
    options.get_by_label("Only when I ask").check()
    options.get_by_text("Not a host name, left out: not a host").wait_for()
    options.get_by_text("A port is a whole number from 1024 to 65535. Not saved.").wait_for()
    stored = browser.worker.evaluate("() => chrome.storage.local.get(['sitesOff', 'port', 'mode'])")
    assert stored == {"sitesOff": ["example.com", "example.org"], "port": listener.port, "mode": "click"}


def test_the_pages_own_script_cannot_use_the_extension(paired: Browser, site: Site) -> None:
    page = open_article(paired, site)
    paired.settle(page, "verdict")
    reached = page.evaluate(
        "(id) => fetch(`chrome-extension://${id}/popup/popup.html`).then(() => true, () => false)", EXTENSION_ID
    )
    assert reached is False
    assert page.evaluate("document.querySelector('unspun-tooltip').shadowRoot") is None


def test_the_extensions_pages_can_reach_no_other_host(browser: Browser, site: Site) -> None:
    options = browser.options()
    port = site.origin.rpartition(":")[2]
    fetched = "(address) => fetch(address, {mode: 'no-cors'}).then(() => true, () => false)"
    assert options.evaluate(fetched, f"http://127.0.0.1:{port}/") is True
    assert options.evaluate(fetched, f"http://localhost:{port}/") is False
    assert browser.worker.evaluate(fetched, f"http://localhost:{port}/") is False


def test_no_text_of_the_page_is_stored_beyond_the_findings(paired: Browser, site: Site) -> None:
    page = open_article(paired, site)
    evidence = paired.settle(page, "verdict")["verdict"]["evidence"]
    stored = str(
        paired.worker.evaluate("async () => [await chrome.storage.local.get(), await chrome.storage.session.get()]")
    )
    words = sample("spun").split()
    runs = {" ".join(words[at : at + 6]) for at in range(len(words) - 5)}
    found = {run for run in runs if run in stored}
    assert found <= {run for run in runs if any(run in finding["text"] for finding in evidence)}


def test_page_scripts_of_the_extension_cannot_read_the_token(paired: Browser, site: Site) -> None:
    page = open_article(paired, site)
    read = """async (tabId) => {
      const [{result}] = await chrome.scripting.executeScript({target: {tabId},
        func: () => chrome.storage.local.get("token").then((found) => found, (error) => String(error))});
      return result;
    }"""
    assert "Access to storage is not allowed" in str(paired.worker.evaluate(read, paired.tab_id(page)))


def dispatch(browser: Browser, event: str, first: Any, page: Page) -> None:
    """Fire an extension event for the page's tab, since drivers cannot press the browser's own keys."""
    browser.worker.evaluate(
        """async ([event, first, tabId]) => {
          const [area, name] = event.split(".");
          chrome[area][name].dispatch(first, await chrome.tabs.get(tabId));
        }""",
        [event, first, browser.tab_id(page)],
    )
