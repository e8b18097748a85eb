"""Marks on search results: from the reader's own checks alone, off by default, unreadable to the search page."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, Route

from tests.e2e.chromium import Browser, chromium, walk
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import Site, wait_for

SEARCH = "https://duckduckgo.com/?q=harrow+bridge"
RESULTS = """<!doctype html><html lang="en"><head><title>harrow bridge</title><style>
body {{ font: 16px/1.5 sans-serif; margin: 32px; max-width: 640px; }} h2 {{ font-size: 20px; margin: 24px 0 0; }}
</style></head><body><nav><a href="/images">Images</a></nav>{results}</body></html>"""
REGISTERED = """async () => (await chrome.scripting.getRegisteredContentScripts({ids: ["links"]})).length"""


@pytest.fixture
def searching(playwright: Playwright, extension: Path, tmp_path: Path) -> Iterator[Browser]:
    """A browser whose reader gave leave for search pages; no test can answer the browser's own question."""
    folder = tmp_path / "extension"
    shutil.copytree(extension, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["host_permissions"].append("https://*/*")
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with chromium(playwright, folder, tmp_path / "profile") as running:
        yield running


def switch_on(browser: Browser) -> None:
    browser.store(links=True)
    wait_for("the marks to be registered", lambda: browser.worker.evaluate(REGISTERED))


def read_pages(browser: Browser, site: Site, spun: int, clean: int) -> None:
    """Open so many pages of the site and wait for their verdicts."""
    for at in range(spun + clean):
        name = "spun" if at < spun else "honest"
        page = browser.open(site.put(f"/{name}-{at}", news_page(sample(name))))
        verdict = browser.settle(page, "verdict")["verdict"]["verdict"]
        assert verdict == ("spun" if name == "spun" else "clean")
        page.close()


def search(browser: Browser, *links: str) -> Page:
    """A page of results that lead to these addresses."""
    results = "".join(f'<h2><a href="{link}">Result {at}</a></h2><p>…</p>' for at, link in enumerate(links))

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=RESULTS.format(results=results))

    browser.context.route("https://duckduckgo.com/**", answer)
    return browser.open(SEARCH)


def marks(browser: Browser, page: Page) -> list[str]:
    """The marks' words, through their closed shadow root, which only the debugger can enter."""
    session = browser.context.new_cdp_session(page)
    root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    session.detach()
    hosts = [node for node in walk(root) if node["nodeName"] == "UNSPUN-LINKS"]
    spans = [node for host in hosts for node in walk(host["shadowRoots"][0]) if node["nodeName"] == "SPAN"]
    return [node["nodeValue"] for span in spans for node in walk(span) if node["nodeName"] == "#text"]


def test_a_site_seen_spun_is_marked_and_no_page_is_fetched(searching: Browser, site: Site, tmp_path: Path) -> None:
    switch_on(searching)
    read_pages(searching, site, spun=2, clean=1)
    asked_for: list[str] = []
    wrapped = f"/l/?uddg={site.origin.replace(':', '%3A').replace('/', '%2F')}%2Fother"
    searching.context.on("request", lambda request: asked_for.append(request.url))
    page = search(searching, f"{site.origin}/unread", "https://honest.example/", wrapped)

    found = wait_for("the marks", lambda: marks(searching, page))
    page.screenshot(path=tmp_path / "links.png")
    assert found == ["⚠ spun: 2 of the 3 pages you read"] * 2
    assert [url for url in asked_for if not url.startswith(("https://duckduckgo.com/", "chrome-extension:"))] == []


def test_results_that_come_later_are_marked_too(searching: Browser, site: Site) -> None:
    switch_on(searching)
    read_pages(searching, site, spun=2, clean=0)
    page = search(searching, "https://honest.example/")
    more = f'<h2><a href="{site.origin}/more">More</a></h2>'
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", more)
    assert wait_for("the mark", lambda: marks(searching, page)) == ["⚠ spun: 2 of the 2 pages you read"]


def test_one_spun_page_marks_no_site(searching: Browser, site: Site) -> None:
    switch_on(searching)
    read_pages(searching, site, spun=1, clean=0)
    page = search(searching, f"{site.origin}/unread")
    page.wait_for_selector("unspun-links", state="attached")
    page.wait_for_timeout(1_000)
    assert marks(searching, page) == []


def test_off_by_default_nothing_is_listed_and_no_search_page_touched(searching: Browser, site: Site) -> None:
    read_pages(searching, site, spun=2, clean=0)
    page = search(searching, f"{site.origin}/unread")
    page.wait_for_timeout(1_000)
    assert page.locator("unspun-links").count() == 0
    kept = searching.worker.evaluate("async () => Object.keys(await chrome.storage.local.get())")
    assert [key for key in kept if key.startswith("seen")] == []


def test_the_search_page_cannot_read_the_marks_and_nothing_moves(searching: Browser, site: Site) -> None:
    switch_on(searching)
    read_pages(searching, site, spun=2, clean=0)
    page = search(searching, f"{site.origin}/unread", "https://honest.example/")
    box = page.locator("h2").last.bounding_box()
    wait_for("the mark", lambda: marks(searching, page))
    assert page.evaluate("document.querySelector('unspun-links').shadowRoot") is None
    assert "spun:" not in page.evaluate("document.documentElement.outerHTML + document.body.innerText")
    assert page.locator("h2").last.bounding_box() == box


def test_the_list_is_saved_as_ublacklist_rules_and_forgotten_at_a_click(searching: Browser, site: Site) -> None:
    switch_on(searching)
    read_pages(searching, site, spun=2, clean=0)
    options = searching.options()
    options.get_by_text("Sites on the list: 1. Marked: 1.").wait_for()
    with options.expect_download() as download:
        options.get_by_role("button", name="Save as uBlacklist rules").click()
    assert download.value.suggested_filename == "unspun-ublacklist.txt"
    assert Path(download.value.path()).read_text("utf-8") == "# Sites seen spun, by unspun\n*://127.0.0.1/*\n"

    options.get_by_role("button", name="Forget this list").click()
    options.get_by_text("Sites on the list: 0. Marked: 0.").wait_for()
    kept = searching.worker.evaluate("async () => Object.keys(await chrome.storage.local.get())")
    assert [key for key in kept if key.startswith("seen")] == []
