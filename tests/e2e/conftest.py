"""Fixtures of the browser tests: the assembled extension, the server, a site, a paired browser."""

import json
import shutil
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
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The assembled extension, in a folder that no other run puts together anew meanwhile."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(["node", "extension/assemble.mjs", folder], cwd=ROOT, check=True, capture_output=True)
    return folder / "extension"


@pytest.fixture(scope="session")
def trusted_extension(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as it is for a reader who gave it leave for every page; a test cannot answer the browser."""
    folder = tmp_path_factory.mktemp("trusted") / "extension"
    shutil.copytree(extension, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["host_permissions"] += manifest.pop("optional_host_permissions")
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


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
