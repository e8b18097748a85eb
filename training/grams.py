"""The n-grams of many texts, read once and used for every fit: which own a slot, and the design matrix they make.

`design_matrix` gives, for the same texts and owners, the very matrix that NgramTransformer gives (a test holds them
together); it only avoids reading a hundred thousand texts again for each of several models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from tqdm import tqdm

from detector.model import Reading, read
from detector.ngrams import CHAR_CODES, CHECK_MASK, CHECK_SHIFT, SLOTS
from detector.transformer import CHAR_SHARE, distinct_chars

CHECK_BITS = 8
TEXTS_A_CHUNK = 2000
# An n-gram must stand in this many texts to own a slot: one text alone teaches nothing that carries over.
MIN_TEXTS = 3


@dataclass(frozen=True, slots=True)
class Grams:
    """The distinct n-grams of `len(words)` texts, one after the other.

    chars: uint32, character 4-gram codes, char_counts: float32, in how many distinct words; char_ends: int64 (texts,).
    ids: uint32, word n-gram identities of 28 bits (slot and check); id_orders: uint8, their length in words; id_ends:
    int64 (texts,). words: int64 (texts,), the length of each text in words. groups: int64 (texts,), by number.
    """

    chars: NDArray[np.uint32]
    char_counts: NDArray[np.float32]
    char_ends: NDArray[np.int64]
    ids: NDArray[np.uint32]
    id_orders: NDArray[np.uint8]
    id_ends: NDArray[np.int64]
    words: NDArray[np.int64]
    groups: NDArray[np.int64]

    def take(self, rows: NDArray[np.intp]) -> "Grams":
        """The grams of some of the texts."""
        chars, char_ends = _runs(self.char_ends, rows)
        ids, id_ends = _runs(self.id_ends, rows)
        return Grams(
            chars=self.chars[chars],
            char_counts=self.char_counts[chars],
            char_ends=char_ends,
            ids=self.ids[ids],
            id_orders=self.id_orders[ids],
            id_ends=id_ends,
            words=self.words[rows],
            groups=self.groups[rows],
        )


def read_grams(texts: Sequence[str], groups: Sequence[str], jobs: int = 2) -> Grams:
    """Read every text. Every text has at least one word. groups: what each belongs to, as Document.group."""
    chunks = [texts[i : i + TEXTS_A_CHUNK] for i in range(0, len(texts), TEXTS_A_CHUNK)]
    done = Parallel(n_jobs=jobs, return_as="generator")(delayed(_read_chunk)(chunk) for chunk in chunks)
    parts = list(tqdm(done, total=len(chunks), desc="reading n-grams", unit="chunk", disable=None))
    chars, counts, char_lengths, ids, orders, id_lengths, words = map(np.concatenate, zip(*parts, strict=True))
    numbers = np.unique(np.asarray(groups), return_inverse=True)[1].astype(np.int64)
    return Grams(chars, counts, np.cumsum(char_lengths), ids, orders, np.cumsum(id_lengths), words, numbers)


def _read_chunk(texts: Sequence[str]) -> tuple[NDArray[np.generic], ...]:
    readings = [read(text) for text in texts]
    chars, counts = zip(*(distinct_chars(reading) for reading in readings), strict=True)
    ids, orders = zip(*(_distinct_ids(reading) for reading in readings), strict=True)
    words = np.array([len(reading.words) for reading in readings])
    counted = np.concatenate(counts).astype(np.float32)
    return (
        np.concatenate(chars),
        counted,
        _lengths(chars),
        np.concatenate(ids),
        np.concatenate(orders),
        _lengths(ids),
        words,
    )


def _distinct_ids(reading: Reading) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The identities of a text's word n-grams and how many words each has; the keys come by that order."""
    ids, first = np.unique(reading.keys >> CHECK_SHIFT, return_index=True)
    n = len(reading.words)
    orders: NDArray[np.intp] = np.digitize(first, (n, 2 * n - 1)) + 1
    return ids, orders.astype(np.uint8)


def _lengths(arrays: Sequence[NDArray[np.uint32]]) -> NDArray[np.int64]:
    return np.array([len(array) for array in arrays], np.int64)


def _runs(ends: NDArray[np.int64], rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the values of some of the texts stand, and where each text's will end once they are taken."""
    starts = ends - np.diff(ends, prepend=0)
    lengths = (ends - starts)[rows]
    new_ends = np.cumsum(lengths)
    return np.arange(new_ends[-1]) + np.repeat(starts[rows] - (new_ends - lengths), lengths), new_ends


def choose_owners(grams: Grams, spun: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """uint8 (2**20,): the check of the n-gram that owns each slot, the one that tells most about spinning.

    How telling: the log-likelihood ratio G2 (Dunning 1993) of its presence in spun and in human texts.
    """
    in_spun = np.repeat(spun, np.diff(grams.id_ends, prepend=0))
    marked = np.sort(grams.ids << np.uint32(1) | in_spun)
    ids, starts = np.unique(marked >> np.uint32(1), return_index=True)
    totals = np.diff(starts, append=len(marked))
    spun_counts = np.add.reduceat((marked & np.uint32(1)).astype(np.int64), starts)
    frequent = totals >= MIN_TEXTS
    ids, spun_counts, human_counts = ids[frequent], spun_counts[frequent], (totals - spun_counts)[frequent]
    worth = g2(spun_counts, human_counts, int(spun.sum()), int((~spun).sum()))
    order = np.lexsort((worth, ids >> CHECK_BITS))
    ids = ids[order]
    best = np.append(ids[1:] >> CHECK_BITS != ids[:-1] >> CHECK_BITS, True)
    checks = np.zeros(SLOTS, np.uint8)
    checks[ids[best] >> CHECK_BITS] = ids[best] & CHECK_MASK
    return checks


def g2(a: NDArray[np.int64], b: NDArray[np.int64], n_a: int, n_b: int) -> NDArray[np.float64]:
    """float64, same shape: log-likelihood ratios (Dunning 1993) of counts a in n_a texts against b in n_b."""
    share = (a + b) / (n_a + n_b)
    gain_a = np.where(a > 0, a * np.log(np.maximum(a, 1) / (n_a * share)), 0.0)
    gain_b = np.where(b > 0, b * np.log(np.maximum(b, 1) / (n_b * share)), 0.0)
    return np.asarray(2 * (gain_a + gain_b))


def design_matrix(grams: Grams, checks: NDArray[np.uint8]) -> csr_matrix:
    """CSR (texts, COLUMNS), float32: as NgramTransformer(checks).transform(texts)."""
    owned = checks[grams.ids >> CHECK_BITS] == (grams.ids & CHECK_MASK)
    owned_before = np.concatenate(([0], np.cumsum(owned)))
    scale = 1 / np.sqrt(grams.words)
    texts = len(grams.words)
    blocks = (
        _block(grams.chars, grams.char_ends, grams.char_counts, CHAR_SHARE * scale, CHAR_CODES),
        _block(grams.ids[owned] >> CHECK_BITS, owned_before[grams.id_ends], None, scale, SLOTS),
        _block(np.zeros(texts, np.uint32), np.arange(1, texts + 1), grams.words, scale, 1),
    )
    return csr_matrix(hstack(blocks, format="csr", dtype=np.float32))


def _block(
    columns: NDArray[np.uint32],
    ends: NDArray[np.int64],
    counts: NDArray[Any] | None,
    scale: NDArray[np.float64],
    width: int,
) -> csr_matrix:
    """CSR (texts, width): each text's counts (None: 1) in its columns, times its scale."""
    values = np.repeat(scale.astype(np.float32), np.diff(ends, prepend=0))
    if counts is not None:
        values *= counts
    return csr_matrix((values, columns.astype(np.int32), np.concatenate(([0], ends))), shape=(len(ends), width))
