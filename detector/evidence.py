"""What convinced the detector: the phrases that moved the score, what they stood for, and why they are shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.family import runs_of_keys
from detector.guesses import Guesses
from detector.leftovers import find_leftovers
from detector.ngrams import Words
from detector.reference import pair_keys
from detector.text import Symbols
from detector.verdict import Evidence
from detector.wording import FIRST, LAST, Wording

DICTIONARY_SWAP, BROKEN_PHRASE, ALTERED_NAME = "dictionary swap", "broken fixed phrase", "altered name"
UNLIKELY_PAIR = "unlikely word pair"
# A swap is shown when it is this likely, and its original when that is this likely.
MIN_SWAPPED, MIN_CHANCE = 0.85, 0.8
# Two words that no dictionary knows are shown when they add this much, and each of them something ...
MIN_ODD_PAIR, MIN_EDGE = 7.0, 1.5
MIN_WEIGHT = 0.5  # of listed wording, where there are no wording tables to judge it by
MIN_FIXED_WORDS, MIN_FIXED_LETTERS = 2, 4  # ... and a fixed phrase is one of so many words of so many letters.


@dataclass(frozen=True, slots=True)
class Swaps:
    """Runs of words, in text order: the first, the one after the last, and the original, "" where that is open."""

    firsts: NDArray[np.intp]
    ends: NDArray[np.intp]
    originals: tuple[str, ...]


def guessed_swaps(guesses: Guesses, words: Words, wording: Wording) -> Swaps:
    """The likely ones of the guesses. Neighbours are joined when their originals belong together, as written do not."""
    (sure,) = (guesses.swapped >= MIN_SWAPPED).nonzero()
    firsts, ends, rows = guesses.firsts.take(sure), guesses.ends.take(sure), guesses.originals.take(sure)
    known = guesses.chances.take(sure) >= MIN_CHANCE
    if not len(sure):
        return Swaps(firsts, ends, ())
    joined = _belong_together(firsts, ends, rows, words, wording) & known[:-1] & known[1:]
    originals = [
        wording.originals[row] if told else "" for row, told in zip(rows.tolist(), known.tolist(), strict=True)
    ]
    heads = np.flatnonzero(np.concatenate(([True], ~joined)))
    tails = np.append(heads[1:], len(sure))
    texts = (" ".join(originals[head:tail]) for head, tail in zip(heads.tolist(), tails.tolist(), strict=True))
    return Swaps(firsts.take(heads), ends.take(tails - 1), tuple(texts))


def _belong_together(
    firsts: NDArray[np.intp], ends: NDArray[np.intp], rows: NDArray[np.intp], words: Words, wording: Wording
) -> NDArray[np.bool_]:
    """bool (k - 1,): whether people write each run's original and the next one's one after the other, but not these."""
    touching = (ends[:-1] == firsts[1:]) & (words.ends_phrase.take(ends[:-1] - 1) == 0)
    restored = pair_keys(wording.texts.facts[rows[:-1], LAST], wording.texts.facts[rows[1:], FIRST])
    written = pair_keys(words.hashes.take(ends[:-1] - 1), words.hashes.take(firsts[1:]))
    counts = wording.reference.log_counts(np.concatenate((restored, written))).reshape(2, -1)
    return np.asarray(touching & (counts[0] >= 0) & (counts[1] < 0))


def listed_swaps(
    words: Words, parts: NDArray[np.float64], known: NDArray[np.intp], originals: tuple[str, ...]
) -> Swaps:
    """For models without wording tables: known phrases of one to three words, the weightiest first.

    known: as known_phrases() gives for the keys of all n-grams. originals: of each known phrase, or nothing.
    """
    n = len(words)
    (at,) = (known >= 0).nonzero()
    starts, lengths = runs_of_keys(at, n)
    sums = np.concatenate(([0.0], np.cumsum(parts)))
    weights = sums.take(starts + lengths) - sums.take(starts)
    taken = np.zeros(n, np.bool_)
    chosen = []
    for index in np.argsort(-weights, kind="stable")[: np.count_nonzero(weights >= MIN_WEIGHT)].tolist():
        span = slice(starts[index], starts[index] + lengths[index])
        if not taken[span].any() and not words.ends_phrase[span.start : span.stop - 1].any():
            taken[span] = True
            chosen.append((int(starts[index]), int(span.stop), originals[known[at[index]]]))
    columns = list(zip(*sorted(chosen), strict=True)) or [(), (), ()]
    return Swaps(np.array(columns[0], np.intp), np.array(columns[1], np.intp), columns[2])


def find_phrases(
    symbols: Symbols, words: Words, parts: NDArray[np.float64], swaps: Swaps, wording: Wording | None
) -> tuple[Evidence, ...]:
    """Phrases that speak for a spinner: they do not overlap, and stand in text order.

    parts: float64 (n,), each word's part in the score.
    """
    sums = np.concatenate(([0.0], np.cumsum(parts)))
    free = np.ones(len(words), np.bool_)
    found = _leftovers(symbols, words, sums, free)
    found += _swapped(symbols, words, sums, free, swaps)
    found += _odd_pairs(symbols, words, parts, free, wording)
    return tuple(sorted(found, key=lambda one: one.start))


def _swapped(
    symbols: Symbols, words: Words, sums: NDArray[np.float64], free: NDArray[np.bool_], swaps: Swaps
) -> list[Evidence]:
    firsts, lasts = swaps.firsts, swaps.ends
    starts, ends = symbols.spans(words.bounds.take(firsts) + 1, words.bounds.take(lasts) - 1)
    lines = np.concatenate(([0], np.cumsum(symbols.units == ord("\n"))))
    taken = np.concatenate(([0], np.cumsum(~free)))
    fits = (lines.take(ends) == lines.take(starts)) & (taken.take(lasts) == taken.take(firsts))
    weights = np.maximum(sums.take(lasts) - sums.take(firsts), 0.0)
    _occupy(free, firsts[fits], lasts[fits])
    text = _by_unit(symbols)
    found = []
    columns = (starts.tolist(), ends.tolist(), weights.tolist(), fits.tolist(), swaps.originals)
    for start, end, weight, kept, original in zip(*columns, strict=True):
        if kept:
            spun = _whole(text[start:end])
            found.append(Evidence(start, end, spun, weight, _reason(spun, original), _cased(original, spun) or None))
    return found


def _occupy(free: NDArray[np.bool_], firsts: NDArray[np.intp], lasts: NDArray[np.intp]) -> None:
    size = len(free) + 1
    steps = np.bincount(firsts, minlength=size) - np.bincount(lasts, minlength=size)
    free &= np.cumsum(steps[:-1]) == 0


def _by_unit(symbols: Symbols) -> str:
    """The text with one character for each UTF-16 code unit, halves of a pair apart: slices by offset cost nothing."""
    return symbols.units.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _whole(text: str) -> str:
    """The slice with its pairs put together again."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _leftovers(symbols: Symbols, words: Words, sums: NDArray[np.float64], free: NDArray[np.bool_]) -> list[Evidence]:
    leftovers = find_leftovers(symbols)
    if not leftovers:
        return []
    starts = symbols.places.take(words.bounds[:-1])
    found = []
    for one in leftovers:
        first, last = np.searchsorted(starts, (one.start, one.end)).tolist()
        free[first:last] = False
        weight = max(0.0, float(sums[last] - sums[first]))
        found.append(Evidence(one.start, one.end, _text(symbols, one.start, one.end), weight, one.why))
    return found


def _odd_pairs(
    symbols: Symbols, words: Words, parts: NDArray[np.float64], free: NDArray[np.bool_], wording: Wording | None
) -> list[Evidence]:
    """Two words within a phrase that speak for a spinner and that people were not seen to write together."""
    edges, sums = np.minimum(parts[:-1], parts[1:]), parts[:-1] + parts[1:]
    odd = (edges >= MIN_EDGE) & (sums >= MIN_ODD_PAIR) & free[:-1] & free[1:] & (words.ends_phrase[:-1] == 0)
    (firsts,) = odd.nonzero()
    if wording is not None and len(firsts):
        keys = pair_keys(words.hashes.take(firsts), words.hashes.take(firsts + 1))
        firsts = firsts[wording.reference.log_counts(keys) < 0]
    starts, ends = symbols.spans(words.bounds.take(firsts) + 1, words.bounds.take(firsts + 2) - 1)
    found, done = [], -1
    for first, start, end in zip(firsts.tolist(), starts.tolist(), ends.tolist(), strict=True):
        text = _text(symbols, start, end)
        if first > done and "\n" not in text:
            done = first + 1
            found.append(Evidence(start, end, text, float(sums[first]), UNLIKELY_PAIR))
    return found


def _text(symbols: Symbols, start: int, end: int) -> str:
    return symbols.units[start:end].tobytes().decode("utf-16-le", "replace")


def _reason(text: str, original: str) -> str:
    if text[:1].isupper() and original[:1].isupper() and original[1:2].isalpha():
        return ALTERED_NAME
    if " " not in text:
        return DICTIONARY_SWAP
    words = [word for word in original.split() if len(word) >= MIN_FIXED_LETTERS]
    return BROKEN_PHRASE if len(words) >= MIN_FIXED_WORDS else DICTIONARY_SWAP


def _cased(original: str, text: str) -> str:
    """The original wording, with the capital of the wording that stands for it."""
    return original[:1].upper() + original[1:] if text[:1].isupper() else original
