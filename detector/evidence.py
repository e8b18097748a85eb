"""What convinced the detector: the phrases that moved the score, and the spinner whose dictionary they come from."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.ngrams import SLOT_SHIFT, SLOTS, Words
from detector.text import Symbols
from detector.verdict import Evidence, Family

DICTIONARY_SWAP, UNLIKELY_WORDING = "dictionary swap", "unlikely wording"
MAX_PHRASE_WORDS = 3
# A phrase is shown when it adds at least this much to the sum: wording known from a dictionary needs less than other
# wording, and other wording less when words stand together that do not belong together than when one word is odd.
MIN_SWAP, MIN_ODD_RUN, MIN_ODD_WORD = 0.5, 5.0, 7.0
# ... and both its first and its last word add something: what does not, is not part of it.
MIN_EDGE = 1.5
MIN_PHRASES_FOR_FAMILY = 5
MIN_FAMILY_CONFIDENCE = 0.5
UNKNOWN = Family("unknown", 0.0)


def phrase_slots(phrase_keys: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """bool (2**20,): the slots that a known phrase's key falls into; most keys of a text fall into none."""
    slots = np.zeros(SLOTS, np.bool_)
    slots[phrase_keys >> SLOT_SHIFT] = True
    return slots


def known_phrases(
    keys: NDArray[np.uint32], phrase_keys: NDArray[np.uint32], slots: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """For each key its row in the sorted phrase_keys, or -1. slots: as phrase_slots() gives."""
    rows = np.full(len(keys), -1, np.intp)
    likely = np.flatnonzero(slots.take(keys >> SLOT_SHIFT))
    found = np.minimum(np.searchsorted(phrase_keys, keys.take(likely)), len(phrase_keys) - 1)
    rows[likely] = np.where(phrase_keys.take(found) == keys.take(likely), found, -1) if len(likely) else -1
    return rows


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
    symbols: Symbols,
    words: Words,
    parts: NDArray[np.float64],
    known: NDArray[np.intp],
    originals: tuple[str, ...],
) -> tuple[Evidence, ...]:
    """Non-overlapping phrases of one to three words that moved the score towards spun, in text order.

    parts: float64 (n,), each word's part in the score. known: as known_phrases() gives for the keys of all n-grams.
    originals: for each known phrase the wording it stands for, or nothing.
    """
    runs = _candidates(words, parts, known)
    swaps = runs.rows >= 0
    ends = runs.starts + runs.lengths - 1
    edges = np.minimum(parts[runs.starts], parts[ends])
    odd = (edges >= MIN_EDGE) & (runs.weights >= np.where(runs.lengths > 1, MIN_ODD_RUN, MIN_ODD_WORD))
    wanted = np.flatnonzero(np.where(swaps, runs.weights >= MIN_SWAP, odd))
    # Dictionary wording first: its borders are the ones a reader will recognise.
    order = wanted[np.lexsort((-runs.weights[wanted], ~swaps[wanted]))]
    taken = np.zeros(len(words), np.bool_)
    chosen = []
    for index in order.tolist():
        span = slice(runs.starts[index], runs.starts[index] + runs.lengths[index])
        if not taken[span].any() and not _spans_lines(symbols, words, span):
            taken[span] = True
            chosen.append(index)
    picked = np.array(chosen, np.intp)
    picked = picked[np.argsort(runs.starts[picked])]
    starts = runs.starts[picked]
    spans = symbols.spans(words.bounds[starts] + 1, words.bounds[starts + runs.lengths[picked]] - 1)
    columns = (*spans, runs.weights[picked], runs.rows[picked])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(_evidence(symbols, originals, *row) for row in rows)


def _spans_lines(symbols: Symbols, words: Words, span: slice) -> bool:
    """Whether a line ends inside a run of words: paragraphs may lack a full stop, as headings do."""
    inner = symbols.places[words.bounds[span.start + 1 : span.stop] - 1]
    return any(symbols.units[place] == ord("\n") for place in inner.tolist())


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of words: first word, number of words, weight, and the row of the phrase table or -1; all (k,)."""

    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]
    weights: NDArray[np.float64]
    rows: NDArray[np.intp]


def _candidates(words: Words, parts: NDArray[np.float64], known: NDArray[np.intp]) -> _Runs:
    """Every run of one to three words within a phrase."""
    n = len(words)
    sums = np.concatenate(([0.0], np.cumsum(parts)))
    ends_before = np.concatenate(([0], np.cumsum(words.ends_phrase)))
    found = []
    first_key = 0
    for length in range(1, min(MAX_PHRASE_WORDS, n) + 1):
        starts = np.arange(n - length + 1)
        rows = known[first_key : first_key + len(starts)]
        first_key += len(starts)
        weights = sums[starts + length] - sums[starts]
        unbroken = ends_before[starts + length - 1] == ends_before[starts]
        found.append((starts[unbroken], np.full(unbroken.sum(), length), weights[unbroken], rows[unbroken]))
    return _Runs(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _evidence(symbols: Symbols, originals: tuple[str, ...], start: int, end: int, weight: float, row: int) -> Evidence:
    text = symbols.units[start:end].tobytes().decode("utf-16-le", "replace")
    if row < 0:
        return Evidence(start, end, text, weight, UNLIKELY_WORDING)
    return Evidence(start, end, text, weight, DICTIONARY_SWAP, _cased(originals[row], text) or None)


def _cased(original: str, text: str) -> str:
    """The original wording, with the capital of the wording that stands for it."""
    return original[:1].upper() + original[1:] if text[:1].isupper() else original
