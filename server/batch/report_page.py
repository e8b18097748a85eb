"""The self-contained HTML report of a run: figures, a histogram, sites, shared originals, the highest scores."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from server.batch.items import ADDRESS
from server.batch.originals import shared_originals
from server.batch.sites import in_order
from server.batch.tally import Tally
from server.printable import printable

MAX_ROWS, MAX_SITES, MAX_GROUPS, MAX_FAILURES = 1_000, 1_000, 200, 500
TOP_FINDINGS = 8
NAME_CHARS = 120
# The chance that a person wrote the text, on the scale on which the verdicts are made: each bar ten times rarer.
BARS = (
    (0.1, "1 in 10 or commoner"),
    (0.01, "to 1 in 100"),
    (0.001, "to 1 in 1,000"),
    (0.0001, "to 1 in 10,000"),
    (0.0, "rarer still"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram: what it stands for, how many pages, and its width in percent of the widest."""

    label: str
    pages: int
    width: float


def report_html(rows: Iterable[dict[str, Any]], tally: Tally, model: str) -> str:
    """The report as one page. rows: as JSON, read once; those with the highest scores are listed."""
    counts = [0] * len(BARS)
    worst: list[tuple[float, int, dict[str, Any]]] = []
    failures: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        if "error" in row:
            if len(failures) < MAX_FAILURES:
                failures.append(row)
        elif row["score"] is not None:
            counts[_bar_of(row["false_alarm_rate"])] += 1
            push = heapq.heappush if len(worst) < MAX_ROWS else heapq.heappushpop
            push(worst, (row["score"], -number, _slim(row)))
    shared = shared_originals(tally.copies)
    return _template().render(
        shared=shared[:MAX_GROUPS],
        shared_in_all=len(shared),
        is_address=ADDRESS.fullmatch,
        printable=printable,
        tally=tally,
        model=model,
        bars=_bars(counts),
        rows=[row for _, _, row in sorted(worst, reverse=True, key=lambda one: one[:2])],
        sites=in_order(tally.sites)[:MAX_SITES],
        failures=failures,
    )


def _bar_of(rate: float) -> int:
    return next(number for number, (least, _) in enumerate(BARS) if rate >= least)


def _bars(counts: list[int]) -> list[Bar]:
    most = max(1, *counts)
    pairs = zip(BARS, counts, strict=True)
    return [Bar(label, count, round(100 * count / most, 1)) for (_, label), count in pairs]


def _slim(row: dict[str, Any]) -> dict[str, Any]:
    """What the list shows of a row."""
    url = row.get("url") or row.get("canonical") or ""
    return {
        "name": printable(row.get("title") or row.get("url") or row["input"], NAME_CHARS),
        "input": printable(row["input"], NAME_CHARS),
        "link": url if ADDRESS.fullmatch(url) else None,
        "site": row.get("site") or "",
        "verdict": row["verdict"],
        "score": row["score"],
        "rate": row["false_alarm_rate"],
        "words": row["words"],
        "share": row["spun_share"] or 0.0,
        "family": (row["family"] or {}).get("name", ""),
        "found": _found(row["evidence"]),
    }


def _found(evidence: list[dict[str, Any]]) -> list[tuple[str, str]]:
    heaviest = sorted(evidence, key=lambda one: -float(one["weight"]))
    found = {one["text"].lower(): one.get("likely_original") or "" for one in heaviest}
    return list(found.items())[:TOP_FINDINGS]


def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    return jinja2.Environment(loader=loader, autoescape=True).get_template("report_page.html")
