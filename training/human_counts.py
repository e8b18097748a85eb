"""How people write, counted: the words, pairs and triples of human texts, and phrases that are asked for."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from detector.model import read
from detector.reference import (
    BOUNDARY,
    BUCKET_ENTRIES,
    BUCKET_SHIFT,
    BUCKETS,
    LEVEL_BITS,
    LEVEL_STEP,
    LEVELS,
    checks_of,
    pair_keys,
    single_keys,
    tokens_of,
    triple_keys,
)
from detector.wording import phrase_keys, run_keys
from training.corpora import Document

# How many n-grams are kept: with more, the buckets overflow and the file grows past 4 MB.
MAX_GRAMS = 1_250_000
MIN_PAIR, MIN_TRIPLE = 2, 3
CHUNK_CHARACTERS = 2_000_000


class HumanText:
    """The human texts, read and counted."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._tokens = [tokens_of(read(text).words)[0] for text in _chunks(documents)]
        self.words = sum(int((tokens != BOUNDARY).sum()) for tokens in self._tokens)

    def phrase_counts(self, phrases: Sequence[str]) -> list[int]:
        """How often each phrase was written."""
        keys = phrase_keys(list(phrases))
        wanted = np.unique(keys)
        counts = np.zeros(len(wanted), np.int64)
        for tokens in self._tokens:
            for found in run_keys(tokens):
                at = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
                counts += np.bincount(at[wanted[at] == found], minlength=len(wanted))
        return [int(count) for count in counts[np.searchsorted(wanted, keys)]]

    def entries(self) -> NDArray[np.uint16]:
        """The slots of detector.reference.Reference, for the commonest n-grams."""
        keys, counts = (np.concatenate(column) for column in zip(*self._grams(), strict=True))
        order = np.argsort(-counts, kind="stable")[:MAX_GRAMS]
        return fill_buckets(keys[order], counts[order])

    def _grams(self) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.int64]]]:
        yield _counted([single_keys(each) for each in self._tokens], MIN_PAIR)
        yield _counted([pair_keys(each[:-1], each[1:]) for each in self._tokens], MIN_PAIR)
        yield _counted([triple_keys(each[:-2], each[1:-1], each[2:]) for each in self._tokens], MIN_TRIPLE)


def fill_buckets(keys: NDArray[np.uint32], counts: NDArray[np.int64]) -> NDArray[np.uint16]:
    """Entries of a Reference; keys come commonest first, and what no longer fits into its bucket is left out."""
    buckets = keys >> BUCKET_SHIFT
    order = np.argsort(buckets, kind="stable")
    first = np.searchsorted(buckets[order], np.arange(BUCKETS, dtype=np.uint32))
    rank = np.empty(len(keys), np.intp)
    rank[order] = np.arange(len(keys)) - first[buckets[order]]
    kept = rank < BUCKET_ENTRIES
    entries = np.zeros(BUCKETS * BUCKET_ENTRIES, np.uint16)
    slots = buckets[kept].astype(np.intp) * BUCKET_ENTRIES + rank[kept]
    entries[slots] = checks_of(keys[kept]) << np.uint16(LEVEL_BITS) | _levels(counts[kept])
    return entries


def _counted(keys: Sequence[NDArray[np.uint32]], least: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The distinct keys that stand there at least so often, and how often."""
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    return found[counts >= least], counts[counts >= least]


def _levels(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Level 1 is a count of 1; 0 is none."""
    levels = np.rint(np.log(np.maximum(counts, 1)) / np.log(LEVEL_STEP)).astype(np.uint8) + np.uint8(1)
    levels[counts == 0] = 0
    return np.asarray(np.minimum(levels, LEVELS - 1), np.uint8)


def _chunks(documents: Sequence[Document]) -> Iterator[str]:
    """The texts, a few million characters at a time: less memory than all at once, less work than one by one."""
    held: list[str] = []
    size = 0
    for document in documents:
        held.append(document.text)
        size += len(document.text)
        if size > CHUNK_CHARACTERS:
            yield ".\n\n".join(held)
            held, size = [], 0
    if held:
        yield ".\n\n".join(held)
