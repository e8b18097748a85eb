"""Keeps one of each text: drops exact and near copies across all sources, and repeated paragraphs within one."""

import re
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 8  # eight words in a row almost never recur by chance
KEEP_ONE_IN = 8  # one shingle in eight is remembered: enough to see a copied passage of 30 words
MAX_COPIED_SHARE = 0.2
MAX_PARAGRAPH_REPEATS = 2

_WORD = re.compile(r"[a-z0-9]+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


class Deduper:
    """Remembers the texts it has let through; `is_new` is asked once per text, in order of preference."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def is_new(self, text: str) -> bool:
        """True when less than a fifth of the text was seen before; the text is remembered then."""
        marks = set(shingles(text).tolist())
        if marks and len(marks & self._seen) / len(marks) > MAX_COPIED_SHARE:
            return False
        self._seen |= marks
        return True


def shingles(text: str) -> NDArray[np.uint64]:
    """Hashes of a fixed sample of the runs of eight words, case and punctuation aside."""
    words = np.array([zlib.crc32(word.encode()) for word in _WORD.findall(text.lower())], dtype=np.uint64)
    if len(words) < SHINGLE_WORDS:
        return words[:1] + np.uint64(len(words))
    runs = np.lib.stride_tricks.sliding_window_view(words, SHINGLE_WORDS)
    powers = _MULTIPLIER ** np.arange(SHINGLE_WORDS, dtype=np.uint64)
    hashes: NDArray[np.uint64] = (runs * powers).sum(axis=1, dtype=np.uint64) * _MULTIPLIER
    kept: NDArray[np.uint64] = hashes[(hashes >> np.uint64(40)) % np.uint64(KEEP_ONE_IN) == 0]
    return kept


class RepeatedParagraphs:
    """Drops the paragraphs that one source repeats from text to text: notices, footers, standard clauses."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def drop(self, text: str) -> str:
        """The text without paragraphs seen twice before."""
        return "\n\n".join(self._fresh(text.split("\n\n")))

    def _fresh(self, paragraphs: Iterable[str]) -> Iterable[str]:
        for paragraph in paragraphs:
            mark = hash(paragraph)
            self._counts[mark] = self._counts.get(mark, 0) + 1
            if self._counts[mark] <= MAX_PARAGRAPH_REPEATS:
                yield paragraph
