"""The least leave that works: the clicked page alone; every page when the reader switches that on, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Firefox, Keys
from selenium.webdriver.common.by import By

from tests.e2e.chromium import QUIET_S, Browser
from tests.e2e.firefox import FIREFOX, HOME, marked_phrases, see, started_firefox
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import Site, wait_for

ALLOWED = """const [done] = arguments;
chrome.permissions.getAll().then(({ origins }) => done(origins.sort()));"""
ASKED = """(answer) => { globalThis.asked = [];
chrome.permissions.request = async ({ origins }) => { asked.push(...origins); return answer; }; }"""


def elsewhere(site: Site, path: str) -> str:
    """The same page under a host for which no leave was given at installing."""
    return site.put(path, news_page(sample("spun"))).replace("127.0.0.1", "localhost")


@pytest.fixture
def fresh_firefox(extension: Path, tmp_path: Path) -> Iterator[Firefox]:
    """Firefox as it is after installing the extension."""
    if not FIREFOX.exists():
        pytest.skip("firefox-esr is not installed")
    with started_firefox(extension, tmp_path, automatic=False) as running:
        yield running


def test_firefox_reads_pages_by_itself_only_after_leave_and_gives_it_back(fresh_firefox: Firefox, site: Site) -> None:
    driver, address = fresh_firefox, elsewhere(site, "/spun")
    driver.get(f"{HOME}/options/options.html")
    assert driver.execute_async_script(ALLOWED) == ["http://127.0.0.1/*"]

    see(driver, By.XPATH, "//label[.='Every article, by itself']").click()
    see(driver, By.XPATH, "//*[@id='saved'][.='Saved']")
    assert driver.execute_async_script(ALLOWED) == ["http://*/*", "http://127.0.0.1/*", "https://*/*"]
    options = driver.current_window_handle
    driver.switch_to.new_window("tab")
    driver.get(address)
    assert len(wait_for("marks in the page", lambda: marked_phrases(driver))) >= 15

    driver.switch_to.window(options)
    see(driver, By.XPATH, "//label[.='Only when I ask']").click()
    given_back = ["http://127.0.0.1/*"]
    wait_for("the leave to be given back", lambda: driver.execute_async_script(ALLOWED) == given_back)


def test_firefox_lets_a_key_press_check_a_page_that_it_has_no_leave_for(fresh_firefox: Firefox, site: Site) -> None:
    driver = fresh_firefox
    driver.get(elsewhere(site, "/spun"))
    with driver.context(driver.CONTEXT_CHROME):
        keys = ActionChains(driver).key_down(Keys.ALT).key_down(Keys.SHIFT).send_keys("u")
        keys.key_up(Keys.SHIFT).key_up(Keys.ALT).perform()
    assert len(wait_for("marks in the page", lambda: marked_phrases(driver))) >= 15


def test_without_leave_a_page_is_not_read_by_itself(browser: Browser, site: Site) -> None:
    page = browser.open(elsewhere(site, "/spun"))
    page.wait_for_timeout(QUIET_S * 1000)
    states = browser.worker.evaluate("async () => Object.keys(await chrome.storage.session.get())")
    assert [key for key in states if key.startswith("tab:")] == []
    assert browser.highlighted(page) == []


def test_a_refusal_leaves_everything_as_it_was_and_says_so(browser: Browser) -> None:
    browser.store(mode="click")
    options = browser.options()
    options.get_by_label("Only when I ask").wait_for()
    options.evaluate(ASKED, False)
    options.get_by_label("Every article, by itself").click()
    options.get_by_text("The browser gave no leave. Nothing was changed.").wait_for()
    assert options.get_by_label("Only when I ask").is_checked()
    assert options.evaluate("asked") == ["http://*/*", "https://*/*"]
    options.get_by_label("Mark links to sites you have seen spun").click()
    wait_for("the question", lambda: "https://www.bing.com/*" in options.evaluate("asked"))
    wait_for("the box to be empty", lambda: not options.get_by_label("Mark links to sites").is_checked())
    stored = browser.worker.evaluate("() => chrome.storage.local.get(['mode', 'links'])")
    assert stored == {"mode": "click"}


def test_leave_taken_back_in_the_browsers_settings_ends_automatic_checks(browser: Browser) -> None:
    browser.store(links=True)
    browser.worker.evaluate("() => chrome.permissions.onRemoved.dispatch({ origins: ['https://*/*'] })")
    stored = "() => chrome.storage.local.get(['mode', 'links'])"
    wait_for("both to be off", lambda: browser.worker.evaluate(stored) == {"mode": "click", "links": False})
