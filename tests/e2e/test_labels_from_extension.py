"""Labels given in the browser: where, how they are taken back, and that the server gets each exactly once."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.e2e.chromium import Browser, chromium
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import Server, Site, wait_for

GIVEN = (
    "SELECT texts.url, labels.label, texts.title FROM labels JOIN texts ON texts.id = labels.text ORDER BY labels.id"
)


@dataclass(frozen=True)
class Labeller:
    """A paired browser, its server, and the server's data folder."""

    browser: Browser
    server: Server
    site: Site
    data: Path

    def given(self) -> list[tuple[str, str, str]]:
        """What the server has: address, label, title."""
        with sqlite3.connect(f"file:{self.data / 'unspun.sqlite'}?mode=ro", uri=True) as database:
            return list(database.execute(GIVEN))

    def labels(self) -> list[str]:
        return [label for _, label, _ in self.given()]

    def read(self, path: str) -> Page:
        """A spun page that was judged. Each path has words of its own, so that none is a copy of another."""
        own = " ".join(f"{path.strip('/')} {word}" for word in sample("honest").split()[::3])
        page = self.browser.open(self.site.put(path, news_page(f"{sample('spun')}\n{own}.")))
        self.browser.settle(page, "verdict")
        return page


@pytest.fixture(scope="module")
def labeller(playwright: Playwright, extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Labeller]:
    folder = tmp_path_factory.mktemp("labels")
    server, site = Server(folder / "data"), Site()
    server.start()
    with chromium(playwright, extension, folder / "profile") as browser:
        browser.store(port=server.port)
        browser.pair(server)
        yield Labeller(browser, server, site, folder / "data")
    server.stop()
    site.stop()


def test_a_label_from_the_popup_reaches_the_server_and_can_be_taken_back(labeller: Labeller) -> None:
    page = labeller.read("/popup")
    popup = labeller.browser.popup(page)
    popup.get_by_role("button", name="This is spun").click()
    popup.get_by_text("You said: spun.").wait_for()
    popup.get_by_text("The server has it. 1 label of yours so far.").wait_for()
    assert labeller.given() == [(page.url, "spun", "The Harrow Bridge Courier")]

    popup.get_by_role("button", name="Undo").click()
    popup.get_by_role("button", name="This is not").wait_for()
    wait_for("the label to go", lambda: labeller.given() == [])


def test_article_and_selection_are_labelled_from_the_context_menu(labeller: Labeller) -> None:
    page = labeller.read("/menu")
    choose(labeller.browser, page, "label-page-not-spun")
    wait_for("the article's label", lambda: labeller.labels() == ["not-spun"])

    page.evaluate("getSelection().selectAllChildren(document.querySelectorAll('article p')[1])")
    choose(labeller.browser, page, "label-selection-spun")
    wait_for("the selection's label", lambda: labeller.labels() == ["not-spun", "spun"])
    assert labeller.browser.highlighted(page)  # the page's own verdict stays as it was


def test_labels_wait_for_the_server_and_are_delivered_once(labeller: Labeller) -> None:
    before = labeller.labels()
    page = labeller.read("/waiting")
    labeller.server.stop()
    popup = labeller.browser.popup(page)
    popup.get_by_role("button", name="This is spun").click()
    popup.get_by_text("Kept in this browser until unspun's server is there.").wait_for()
    labeller.browser.stop_worker(popup)

    labeller.server.start()
    popup.reload()
    popup.get_by_role("button", name="Check again").click()
    popup.get_by_text("The server has it.").wait_for()
    assert labeller.labels() == [*before, "spun"]


def test_a_worker_that_died_between_sending_and_the_answer_does_not_label_twice(labeller: Labeller) -> None:
    before = labeller.labels()
    page = labeller.read("/crash")
    popup = labeller.browser.popup(page)
    popup.get_by_role("button", name="This is spun").click()
    popup.get_by_text("The server has it.").wait_for()
    popup.evaluate(
        """async (text) => {
          const { labels } = await chrome.storage.local.get("labels");
          Object.assign(labels.rows.at(-1), { serverId: null, isTried: true, text });
          await chrome.storage.local.set({ labels });
        }""",
        sample("spun"),
    )
    popup.get_by_text("Kept in this browser").wait_for()
    labeller.browser.stop_worker(popup)
    popup.get_by_role("button", name="Check again").click()
    popup.get_by_text("The server has it.").wait_for()
    assert labeller.labels() == [*before, "spun"]


def choose(browser: Browser, page: Page, item: str) -> None:
    """Choose an item of the context menu, which drivers cannot open."""
    browser.worker.evaluate(
        """async ([menuItemId, tabId]) =>
          chrome.contextMenus.onClicked.dispatch({ menuItemId }, await chrome.tabs.get(tabId))""",
        [item, browser.tab_id(page)],
    )
