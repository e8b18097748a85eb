"""Pages as rows of numbers, and what a model's word n-grams make of them.

Characters and the weight of every word are the same for a model and all that is retrained from it: what they add to a
page's score is kept as one number, `rest`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from detector import Detector
from detector.model import Tables, read
from detector.ngrams import CHECK_MASK, CHECK_SHIFT, SLOTS
from training.grams import CHECK_BITS


@dataclass(frozen=True, slots=True)
class Rows:
    """The distinct word n-grams of pages, one page after the other.

    ids: uint32, identities of 28 bits (slot and check), rising within a page; ends: int64 (pages,).
    words: int64 (pages,), lengths in words. rest: float64 (pages,), the score without the word n-grams.
    """

    ids: NDArray[np.uint32]
    ends: NDArray[np.int64]
    words: NDArray[np.int64]
    rest: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def row_of(self) -> NDArray[np.int64]:
        """int64, for each of `ids` the page it stands in."""
        return np.repeat(np.arange(len(self.ends)), np.diff(self.ends, prepend=0))

    def take(self, wanted: NDArray[np.bool_]) -> "Rows":
        """Some of the pages."""
        kept = np.repeat(wanted, np.diff(self.ends, prepend=0))
        ends = np.cumsum(np.diff(self.ends, prepend=0)[wanted])
        return Rows(self.ids[kept], ends, self.words[wanted], self.rest[wanted])

    def only(self, kept: NDArray[np.bool_]) -> "Rows":
        """Some of the n-grams; kept: bool, same length as `ids`."""
        before = np.concatenate(([0], np.cumsum(kept)))
        return replace(self, ids=self.ids[kept], ends=before[self.ends])


@dataclass(frozen=True, slots=True)
class WordWeights:
    """What the word n-gram that owns each slot weighs, float32 (2**20,), and its check, uint8 (2**20,)."""

    weights: NDArray[np.float32]
    checks: NDArray[np.uint8]

    @classmethod
    def of(cls, tables: Tables) -> "WordWeights":
        """Those of a detector's tables."""
        codes = tables.word_entries & tables.code_mask
        return cls(tables.word_book.take(codes), (tables.word_entries >> tables.check_shift).astype(np.uint8))

    def moved(self, slots: NDArray[np.uint32], by: NDArray[np.float64], top: float) -> "WordWeights":
        """These weights, some of them moved, none of those beyond `top`."""
        weights = self.weights.copy()
        weights[slots] = np.clip(weights[slots] + by, -top, top)
        return WordWeights(weights, self.checks)

    def owned(self, ids: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Which n-grams own their slot."""
        return np.asarray(self.checks[ids >> CHECK_BITS] == (ids & CHECK_MASK))

    def parts(self, rows: Rows) -> NDArray[np.float64]:
        """float64 (pages,): what the word n-grams add to each page's score."""
        weights = np.where(self.owned(rows.ids), self.weights[rows.ids >> CHECK_BITS], 0)
        return np.bincount(rows.row_of, weights, minlength=len(rows)) / np.sqrt(rows.words)

    def scores(self, rows: Rows) -> NDArray[np.float64]:
        """float64 (pages,): each page's score as one stretch."""
        return rows.rest + self.parts(rows)

    def matrix(self, rows: Rows, slots: NDArray[np.uint32]) -> csr_matrix:
        """CSR (pages, slots): 1/sqrt(words) where the owner of a slot stands in a page. slots: sorted."""
        column_of = np.full(SLOTS, -1, np.int32)
        column_of[slots] = np.arange(len(slots), dtype=np.int32)
        columns = np.where(self.owned(rows.ids), column_of[rows.ids >> CHECK_BITS], -1)
        here = columns >= 0
        row_of = rows.row_of[here]
        return csr_matrix((1 / np.sqrt(rows.words[row_of]), (row_of, columns[here])), shape=(len(rows), len(slots)))

    def tables(self, parent: Tables) -> Tables:
        """The parent's tables with these word n-grams in them, every weight in a place of its own."""
        places = np.arange(SLOTS, dtype=np.uint32)
        return replace(
            parent, word_entries=self.checks.astype(np.uint32) << np.uint32(24) | places, word_book=self.weights
        )


def read_rows(texts: Sequence[str], detector: Detector) -> tuple[Rows, NDArray[np.uint8]]:
    """The rows of texts that have a word each, and for each of their n-grams how many words it has."""
    weights = WordWeights.of(detector.tables)
    ids, orders, ends, words, scores = [], [], [0], [], []
    for text in texts:
        reading = read(text)
        n = len(reading.words)
        found, first = np.unique(reading.keys >> CHECK_SHIFT, return_index=True)
        ids.append(found)
        orders.append((np.digitize(first, (n, 2 * n - 1)) + 1).astype(np.uint8))
        ends.append(ends[-1] + len(found))
        words.append(n)
        scores.append(detector.text_score(text))
    if not texts:
        return Rows(np.zeros(0, np.uint32), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)), np.zeros(
            0, np.uint8
        )
    rows = Rows(np.concatenate(ids), np.array(ends[1:]), np.array(words), np.zeros(len(texts)))
    return replace(rows, rest=np.array(scores) - weights.parts(rows)), np.concatenate(orders)
