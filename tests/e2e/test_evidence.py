"""What a reader can see and do with a verdict: findings, banner, search, report, near pages, comparing. One browser."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Playwright

from tests.e2e.chromium import Browser, chromium, walk
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import Server, Site, free_port, wait_for
from tests.e2e.test_accessibility import complaints

SEARCHES = "https://duckduckgo.com/**"


@dataclass(frozen=True)
class Reader:
    """A paired browser that has read two copies of a spun article; `page` shows the later one."""

    browser: Browser
    server: Server
    site: Site
    page: Page
    first: Page


@pytest.fixture(scope="module")
def reader(playwright: Playwright, extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("evidence")
    server, site = Server(folder / "data"), Site()
    server.start()
    with chromium(playwright, extension, folder / "profile") as browser:
        browser.store(port=server.port)
        browser.pair(server)
        html = news_page(sample("spun"))
        first = browser.open(site.put("/first", html.replace("<title>", "<title>First copy of ")))
        browser.settle(first, "verdict")
        page = browser.open(site.put("/spun", html))
        browser.settle(page, "verdict")
        wait_for("marks in the page", lambda: browser.highlighted(page))
        yield Reader(browser, server, site, page, first)
    server.stop()
    site.stop()


@pytest.fixture
def popup(reader: Reader) -> Iterator[Page]:
    opened = reader.browser.popup(reader.page)
    yield opened
    opened.close()
    reader.page.bring_to_front()


def verdict_of(reader: Reader, page: Page) -> dict[str, Any]:
    verdict: dict[str, Any] = reader.browser.settle(page, "verdict")["verdict"]
    return verdict


def test_the_popup_says_how_sure_how_much_and_which_kind(reader: Reader, popup: Page) -> None:
    shown = popup.inner_text("#state")
    assert re.search(r"About 1 in [\d,]+ human-written articles of this length score this high", shown)
    share = popup.get_by_role("meter", name="Share of the text that looks rewritten")
    assert float(share.get_attribute("aria-valuenow") or 0) == verdict_of(reader, reader.page)["spun_share"]
    assert "Phrase swapper" in shown
    assert "“historical past” for “history”" in shown


def test_every_finding_is_listed_as_text_with_its_reason(reader: Reader, popup: Page) -> None:
    rows = popup.locator(".finding").all_inner_texts()
    assert len(rows) == len(verdict_of(reader, reader.page)["evidence"])
    (history,) = [" ".join(row.split()) for row in rows if row.startswith("its historical past")]
    assert history == "its historical past → its history dictionary swap"


def test_keys_go_from_finding_to_finding_and_round(reader: Reader) -> None:
    evidence = sorted(verdict_of(reader, reader.page)["evidence"], key=lambda one: int(one["start"]))
    for key, at in (("N", 0), ("N", 1), ("P", 0), ("P", -1)):
        reader.page.keyboard.press(f"Alt+Shift+{key}")
        expected = evidence[at]["text"]
        wait_for(f"the tooltip of {expected}", partial(tooltip_starts, reader, expected))
    reader.page.keyboard.press("Escape")
    wait_for("the tooltip to go", lambda: reader.browser.tooltip(reader.page) == [])


def test_the_pages_own_script_cannot_press_the_keys(reader: Reader) -> None:
    reader.page.evaluate(
        "dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyN', altKey: true, shiftKey: true, bubbles: true}))"
    )
    reader.page.wait_for_timeout(300)
    assert reader.browser.tooltip(reader.page) == []


def test_the_slider_shows_fewer_marks_and_all_again(reader: Reader, popup: Page) -> None:
    everything = [one["text"] for one in verdict_of(reader, reader.page)["evidence"]]
    slider = popup.get_by_label("Marks in the page")
    slider.press("Home")
    wait_for("fewer marks", lambda: 0 < len(reader.browser.highlighted(reader.page)) < len(everything) / 2)
    assert slider.get_attribute("aria-valuetext") == "Only the strongest"
    slider.press("End")
    wait_for("all marks", lambda: sorted(reader.browser.highlighted(reader.page)) == sorted(everything))


def test_the_original_is_searched_for_only_on_the_click(reader: Reader, popup: Page) -> None:
    searched: list[str] = []
    reader.browser.context.on("request", lambda request: searched.append(request.url))
    reader.browser.context.route(SEARCHES, lambda route: route.fulfill(body="results"))
    popup.reload()
    button = popup.get_by_role("button", name="Find the original")
    button.wait_for()
    assert not any("duckduckgo" in address for address in searched)
    with reader.browser.context.expect_page() as opened:
        button.click()
    opened.value.wait_for_url(SEARCHES)
    query = parse_qs(urlsplit(opened.value.url).query)["q"][0]
    opened.value.close()
    reader.browser.context.unroute(SEARCHES)
    assert "Harrow Bridge" in query
    assert "historical past" not in query


def test_a_report_is_saved_under_a_name_that_says_what_and_when(popup: Page, tmp_path: Path) -> None:
    with popup.expect_download() as download:
        popup.get_by_role("button", name="Save a report").click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"unspun-report-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.html", name)
    popup.get_by_text(f"Saved as {name}").wait_for()
    download.value.save_as(tmp_path / name)
    report = (tmp_path / name).read_text("utf-8")
    assert "/spun" in report
    assert "its historical past" in report


def test_a_page_read_before_that_tells_the_same_story_is_named(popup: Page) -> None:
    popup.get_by_text("Another page you read tells the same story").click()
    near = popup.locator(".near li")
    assert near.count() == 1
    assert near.inner_text().startswith("First copy of The Harrow Bridge Courier")
    assert (near.locator("a").get_attribute("href") or "").endswith("/first")


def test_two_pages_are_compared_summed_up_and_shown_side_by_side(reader: Reader, popup: Page) -> None:
    popup.get_by_role("button", name="Compare with").click()
    popup.locator(".candidate", has_text="First copy").click()
    popup.get_by_text("A copy: the same sentences").wait_for()
    with reader.browser.context.expect_page() as opened:
        popup.get_by_role("button", name="Open side by side").click()
    report = opened.value
    report.get_by_role("heading", name="A copy: the same sentences").wait_for()
    align = report.locator("table.beside th").first.evaluate("(cell) => getComputedStyle(cell).textAlign")
    assert align in ("left", "start")  # centred without the report's own style
    assert complaints(report) == []
    report.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_popup_is_free_of_barriers_with_everything_open(
    popup: Page, scheme: Literal["light", "dark"], tmp_path: Path
) -> None:
    popup.emulate_media(color_scheme=scheme)
    popup.set_viewport_size({"width": 372, "height": 1500})
    popup.get_by_text("Another page you read tells the same story").click()
    popup.get_by_role("button", name="Compare with").click()
    popup.locator(".candidate").first.wait_for()
    assert complaints(popup) == []
    popup.locator(".candidate").first.click()
    popup.get_by_role("button", name="Open side by side").wait_for()
    assert complaints(popup) == []
    shots = Path(os.environ.get("UNSPUN_STATES_DIR", tmp_path))
    assert popup.screenshot(path=shots / f"evidence-{scheme}.png")


def test_a_spun_page_has_a_banner_that_stays_closed_once_closed(reader: Reader) -> None:
    assert "This text was very likely rewritten by software." in banner(reader, reader.page)
    before = reader.page.evaluate("document.querySelector('h1').getBoundingClientRect().top + scrollY")
    press_banner(reader.page, reader.browser, "Close")
    wait_for("the banner to go", lambda: banner(reader, reader.page) == [])
    assert reader.page.evaluate("document.querySelector('h1').getBoundingClientRect().top + scrollY") == before

    reader.page.reload()
    wait_for("marks in the page", lambda: reader.browser.highlighted(reader.page))
    assert banner(reader, reader.page) == []


def test_an_honest_page_has_neither_banner_nor_search(reader: Reader) -> None:
    honest = reader.browser.open(reader.site.put("/honest", news_page(sample("honest"))))
    reader.browser.settle(honest, "verdict")
    popup = reader.browser.popup(honest)
    popup.get_by_role("button", name="Save a report").wait_for()
    assert popup.get_by_role("button", name="Find the original").count() == 0
    assert banner(reader, honest) == []
    popup.close()
    honest.close()


def test_without_a_server_the_popup_says_what_needs_it(reader: Reader) -> None:
    reader.browser.store(port=free_port())
    lone = reader.browser.open(reader.site.put("/lone", news_page(sample("spun"))))
    reader.browser.settle(lone, "verdict")
    popup = reader.browser.popup(lone)
    popup.get_by_text("reports and comparing need unspun's server").wait_for()
    popup.get_by_role("button", name="This is spun").wait_for()
    assert popup.get_by_role("button", name="Save a report").count() == 0
    popup.close()
    lone.close()
    reader.browser.store(port=reader.server.port)


def tooltip_starts(reader: Reader, text: str) -> bool:
    return reader.browser.tooltip(reader.page)[:1] == [text]


def in_shadow(browser: Browser, page: Page) -> Iterator[dict[str, Any]]:
    """All nodes of our closed shadow root, which only the debugger can enter."""
    session = browser.context.new_cdp_session(page)
    root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    session.detach()
    for host in [node for node in walk(root) if node["nodeName"] == "UNSPUN-TOOLTIP"]:
        yield from walk(host["shadowRoots"][0])


def banner(reader: Reader, page: Page) -> list[str]:
    """The texts of the banner, none where it is not shown."""
    bars = [node for node in in_shadow(reader.browser, page) if node["nodeName"] == "ASIDE"]
    shown = [bar for bar in bars if "hidden" not in bar["attributes"]]
    return [node["nodeValue"].strip() for bar in shown for node in walk(bar) if node["nodeName"] == "#text"]


def press_banner(page: Page, browser: Browser, label: str) -> None:
    """Click a button of the banner with the mouse."""
    (found,) = [node for node in in_shadow(browser, page) if label in node.get("attributes", [])]
    session = browser.context.new_cdp_session(page)
    quad = session.send("DOM.getBoxModel", {"backendNodeId": found["backendNodeId"]})["model"]["content"]
    session.detach()
    page.mouse.click((quad[0] + quad[4]) / 2, (quad[1] + quad[5]) / 2)
