"""axe-core finds nothing on the extension's own pages, in light and dark, and they speak the browser's language."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from tests.e2e.chromium import EXTENSION_ID, Browser, chromium
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import ROOT, Server, Site, free_port

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(page: Page) -> list[str]:
    """What axe-core has to say of a page: rule, and the elements that break it."""
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found["violations"]]


def own_page(browser: Browser, path: str) -> Page:
    page = browser.open(f"chrome-extension://{EXTENSION_ID}/{path}")
    page.wait_for_selector("h1")
    return page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_popup_options_and_privacy_pages_are_clean(
    playwright: Playwright, extension: Path, server: Server, site: Site, tmp_path: Path, dark: bool
) -> None:
    with chromium(playwright, extension, tmp_path / "profile", dark=dark) as browser:
        browser.store(port=free_port())
        off = browser.options()
        off.get_by_text("unspun's server is not running").wait_for()
        assert complaints(off) == []

        browser.store(port=server.port)
        page = browser.open(site.put("/spun", news_page(sample("spun"))))
        browser.settle(page, "verdict")
        popup = browser.popup(page)
        popup.set_viewport_size({"width": 400, "height": 600})
        assert complaints(popup) == []

        options = browser.options()
        options.get_by_role("button", name="Get a code").click()
        options.get_by_label("Six-digit code").wait_for()
        server.pairing_code()  # so that the next one asked for is the next one shown
        assert complaints(options) == []
        browser.pair(server)
        options.reload()
        options.get_by_text("This browser is paired.").wait_for()
        assert complaints(options) == []
        assert complaints(own_page(browser, "privacy/privacy.html")) == []

        browser.store(mode="click")
        asked = browser.open(site.put("/other", news_page(sample("honest"))))
        assert complaints(browser.popup(asked)) == []


def test_a_picture_without_words_would_be_complained_of(browser: Browser) -> None:
    page = own_page(browser, "privacy/privacy.html")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert [line.split(":")[0] for line in complaints(page)] == ["image-alt"]


@pytest.mark.parametrize(
    ("language", "title", "choice"),
    [
        ("de", "Einstellungen von unspun", "Jeden Artikel, von selbst"),
        ("fr", "Options d'unspun", "Tous les articles, automatiquement"),
        ("it", "unspun options", "Every article, by itself"),
    ],
)
def test_the_interface_speaks_the_browsers_language(
    playwright: Playwright, extension: Path, tmp_path: Path, language: str, title: str, choice: str
) -> None:
    with chromium(playwright, extension, tmp_path / "profile", f"--lang={language}") as browser:
        options = browser.options()
        options.get_by_label(choice).wait_for()
        assert options.title() == title
        assert options.evaluate("document.documentElement.lang") == (language if language != "it" else "en")
        privacy = own_page(browser, "privacy/privacy.html")
        assert privacy.evaluate("document.documentElement.scrollWidth <= innerWidth")
