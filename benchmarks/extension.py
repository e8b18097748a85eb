"""What the engine in the browser costs: loading its tables in the worker, memory, judging 5,000 characters.

Chromium runs the assembled extension with one more file, which imports the extension's own worker and calls the same
modules. Each figure is the median of fresh browsers (loading) or of rounds (judging). Texts: the two samples of
tests/pages, repeated or cut to length.

Usage: python -m benchmarks.extension    writes benchmarks/EXTENSION.md
"""

import json
import platform
import shutil
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, Worker, sync_playwright

from detector import Detector, load_detector
from detector.artefact import write_whole

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "benchmarks" / "EXTENSION.md"
BROWSERS, ROUNDS, CALLS = 7, 31, 20
CHARACTERS = 5_000
PROBE = """import "./main.js";
import { createEngine } from "./engine.js";
import { createShipped } from "./shipped.js";
const none = async () => undefined;
const nothing = { note: none, model: none, wording: none, put: none };
const shipped = createShipped((path) => fetch(chrome.runtime.getURL(path)));
const now = () => performance.now();
globalThis.unspunProbe = {
  async load() {
    const began = now();
    globalThis.unspunEngine = createEngine({ shipped, shelf: nothing });
    await globalThis.unspunEngine.score("");
    return now() - began;
  },
  async first(text) {
    const began = now();
    await globalThis.unspunEngine.score(text);
    return now() - began;
  },
  async rounds([text, rounds, calls]) {
    const taken = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = now();
      for (let call = 0; call < calls; call += 1) await globalThis.unspunEngine.score(text);
      taken.push((now() - began) / calls);
    }
    return [taken, (await globalThis.unspunEngine.score(text)).verdict];
  },
};
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One fresh browser: milliseconds to load and to judge a first article, megabytes of memory that this took."""

    load_ms: float
    first_ms: float
    megabytes: float


def probed_extension(folder: Path) -> Path:
    """The assembled extension with the probe in front of its worker."""
    subprocess.run(["node", "extension/assemble.mjs"], cwd=ROOT, check=True, capture_output=True)
    shutil.copytree(ROOT / "dist" / "extension", folder)
    (folder / "background" / "probe.js").write_text(PROBE, "utf-8")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["background"] = {"service_worker": "background/probe.js", "type": "module"}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def open_browser(playwright: Playwright, extension: Path, profile: Path) -> tuple[BrowserContext, Worker]:
    """A fresh browser and the extension's worker."""
    context = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path="/usr/bin/chromium",
        headless=True,
        chromium_sandbox=False,
        args=[
            f"--disable-extensions-except={extension}",
            f"--load-extension={extension}",
            f"--user-agent=unspun-probe-{profile.name}",
            "--js-flags=--expose-gc",
        ],
    )
    return context, context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")


def private_megabytes(profile: Path) -> float:
    """What the extension's process has for itself alone: nobody else's pages, no shared code."""
    marks = ("--extension-process", f"--user-agent=unspun-probe-{profile.name}")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode("utf-8", "replace")
            if all(mark in command for mark in marks):
                rows = (process / "smaps_rollup").read_text().splitlines()
                return sum(int(row.split()[1]) for row in rows if row.startswith("Private_")) / 1024
        except OSError:
            continue  # ended meanwhile
    raise SystemExit("Chromium runs no process for the extension; this program reads Linux's /proc.")


def measure_start(playwright: Playwright, extension: Path, profile: Path, text: str) -> Start:
    """Load the tables in a fresh browser and judge one article."""
    context, worker = open_browser(playwright, extension, profile)
    try:
        worker.evaluate("() => gc()")
        before = private_megabytes(profile)
        load = worker.evaluate("() => unspunProbe.load()")
        first = worker.evaluate("(text) => unspunProbe.first(text)", text)
        worker.evaluate("() => gc()")
        return Start(load, first, private_megabytes(profile) - before)
    finally:
        context.close()


def measure_judging(playwright: Playwright, extension: Path, profile: Path, texts: dict[str, str]) -> list[list[Any]]:
    """Rows of name, verdict, median and worst milliseconds a call, warm."""
    context, worker = open_browser(playwright, extension, profile)
    try:
        worker.evaluate("() => unspunProbe.load()")
        rows = []
        for name, text in texts.items():
            worker.evaluate("(given) => unspunProbe.rounds(given)", [text, 3, CALLS])  # the compiler warms up
            taken, verdict = worker.evaluate("(given) => unspunProbe.rounds(given)", [text, ROUNDS, CALLS])
            rows.append([name, verdict, statistics.median(taken), max(taken)])
        return rows
    finally:
        context.close()


def sample(name: str) -> str:
    """One of the project's own texts, repeated or cut to the length that is measured."""
    text = (ROOT / "tests" / "pages" / f"{name}-sample.txt").read_text("utf-8")
    return (text * (CHARACTERS // len(text) + 1))[:CHARACTERS]


def report(detector: Detector, starts: list[Start], judging: list[list[Any]], browser: str) -> str:
    """EXTENSION.md."""
    loads, firsts, megabytes = (
        [getattr(start, field) for start in starts] for field in ("load_ms", "first_ms", "megabytes")
    )
    packed = sum(file.stat().st_size for file in (ROOT / "dist" / "extension" / "model").glob("*.bin"))
    rows = "\n".join(f"| {name} | {verdict} | {median:.2f} | {worst:.2f} |" for name, verdict, median, worst in judging)
    return f"""# What the engine in the browser costs

Measured by `python -m benchmarks.extension` on {date.today():%-d %B %Y}: {browser}, {platform.machine()}, Linux,
{count_cpus()} cores, model {detector.id}. Other programs were running on the machine; times are upper limits.

| in the extension's worker | median | worst of {len(starts)} fresh browsers |
|---|---|---|
| load the tables, file to ready (ms) | {statistics.median(loads):.1f} | {max(loads):.1f} |
| judge a first, spun article, nothing compiled yet (ms) | {statistics.median(firsts):.1f} | {max(firsts):.1f} |
| memory for both, the process's own (MB) | {statistics.median(megabytes):.1f} | {max(megabytes):.1f} |

The model's files are {packed / 1e6:.2f} MB on disk and in memory. Tables are loaded once each time the browser
starts the worker, and only when a page is to be judged here; dictionaries, where the model has them, with the first
flagged page.

An article of {CHARACTERS:,} characters, whole verdict, warm; medians of {ROUNDS} rounds of {CALLS} calls:

| text | verdict | ms an article | slowest round |
|---|---|---|---|
{rows}
"""


def count_cpus() -> int:
    """Processors that Linux lists."""
    return Path("/proc/cpuinfo").read_text().count("processor\t")


def main() -> None:
    """Measure and write the report."""
    models = ROOT / "models"
    detector = load_detector(models / (models / "ACTIVE").read_text("utf-8").strip())
    texts = {"honest sample": sample("honest"), "spun sample": sample("spun")}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        extension = probed_extension(folder / "extension")
        starts = [
            measure_start(playwright, extension, folder / f"profile-{number}", texts["spun sample"])
            for number in range(BROWSERS)
        ]
        judging = measure_judging(playwright, extension, folder / "profile-warm", texts)
    version = subprocess.run(["/usr/bin/chromium", "--version"], capture_output=True, text=True, check=True).stdout
    write_whole(REPORT, report(detector, starts, judging, " ".join(version.split()[:2])).encode())
    print(f"{REPORT.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
