"""Which spinner wrote a text: the wording of dictionaries in it, and the family whose dictionary explains it best."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detector.ngrams import SLOT_SHIFT, SLOTS
from detector.verdict import Evidence, Family

MIN_PHRASES_FOR_FAMILY = 5
MIN_FAMILY_CONFIDENCE = 0.5
MAX_PAIRS = 5
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


def runs_of_keys(at: NDArray[np.intp], n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First words and lengths of the word n-grams at these places among the keys of a text of n words."""
    lengths = 1 + (at >= n) + (at >= 2 * n - 1)
    return at - np.array([0, 0, n, 2 * n - 1]).take(lengths), lengths


def with_pairs(
    family: Family,
    evidence: tuple[Evidence, ...],
    spans: tuple[NDArray[np.intp], NDArray[np.intp]],
    telling: NDArray[np.float64],
) -> Family:
    """The family with those swaps of the evidence that tell it best.

    spans: UTF-16 offsets (k,), (k,) of the known phrases of the text. telling: as telling_for() gives for them.
    """
    swaps = {(one.start, one.end): (one.text, one.likely_original) for one in evidence if one.likely_original}
    order = np.argsort(-telling, kind="stable")
    order = order[telling.take(order) > 0]
    columns = (spans[0].take(order).tolist(), spans[1].take(order).tolist())
    told: dict[tuple[str, str], None] = {}
    for span in zip(*columns, strict=True):
        spun, original = swaps.get(span, ("", None))
        if original is not None:
            told.setdefault((spun.lower(), original.lower()))
    return replace(family, pairs=tuple(told)[:MAX_PAIRS])


def telling_for(number: int, rows: NDArray[np.intp], strengths: NDArray[np.int8]) -> NDArray[np.float64]:
    """float64 (k,): how much more the known phrases of these rows say for family number `number` than for any other."""
    found = strengths.take(rows, axis=0).astype(np.float64)
    return np.asarray(found[:, number] - np.delete(found, number, axis=1).max(axis=1, initial=-127.0))
