"""How people write: counts of words, pairs and triples of human text, and how likely a word is after two others.

A text is read as tokens: the hashes of its words (detector/ngrams.py), with BOUNDARY where a phrase ends. The counts of
all n-grams share one table of buckets; an entry holds check bits and the logarithm of a count, rounded to a level.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.ngrams import Words

BOUNDARY = np.uint32(0x9E3779B9)
BUCKETS, BUCKET_ENTRIES = 1 << 20, 2
BUCKET_SHIFT, KEY_CHECK_SHIFT = np.uint32(12), np.uint32(1)  # key -> its top 20 bits; 11 of the bits below verify it
LEVEL_BITS = 5
LEVELS = 1 << LEVEL_BITS
LEVEL_STEP = 1.55  # one level more is so many times the count: the top level is beyond 500,000
# A triple or pair that people were not seen to write is taken for this times the chance that the shorter one gives.
BACK_OFF = np.float32(math.log(0.4))
UNSEEN = math.log(0.3)  # for n-grams that were not met, or too rarely to be kept

_FACTORS = tuple(np.uint32(factor) for factor in (0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F))
_MIX = np.uint32(0x2C1B3C6D)


@dataclass(frozen=True, slots=True)
class Reference:
    """Counts of human n-grams.

    entries: uint16 (BUCKETS * BUCKET_ENTRIES,), check << LEVEL_BITS | level, 0 where empty. words: of text counted.
    """

    entries: NDArray[np.uint16]
    words: int

    @property
    def log_words(self) -> np.float32:
        """The logarithm of all words counted."""
        return np.float32(math.log(max(1, self.words)))

    def log_counts(self, keys: NDArray[np.uint32]) -> NDArray[np.float32]:
        """float32, same shape: the logarithm of each key's count, UNSEEN (below 0) for n-grams not in the table."""
        # A bucket's two entries are read at once; with the right check only the level is left of an entry.
        buckets = self.entries.view(np.uint32).take(keys >> BUCKET_SHIFT)
        buckets ^= ((keys >> KEY_CHECK_SHIFT) & _CHECK_MASK) * _BOTH_CHECKS
        first, second = buckets & np.uint32(0xFFFF), buckets >> np.uint32(16)
        found: NDArray[np.float32] = _LOG_COUNTS.take(np.minimum(first, second), mode="clip")
        return found


def log_chance(
    triple: NDArray[np.float32],
    pair_before: NDArray[np.float32],
    pair: NDArray[np.float32],
    word_before: NDArray[np.float32],
    word: NDArray[np.float32],
) -> NDArray[np.float32]:
    """How likely a word is after two others, its log; all float32 (k,), from log counts.

    triple: of all three words; pair_before: of the two before; pair: of the last two; word_before: of the middle one;
    word: of the last one, less the log of all words.
    """
    after_one = np.where(pair >= 0, pair - word_before, word + BACK_OFF * (word_before >= 0))
    after_two = np.where(triple >= 0, triple - pair_before, after_one + BACK_OFF * (pair_before >= 0))
    return np.minimum(after_two, np.float32(0.0))


def tokens_of(words: Words) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The tokens of a text, with two boundaries before it and two after; and where each word stands among them."""
    ends = words.ends_phrase.astype(np.intp)
    places = np.arange(2, len(words) + 2)
    places[1:] += np.cumsum(ends[:-1])
    tokens = np.full(int(places[-1]) + 3 if len(words) else 4, BOUNDARY, np.uint32)
    tokens[places] = words.hashes
    return tokens, places


def single_keys(tokens: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """uint32 (n,): the key of each token."""
    return _mixed(tokens * _FACTORS[0] + np.uint32(1))


def pair_keys(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """uint32 (k,): the keys of pairs."""
    return _mixed(first * _FACTORS[0] ^ (second * _FACTORS[1] + np.uint32(2)))


def triple_keys(first: NDArray[np.uint32], second: NDArray[np.uint32], third: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """uint32 (k,): the keys of triples."""
    return _mixed((first * _FACTORS[0] ^ (second * _FACTORS[1] + np.uint32(3))) * _FACTORS[1] ^ third * _FACTORS[2])


def checks_of(keys: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """uint16: the 11 bits that verify a key."""
    return ((keys >> KEY_CHECK_SHIFT) & np.uint32((1 << (16 - LEVEL_BITS)) - 1)).astype(np.uint16)


def _mixed(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    keys ^= keys >> np.uint32(15)
    keys *= _MIX
    keys ^= keys >> np.uint32(13)
    return keys


# Whatever is no level, because a check was wrong, is clipped to the last place.
_LOG_COUNTS = np.array([UNSEEN, *(level * math.log(LEVEL_STEP) for level in range(LEVELS - 1)), UNSEEN], np.float32)
_CHECK_MASK = np.uint32((1 << (16 - LEVEL_BITS)) - 1)
_BOTH_CHECKS = np.uint32((1 << LEVEL_BITS) | (1 << (16 + LEVEL_BITS)))
