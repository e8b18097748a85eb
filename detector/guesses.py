"""What the spun wording of a text most likely stood for: the dictionaries run backwards, judged by how people write.

A spinner is taken for a noisy channel (detector/odds.py). Neighbours that were swapped themselves are replaced by their
own likeliest originals, and all is judged again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.ngrams import Words
from detector.odds import Runs, chance_of, judge, voices_of
from detector.reference import tokens_of
from detector.wording import FILTER_SHIFT, MAX_PHRASE_WORDS, Wording, run_keys


@dataclass(frozen=True, slots=True)
class Guesses:
    """What runs of words most likely stood for; they do not overlap and stand in text order. All arrays (k,).

    firsts, ends: each run's first word and the one after its last, as numbers of words. swapped: the chance that a
    spinner wrote it. originals, chances: its likeliest original, as a row of Wording.originals, and its chance.
    """

    firsts: NDArray[np.intp]
    ends: NDArray[np.intp]
    swapped: NDArray[np.float64]
    originals: NDArray[np.intp]
    chances: NDArray[np.float64]


NO_GUESSES = Guesses(*(np.zeros(0, np.intp),) * 2, np.zeros(0), np.zeros(0, np.intp), np.zeros(0))


def guess_originals(words: Words, weights: NDArray[np.float64], wording: Wording) -> Guesses:
    """What a spinner most likely wrote in a text, and for what.

    weights: float64 (n + 1,), prefix sums of the words' parts in the score. Single words that speak for a human
    writer are not looked at.
    """
    tokens, places = tokens_of(words)
    runs = _known_runs(tokens, places, weights, wording)
    if not len(runs.rows):
        return NO_GUESSES
    odds = judge(runs, runs.starts, runs.starts + runs.lengths, tokens, wording, None)
    chosen = _choose(runs, odds.swapped, len(tokens))
    if not len(chosen):
        return NO_GUESSES
    runs, odds = runs.take(chosen), odds.take(chosen)
    restored, starts, ends = _restore(runs, odds.originals, tokens, wording)
    odds = judge(runs, starts, ends, restored, wording, voices_of(odds))
    firsts = np.searchsorted(places, runs.starts)
    return Guesses(firsts, firsts + runs.lengths, chance_of(odds.swapped), odds.originals, chance_of(odds.best))


def _known_runs(
    tokens: NDArray[np.uint32], places: NDArray[np.intp], weights: NDArray[np.float64], wording: Wording
) -> Runs:
    starts, lengths, found = [], [], []
    for words, keys in enumerate(run_keys(tokens), start=1):
        (likely,) = wording.filter.take(keys >> FILTER_SHIFT).nonzero()
        starts.append(likely)
        lengths.append(np.full(len(likely), words))
        found.append(keys.take(likely))
    start, length, key = np.concatenate(starts), np.concatenate(lengths), np.concatenate(found)
    rows = np.minimum(np.searchsorted(wording.keys, key), len(wording.keys) - 1)
    first = np.minimum(np.searchsorted(places, start), len(places) - 1)
    weight = weights.take(np.minimum(first + length, len(places))) - weights.take(first)
    (kept,) = ((wording.keys.take(rows) == key) & ((weight > 0) | (length > 1))).nonzero()
    return Runs(start.take(kept), length.take(kept), rows.take(kept))


def _choose(runs: Runs, gains: NDArray[np.float64], size: int) -> NDArray[np.intp]:
    """Runs that do not overlap, the surest first; in text order."""
    likely = np.flatnonzero(gains > 0)
    starts = runs.starts.take(likely)
    ends = starts + runs.lengths.take(likely)
    steps = np.bincount(starts, minlength=size + 1) - np.bincount(ends, minlength=size + 1)
    crowded = np.concatenate(([0], np.cumsum(np.cumsum(steps) > 1)))
    alone = crowded.take(ends) == crowded.take(starts)
    rivals = np.flatnonzero(~alone)
    rivals = rivals[np.argsort(-gains.take(likely.take(rivals)), kind="stable")]
    taken = bytearray(size)
    for rival, start, end in zip(rivals.tolist(), starts[rivals].tolist(), ends[rivals].tolist(), strict=True):
        if 1 not in taken[start:end]:
            taken[start:end] = _TAKEN[: end - start]
            alone[rival] = True
    chosen = np.flatnonzero(alone)
    return likely.take(chosen[np.argsort(starts.take(chosen), kind="stable")])


def _restore(
    runs: Runs, originals: NDArray[np.intp], tokens: NDArray[np.uint32], wording: Wording
) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.intp]]:
    """The tokens with the originals in place; where each starts and ends among them."""
    texts, k = wording.texts, len(originals)
    # Pieces by turns: what stands between the runs, and the originals.
    begins, lengths = np.empty(2 * k + 1, np.intp), np.empty(2 * k + 1, np.intp)
    run_ends = np.concatenate(([0], runs.starts + runs.lengths))
    begins[::2] = run_ends
    lengths[::2] = np.append(runs.starts, len(tokens)) - run_ends
    begins[1::2] = texts.bounds.take(originals)
    lengths[1::2] = texts.bounds.take(originals + 1) - begins[1::2]
    ends = np.cumsum(lengths)
    at = np.arange(ends[-1]) + np.repeat(begins - (ends - lengths), lengths)
    is_original = np.repeat(np.arange(2 * k + 1) & 1, lengths) == 1
    restored = np.where(is_original, texts.tokens.take(at, mode="clip"), tokens.take(at, mode="clip"))
    return restored, ends[:-1:2], ends[1::2]


_TAKEN = bytes([1] * MAX_PHRASE_WORDS)
