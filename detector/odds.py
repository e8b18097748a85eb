"""How likely a spinner wrote each known wording of a text, and which original it most likely stands for.

For a wording s and each original o that a dictionary knows for it, the chance that the text said o is (how likely o is
between its neighbours) x (how often a spinner writes s for o); that it always said s, (how likely s is there) x (how
often s is left alone).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.reference import log_chance, pair_keys, single_keys, triple_keys
from detector.wording import (
    BEFORE_LAST,
    FIRST,
    FIRST_COUNT,
    HEAD_COUNT,
    LAST,
    LAST_COUNT,
    MAX_SPEAKERS,
    SECOND,
    SECOND_COUNT,
    SINGLE,
    TAIL_COUNT,
    WITHIN,
    Wording,
)

# Rates are means over all spinners; the one that wrote a text that is flagged makes its own swaps more often.
SPUN_TEXT = 1.5
# How much of a human reference's certainty is believed: its counts are of few and rounded.
TRUST = 0.7
# A pair is written by a dictionary that is not known to have it with this share of the chance.
SLIP = 0.05
VOICE = 0.5


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of tokens that are known wording: where each starts, its length, its row in the tables; all intp (k,)."""

    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]
    rows: NDArray[np.intp]

    def take(self, which: NDArray[np.intp]) -> "Runs":
        """Some of them."""
        return Runs(*(column.take(which) for column in (self.starts, self.lengths, self.rows)))


@dataclass(frozen=True, slots=True)
class Odds:
    """Of each run: logs of (any original : as written) and (the likeliest : all else); its row and its speakers."""

    swapped: NDArray[np.float64]
    best: NDArray[np.float64]
    originals: NDArray[np.intp]
    speakers: NDArray[np.uint32]

    def take(self, which: NDArray[np.intp]) -> "Odds":
        """Of some runs."""
        return Odds(
            self.swapped.take(which), self.best.take(which), self.originals.take(which), self.speakers.take(which)
        )


def judge(
    runs: Runs,
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    around: NDArray[np.uint32],
    wording: Wording,
    voices: NDArray[np.float64] | None,
) -> Odds:
    """Every run as it is written and with each of its originals.

    starts, ends: where each run's left neighbours end and its right neighbours start in `around`. voices: as
    voices_of() gives, None where nothing is known yet.
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
            pair_keys(np.concatenate((before, last)), np.concatenate((first, after))),
            triple_keys(
                np.concatenate((around.take(left - 2), before, before_last, last)),
                np.concatenate((before, first, last, after)),
                np.concatenate((first, second, after, around.take(right + 1))),
            ),
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
) -> Odds:
    top = np.maximum.reduceat(others, firsts)
    shares = np.exp(others - top.take(owners))
    total = np.add.reduceat(shares, firsts)
    (best,) = (others == top.take(owners)).nonzero()
    best = pairs.take(best.take(np.searchsorted(owners.take(best), np.arange(len(firsts)))))
    # The sum of all others, as written included, on the scale of the best.
    rest = total - 1.0 + np.exp(np.minimum(written - top, 700.0))
    return Odds(
        np.log(total) + top - written,
        -np.log(np.maximum(rest, 1e-12)),
        wording.candidates.take(best),
        wording.speakers.take(best),
    )


def voices_of(odds: Odds) -> NDArray[np.float64]:
    """float64 (MAX_SPEAKERS,): the chance of each dictionary, by how many of the likely swaps it has."""
    sure = chance_of(odds.swapped) * chance_of(odds.best)
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


def chance_of(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64 (k,): the chances, from 0 to 1, of log odds (k,)."""
    return np.asarray(1 / (1 + np.exp(np.clip(-log_odds, -50, 50))))


_BYTES = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype(np.float64)
_SHARES = _BYTES.sum(axis=1) / MAX_SPEAKERS
