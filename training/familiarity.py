"""A signal that needs no dictionary: how familiar a text's word pairs and triples are from human text.

Spinners put words beside each other that people do not. Every pair and triple that owns a slot falls into a band by
how many human groups (authors, sites, books) have it; a text's counts per band are features of the classifier beside
the n-grams themselves, so a pair that is too rare for a weight of its own has that of its band. A group never vouches
for its own texts: what stands there is counted among the others only. Bands are sums over n-grams, so their weights
fold into the n-grams' own; what no human text has gets nothing, and the weight of every word makes up for it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.ngrams import CHECK_MASK, SLOTS
from training.grams import CHECK_BITS, Grams

# Words in the n-gram -> from how many human groups each band begins. Only what is common says something of texts from
# sources that were never seen: bands for rarer n-grams took a subject's own words for spinning there.
BANDS = {2: (64, 512), 3: (16,)}
COLUMNS = sum(map(len, BANDS.values()))
_SLOT_BITS = SLOTS.bit_length() - 1


@dataclass(frozen=True, slots=True)
class Familiarity:
    """features: float32 (texts, COLUMNS), the n-grams per band over sqrt(words), the text's own group not counted.

    bands: int8 (2**20,), the band of the n-gram that owns each slot, all groups counted; -1 for none.
    """

    features: NDArray[np.float32]
    bands: NDArray[np.int8]


def familiarity(grams: Grams, spun: NDArray[np.bool_], checks: NDArray[np.uint8]) -> Familiarity:
    """Bands of every text's n-grams by their human groups. spun: bool (texts,). checks: see choose_owners."""
    texts = len(grams.words)
    owned = (checks[grams.ids >> CHECK_BITS] == (grams.ids & CHECK_MASK)) & (grams.id_orders > 1)
    slots, orders = grams.ids[owned] >> CHECK_BITS, grams.id_orders[owned]
    rows = np.repeat(np.arange(texts), np.diff(grams.id_ends, prepend=0))[owned]
    keys = grams.groups[rows] << _SLOT_BITS | slots
    human = np.unique(keys[~spun[rows]])
    counts = np.bincount(human & (SLOTS - 1), minlength=SLOTS)
    place = np.minimum(np.searchsorted(human, keys), max(0, len(human) - 1))
    others = counts[slots] - (human[place] == keys)
    columns = _band(orders, others)
    familiar = columns >= 0
    cells = np.bincount(rows[familiar] * COLUMNS + columns[familiar], minlength=texts * COLUMNS)
    features = cells.reshape(texts, COLUMNS) / np.sqrt(grams.words)[:, None]
    order_of = np.zeros(SLOTS, np.uint8)
    order_of[slots] = orders
    return Familiarity(features.astype(np.float32), _band(order_of, counts))


def _band(orders: NDArray[np.uint8], counts: NDArray[np.int64]) -> NDArray[np.int8]:
    bands = np.full(len(orders), -1, np.int8)
    first = 0
    for order, edges in BANDS.items():
        here = (orders == order) & (counts >= edges[0])
        bands[here] = first + np.searchsorted(edges, counts[here], side="right") - 1
        first += len(edges)
    return bands
