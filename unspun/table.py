"""Rows as text for people: the verdict in words, and the weightiest findings."""

from collections.abc import Iterable
from typing import TextIO

import click

from detector import Verdict
from server.findings import Finding, findings
from server.printable import printable
from server.words import in_words
from unspun.rows import Row

TOP_FINDINGS = 12
PHRASE_CHARS = 32
NAME_CHARS = 100
COLOURS = {"spun": "red", "suspicious": "yellow", "clean": "green", "unscorable": "bright_black"}


def write_table(rows: Iterable[Row], out: TextIO) -> None:
    """A block of lines for each row."""
    for row in rows:
        for line in _lines(row):
            click.echo(line, file=out)


def _lines(row: Row) -> Iterable[str]:
    name = printable(row.title or row.item.url or row.item.input, NAME_CHARS)
    if row.failure is not None:
        yield _label("error", "red") + name
        yield f"  {row.failure.detail}"
    else:
        assert row.verdict is not None
        yield _label(row.verdict.verdict, COLOURS[row.verdict.verdict]) + name
        yield from _verdict_lines(row.verdict)
    yield ""


def _label(word: str, colour: str) -> str:
    return click.style(f"{word.upper():12}", fg=colour, bold=True)


def _verdict_lines(verdict: Verdict) -> Iterable[str]:
    summary = in_words(verdict)
    yield f"  {summary.headline}. {summary.explanation}"
    if verdict.verdict in ("spun", "suspicious"):
        family = summary.family and f"Spinner family: {summary.family}"
        yield "  " + " ".join(f"{fact}." for fact in (summary.share, family) if fact)
    for mark in verdict.marks:
        yield f"  Sign of evasion: {printable(mark, NAME_CHARS)}."
    found = findings(verdict)
    yield from map(_finding_line, found[:TOP_FINDINGS])
    if len(found) > TOP_FINDINGS:
        yield f"    and {len(found) - TOP_FINDINGS} more"


def _finding_line(finding: Finding) -> str:
    phrase = printable(finding.text, PHRASE_CHARS)
    times = f" ×{finding.times}" if finding.times > 1 else ""
    original = printable(finding.original or "", PHRASE_CHARS)
    arrow = "<-" if original else "  "
    return f"    {phrase + times:{PHRASE_CHARS}} {arrow} {original:{PHRASE_CHARS}} {finding.why}".rstrip()
