"""What the tools themselves leave behind: spintax that was never resolved, letters exchanged to hide words."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.text import BORROWED, LOOK_ALIKE_LETTERS, Symbols, symbol_table

SPINTAX_LEFTOVER = "spintax leftover"

# {hardware}, {big|large}, and the marks that auto-blogging plug-ins leave round the body of a post.
_SPINTAX = re.compile(r"\{[^{}\n]{1,80}\}|\[ad_[12]\]")
_WORD = re.compile(r"[^\W\d_]+")
_BRACE, _BRACKET = ord("{"), ord("[")


@dataclass(frozen=True, slots=True)
class Leftover:
    """One of them; start, end: UTF-16 offsets."""

    start: int
    end: int
    why: str


def find_leftovers(symbols: Symbols) -> tuple[Leftover, ...]:
    """All of them in text order; they do not overlap."""
    disguised = LOOK_ALIKE_LETTERS in symbols.marks
    units = symbols.units
    if not disguised and not ((units == _BRACE) | (units == _BRACKET)).any():
        return ()
    text = symbols.units.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    found = [Leftover(*match.span(), SPINTAX_LEFTOVER) for match in _SPINTAX.finditer(text)]
    if disguised:
        inside = [(one.start, one.end) for one in found]
        words = _disguised_words(text, symbols.units)
        found += [word for word in words if not any(a < word.end and word.start < b for a, b in inside)]
    return tuple(sorted(found, key=lambda one: one.start))


def _disguised_words(text: str, units: NDArray[np.uint16]) -> list[Leftover]:
    """Words of Latin letters and look-alikes of other alphabets; a word all in another alphabet is a word of it."""
    borrowed = symbol_table().take(units) >= BORROWED
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if borrowed[start:end].any() and any("a" <= char.lower() <= "z" for char in match.group()):
            found.append(Leftover(start, end, LOOK_ALIKE_LETTERS))
    return found
