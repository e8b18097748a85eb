"""The detector's n-grams as a scikit-learn transformer: texts in, a sparse matrix out. Training alone imports it."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin

from detector.model import Reading, read
from detector.ngrams import CHAR_CODES, SLOTS, FirstSeen, char_codes, first_words, slots_of

WORD_COLUMN = CHAR_CODES
LENGTH_COLUMN = WORD_COLUMN + SLOTS
# Characters count this much of what words do: at full weight hits on real pages fell, without any they fell on tools
# that were not trained on (tried: 0, 0.2, 0.3 and 1, on unseen documents and on real pages).
CHAR_SHARE = 0.3
COLUMNS = LENGTH_COLUMN + 1


class NgramTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """CSR (texts, COLUMNS), all over sqrt(words): CHAR_SHARE for each distinct word that a character 4-gram begins in
    (or in the separator before it), 1 for each word n-gram present, the number of words in the last column.

    Columns: character 4-grams by code, then word n-grams by slot, kept only where `checks` agrees: uint8 (2**20,),
    which n-gram owns each slot.
    """

    def __init__(self, checks: NDArray[np.uint8]) -> None:
        self.checks = checks

    def fit(self, texts: Sequence[str], labels: Any = None) -> "NgramTransformer":
        """Nothing to learn: the slots' owners were chosen before."""
        return self

    def transform(self, texts: Iterable[str]) -> csr_matrix:
        """Read every text; texts without a word become empty rows."""
        columns, values, ends = [], [], [0]
        for text in texts:
            row_columns, row_values = self._row(text)
            columns.append(row_columns)
            values.append(row_values)
            ends.append(ends[-1] + len(row_columns))
        shape = (len(ends) - 1, COLUMNS)
        return csr_matrix((_join(values, np.float32), _join(columns, np.int32), np.array(ends)), shape=shape)

    def _row(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        reading = read(text)
        n = len(reading.words)
        if n == 0:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        chars, counts = distinct_chars(reading)
        slots, checks = slots_of(reading.keys)
        owned = np.unique(slots[self.checks.take(slots) == checks]) + WORD_COLUMN
        found = np.concatenate((chars, owned, [LENGTH_COLUMN])).astype(np.int32)
        values = np.concatenate((CHAR_SHARE * counts, np.ones(len(owned)), [n])) / np.sqrt(n)
        return found, values.astype(np.float32)


def distinct_chars(reading: Reading) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The 4-gram codes of a text's distinct words, and how many of these words each begins in."""
    words = reading.words
    lengths = np.diff(words.bounds)
    codes = char_codes(reading.symbols.row)[words.bounds[0] : words.bounds[-1]]
    return np.unique(codes[np.repeat(first_words(words, _SEEN), lengths)], return_counts=True)


_SEEN = FirstSeen(SLOTS)


def _join(parts: list[Any], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.zeros(0, kind)
