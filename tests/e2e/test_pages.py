"""The saved pages in a real browser: the right text is read, nothing breaks, nothing in the page changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.e2e.chromium import QUIET_S, Browser, chromium
from tests.e2e.news_page import article_html, news_page, sample
from tests.e2e.page_readings import OFF_HOST, NoteTaker, Outcome, read_pages
from tests.e2e.programs import Site, wait_for
from tests.pages.cases import saved_pages

PRIVATE = ["banking.*", "mail.*", "webmail.*"]  # from the list that is off from the start


@pytest.fixture
def notes() -> Iterator[NoteTaker]:
    running = NoteTaker()
    yield running
    running.stop()


@pytest.fixture
def noted(playwright: Playwright, trusted_extension: Path, notes: NoteTaker, tmp_path: Path) -> Iterator[Browser]:
    """A browser whose server is the note-taker, with leave for every page."""
    with chromium(playwright, trusted_extension, tmp_path / "profile") as running:
        running.store(port=notes.port, token="t" * 43)
        yield running


@pytest.fixture(scope="module")
def outcomes(
    playwright: Playwright, trusted_extension: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[Outcome]:
    """Every saved page, read once in one browser."""
    notes, site = NoteTaker(), Site()
    with chromium(playwright, trusted_extension, tmp_path_factory.mktemp("pages") / "profile") as running:
        running.store(port=notes.port, token="t" * 43, sitesOff=[OFF_HOST, *PRIVATE])
        found = read_pages(running, notes, site, saved_pages())
    notes.stop()
    site.stop()
    return found


def test_the_right_text_is_found_on_at_least_nine_pages_of_ten(outcomes: list[Outcome]) -> None:
    articles = [outcome for outcome in outcomes if outcome.case.expected]
    wrong = {outcome.case.slug: round(outcome.f1, 2) for outcome in articles if not outcome.is_right}
    assert len(articles) >= 50
    assert len(wrong) <= len(articles) // 10, wrong


def test_the_right_text_is_found_on_the_pages_the_reader_was_not_tuned_on(outcomes: list[Outcome]) -> None:
    final = [outcome for outcome in outcomes if outcome.case.is_final]
    wrong = {outcome.case.slug: round(outcome.f1, 2) for outcome in final if not outcome.is_right}
    assert len(final) == 15
    assert len(wrong) <= 1, wrong


def test_pages_without_an_article_are_left_alone(outcomes: list[Outcome]) -> None:
    read = [outcome.case.slug for outcome in outcomes if not outcome.case.expected and outcome.text is not None]
    assert read == []


def test_no_page_sees_a_script_error(outcomes: list[Outcome]) -> None:
    assert {outcome.case.slug: outcome.errors for outcome in outcomes if outcome.errors} == {}


def test_no_page_is_changed_but_for_the_one_element(outcomes: list[Outcome]) -> None:
    assert {outcome.case.slug: outcome.changes for outcome in outcomes if outcome.changes} == {}


def test_marks_stand_in_open_shadow_trees(noted: Browser, site: Site) -> None:
    host = f"<main></main><script>{SHADOW.replace('STORY', article_html(sample('spun')))}</script>"
    page = noted.open(site.put("/shadow", f"<!doctype html><title>s</title>{host}"))
    marked = wait_for("marks in the page", lambda: noted.highlighted(page))
    assert len(marked) >= 15


SHADOW = "document.querySelector('main').attachShadow({mode: 'open'}).innerHTML = `STORY`"


def test_marks_and_tooltip_work_in_a_frame_of_the_same_origin(noted: Browser, site: Site) -> None:
    site.put("/inner", news_page(sample("spun")))
    frame = "<iframe src='/inner' width='1000' height='700' style='margin: 40px'></iframe>"
    page = noted.open(site.put("/outer", f"<!doctype html><title>o</title>{frame}"))
    inner = page.frames[1]
    wait_for("marks in the frame", lambda: inner.evaluate(FRAME_MARKS))
    assert inner.evaluate("[...CSS.highlights.keys()]") == ["unspun-light", "unspun-strong"]
    x, y = inner.evaluate(FIRST_MARK)
    page.mouse.move(48 + x, 48 + y)  # the frame's corner: margins of frame and body
    wait_for("the tooltip", lambda: noted.tooltip(page))


FRAME_MARKS = "[...CSS.highlights.get('unspun-strong') ?? []].length"
FIRST_MARK = """() => {
  const [box] = [...CSS.highlights.get('unspun-strong')][0].getClientRects();
  return [box.left + box.width / 2 + 2, box.top + box.height / 2 + 2];
}"""


def test_a_pdf_is_politely_refused(noted: Browser, notes: NoteTaker, site: Site) -> None:
    page = noted.open(site.put("/paper.pdf", "%PDF-1.4 no more than the beginning of one"))
    noted.popup(page)
    noted.worker.evaluate(
        "async (tabId) => chrome.commands.onCommand.dispatch('check-page', await chrome.tabs.get(tabId))",
        noted.tab_id(page),
    )
    state = noted.settle(page, "trouble")
    assert state["trouble"]["kind"] == "unreadable"
    assert "This page cannot be read" in noted.popup(page).inner_text("#state")
    assert notes.texts == []


def test_a_page_that_never_stops_growing_is_read_at_most_once_a_second(
    noted: Browser, notes: NoteTaker, site: Site
) -> None:
    page = noted.open(site.put("/feed", news_page(sample("spun"))))
    wait_for("the first reading", lambda: notes.texts)
    before = len(notes.texts)
    page.evaluate(
        """() => setInterval(() => {
          const p = document.createElement("p");
          p.textContent = "The river rose again, and the mill was closed for a day. ".repeat(12);
          document.querySelector("article").append(p);
        }, 100)"""
    )
    page.wait_for_timeout(6_000)
    assert 2 <= len(notes.texts) - before <= 6


def test_on_a_site_that_is_off_no_file_of_ours_runs(noted: Browser, notes: NoteTaker, site: Site) -> None:
    noted.store(sitesOff=["127.0.0.1"])
    wait_for("the new list", lambda: noted.worker.evaluate(EXCLUDED) == ["*://127.0.0.1/*"])
    page = noted.open(site.put("/off", news_page(sample("spun"))))
    page.wait_for_timeout(QUIET_S * 1000)
    assert reach(noted, page) is None
    assert notes.texts == []


EXCLUDED = "async () => (await chrome.scripting.getRegisteredContentScripts())[0].excludeMatches ?? []"


def test_on_a_private_host_the_page_side_asks_once_and_ends(noted: Browser, notes: NoteTaker, site: Site) -> None:
    address = site.put("/letter", news_page(sample("spun"))).replace("127.0.0.1", "webmail.localhost")
    page = noted.open(address)
    page.wait_for_timeout(QUIET_S * 1000)
    assert noted.status(page) is None
    assert notes.texts == []
    assert "Switched off for this site" in noted.popup(page).inner_text("#state")


def reach(browser: Browser, page: Page) -> object:
    """What a page side in the tab would answer; None when there is none."""
    ask = "(tabId) => chrome.tabs.sendMessage(tabId, {type: 'reveal', index: 0}).catch(() => null)"
    found: object = browser.worker.evaluate(ask, browser.tab_id(page))
    return found
