"""No server at all: the engine in the browser judges by itself. With one: its new model is taken over."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Firefox
from selenium.webdriver.common.by import By

from detector import Detector, load_detector
from tests.e2e.chromium import QUIET_S, Browser
from tests.e2e.firefox import HOME, marked_phrases, see, tab_and_badge
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import ROOT, Listener, Server, Site, wait_for

MODELS = ROOT / "models"
ACTIVE = (MODELS / "ACTIVE").read_text("utf-8").strip()
NEWER = "2099-01-01-copied"


@pytest.fixture(scope="session")
def shipped() -> Detector:
    return load_detector(MODELS / ACTIVE)


@pytest.fixture
def own_models(tmp_path: Path) -> Path:
    """A models folder with the shipped model, active, and a copy of it under another name."""
    folder = tmp_path / "models"
    shutil.copytree(MODELS / ACTIVE, folder / ACTIVE, ignore=shutil.ignore_patterns("figures", "pipeline.joblib"))
    (folder / "ACTIVE").write_text(ACTIVE)
    manifest = (MODELS / ACTIVE / "manifest.json").read_text("utf-8")
    shutil.copytree(folder / ACTIVE, folder / NEWER)
    (folder / NEWER / "manifest.json").write_text(manifest.replace(f'"{ACTIVE}"', f'"{NEWER}"'), "utf-8")
    return folder


@pytest.fixture
def training_server(own_models: Path, tmp_path: Path) -> Iterator[Server]:
    """A server whose active model can be changed."""
    running = Server(tmp_path / "data", models=own_models)
    running.start()
    yield running
    running.stop()


def test_without_a_server_a_spun_page_is_flagged_and_marked(
    browser: Browser, listener: Listener, site: Site, shipped: Detector
) -> None:
    browser.store(port=listener.port)
    page = browser.open(site.put("/spun", news_page(sample("spun"))))
    state = browser.settle(page, "verdict")
    assert (state["engine"], state["verdict"]["verdict"]) == ("browser", "spun")
    assert state["verdict"]["model"] == shipped.id
    marked = wait_for("marks in the page", lambda: browser.highlighted(page))
    assert "historical past" in marked
    assert browser.badge(page) == "!"

    page.wait_for_timeout(QUIET_S * 1000)
    assert listener.requests == []


def test_without_a_server_an_honest_page_is_clean(browser: Browser, site: Site) -> None:
    page = browser.open(site.put("/honest", news_page(sample("honest"))))
    state = browser.settle(page, "verdict")
    assert (state["engine"], state["verdict"]["verdict"]) == ("browser", "clean")
    assert browser.badge(page) == ""


def test_the_popup_says_that_the_browser_answered_and_offers_the_server(browser: Browser, site: Site) -> None:
    page = browser.open(site.put("/spun", news_page(sample("spun"))))
    browser.settle(page, "verdict")
    popup = browser.popup(page)
    popup.get_by_text(f"Checked in this browser, model {ACTIVE}").wait_for()
    assert not popup.get_by_role("button", name="Get a code").is_visible()
    popup.get_by_text("Add unspun's server on this computer").click()
    assert "Labels, history, comparing and models of your own need it." in popup.inner_text("details")
    assert popup.get_by_role("button", name="Get a code").is_visible()


def test_without_a_server_the_offer_says_that_it_is_not_running(browser: Browser, server: Server, site: Site) -> None:
    browser.store(port=server.port)
    server.stop()
    page = browser.open(site.put("/spun", news_page(sample("spun"))))
    browser.settle(page, "verdict")
    popup = browser.popup(page)
    popup.get_by_text("Add unspun's server").click()
    popup.get_by_role("button", name="Get a code").click()
    popup.get_by_text("unspun's server is not running").wait_for()
    popup.locator("#state").get_by_text("very likely rewritten by software").wait_for()


def test_a_worker_that_was_stopped_judges_again(browser: Browser, site: Site) -> None:
    page = browser.open(site.put("/spun", news_page(sample("spun"))))
    browser.settle(page, "verdict")
    popup = browser.popup(page)
    browser.stop_worker(popup)
    popup.get_by_role("button", name="Check again").click()
    popup.get_by_text(f"Checked in this browser, model {ACTIVE}").wait_for()


@pytest.mark.parametrize("name", ["spun", "honest"])
def test_both_engines_say_the_same_of_a_page(paired: Browser, server: Server, site: Site, name: str) -> None:
    page = paired.open(site.put("/page", news_page(sample(name))))
    by_server = paired.settle(page, "verdict")
    assert by_server["engine"] == "server"
    server.stop()
    page.reload()
    wait_for("the browser's answer", lambda: (paired.state(page) or {}).get("engine") == "browser")
    by_browser = paired.settle(page, "verdict")
    assert rounded(by_browser["verdict"]) == rounded(by_server["verdict"], only=by_browser["verdict"])


def test_a_model_that_the_server_promotes_is_taken_over_and_kept(
    browser: Browser, training_server: Server, own_models: Path, site: Site
) -> None:
    browser.store(port=training_server.port)
    browser.pair(training_server)
    page = browser.open(site.put("/spun", news_page(sample("spun"))))
    assert browser.settle(page, "verdict")["verdict"]["model"] == ACTIVE

    (own_models / "ACTIVE").write_text(NEWER)
    page.reload()
    wait_for("the new model", lambda: model_of(browser.state(page)) == NEWER)
    wait_for("its tables in the browser", lambda: browser.worker.evaluate(KEPT) == NEWER)
    training_server.stop()
    page.reload()
    wait_for("the browser's answer", lambda: (browser.state(page) or {}).get("engine") == "browser")
    assert model_of(browser.settle(page, "verdict")) == NEWER


def test_firefox_without_a_server_flags_a_spun_page_and_says_who_did(firefox: Firefox, site: Site) -> None:
    address = site.put("/spun", news_page(sample("spun")))
    firefox.get(f"{HOME}/options/options.html")
    extension_tab = firefox.current_window_handle
    firefox.switch_to.new_window("tab")
    firefox.get(address)
    marked = wait_for("marks in the page", lambda: marked_phrases(firefox))
    assert "historical past" in marked

    firefox.switch_to.window(extension_tab)
    tab_id, badge = tab_and_badge(firefox, address)
    assert badge == "!"
    firefox.get(f"{HOME}/popup/popup.html?tabId={tab_id}")
    see(firefox, By.XPATH, "//h2[.='This text was very likely rewritten by software']")
    see(firefox, By.XPATH, f"//p[contains(., 'Checked in this browser, model {ACTIVE}')]")
    see(firefox, By.XPATH, "//summary[contains(., 'Add unspun')]")


KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("unspun", 1);
  opening.onsuccess = () => {
    const note = opening.result.transaction("model").objectStore("model").get("note");
    note.onsuccess = () => (opening.result.close(), resolve(note.result?.taken ? note.result.id : null));
  };
})"""


def model_of(state: dict[str, Any] | None) -> str | None:
    return state["verdict"]["model"] if state and state["status"] == "verdict" else None


def rounded(value: Any, only: dict[str, Any] | None = None) -> Any:
    """A verdict with its numbers to six places; only the fields that another verdict has."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items() if only is None or key in only}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return round(value, 5) if isinstance(value, float) else value
