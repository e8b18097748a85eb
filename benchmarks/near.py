"""Are spun copies of pages that were read before found in the history, and unrelated pages left out? And how fast?

Each of 200 documents is spun by one of the spinners in turn, at full strength, and looked up among stored pages of
which its original is one. A document of another group (another site, book or author) that is listed is counted as
wrong. The least similarity is chosen on documents of the training side; what is quoted comes from the other side.

Usage: python -m benchmarks.near    (writes benchmarks/NEAR.md; about two minutes)
"""

import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from detector.anchors import anchor_keys
from server.store.database import open_database
from server.store.near import MIN_ANCHORS, MIN_SIMILARITY, hashed
from server.store.pages import Page, PageStore
from training.cli import LEXICONS, _spinners
from training.corpora import Document, default_cache, load_documents
from training.examples import side_of
from training.spinners.spun import Spinner

REPORT = Path(__file__).parent / "NEAR.md"
COPIES, STORED, FULL_STORE, TIMED = 200, 2_000, 10_000, 500
MIN_WORDS = 100
SEED = 5
LEAST = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


@dataclass(frozen=True, slots=True)
class Stored:
    """A document and the sketch of its anchors."""

    document: Document
    anchors: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the copies: how many could be matched, were found, listed a wrong page; and pages listed wrongly in all."""

    matchable: int
    found: int
    misled: int
    wrong: int

    def row(self, name: str) -> str:
        """A line of the table."""
        share = self.found / self.matchable
        return f"| {name} | {COPIES} | {self.matchable} | {self.found} ({share:.1%}) | {self.wrong} | {self.misled} |"


def pages_of(side: str, documents: Sequence[Document], number: int) -> list[Stored]:
    """That many documents of one side, in an order drawn once."""
    chosen = [each for each in documents if side_of(each.group) == side and len(each.text.split()) >= MIN_WORDS]
    random.Random(SEED).shuffle(chosen)
    return [Stored(each, hashed(anchor_keys(each.text))) for each in chosen[:number]]


def spin(pages: Sequence[Stored], spinners: Sequence[Spinner]) -> list[frozenset[int]]:
    """The sketches of a spun copy of each page."""
    copies = (spinners[i % len(spinners)].spin(page.document.text, SEED + i, 1.0) for i, page in enumerate(pages))
    return [hashed(anchor_keys(copy.text)) for copy in copies]


def tally(pages: Sequence[Stored], copies: Sequence[frozenset[int]], least: float) -> Tally:
    """Compare every copy with every page: what a look-up would list at this least similarity."""
    matchable = found = misled = wrong = 0
    for original, copy in zip(pages, copies, strict=False):
        if min(len(copy), len(original.anchors)) < MIN_ANCHORS:
            continue
        alike = [page for page in pages if len(page.anchors) >= MIN_ANCHORS and jaccard(copy, page.anchors) >= least]
        strangers = [page for page in alike if page.document.group != original.document.group]
        matchable += 1
        found += original in alike
        misled += bool(strangers)
        wrong += len(strangers)
    return Tally(matchable, found, misled, wrong)


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of all anchors that both have."""
    return len(one & other) / len(one | other)


def through_the_store(pages: Sequence[Stored], copies: Sequence[frozenset[int]]) -> Tally:
    """What the store itself lists."""
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder), pages)
        matchable = found = misled = wrong = 0
        for i, (original, copy) in enumerate(zip(pages, copies, strict=False)):
            if min(len(copy), len(original.anchors)) < MIN_ANCHORS:
                continue
            listed = [int(near.url.rsplit("/", 1)[1]) for near in store.near(copy, None)]
            strangers = [j for j in listed if pages[j].document.group != original.document.group]
            matchable += 1
            found += i in listed
            misled += bool(strangers)
            wrong += len(strangers)
    return Tally(matchable, found, misled, wrong)


def filled(folder: Path, pages: Sequence[Stored]) -> PageStore:
    """A store of these pages, one second apart."""
    store = PageStore(open_database(folder, print))
    for i, page in enumerate(pages):
        store.keep(row(i), page.anchors, float(i))
    return store


def row(number: int) -> Page:
    """A made-up row: only its anchors matter here."""
    site = f"site-{number % 300}.example"
    return Page(f"https://{site}/{number}", None, site, "0" * 64, 500, "clean", -3.0, 0.4, None, "none")


def milliseconds(pages: Sequence[Stored]) -> list[tuple[float, float]]:
    """Look-up and insert of each of the last TIMED pages, into a store of all those before: by the clock, and in work.

    The second is the processor's time of this thread, which other programs on the machine do not lengthen.
    """
    spans = []
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder), pages[:-TIMED])
        for i, page in islice(enumerate(pages), len(pages) - TIMED, None):
            clock, work = time.perf_counter(), time.thread_time()
            store.near(page.anchors, None)
            store.keep(row(i), page.anchors, float(i))
            spans.append(((time.perf_counter() - clock) * 1e3, (time.thread_time() - work) * 1e3))
    return spans


def sketch_milliseconds(pages: Sequence[Stored]) -> float:
    """The median time to find and hash the names and numbers of a document."""
    spans = []
    for page in pages:
        started = time.perf_counter()
        hashed(anchor_keys(page.document.text))
        spans.append((time.perf_counter() - started) * 1e3)
    return statistics.median(spans)


def main() -> None:
    """Measure, and write the report."""
    documents = load_documents(default_cache())
    spinners = _spinners(LEXICONS, default_cache())
    train = pages_of("train", documents, FULL_STORE + TIMED)
    test = pages_of("test", documents, STORED)
    train_copies = spin(train[:COPIES], spinners)
    test_copies = spin(test[:COPIES], spinners)
    tuning = [tally(train[:STORED], train_copies, least).row(f"{least:.2f}") for least in LEAST]
    quoted = through_the_store(test, test_copies)
    times = Times(sketch_milliseconds(train[:TIMED]), milliseconds(train))
    REPORT.write_text(report(tuning, quoted, times, len(test), len(spinners)), "utf-8")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds: the median to sketch a document, and each look-up with insert, by the clock and in work."""

    sketch: float
    store: Sequence[tuple[float, float]]


def report(tuning: Sequence[str], quoted: Tally, times: Times, stored: int, spinners: int) -> str:
    """The report as Markdown."""
    titles = "spun copies | could be matched | found | pages listed wrongly | copies with a wrong page"
    rule = "|---" * 6 + "|"
    clock, work = zip(*times.store, strict=True)
    return "\n".join(
        (
            "# Near-copies in the history",
            "",
            "Made by `python -m benchmarks.near`, whose first lines say how. A copy could be matched when it and its",
            f"original both have at least {MIN_ANCHORS} distinct names and numbers. {spinners} spinners take turns.",
            "",
            f"## Unseen documents, among {stored:,} stored pages, least similarity {MIN_SIMILARITY}",
            "",
            f"| side | {titles} |",
            rule,
            quoted.row("test"),
            "",
            "## How the least similarity was chosen: training side, among 2,000 pages",
            "",
            f"| least similarity | {titles} |",
            rule,
            *tuning,
            "",
            f"## Time of one look-up and one insert, {FULL_STORE:,} stored pages",
            "",
            "| ms | median | 95th percentile | longest |",
            "|---|---|---|---|",
            spread("by the clock, beside other work on two cores", clock),
            spread("processor's time", work),
            "",
            f"Finding and hashing a document's names and numbers first takes {times.sketch:.1f} ms in the median.",
            "",
            "Not measured: two reporters' own articles on one event, and copies of which only a part was taken.",
            "",
        )
    )


def spread(name: str, spans: Sequence[float]) -> str:
    """A line of the table of times."""
    return (
        f"| {name} | {statistics.median(spans):.1f} | {statistics.quantiles(spans, n=20)[-1]:.1f} | {max(spans):.1f} |"
    )


if __name__ == "__main__":
    main()
