"""The zips for the stores are whole: each runs in its browser and judges a page, with no server."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from server.version import VERSION
from tests.e2e.chromium import chromium
from tests.e2e.firefox import FIREFOX, marked_phrases, started_firefox
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import Site, wait_for


def test_chromiums_zip_runs_in_chromium(playwright: Playwright, extension: Path, site: Site, tmp_path: Path) -> None:
    with zipfile.ZipFile(extension.parent / f"unspun-{VERSION}-chromium.zip") as file:
        file.extractall(tmp_path / "extension")
    with chromium(playwright, tmp_path / "extension", tmp_path / "profile") as browser:
        page = browser.open(site.put("/spun", news_page(sample("spun"))))
        assert browser.settle(page, "verdict")["verdict"]["verdict"] == "spun"


@pytest.mark.skipif(not FIREFOX.exists(), reason="firefox-esr is not installed")
def test_firefoxs_zip_runs_in_firefox(extension: Path, site: Site, tmp_path: Path) -> None:
    with started_firefox(extension.parent / f"unspun-{VERSION}-firefox.zip", tmp_path) as driver:
        driver.get(site.put("/spun", news_page(sample("spun"))))
        assert len(wait_for("marks in the page", lambda: marked_phrases(driver))) >= 15
