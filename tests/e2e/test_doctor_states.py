"""The options page says which half is broken, and the command that mends it; `unspun doctor` says the same."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page
from selenium.webdriver import Firefox
from selenium.webdriver.common.by import By

from server.version import VERSION
from tests.e2e.chromium import Browser
from tests.e2e.firefox import HOME, press, see
from tests.e2e.programs import ROOT, QuietHandler, Server, free_port, run_http

HEALTH = {
    "app": "unspun",
    "api": 1,
    "version": VERSION,
    "model": "m",
    "thresholds": {"suspicious": 0.01, "spun": 0.001},
}


@contextmanager
def program(kind: str, body: str) -> Iterator[int]:
    """Some program that answers every request with this; its port."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name http.server looks for
            self.answer(200, kind, body)

    http = run_http(Handler, 0)
    try:
        yield http.server_port
    finally:
        http.shutdown()
        http.server_close()


def says(options: Page, title: str, command: str) -> None:
    """Wait until the server's section shows this, with a command to type."""
    options.locator("#server").get_by_text(title).wait_for()
    assert command in options.locator("#server code").all_inner_texts()


def doctor(port: int, tmp_path: Path) -> str:
    command = [sys.executable, "-m", "unspun", "doctor", "--port", str(port)]
    env = {"PATH": "/usr/bin:/bin", "UNSPUN_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False).stdout


def test_a_server_that_is_not_running(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    browser.store(port=port)
    options = browser.options()
    says(options, "unspun's server is not running", "make run")
    assert "unspun doctor" in options.locator("#server code").all_inner_texts()
    assert f"ok      Port {port}: the server is not running; start it with: unspun serve" in doctor(port, tmp_path)


def test_another_program_on_the_port(browser: Browser, tmp_path: Path) -> None:
    with program("text/html", "<p>Hello</p>") as port:
        browser.store(port=port)
        says(browser.options(), f"Another program answers on port {port}", f"unspun serve --port {port + 1}")
        told = doctor(port, tmp_path)
    assert f"problem Port {port}: another program listens here" in told
    assert f"Stop that program, or run: unspun serve --port {port + 1}" in told


@pytest.mark.parametrize(
    ("version", "title", "command"),
    [
        ("0.0.1", f"The server is older than this extension (0.0.1 and {VERSION})", "make run"),
        ("99.10.0", f"This extension is older than the server ({VERSION} and 99.10.0)", "make extension"),
    ],
)
def test_halves_of_two_versions(browser: Browser, tmp_path: Path, version: str, title: str, command: str) -> None:
    with program("application/json", json.dumps({**HEALTH, "version": version})) as port:
        browser.store(port=port)
        says(browser.options(), title, command)
        assert f"problem Port {port}: unspun {version} is running, and this is {VERSION}" in doctor(port, tmp_path)


def test_a_server_that_speaks_another_language(browser: Browser) -> None:
    with program("application/json", json.dumps({**HEALTH, "api": 2})) as port:
        browser.store(port=port)
        says(browser.options(), "Server and extension do not match", "make run")


def test_a_pairing_that_the_server_has_lost_is_made_anew(browser: Browser, server: Server) -> None:
    browser.store(port=server.port, token="t" * 43)
    options = browser.options()
    options.get_by_text("The server no longer knows this browser. Pair it anew.").wait_for()
    options.get_by_role("button", name="Get a code").click()
    options.get_by_label("Six-digit code").fill(server.pairing_code())
    options.get_by_role("button", name="Pair", exact=True).click()
    options.get_by_text("This browser is paired.").wait_for()


def test_a_paired_browser_can_pair_anew_and_is_listed_once(paired: Browser, server: Server, tmp_path: Path) -> None:
    options = paired.options()
    options.get_by_role("button", name="Pair anew").click()
    options.get_by_role("button", name="Get a code").click()
    options.get_by_label("Six-digit code").fill(server.pairing_code())
    options.get_by_role("button", name="Pair", exact=True).click()
    options.get_by_role("button", name="Un-pair").wait_for()
    assert len(json.loads((tmp_path / "data" / "clients.json").read_text("utf-8"))["clients"]) == 1


def test_two_browsers_are_paired_with_one_server_and_leave_it_one_by_one(
    paired: Browser, firefox: Firefox, server: Server
) -> None:
    firefox.get(f"{HOME}/options/options.html")
    firefox.execute_script("chrome.storage.local.set({port: arguments[0]})", server.port)
    firefox.refresh()
    press(firefox, "Get a code")
    see(firefox, By.ID, "code").send_keys(server.pairing_code())
    press(firefox, "Pair")
    see(firefox, By.XPATH, "//p[.='This browser is paired.']")

    options = paired.options()
    options.get_by_role("button", name="Un-pair").click()
    options.get_by_text("This browser is not paired.").wait_for()
    firefox.refresh()
    see(firefox, By.XPATH, "//p[.='This browser is paired.']")


def test_firefox_that_keeps_the_extension_from_its_server_says_so_and_can_be_told_to_allow_it(
    firefox: Firefox, server: Server
) -> None:
    firefox.get(f"{HOME}/options/options.html")
    firefox.execute_script("chrome.storage.local.set({port: arguments[0]})", server.port)
    removed = """const [done] = arguments;
      chrome.permissions.remove({ origins: ["http://127.0.0.1/*"] }).then(done);"""
    assert firefox.execute_async_script(removed) is True
    firefox.refresh()
    see(firefox, By.XPATH, "//strong[.='The browser keeps unspun from its server']")
    press(firefox, "Allow it")
    see(firefox, By.XPATH, "//p[.='This browser is not paired.']")
