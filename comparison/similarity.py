"""How much a sentence of one text resembles a sentence of the other: by what they name, by words, by word order."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from comparison.sentences import Sentence

Matrix = NDArray[np.float32]

# Inflected forms and words of one stem count as one word.
STEM_CHARS = 6
# Spinners leave names and numbers alone: one says more than a word does.
ANCHOR_WEIGHT = 2.0
# Keys looked at in one go: bounds the memory of long texts.
BLOCK_KEYS = 2048
# One character a word lets rapidfuzz compare sentences as strings, its fastest way; the planes above the surrogates.
_FIRST_CODE = 0x10000


@dataclass(frozen=True, slots=True)
class Similarities:
    """one_one: (n, m), sentence i of a with sentence j of b. one_two: (n, m - 1), i with j and j + 1 together.
    two_one: (n - 1, m), i and i + 1 together with j. All from 0 to 1."""

    one_one: Matrix
    one_two: Matrix
    two_one: Matrix


def similarities(a: Sequence[Sentence], b: Sequence[Sentence], anchors: frozenset[str], codes: "Codes") -> Similarities:
    """All similarities between the sentences of two texts; neither is empty.

    anchors: the keys of the names and numbers of both texts, as anchor_keys() gives them.
    """
    keys_a, keys_b = ([_keys(sentence) for sentence in side] for side in (a, b))
    weights = _weights([*keys_a, *keys_b], anchors)
    lines_a, lines_b = ([codes.line(sentence) for sentence in side] for side in (a, b))
    doubles_a, doubles_b = (_doubled(keys_a, lines_a), _doubled(keys_b, lines_b))
    return Similarities(
        _both(keys_a, keys_b, lines_a, lines_b, weights),
        _both(keys_a, doubles_b[0], lines_a, doubles_b[1], weights),
        _both(doubles_a[0], keys_b, doubles_a[1], lines_b, weights),
    )


class Codes:
    """One character for each distinct word."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def line(self, sentence: Sentence) -> str:
        """The sentence as a string of one character a word."""
        codes = self._codes
        return "".join(codes.setdefault(word.key, chr(_FIRST_CODE + len(codes))) for word in sentence.words)


def stem_of(key: str) -> str:
    """What inflected forms of a word have in common, roughly."""
    return key.removesuffix("'s")[:STEM_CHARS]


def _keys(sentence: Sentence) -> frozenset[str]:
    return frozenset(stem_of(word.key) for word in sentence.words)


def _weights(sentences: Sequence[frozenset[str]], anchors: frozenset[str]) -> dict[str, float]:
    """How much a key says: the rarer, the more."""
    counts = Counter(key for keys in sentences for key in keys)
    stems = {stem_of(anchor) for anchor in anchors}
    n = len(sentences)
    return {key: math.log(1 + n / count) * (ANCHOR_WEIGHT if key in stems else 1.0) for key, count in counts.items()}


def _doubled(keys: Sequence[frozenset[str]], lines: Sequence[str]) -> tuple[list[frozenset[str]], list[str]]:
    """Each sentence together with the next."""
    return (
        [one | two for one, two in pairwise(keys)],
        [one + two for one, two in pairwise(lines)],
    )


def _both(
    keys_a: Sequence[frozenset[str]],
    keys_b: Sequence[frozenset[str]],
    lines_a: Sequence[str],
    lines_b: Sequence[str],
    weights: dict[str, float],
) -> Matrix:
    if not keys_a or not keys_b:
        return np.zeros((len(keys_a), len(keys_b)), np.float32)
    by_order = cdist(lines_a, lines_b, scorer=Indel.normalized_similarity, dtype=np.float32)
    return np.asarray((_by_words(keys_a, keys_b, weights) + by_order) / 2, np.float32)


def _by_words(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]], weights: dict[str, float]) -> Matrix:
    """Twice the weight of what is shared, over the weight of both."""
    shared = sorted(frozenset().union(*a) & frozenset().union(*b))
    product = np.zeros((len(a), len(b)), np.float32)
    for start in range(0, len(shared), BLOCK_KEYS):
        block = shared[start : start + BLOCK_KEYS]
        product += _indicator(a, block, weights) @ _indicator(b, block, weights).T
    totals_a, totals_b = (np.array([sum(weights[key] for key in keys) for keys in side], np.float32) for side in (a, b))
    return np.asarray(2 * product / (totals_a[:, None] + totals_b[None, :]), np.float32)


def _indicator(sentences: Sequence[frozenset[str]], block: Sequence[str], weights: dict[str, float]) -> Matrix:
    """(sentences, keys of the block): the root of the key's weight where the sentence has the key, else 0."""
    columns = {key: column for column, key in enumerate(block)}
    roots = np.sqrt(np.array([weights[key] for key in block], np.float32))
    found = np.zeros((len(sentences), len(block)), np.float32)
    for row, keys in enumerate(sentences):
        mine = [columns[key] for key in keys if key in columns]
        found[row, mine] = roots[mine]
    return found
