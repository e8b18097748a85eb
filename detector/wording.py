"""The tables of a model's wording.npz, decoded: the spinners' dictionaries run backwards, and how people write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.ngrams import words_of
from detector.reference import BOUNDARY, Reference, log_chance, pair_keys, single_keys, tokens_of, triple_keys
from detector.text import symbolise

MAX_PHRASE_WORDS = 6
MAX_SPEAKERS = 32
LOG_STEP = 0.05  # chances are stored as bytes: exp(-LOG_STEP * byte)
FILTER_SHIFT = np.uint32(12)

_RUN_BASE = np.uint32(0x01000193)
_MIX = np.uint32(0x7FEB352D)
_PHRASE = re.compile(r"[^\W_](?:[\w '&/-]*[^\W_])?")


@dataclass(frozen=True, slots=True)
class Wording:
    """The tables of wording.npz, ready for use.

    keys: uint32 (p,), sorted, of the spun phrases; filter: bool (2**20,), which top bits of keys there are.
    left_alone: float64 (p,), log chance that a person's own s stays. firsts: intp (p + 1,), each phrase's candidates.
    candidates: intp (c,), rows of originals. rates: float64 (c,), log chance that a spinner writes s for o.
    speakers: uint32 (c,), a bit for each dictionary that has the pair.
    originals: how each is written within a sentence. texts: of the originals, then of the phrases.
    """

    keys: NDArray[np.uint32]
    filter: NDArray[np.bool_]
    left_alone: NDArray[np.float64]
    firsts: NDArray[np.intp]
    candidates: NDArray[np.intp]
    rates: NDArray[np.float64]
    speakers: NDArray[np.uint32]
    originals: tuple[str, ...]
    texts: "Texts"
    reference: Reference


@dataclass(frozen=True, slots=True)
class Texts:
    """Wordings as the reference sees them.

    tokens, bounds: their tokens, those of row i at bounds[i:i + 2].
    facts: uint32 (k, 12), a row for each wording, so that one look into memory finds all of it: the tokens FIRST,
    SECOND, BEFORE_LAST (the last and the first again where there is but one) and LAST; whether it is SINGLE; then, as
    float32, the log counts of the first, second and last word (..._COUNT), of the first two together and of the last
    two, and the log chance of the third word and those after it (WITHIN).
    """

    tokens: NDArray[np.uint32]
    bounds: NDArray[np.intp]
    facts: NDArray[np.uint32]


FIRST, SECOND, BEFORE_LAST, LAST, SINGLE = range(5)
FIRST_COUNT, SECOND_COUNT, LAST_COUNT, HEAD_COUNT, TAIL_COUNT, WITHIN = range(5, 11)
FACTS = 12


def wording_from_arrays(arrays: dict[str, NDArray[Any]]) -> Wording:
    """Decode the arrays of wording.npz; phrases that can hardly tell spun from human text are left out."""
    phrases, originals = (arrays[name].tobytes().decode().split("\n") for name in ("phrases", "originals"))
    reference = Reference(arrays["entries"], int(arrays["words"][0]))
    firsts = np.concatenate(([0], np.cumsum(arrays["sizes"], dtype=np.intp)))
    keys = phrase_keys(phrases)
    order = np.argsort(keys, kind="stable")
    sizes = np.diff(firsts)[order]
    ends = np.cumsum(sizes)
    rows = np.repeat(firsts[:-1][order] - (ends - sizes), sizes) + np.arange(ends[-1])
    known = np.zeros(1 << 20, np.bool_)
    known[keys >> FILTER_SHIFT] = True
    return Wording(
        keys=keys[order],
        filter=known,
        left_alone=arrays["left_alone"][order] * -LOG_STEP,
        firsts=np.concatenate(([0], ends)),
        candidates=arrays["candidates"][rows].astype(np.intp),
        rates=arrays["rates"][rows] * -LOG_STEP,
        speakers=arrays["speakers"][rows],
        originals=tuple(originals),
        texts=_texts(originals + [phrases[row] for row in order.tolist()], reference),
        reference=reference,
    )


def _texts(wordings: list[str], reference: Reference) -> Texts:
    tokens, bounds = tokens_of_phrases(wordings)
    starts, ends = bounds[:-1], bounds[1:]
    single = ends - starts == 1
    second, before_last = np.minimum(starts + 1, ends - 1), np.maximum(ends - 2, starts)
    words = reference.log_counts(single_keys(tokens))
    pairs = reference.log_counts(pair_keys(tokens[:-1], tokens[1:]))
    triples = reference.log_counts(triple_keys(tokens[:-2], tokens[1:-1], tokens[2:]))
    chances = log_chance(triples, pairs[:-1], pairs[1:], words[1:-1], words[2:] - reference.log_words)
    sums = np.concatenate(([0.0, 0.0, 0.0], np.cumsum(chances, dtype=np.float64)))
    within = np.where(ends - starts > 2, sums[ends] - sums[np.minimum(starts + 2, ends)], 0.0)
    facts = np.zeros((len(wordings), FACTS), np.uint32)
    tokens_at = (starts, second, before_last, ends - 1)
    facts[:, FIRST:SINGLE] = np.stack([tokens[at] for at in tokens_at], axis=1)
    facts[:, SINGLE] = single
    heads, tails = pairs.take(starts, mode="clip"), pairs.take(before_last, mode="clip")
    counts = (words[starts], words[second], words[ends - 1], heads, tails, within)
    facts.view(np.float32)[:, FIRST_COUNT : WITHIN + 1] = np.stack(counts, axis=1)
    return Texts(tokens, bounds, facts)


def is_phrase(phrase: str) -> bool:
    """Whether it has one to six words and no punctuation within."""
    return _PHRASE.fullmatch(phrase) is not None and 0 < len(words_of(symbolise(phrase))) <= MAX_PHRASE_WORDS


def tokens_of_phrases(phrases: list[str]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The tokens of all phrases in a row, without boundaries, and where each phrase's begin (one more at the end)."""
    tokens, _ = tokens_of(words_of(symbolise(".\n".join(phrases))))
    inner = tokens[2:-1]
    ends = np.flatnonzero(inner == BOUNDARY)
    return inner[inner != BOUNDARY], np.concatenate(([0], ends - np.arange(len(ends))))


def phrase_keys(phrases: list[str]) -> NDArray[np.uint32]:
    """uint32 (p,): the key of each phrase, as run_keys() gives it for these words in a text."""
    tokens, bounds = tokens_of_phrases(phrases)
    keys = np.zeros(len(phrases), np.uint32)
    lengths = np.diff(bounds)
    for length, of_runs in enumerate(run_keys(tokens), start=1):
        rows = np.flatnonzero(lengths == length)
        keys[rows] = of_runs.take(bounds[rows]) if len(rows) else 0
    return keys


def run_keys(tokens: NDArray[np.uint32]) -> Iterator[NDArray[np.uint32]]:
    """uint32 (n - length + 1,) for each length from 1 to MAX_PHRASE_WORDS: the keys of all runs of tokens."""
    sums = np.zeros(len(tokens) + 1, np.uint32)
    for length in range(1, MAX_PHRASE_WORDS + 1):
        sums = sums[:-1] * _RUN_BASE
        sums += tokens[length - 1 :]
        keys = sums ^ sums >> np.uint32(16)
        keys *= _MIX
        keys ^= keys >> np.uint32(15)
        yield keys
