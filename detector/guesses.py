"""What the spun wording of a text most likely stood for: the dictionaries run backwards, judged by how people write.

A spinner is taken for a noisy channel. For a wording s and each original o that a dictionary knows for it, the chance
that the text said o is (how likely o is between its neighbours) x (how often a spinner writes s for o); that it always
said s, (how likely s is there) x (how often s is left alone). Neighbours that were swapped themselves are replaced by
their own likeliest originals, and all is judged again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.ngrams import Words
from detector.reference import log_chance, pair_keys, single_keys, tokens_of, triple_keys
from detector.wording import (
    BEFORE_LAST,
    FILTER_SHIFT,
    FIRST,
    FIRST_COUNT,
    HEAD_COUNT,
    LAST,
    LAST_COUNT,
    MAX_PHRASE_WORDS,
    MAX_SPEAKERS,
    SECOND,
    SECOND_COUNT,
    SINGLE,
    TAIL_COUNT,
    WITHIN,
    Wording,
    run_keys,
)

# Rates are means over all spinners; the one that wrote a text that is flagged makes its own swaps more often.
SPUN_TEXT = 1.5
# How much of a human reference's certainty is believed: its counts are of few and rounded.
TRUST = 0.7
# A pair is written by a dictionary that is not known to have it with this share of the chance.
SLIP = 0.05
VOICE = 0.5


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


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of tokens that are known wording: where each starts, its length, its row in the tables; all intp (k,)."""

    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]
    rows: NDArray[np.intp]

    def take(self, which: NDArray[np.intp]) -> "_Runs":
        return _Runs(*(column.take(which) for column in (self.starts, self.lengths, self.rows)))


@dataclass(frozen=True, slots=True)
class _Odds:
    """Of each run: logs of (any original : as written) and (the likeliest : all else); its row and its speakers."""

    swapped: NDArray[np.float64]
    best: NDArray[np.float64]
    originals: NDArray[np.intp]
    speakers: NDArray[np.uint32]

    def take(self, which: NDArray[np.intp]) -> "_Odds":
        return _Odds(
            self.swapped.take(which), self.best.take(which), self.originals.take(which), self.speakers.take(which)
        )


def guess_originals(words: Words, weights: NDArray[np.float64], wording: Wording) -> Guesses:
    """What a spinner most likely wrote in a text, and for what.

    weights: float64 (n + 1,), prefix sums of the words' parts in the score. Single words that speak for a human
    writer are not looked at.
    """
    tokens, places = tokens_of(words)
    runs = _known_runs(tokens, places, weights, wording)
    if not len(runs.rows):
        return NO_GUESSES
    odds = _judge(runs, runs.starts, runs.starts + runs.lengths, tokens, wording, None)
    chosen = _choose(runs, odds.swapped, len(tokens))
    if not len(chosen):
        return NO_GUESSES
    runs, odds = runs.take(chosen), odds.take(chosen)
    restored, starts, ends = _restore(runs, odds.originals, tokens, wording)
    odds = _judge(runs, starts, ends, restored, wording, _voices(odds))
    firsts = np.searchsorted(places, runs.starts)
    return Guesses(firsts, firsts + runs.lengths, _chance(odds.swapped), odds.originals, _chance(odds.best))


def _known_runs(
    tokens: NDArray[np.uint32], places: NDArray[np.intp], weights: NDArray[np.float64], wording: Wording
) -> _Runs:
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
    return _Runs(start.take(kept), length.take(kept), rows.take(kept))


def _judge(
    runs: _Runs,
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    around: NDArray[np.uint32],
    wording: Wording,
    voices: NDArray[np.float64] | None,
) -> _Odds:
    """Every run as it is written and with each of its originals.

    starts, ends: where each run's left neighbours end and its right neighbours start in `around`. voices: as _voices()
    gives, None where nothing is known yet.
    """
    k = len(runs.rows)
    firsts, lasts = wording.firsts.take(runs.rows), wording.firsts.take(runs.rows + 1)
    ends_of = np.cumsum(lasts - firsts)
    begins = ends_of - (lasts - firsts)
    owners = np.repeat(np.arange(k), lasts - firsts)
    pairs = np.arange(ends_of[-1]) + (firsts - begins).take(owners)
    # First all runs as written, then all candidates.
    texts = np.concatenate((runs.rows + len(wording.originals), wording.candidates.take(pairs)))
    every = np.concatenate((np.arange(k), owners))
    fits = _fits(starts.take(every), texts, ends.take(every), around, wording)
    written = fits[:k] + (wording.left_alone.take(runs.rows) - SPUN_TEXT)
    others = fits[k:] + wording.rates.take(pairs)
    if voices is not None:
        others += _spoken(wording.speakers.take(pairs), voices)
    return _odds(written, others, pairs, begins, owners, wording)


def _fits(
    left: NDArray[np.intp],
    rows: NDArray[np.intp],
    right: NDArray[np.intp],
    around: NDArray[np.uint32],
    wording: Wording,
) -> NDArray[np.float64]:
    """float64 (k,): the log of how likely each wording and its two right neighbours are after the two left ones.

    left: where the wordings stand in `around`; right: where what comes after them does. rows: of wording.texts.
    """
    reference, texts = wording.reference, wording.texts
    words = reference.log_counts(single_keys(around))
    pairs = reference.log_counts(pair_keys(around[:-1], around[1:]))
    facts = texts.facts.take(rows, axis=0)
    counts = facts.view(np.float32)
    first, last, single = facts[:, FIRST], facts[:, LAST], facts[:, SINGLE] != 0
    before, after = around.take(left - 1), around.take(right)
    second = np.where(single, after, facts[:, SECOND])
    before_last = np.where(single, before, facts[:, BEFORE_LAST])
    k = len(rows)
    keys = np.concatenate(
        (
            pair_keys(before, first),
            pair_keys(last, after),
            triple_keys(around.take(left - 2), before, first),
            triple_keys(before, first, second),
            triple_keys(before_last, last, after),
            triple_keys(last, after, around.take(right + 1)),
        )
    )
    enter, leave, entering, inside, leaving, left_behind = reference.log_counts(keys).reshape(6, k)
    last_count, after_count = counts[:, LAST_COUNT], words.take(right)
    tail = np.where(single, enter, counts[:, TAIL_COUNT])
    alone = reference.log_words
    chance = log_chance(entering, pairs.take(left - 2), enter, words.take(left - 1), counts[:, FIRST_COUNT] - alone)
    chance += np.where(
        single,
        np.float32(0.0),
        log_chance(
            inside,
            enter,
            counts[:, HEAD_COUNT],
            counts[:, FIRST_COUNT],
            counts[:, SECOND_COUNT] - alone,
        ),
    )
    chance += counts[:, WITHIN]
    chance += log_chance(leaving, tail, leave, last_count, after_count - alone)
    chance += log_chance(left_behind, leave, pairs.take(right), after_count, words.take(right + 1) - alone)
    return TRUST * chance.astype(np.float64)


def _odds(
    written: NDArray[np.float64],
    others: NDArray[np.float64],
    pairs: NDArray[np.intp],
    firsts: NDArray[np.intp],
    owners: NDArray[np.intp],
    wording: Wording,
) -> _Odds:
    top = np.maximum.reduceat(others, firsts)
    shares = np.exp(others - top.take(owners))
    total = np.add.reduceat(shares, firsts)
    (best,) = (others == top.take(owners)).nonzero()
    best = pairs.take(best.take(np.searchsorted(owners.take(best), np.arange(len(firsts)))))
    # The sum of all others, as written included, on the scale of the best.
    rest = total - 1.0 + np.exp(np.minimum(written - top, 700.0))
    return _Odds(
        np.log(total) + top - written,
        -np.log(np.maximum(rest, 1e-12)),
        wording.candidates.take(best),
        wording.speakers.take(best),
    )


def _voices(odds: _Odds) -> NDArray[np.float64]:
    """float64 (MAX_SPEAKERS,): the chance of each dictionary, by how many of the likely swaps it has."""
    sure = _chance(odds.swapped) * _chance(odds.best)
    bits = (odds.speakers[:, None] >> np.arange(MAX_SPEAKERS, dtype=np.uint32) & np.uint32(1)).astype(np.float64)
    telling = np.log((bits + SLIP) / (bits.mean(axis=1, keepdims=True) + SLIP))
    logs = VOICE * (sure @ telling)
    chances = np.exp(logs - logs.max())
    return np.asarray(chances / chances.sum())


def _spoken(speakers: NDArray[np.uint32], voices: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much likelier each pair is, in logs, with these voices than with all alike."""
    heard = np.zeros(len(speakers))
    alike = np.zeros(len(speakers))
    # A byte of speakers at a time, from a table of what its 256 values hear.
    for byte, share in enumerate(voices.reshape(-1, 8) @ _BYTES.T):
        values = (speakers >> np.uint32(8 * byte)) & np.uint32(0xFF)
        heard += share.take(values)
        alike += _SHARES.take(values)
    return np.asarray(np.log((heard + SLIP) / (alike + SLIP)))


def _choose(runs: _Runs, gains: NDArray[np.float64], size: int) -> NDArray[np.intp]:
    """Runs that do not overlap, the surest first; in text order."""
    taken = bytearray(size)
    chosen = []
    order = np.flatnonzero(gains > 0)
    order = order[np.argsort(-gains.take(order), kind="stable")]
    starts = runs.starts.take(order)
    rows = zip(order.tolist(), starts.tolist(), (starts + runs.lengths.take(order)).tolist(), strict=True)
    for run, start, end in rows:
        if 1 not in taken[start:end]:
            taken[start:end] = _TAKEN[: end - start]
            chosen.append((start, run))
    return np.array([run for _, run in sorted(chosen)], np.intp)


def _restore(
    runs: _Runs, originals: NDArray[np.intp], tokens: NDArray[np.uint32], wording: Wording
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


def _chance(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(np.clip(-log_odds, -50, 50))))


_TAKEN = bytes([1] * MAX_PHRASE_WORDS)
_BYTES = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype(np.float64)
_SHARES = _BYTES.sum(axis=1) / MAX_SPEAKERS
