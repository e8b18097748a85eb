"""A comparison as text for people: the answer, the figures, and what was changed."""

from collections.abc import Iterator, Sequence
from typing import TextIO

import click

from comparison import Comparison
from server.compare_words import KINDS, SwapCount, compared_in_words
from server.printable import printable

COLOURS = {"copy": "red", "spun copy": "red", "same topic": "yellow", "unrelated": "green"}
TOP_SWAPS, TOP_CHANGES, TOP_SENTENCES = 25, 12, 6
NAME_CHARS, PHRASE_CHARS, SENTENCE_CHARS = 90, 40, 90


def write_comparison(comparison: Comparison, name_a: str, name_b: str, out: TextIO) -> None:
    """A block of lines. name_a, name_b: titles, addresses or file names."""
    for line in _lines(comparison, name_a, name_b):
        click.echo(line, file=out)


def _lines(comparison: Comparison, name_a: str, name_b: str) -> Iterator[str]:
    summary = compared_in_words(comparison)
    yield click.style(comparison.answer.upper(), fg=COLOURS[comparison.answer], bold=True)
    yield f"  a: {printable(name_a, NAME_CHARS)}"
    yield f"  b: {printable(name_b, NAME_CHARS)}"
    yield f"  {summary.headline}."
    yield f"  {summary.explanation}"
    if summary.likely:
        yield f"  {summary.likely}"
    for name, value in summary.facts.items():
        yield f"  {name + ':':30}{value}"
    yield from _swaps(summary.swaps)
    yield from _alterations(comparison)
    yield from _alone(comparison)


def _swaps(swaps: Sequence[SwapCount]) -> Iterator[str]:
    if swaps:
        yield "\n  Swapped words, a -> b"
    for swap in swaps[:TOP_SWAPS]:
        times = f"  x{swap.times}" if swap.times > 1 else ""
        yield f"    {_phrase(swap.a):{PHRASE_CHARS}} -> {_phrase(swap.b)}{times}"
    yield from _more(len(swaps) - TOP_SWAPS)


def _alterations(comparison: Comparison) -> Iterator[str]:
    """Names, numbers and quotations, which nobody should alter."""
    changes = (change for row in comparison.rows for change in row.changes)
    altered = [change for change in changes if change.quoted or change.kind in ("name", "number")]
    if altered:
        yield "\n  Altered names, numbers and quotations, a -> b"
    for change in altered[:TOP_CHANGES]:
        where = f"{KINDS[change.kind]}, in a quotation" if change.quoted else KINDS[change.kind]
        yield f"    {_phrase(change.a.text) or '-':{PHRASE_CHARS}} -> {_phrase(change.b.text) or '-'}  ({where})"
    yield from _more(len(altered) - TOP_CHANGES)


def _alone(comparison: Comparison) -> Iterator[str]:
    if comparison.answer not in ("copy", "spun copy"):
        return
    alone = {
        "a": [row.a.text for row in comparison.rows if row.a is not None and row.b is None],
        "b": [row.b.text for row in comparison.rows if row.b is not None and row.a is None],
    }
    for side, texts in alone.items():
        if texts:
            yield f"\n  Only in {side}"
        for text in texts[:TOP_SENTENCES]:
            yield f"    {printable(text, SENTENCE_CHARS)}"
        yield from _more(len(texts) - TOP_SENTENCES)


def _phrase(text: str) -> str:
    return printable(text, PHRASE_CHARS)


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"    ... and {count} more"
