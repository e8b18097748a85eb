"""What convinced the detector: the phrases that moved the score, and the spinner whose dictionary they come from."""

import math

import numpy as np
from numpy.typing import NDArray

from detector.ngrams import Words
from detector.text import Symbols
from detector.verdict import Evidence, Family

DICTIONARY_SWAP, UNLIKELY_WORDING = "dictionary swap", "unlikely wording"
MAX_PHRASE_WORDS = 3
# A phrase is shown when it adds at least this much: wording known from a dictionary needs less than other wording.
MIN_WEIGHT = {DICTIONARY_SWAP: 0.5, UNLIKELY_WORDING: 1.2}
MIN_PHRASES_FOR_FAMILY = 5
MIN_FAMILY_CONFIDENCE = 0.5
UNKNOWN = Family("unknown", 0.0)


def known_phrases(keys: NDArray[np.uint32], phrase_keys: NDArray[np.uint32]) -> NDArray[np.intp]:
    """For each key its row in the sorted phrase_keys, or -1."""
    if not len(phrase_keys):
        return np.full(len(keys), -1, np.intp)
    rows = np.minimum(np.searchsorted(phrase_keys, keys), len(phrase_keys) - 1)
    return np.where(phrase_keys[rows] == keys, rows, -1)


def find_family(rows: NDArray[np.intp], strengths: NDArray[np.int8], scale: float, names: tuple[str, ...]) -> Family:
    """The family whose dictionary explains the known phrases best; a softmax over summed strengths."""
    found = np.unique(rows[rows >= 0])
    if len(found) < MIN_PHRASES_FOR_FAMILY:
        return UNKNOWN
    logits = strengths[found].sum(axis=0) * (scale / math.sqrt(len(found)))
    odds = np.exp(logits - logits.max())
    best = int(odds.argmax())
    confidence = float(odds[best] / odds.sum())
    return Family(names[best], confidence) if confidence >= MIN_FAMILY_CONFIDENCE else UNKNOWN


def find_phrases(
    symbols: Symbols, words: Words, sums: NDArray[np.float64], known: NDArray[np.intp]
) -> tuple[Evidence, ...]:
    """Non-overlapping phrases of one to three words that moved the score towards spun, in text order.

    sums: float64 (n,), each word's part in the score. known: as known_phrases() gives for the keys of all n-grams.
    """
    starts, lengths, weights, swaps = _candidates(words, sums, known)
    floor = np.where(swaps, MIN_WEIGHT[DICTIONARY_SWAP], MIN_WEIGHT[UNLIKELY_WORDING])
    wanted = np.flatnonzero(weights >= floor)
    # Dictionary wording first: its borders are the ones a reader will recognise.
    order = wanted[np.lexsort((-weights[wanted], ~swaps[wanted]))]
    taken = np.zeros(len(words), np.bool_)
    chosen = []
    for index in order.tolist():
        span = slice(starts[index], starts[index] + lengths[index])
        if not taken[span].any():
            taken[span] = True
            chosen.append(index)
    picked = np.array(sorted(chosen), np.intp)
    picked = picked[np.argsort(starts[picked], kind="stable")]
    first, last = words.bounds[starts[picked]] + 1, words.bounds[starts[picked] + lengths[picked]] - 1
    return tuple(map(_evidence, *_texts(symbols, first, last), weights[picked].tolist(), swaps[picked].tolist()))


def _candidates(
    words: Words, sums: NDArray[np.float64], known: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.bool_]]:
    """Every run of one to three words within a phrase: start, length, weight, and whether a dictionary has it."""
    n = len(words)
    totals = np.concatenate(([0.0], np.cumsum(sums)))
    ends_before = np.concatenate(([0], np.cumsum(words.ends_phrase)))
    parts = []
    first_key = 0
    for length in range(1, min(MAX_PHRASE_WORDS, n) + 1):
        starts = np.arange(n - length + 1)
        swaps = known[first_key : first_key + len(starts)] >= 0
        first_key += len(starts)
        weights = totals[starts + length] - totals[starts]
        unbroken = ends_before[starts + length - 1] == ends_before[starts]
        parts.append((starts[unbroken], np.full(unbroken.sum(), length), weights[unbroken], swaps[unbroken]))
    starts, lengths, weights, swaps = (np.concatenate(column) for column in zip(*parts, strict=True))
    return starts, lengths, weights, swaps


def _texts(symbols: Symbols, first: NDArray[np.intp], last: NDArray[np.intp]) -> tuple[list[int], list[int], list[str]]:
    starts, ends = (offsets.tolist() for offsets in symbols.spans(first, last))
    spans = zip(starts, ends, strict=True)
    return starts, ends, [symbols.units[a:b].tobytes().decode("utf-16-le", "replace") for a, b in spans]


def _evidence(start: int, end: int, text: str, weight: float, swap: bool) -> Evidence:
    return Evidence(start, end, text, weight, DICTIONARY_SWAP if swap else UNLIKELY_WORDING)
