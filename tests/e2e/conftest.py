"""Fixtures of the browser tests: the assembled extension, the server, a site, a paired browser."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright
from selenium.webdriver import Firefox

from tests.e2e.chromium import Browser, chromium
from tests.e2e.firefox import FIREFOX, started_firefox
from tests.e2e.programs import ROOT, Listener, Server, Site


@pytest.fixture(scope="session")
def extension() -> Path:
    subprocess.run(["node", "extension/assemble.mjs"], cwd=ROOT, check=True, capture_output=True)
    return ROOT / "dist" / "extension"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "data")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.stop()


@pytest.fixture
def listener() -> Iterator[Listener]:
    running = Listener()
    yield running
    running.stop()


@pytest.fixture
def browser(playwright: Playwright, extension: Path, tmp_path: Path) -> Iterator[Browser]:
    with chromium(playwright, extension, tmp_path / "profile") as running:
        yield running


@pytest.fixture
def paired(browser: Browser, server: Server) -> Browser:
    """A browser that is paired with the server."""
    browser.store(port=server.port)
    browser.pair(server)
    return browser


@pytest.fixture
def firefox(extension: Path, tmp_path: Path) -> Iterator[Firefox]:
    """Firefox, where it is installed."""
    if not FIREFOX.exists():
        pytest.skip("firefox-esr is not installed")
    with started_firefox(extension, tmp_path) as running:
        yield running
