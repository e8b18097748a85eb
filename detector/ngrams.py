"""The one definition of unspun's n-grams, vectorised in NumPy; training and serving both read texts through here.

Characters: every 4-gram of the symbol row is an exact 20-bit code (4 x 5 bits), so a table of 2**20 entries holds
them without hashing. Words: each word is a polynomial hash, and runs of one, two and three
words are mixed into 32-bit keys, of which 20 bits choose a slot and 8 bits more verify it.
"""

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.text import BREAK, Symbols

NGRAM_VERSION = 1

CHAR_CODES = 1 << 20
SLOTS = 1 << 20
SLOT_SHIFT = np.uint32(12)  # 32-bit key -> its top 20 bits
CHECK_SHIFT = np.uint32(4)  # ... and the 8 bits below them
CHECK_MASK = np.uint32(0xFF)
BREAK_SHIFT = BREAK.bit_length() - 1

# Odd multipliers with well-spread bits (the constants of splitmix and xxHash); any such set would do, but every
# shipped table depends on these, so they change only together with NGRAM_VERSION.
_BASE = 0x9E3779B1
_BASE_INVERSE = pow(_BASE, -1, 1 << 32)
_MIX = np.uint32(0x85EBCA77)
_UNI = np.uint32(0x27D4EB2F)
_BI = (np.uint32(0xC2B2AE3D), np.uint32(0x165667B1))
_TRI = (np.uint32(0x7FEB352D), np.uint32(0x846CA68B), np.uint32(0x2C1B3C6D))
_PHRASE_END = np.uint32(0x297A2D39)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a symbol row.

    bounds: intp (n + 1,), the position of the separator before each word, and of the one after the last.
    hashes: uint32 (n,). ends_phrase: uint32 (n,), 1 where a phrase ends after the word.
    """

    bounds: NDArray[np.intp]
    hashes: NDArray[np.uint32]
    ends_phrase: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.hashes)


def char_codes(row: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """uint32 (m - 3,): the code of the 4-gram that starts at each position of the row."""
    wide = row.astype(np.uint32)
    pairs: NDArray[np.uint32] = wide[:-1] << np.uint32(5)
    pairs |= wide[1:]
    codes: NDArray[np.uint32] = pairs[:-2] << np.uint32(10)
    codes |= pairs[2:]
    return codes


def words_of(symbols: Symbols) -> Words:
    """The words of a text, hashed."""
    row = symbols.row
    (separators,) = (row == 0).nonzero()
    n = len(separators) - 4 if len(row) > 5 else 0
    bounds = separators[: n + 1]
    if n == 0:
        nothing = np.zeros(0, np.uint32)
        return Words(bounds[:1], nothing, nothing)
    powers, inverse_powers = _POWERS.upto(len(row))
    starts = bounds[:-1]
    hashes = np.add.reduceat(row.astype(np.uint32) * powers, starts, dtype=np.uint32)
    hashes *= inverse_powers.take(starts)
    hashes ^= hashes >> 15
    hashes *= _MIX
    hashes ^= hashes >> 13
    return Words(bounds, hashes, (symbols.breaks.take(bounds[1:]) >> BREAK_SHIFT).astype(np.uint32))


def word_keys(words: Words) -> NDArray[np.uint32]:
    """uint32 (n + n-1 + n-2,): the keys of all words, then of all pairs, then of all triples, in text order."""
    h, n = words.hashes, len(words)
    keys = np.empty(max(0, n) + max(0, n - 1) + max(0, n - 2), np.uint32)
    keys[:n] = h
    keys[:n] *= _UNI
    if n > 1:
        ends = words.ends_phrase * _PHRASE_END
        pairs = keys[n : 2 * n - 1]
        np.multiply(h[:-1], _BI[0], out=pairs)
        pairs ^= h[1:] * _BI[1]
        pairs += ends[:-1]
    if n > 2:
        triples = keys[2 * n - 1 :]
        np.multiply(h[:-2], _TRI[0], out=triples)
        triples += h[1:-1] * _TRI[1]
        triples ^= h[2:] * _TRI[2]
        triples += ends[:-2]
        triples ^= ends[1:-1] >> 1
    keys ^= keys >> 16
    keys *= _MIX
    keys ^= keys >> 14
    return keys


def first_words(words: Words, seen: "FirstSeen") -> NDArray[np.bool_]:
    """bool (n,): where each word stands for the first time (words whose keys share a slot count as one)."""
    return seen.mask((words.hashes * _UNI) >> SLOT_SHIFT)


def slots_of(keys: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Each key's slot (20 bits) and check (8 bits)."""
    return keys >> SLOT_SHIFT, (keys >> CHECK_SHIFT) & CHECK_MASK


class FirstSeen:
    """Finds the first occurrence of each key of a text, without sorting.

    Every position is written to the key's cell, last to first; a position that reads itself back was the first.
    The cells are never cleared: a text only reads cells that it has just written. One set of cells for each thread.
    """

    def __init__(self, keys: int) -> None:
        self._keys = keys
        self._local = threading.local()

    def mask(self, keys: NDArray[Any]) -> NDArray[np.bool_]:
        """bool, same length: True where this key stands for the first time."""
        cells: NDArray[np.int32] | None = getattr(self._local, "cells", None)
        if cells is None:
            cells = self._local.cells = np.zeros(self._keys, np.int32)
        order = np.arange(len(keys), dtype=np.int32)
        cells[keys[::-1]] = order[::-1]
        found: NDArray[np.bool_] = cells.take(keys) == order
        return found


class _Powers:
    """Powers of the hash base and of its inverse, mod 2**32, grown on demand and shared by all threads."""

    def __init__(self) -> None:
        self._tables = _powers(1 << 14)

    def upto(self, n: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        powers, inverse = self._tables
        if n > len(powers):
            powers, inverse = self._tables = _powers(1 << n.bit_length())
        return powers[:n], inverse


def _powers(n: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    def table(base: int) -> NDArray[np.uint32]:
        steps = np.full(n, base, np.uint32)
        steps[0] = 1
        return np.cumprod(steps, dtype=np.uint32)

    return table(_BASE), table(_BASE_INVERSE)


_POWERS = _Powers()
