"""What the extension reads of the saved pages: a note-taker in the server's place keeps every text it is sent."""

import json
import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.e2e.chromium import Browser
from tests.e2e.programs import QuietHandler, Site, run_http
from tests.pages.cases import SavedPage, token_f1

GOOD_F1 = 0.95
OFF_HOST = "off.localhost"  # to be switched off in the extension
LAST_LOOK_S = 7.0  # the latest page changes 1.3 s after loading, and looks at a changing page are 1 to 2 s apart
TABS_AT_ONCE = 16

# Every node with its attributes, open shadow trees and frames of the same origin among them.
DOM = """() => {
  const list = (node) => [...node.childNodes].map(show).join("");
  const show = (node) => {
    if (node.nodeType !== 1) return node.nodeType === 3 ? node.data : "";
    const names = [...node.attributes].map(({ name, value }) => ` ${name}="${value}"`).join("");
    const shadow = node.shadowRoot ? `#${list(node.shadowRoot)}#` : "";
    const inner = /^I?FRAME$/.test(node.tagName) && node.contentDocument;
    return `<${node.tagName}${names}>${shadow}${inner ? show(inner.documentElement) : ""}${list(node)}</>`;
  };
  return show(document.documentElement);
}"""


class NoteTaker:
    """Calls every text spun and every word a finding; the verdict's model is the number of the text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        notes = self

        class Handler(QuietHandler):
            def do_POST(self) -> None:  # noqa: N802 - the name http.server looks for
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                notes.texts.append(body["text"])
                self.answer(200, "application/json", json.dumps(spun_verdict(body["text"], len(notes.texts) - 1)))

            def do_GET(self) -> None:  # noqa: N802 - the name http.server looks for
                self.answer(404, "application/problem+json", '{"title": "not here", "status": 404}')

        self._http = run_http(Handler, 0)
        self.port = self._http.server_port

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def spun_verdict(text: str, number: int) -> dict[str, Any]:
    """A verdict with a finding every fifty units."""
    starts = range(0, max(0, len(text) - 20), 50)
    findings = [
        {"start": at, "end": at + 20, "text": text[at : at + 20], "weight": 1.0, "why": "made up"} for at in starts
    ]
    shown = [{**finding, "likely_original": None} for finding in findings]
    figures = {"score": 5.0, "probability": 0.9, "false_alarm_rate": 0.0005, "spun_share": 0.9}
    rest = {"reason": None, "words": len(text.split()), "family": None, "windows": [], "marks": [], "extractor": None}
    return {"verdict": "spun", **figures, **rest, "evidence": shown, "model": str(number), "api": 1}


@dataclass(frozen=True, slots=True)
class Outcome:
    """text: what was read last, None when the page was taken for no article; f1 is 1 for a page rightly left alone."""

    case: SavedPage
    text: str | None
    f1: float
    errors: list[str]
    changes: str

    @property
    def is_right(self) -> bool:
        return self.f1 >= GOOD_F1


def read_pages(browser: Browser, notes: NoteTaker, site: Site, cases: list[SavedPage]) -> list[Outcome]:
    """Open every page, a few at a time, in one browser; scroll down; note what is read, breaks or changes."""
    port = site.origin.rpartition(":")[2]
    for case in cases:
        for name, html in case.files.items():
            site.put(f"/{case.slug}/{name}", html)
    outcomes = []
    for at in range(0, len(cases), TABS_AT_ONCE):
        tabs = [Tab(browser, notes, case, port) for case in cases[at : at + TABS_AT_ONCE]]
        ends = time.monotonic() + LAST_LOOK_S
        waiting = tabs
        while waiting and time.monotonic() < ends:
            waiting = [tab for tab in waiting if not tab.is_done()]
            tabs[0].page.wait_for_timeout(300)
        outcomes += [tab.outcome() for tab in tabs]
    return outcomes


class Tab:
    """A saved page in the browser, beside it the same page on a host that is switched off."""

    def __init__(self, browser: Browser, notes: NoteTaker, case: SavedPage, port: str) -> None:
        self.browser = browser
        self.notes = notes
        self.case = case
        self.errors: list[str] = []
        self.page = self.shown(f"http://{case.host}:{port}/{case.slug}/page.html")
        self.twin = self.shown(f"http://{OFF_HOST}:{port}/{case.slug}/page.html")
        self.opened = time.monotonic()

    def shown(self, address: str) -> Page:
        page = self.browser.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    def text(self) -> str | None:
        state = self.browser.state(self.page) or {}
        return self.notes.texts[int(state["verdict"]["model"])] if state.get("status") == "verdict" else None

    def f1(self) -> float:
        text = self.text()
        if text is None or not self.case.expected:
            return float(text is None and not self.case.expected)
        return token_f1(text, self.case.expected)

    def is_done(self) -> bool:
        """Read rightly; of a page without an article that is known only after a while. Scrolls on meanwhile."""
        for page in (self.page, self.twin):
            page.evaluate("scrollTo(0, 0), scrollTo(0, 1e6)")
        patience = 0.0 if self.case.expected else 4.0
        return self.f1() >= GOOD_F1 and time.monotonic() - self.opened > patience

    def outcome(self) -> Outcome:
        found = Outcome(self.case, self.text(), self.f1(), [e for e in self.errors if "404" not in e], self.changes())
        self.page.close()
        self.twin.close()
        return found

    def changes(self) -> str:
        """What differs from the twin beside the one element of ours; "" for nothing."""
        ours, theirs = str(self.page.evaluate(DOM)), str(self.twin.evaluate(DOM))
        host = "<UNSPUN-TOOLTIP></>"
        return "" if ours.replace(host, "", 1) == theirs else f"{len(ours)} units became {len(theirs)}"
