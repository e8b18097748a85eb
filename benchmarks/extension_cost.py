"""What the extension costs the page that is read: main-thread time, layout shift, and what runs where it is off.

Chromium opens ten of the saved pages with the extension and, for the same page on a host that is switched off, without.
The cost is the difference in processor time of the page's main thread (DevTools' TaskDuration in thread ticks, so that
other programs count little), from before loading until two seconds after the marks stand; each figure is the median of
rounds. Every page is called spun with a finding every 50 characters, which is the dearest case: all marks are drawn.
The saved pages are small; so each is measured again with 3,000 more elements of menus, the size of a news site's page.

Usage: python -m benchmarks.extension_cost    writes benchmarks/EXTENSION_COST.md
"""

import platform
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from detector.artefact import write_whole
from tests.e2e.chromium import Browser, chromium
from tests.e2e.page_readings import OFF_HOST, NoteTaker
from tests.e2e.programs import ROOT, Site, wait_for
from tests.pages.cases import SavedPage, saved_pages

REPORT = ROOT / "benchmarks" / "EXTENSION_COST.md"
ROUNDS = 5
SETTLED_MS = 2_000
MENU_ITEMS = 1_000  # of three elements each
SLUGS = (
    "news-main-article",
    "blog-wordpress",
    "wiki-article",
    "docs-sphinx",
    "shop-product",
    "recipe-story",
    "forum-table",
    "long-read-sections",
    "table-layout",
    "shadow-whole-story",
)
SHIFT = """addEventListener('DOMContentLoaded', () => { window.shift = 0;
  new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shift += value; })
    .observe({ type: 'layout-shift', buffered: true }); });"""


@dataclass(frozen=True, slots=True)
class Visit:
    """cpu_ms: of the page's main thread; shift: its layout shift score; scripts: files of the extension that ran."""

    cpu_ms: float
    shift: float
    scripts: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one page: what the extension adds, and what it does where it is off."""

    slug: str
    added_ms: float
    page_ms: float
    shift: float
    scripts_off: int


def main() -> None:
    """Measure, and write the report."""
    subprocess.run(["node", "extension/assemble.mjs"], cwd=ROOT, check=True, capture_output=True)
    cases = {case.slug: case for case in saved_pages()}
    notes, site = NoteTaker(), Site()
    with (
        sync_playwright() as driver,
        tempfile.TemporaryDirectory() as home,
        chromium(driver, ROOT / "dist" / "extension", Path(home)) as browser,
    ):
        browser.store(port=notes.port, token="t" * 43, sitesOff=[OFF_HOST])
        wait_for("the new list", lambda: browser.worker.evaluate(EXCLUDED) == [f"*://*.{OFF_HOST}/*"])
        small = [cost_of(browser, site, cases[slug], 0) for slug in SLUGS]
        large = [cost_of(browser, site, cases[slug], MENU_ITEMS) for slug in SLUGS]
        version = browser.context.new_cdp_session(browser.context.pages[0]).send("Browser.getVersion")["product"]
    notes.stop()
    site.stop()
    write_whole(REPORT, report(small, large, version).encode())


EXCLUDED = "async () => (await chrome.scripting.getRegisteredContentScripts())[0].excludeMatches ?? []"


def cost_of(browser: Browser, site: Site, case: SavedPage, menu_items: int) -> Cost:
    """The median of rounds, with and without taking turns."""
    menu = "".join(f"<li><a href='/{at}'><span>Item {at}</span></a></li>" for at in range(menu_items))
    html = case.files["page.html"]
    site.put("/page", put_last(html, f"<footer><ul>{menu}</ul></footer>") if menu else html)
    port = site.origin.rpartition(":")[2]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(visit(browser, f"http://{OFF_HOST}:{port}/page", is_on=False))
        ours.append(visit(browser, f"http://{case.host}:{port}/page", is_on=True))
    without = statistics.median(one.cpu_ms for one in theirs)
    added = statistics.median(one.cpu_ms for one in ours) - without
    shift = max(one.shift for one in ours) - max(one.shift for one in theirs)
    return Cost(case.slug, added, without, shift, max(one.scripts for one in theirs))


def put_last(html: str, more: str) -> str:
    """The page with more at its end."""
    at = html.lower().rindex("</body>")
    return html[:at] + more + html[at:]


def visit(browser: Browser, address: str, is_on: bool) -> Visit:
    """Open the page, wait until the marks stand and all is quiet, take the figures."""
    page = browser.context.new_page()
    session = browser.context.new_cdp_session(page)
    scripts: list[str] = []
    session.on("Debugger.scriptParsed", lambda event: scripts.append(event["url"]))
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if not is_on:
        session.send("Debugger.enable")  # it slows scripts down, so only where none of ours may run
    page.add_init_script(SHIFT)
    page.goto(address)
    if is_on:
        wait_for("the marks", lambda: browser.highlighted(page))
    page.wait_for_timeout(SETTLED_MS)
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    found = Visit(
        metrics["TaskDuration"] * 1000,
        float(page.evaluate("window.shift")),
        sum(url.startswith("chrome-extension:") for url in scripts),
    )
    page.close()
    return found


def report(small: list[Cost], large: list[Cost], version: str) -> str:
    """The page that goes into the repository."""
    rows = [
        f"| {one.slug} | {one.added_ms:.0f} ms | {other.added_ms:.0f} ms | {max(one.shift, other.shift):.3f} |"
        for one, other in zip(small, large, strict=True)
    ]
    doc = (__doc__ or "").partition("Usage")[0].strip()
    files = max(one.scripts_off for one in small + large)
    return "\n".join(
        [
            "# What the extension costs the page\n",
            f"`python -m benchmarks.extension_cost`, {date.today():%d %B %Y}, {version},",
            f"{platform.machine()}, {ROUNDS} rounds each.\n",
            doc + "\n",
            "| page | added | added, with 3,000 more elements | added layout shift |",
            "|---|---|---|---|",
            *rows,
            f"| **median** | **{middle(small):.0f} ms** | **{middle(large):.0f} ms** | |",
            f"| **worst** | **{worst(small):.0f} ms** | **{worst(large):.0f} ms** | |\n",
            f"Files of the extension that ran on the pages of the host that is switched off: {files}.\n",
        ]
    )


def middle(costs: list[Cost]) -> float:
    """The median page's cost, ms."""
    return statistics.median(one.added_ms for one in costs)


def worst(costs: list[Cost]) -> float:
    """The dearest page's cost, ms."""
    return max(one.added_ms for one in costs)


if __name__ == "__main__":
    main()
