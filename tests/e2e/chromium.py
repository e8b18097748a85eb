"""Chromium with the assembled extension, and what a test asks of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Page, Playwright, Worker

from tests.e2e.programs import Server, wait_for

EXTENSION_ID = "phcchpkkaajmahbnpbmplapmlnkdkiik"
TAB_ID = "async (url) => (await chrome.tabs.query({})).find((tab) => tab.url?.startsWith(url))?.id"
REGISTERED = "async () => (await chrome.scripting.getRegisteredContentScripts()).length"
QUIET_S = 2.5  # longer than the pause before a page is looked at, and the look itself


class Browser:
    """One browser with a fresh profile."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.worker: Worker = context.service_workers[0] if context.service_workers else next_worker(context)
        self.store(mode="automatic")  # pages of 127.0.0.1 need no leave beyond the one given at installing
        wait_for("the page side to be registered", lambda: self.worker.evaluate(REGISTERED))

    def store(self, **settings: object) -> None:
        """Put settings into the extension, as the options page does."""
        self.worker.evaluate("(values) => chrome.storage.local.set(values)", settings)

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.goto(address)
        return page

    def tab_id(self, page: Page) -> int:
        return int(self.worker.evaluate(TAB_ID, page.url))

    def badge(self, page: Page) -> str:
        return str(self.worker.evaluate("(tabId) => chrome.action.getBadgeText({tabId})", self.tab_id(page)))

    def title(self, page: Page) -> str:
        return str(self.worker.evaluate("(tabId) => chrome.action.getTitle({tabId})", self.tab_id(page)))

    def state(self, page: Page) -> dict[str, Any] | None:
        """What the extension knows of the page's tab."""
        key = f"tab:{self.tab_id(page)}"
        found: dict[str, Any] = self.worker.evaluate("(key) => chrome.storage.session.get(key)", key)
        return found.get(key)

    def status(self, page: Page) -> str | None:
        state = self.state(page)
        return state["status"] if state else None

    def settle(self, page: Page, status: str) -> dict[str, Any]:
        """Wait until the tab's state is this, and give it."""
        wait_for(f"the state {status}; it is {self.state(page)}", lambda: self.status(page) == status)
        state = self.state(page)
        assert state is not None
        return state

    def popup(self, page: Page) -> Page:
        """The popup of the page's tab, opened as a page of its own."""
        popup = self.open(f"chrome-extension://{EXTENSION_ID}/popup/popup.html?tabId={self.tab_id(page)}")
        popup.wait_for_selector("#state > *")
        return popup

    def options(self) -> Page:
        return self.open(f"chrome-extension://{EXTENSION_ID}/options/options.html")

    def highlighted(self, page: Page) -> list[str]:
        """The marked phrases; the registry of highlights is one for all worlds of a page."""
        phrases: list[str] = page.evaluate(
            "[...CSS.highlights].filter(([name]) => name.startsWith('unspun-'))"
            ".flatMap(([, ranges]) => [...ranges].map((range) => range.toString()))"
        )
        return phrases

    def tooltip(self, page: Page) -> list[str]:
        """The lines of the tooltip, through its closed shadow root, which only the debugger can enter."""
        session = self.context.new_cdp_session(page)
        root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        session.detach()
        hosts = [node for node in walk(root) if node["nodeName"] == "UNSPUN-TOOLTIP"]
        boxes = [node for host in hosts for node in walk(host["shadowRoots"][0]) if node["nodeName"] == "DIV"]
        shown = [box for box in boxes if "hidden" not in box["attributes"]]
        return [node["nodeValue"] for box in shown for node in walk(box) if node["nodeName"] == "#text"]

    def run_page_side_again(self, page: Page) -> None:
        """As after an update of the extension, when its files come into a tab that has the old ones."""
        self.worker.evaluate(
            """async (tabId) => {
              const [{ js: files }] = await chrome.scripting.getRegisteredContentScripts();
              await chrome.scripting.executeScript({ target: { tabId }, files });
            }""",
            self.tab_id(page),
        )

    def stop_worker(self, page: Page) -> None:
        """As browsers do after half a minute without work; `page` is one of the extension's own."""
        session = self.context.new_cdp_session(page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        session.detach()

    def pair(self, server: Server) -> None:
        """Pair by the calls the extension makes; the dialogue itself has tests of its own."""
        client = httpx.Client(
            base_url=f"http://127.0.0.1:{server.port}",
            headers={"Origin": f"chrome-extension://{EXTENSION_ID}", "X-Unspun": "1"},
        )
        with client:
            offer = client.post("/v1/pair", json={"client": "Chromium in a test"}).json()
            code = {"pairing": offer["pairing"], "code": server.pairing_code()}
            self.store(token=client.post("/v1/pair", json=code).json()["token"])


def next_worker(context: BrowserContext) -> Worker:
    return context.wait_for_event("serviceworker")


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node of the debugger's document tree and all below it."""
    yield node
    for child in node.get("children", []):
        yield from walk(child)


@contextmanager
def chromium(
    playwright: Playwright, extension: Path, profile: Path, *flags: str, dark: bool = False
) -> Iterator[Browser]:
    """A running browser, closed at the end."""
    context = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path="/usr/bin/chromium",
        headless=True,
        chromium_sandbox=False,
        color_scheme="dark" if dark else "light",
        viewport={"width": 1180, "height": 780},
        args=[
            f"--disable-extensions-except={extension}",
            f"--load-extension={extension}",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            *flags,
        ],
    )
    try:
        yield Browser(context)
    finally:
        context.close()
