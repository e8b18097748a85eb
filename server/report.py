"""The evidence report: one file that says what was found in a text, opens offline and prints; HTML or JSON."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from detector import Evidence, Verdict
from detector.trace import search_query
from server.models import Scorer
from server.original import host_of
from server.printable import printable
from server.version import VERSION
from server.words import in_words

ReportFormat = Literal["html", "json"]
MEDIA_TYPES: dict[ReportFormat, str] = {"html": "text/html; charset=utf-8", "json": "application/json"}
MAX_TITLE_CHARS, MAX_URL_CHARS = 300, 2000
LEVELS = 3
MAX_UNBROKEN_CHARS = 36  # a finding no longer than this stays on one line with its likely original above it


@dataclass(frozen=True, slots=True)
class Report:
    """A text, the verdict on it, and where and when it was found. at: with its zone. thresholds: the model's own."""

    text: str
    verdict: Verdict
    url: str | None
    title: str | None
    at: datetime
    thresholds: dict[str, float]

    @property
    def text_sha256(self) -> str:
        """64 hexadecimal digits, of the text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Where the text comes from, the Verdict, and the text itself, in which the findings' offsets count."""
        head = {
            "url": self.url,
            "title": self.title,
            "time": self.at.isoformat(timespec="seconds"),
            "text_sha256": self.text_sha256,
            "version": VERSION,
        }
        return head | self.verdict.as_json() | {"text": self.text}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list of findings: a swap, however often it stands in the text. number 1 is the most telling."""

    number: int
    found: Evidence
    times: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. Of a finding also the number of its row, and 1 to 3 for how much it tells."""

    text: str
    row: Row | None = None
    level: int = 0
    is_first: bool = False


def make_report(
    text: str, detector: Scorer, at: datetime, url: str | None, title: str | None, extractor: str | None = None
) -> Report:
    """Score a text and keep with the verdict what a reader of the report must know."""
    return Report(
        text=text,
        verdict=detector.score(text, evidence="flagged").with_extractor(extractor),
        url=printable(url, MAX_URL_CHARS) if url else None,
        title=printable(title, MAX_TITLE_CHARS) if title else None,
        at=at,
        thresholds=detector.manifest["thresholds"],
    )


def report_name(report: Report, form: ReportFormat) -> str:
    """A file name that says what and when: unspun-report-2026-11-24-1a2b3c4d.html."""
    return f"unspun-report-{report.at:%Y-%m-%d}-{report.text_sha256[:8]}.{form}"


def report_bytes(report: Report, form: ReportFormat) -> bytes:
    """The file. JSON is ASCII, HTML is UTF-8; what is no character in either becomes a replacement mark."""
    if form == "json":
        return (json.dumps(report.as_json(), indent=1) + "\n").encode("ascii")
    return _html(report).encode("utf-8", "replace")


def rows_of(verdict: Verdict) -> tuple[Row, ...]:
    """The findings put together, the most telling first."""
    groups: dict[tuple[str, str | None, str], list[Evidence]] = {}
    for one in verdict.evidence:
        groups.setdefault(_group(one), []).append(one)
    heaviest = sorted(groups.values(), key=lambda group: -sum(one.weight for one in group))
    return tuple(Row(number, group[0], len(group)) for number, group in enumerate(heaviest, start=1))


def paragraphs_of(text: str, verdict: Verdict) -> list[list[Piece]]:
    """The text's lines that are not empty, each cut where findings begin and end. Offsets are UTF-16 code units."""
    lines: list[list[Piece]] = [[]]
    for piece in _pieces(text, verdict):
        for count, part in enumerate(piece.text.splitlines() if piece.row is None else [piece.text]):
            if count:
                lines.append([])
            lines[-1].append(Piece(part, piece.row, piece.level, piece.is_first))
        if piece.row is None and piece.text.endswith("\n"):
            lines.append([])
    return [line for line in lines if any(piece.text.strip() for piece in line)]


def _pieces(text: str, verdict: Verdict) -> Iterator[Piece]:
    """The whole text in order; a finding that begins inside another is left out."""
    units = text.encode("utf-16-le", "surrogatepass")
    rows = {_group(row.found): row for row in rows_of(verdict)}
    strongest = max((one.weight for one in verdict.evidence), default=0.0)
    seen: set[int] = set()
    done = 0
    for one in sorted(verdict.evidence, key=lambda one: one.start):
        if one.start < done:
            continue
        row = rows[_group(one)]
        yield Piece(_decode(units, done, one.start))
        level = min(LEVELS, 1 + int(LEVELS * one.weight / strongest)) if strongest > 0 else 1
        yield Piece(_decode(units, one.start, one.end), row, max(1, level), row.number not in seen)
        seen.add(row.number)
        done = one.end
    yield Piece(_decode(units, done, len(units) // 2))


def _decode(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")


def _group(one: Evidence) -> tuple[str, str | None, str]:
    return one.text.casefold(), one.likely_original, one.why


def _html(report: Report) -> str:
    verdict = report.verdict
    pages = Environment(
        loader=PackageLoader("server", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("report.html").render(
        report=report,
        verdict=verdict,
        summary=in_words(verdict),
        rate=_rate_in_words(verdict),
        rows=rows_of(verdict),
        paragraphs=paragraphs_of(report.text, verdict),
        query=search_query(report.text, verdict.evidence, report.title, host_of(report.url)),
        when=f"{report.at.day} {report.at:%B %Y, %H:%M:%S} UTC{report.at.isoformat()[-6:]}",
        thresholds={name: f"1 in {round(1 / share):,}" for name, share in report.thresholds.items()},
        max_unbroken=MAX_UNBROKEN_CHARS,
        version=VERSION,
    )


def _rate_in_words(verdict: Verdict) -> str | None:
    """Of a text that is not flagged; of others the verdict's own words say it."""
    if verdict.verdict != "clean" or verdict.false_alarm_rate is None:
        return None
    hundredths = max(1, round(100 * verdict.false_alarm_rate))
    return f"About {hundredths} in 100 human-written articles of this length score this high."
