"""A comparison as one HTML file that needs nothing else: both texts side by side, what was changed marked."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comparison import Change, Comparison, Passage, Row, Side
from server.compare_words import KINDS, compared_in_words
from server.version import VERSION

TEMPLATE, STYLE = "compare_report.html", "compare.css"
_UNIT = "utf-16-le"
_UNIT_BYTES = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage as the page shows it: plain where kind is None, else marked, with a note."""

    text: str
    kind: str | None = None
    note: str = ""
    quoted: bool = False


def report_html(comparison: Comparison, name_a: str, name_b: str) -> str:
    """The report. name_a, name_b: titles, addresses or file names. Lone surrogates become question marks."""
    pages = Environment(loader=PackageLoader("server", "pages"), autoescape=True, undefined=StrictUndefined)
    html = pages.get_template(TEMPLATE).render(
        comparison=comparison,
        summary=compared_in_words(comparison),
        names=(name_a, name_b),
        rows=[(_pieces(row, "a"), _pieces(row, "b")) for row in comparison.rows],
        style=Markup((resources.files("server") / "pages" / STYLE).read_text("utf-8")),  # noqa: S704 - our own file
        version=VERSION,
    )
    return html.encode("utf-8", "replace").decode("utf-8")


def report_name(comparison: Comparison, at: datetime) -> str:
    """A file name that says what and when: unspun-compared-2026-11-24-1a2b3c4d.html."""
    passages = (passage for row in comparison.rows for passage in (row.a, row.b) if passage is not None)
    digest = hashlib.sha256("\n".join(passage.text for passage in passages).encode("utf-8", "surrogatepass"))
    return f"unspun-compared-{at:%Y-%m-%d}-{digest.hexdigest()[:8]}.html"


def _pieces(row: Row, side: Side) -> list[Piece] | None:
    passage = row.a if side == "a" else row.b
    return None if passage is None else list(_cut(passage, row.changes, side))


def _cut(passage: Passage, changes: Sequence[Change], side: Side) -> Iterator[Piece]:
    units = passage.text.encode(_UNIT, "surrogatepass")
    done = 0
    for change in changes:
        here, there = (change.a, change.b) if side == "a" else (change.b, change.a)
        start, end = here.start - passage.start, here.end - passage.start
        if start == end:
            continue
        yield Piece(_text(units, done, start))
        note = f"{KINDS[change.kind]}; the other text has: {there.text}" if there.text else KINDS[change.kind]
        yield Piece(_text(units, start, end), change.kind, note, change.quoted)
        done = end
    yield Piece(_text(units, done, len(units) // _UNIT_BYTES))


def _text(units: bytes, start: int, end: int) -> str:
    return units[start * _UNIT_BYTES : end * _UNIT_BYTES].decode(_UNIT, "replace")
