"""Pictures of a flagged page and of the popup; into docs/ when UNSPUN_PICTURES=1, else into the test's own folder."""

import os
from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.e2e.chromium import Browser, chromium
from tests.e2e.news_page import news_page, plain_page, sample
from tests.e2e.programs import ROOT, Server, Site, wait_for
from tests.e2e.test_articles import middle_of, point_at

MIN_PICTURE_BYTES = 5_000  # an empty page is smaller


def test_pictures_of_a_flagged_page_and_its_popup(paired: Browser, site: Site, tmp_path: Path) -> None:
    folder = ROOT / "docs" if os.environ.get("UNSPUN_PICTURES") == "1" else tmp_path
    folder.mkdir(exist_ok=True)
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    wait_for("marks in the page", lambda: paired.highlighted(page))
    page.set_viewport_size({"width": 1000, "height": 720})
    page.mouse.move(*middle_of(page, "its historical past"))
    page.wait_for_timeout(300)
    page.screenshot(path=folder / "flagged-page.png")
    shoot(paired.popup(page), folder / "popup.png")

    assert (folder / "flagged-page.png").stat().st_size > MIN_PICTURE_BYTES
    assert (folder / "popup.png").stat().st_size > MIN_PICTURE_BYTES


def test_pictures_of_the_other_states_in_the_dark(
    playwright: Playwright, extension: Path, server: Server, site: Site, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("UNSPUN_STATES_DIR", tmp_path))
    for dark in (False, True):
        name = "dark" if dark else "light"
        with chromium(playwright, extension, tmp_path / name, dark=dark) as browser:
            browser.store(port=server.port)
            page = browser.open(site.put("/spun", news_page(sample("spun"))))
            browser.settle(page, "verdict")
            shoot(browser.popup(page), folder / f"unpaired-{name}.png")
            popup = browser.popup(page)
            popup.get_by_text("Add unspun's server").click()
            popup.get_by_role("button", name="Get a code").click()
            popup.get_by_label("Six-digit code").fill("000000")
            popup.get_by_role("button", name="Pair", exact=True).click()
            popup.locator("#state").get_by_text("Tries left").wait_for()
            shoot(popup, folder / f"code-{name}.png")
            popup.get_by_label("Six-digit code").fill(server.pairing_code())
            popup.get_by_role("button", name="Pair", exact=True).click()
            popup.get_by_text("Checked by unspun on this computer").wait_for()
            shoot(browser.popup(page), folder / f"spun-{name}.png")
            point_at(page, "machine studying")
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"page-{name}.png")
            options = browser.options()
            options.get_by_text("This browser is paired.").wait_for()
            options.screenshot(path=folder / f"options-{name}.png", full_page=True)
            honest = browser.open(site.put("/honest", news_page(sample("honest"))))
            browser.settle(honest, "verdict")
            shoot(browser.popup(honest), folder / f"clean-{name}.png")
            form = browser.open(site.put("/form", plain_page()))
            browser.settle(form, "not_article")
            shoot(browser.popup(form), folder / f"form-{name}.png")
            browser.store(port=1025)
            popup = browser.popup(honest)
            popup.get_by_role("button", name="Check again").click()
            popup.get_by_text("unspun's server did not answer").click()
            popup.locator("#state").get_by_text("server is not running").wait_for()
            shoot(popup, folder / f"off-{name}.png")
            assert (folder / f"off-{name}.png").stat().st_size > 0


def shoot(popup: Page, path: Path) -> None:
    """The popup alone, as large as the browser would draw it."""
    popup.set_viewport_size({"width": 372, "height": 100})
    height = int(popup.evaluate("document.documentElement.scrollHeight"))
    popup.set_viewport_size({"width": 372, "height": height})
    popup.screenshot(path=path)
