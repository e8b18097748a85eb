"""The detector: flat tables and a manifest in memory; a text in, a Verdict out.

The score of a text of n words is a sum of table entries over sqrt(n), plus an intercept. Each n-gram counts where it
stands for the first time only, so a subject's own words do not add up by being repeated. The tables come from a
scikit-learn pipeline (training/fit.py); nothing of scikit-learn is imported here.
"""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detector.calibration import Calibration
from detector.evidence import find_family, find_phrases, known_phrases
from detector.ngrams import CHAR_CODES, SLOTS, FirstSeen, Words, char_codes, slots_of, word_keys, words_of
from detector.prose import reason_not_to_judge
from detector.text import Symbols, symbolise
from detector.verdict import Evidence, Family, Reason, Verdict, Window
from detector.windows import WindowScores, prefix_sums, score_windows, share_above

EvidenceWanted = Literal["all", "flagged", "none"]

# The share of a page that looks spun is told from windows of a few sentences, above all but 1 % of human ones.
SHARE_WIDTH, SHARE_STEP, SHARE_RATE = 50, 10, 0.01


@dataclass(frozen=True, slots=True)
class Tables:
    """What a model weighs.

    char_weights: float32 (2**20,), one for each character 4-gram.
    word_weights: float32 (2**20,), one for each slot; word_checks: uint8 (2**20,), the key bits that verify a slot.
    phrase_keys: uint32 (k,), sorted keys of wording from the spinners' dictionaries.
    phrase_families: int8 (k, f), how strongly each speaks for each family.
    originals: k strings, the wording that each most likely stands for, or nothing.
    """

    char_weights: NDArray[np.float32]
    word_weights: NDArray[np.float32]
    word_checks: NDArray[np.uint8]
    phrase_keys: NDArray[np.uint32]
    phrase_families: NDArray[np.int8]
    originals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart: its symbols and words, and the keys of its word n-grams."""

    symbols: Symbols
    words: Words
    keys: NDArray[np.uint32]


def read(text: str) -> Reading:
    """Take a text apart."""
    symbols = symbolise(text)
    words = words_of(symbols)
    return Reading(symbols, words, word_keys(words))


class Detector:
    """Scores texts with one model. Safe to share between threads."""

    def __init__(self, manifest: dict[str, Any], tables: Tables) -> None:
        self.manifest = manifest
        self.id: str = manifest["id"]
        self.tables = tables
        self._calibration = Calibration.from_manifest(manifest)
        self._families: tuple[str, ...] = tuple(manifest["families"])
        self._intercept: float = manifest["intercept"]
        self._per_word: float = manifest["per_word"]
        self._width: int = manifest["window_words"]
        self._step: int = manifest["window_step"]
        self._min_words: int = manifest["min_words"]
        self._first_chars = FirstSeen(CHAR_CODES)
        self._first_slots = FirstSeen(SLOTS)

    def score(self, text: str, evidence: EvidenceWanted = "flagged") -> Verdict:
        """Judge a text. Never raises on any str; evidence is looked for only in flagged texts unless told otherwise."""
        reading = read(text)
        n = len(reading.words)
        reason = reason_not_to_judge(reading.symbols, reading.words, self._min_words)
        if reason:
            return self._unscorable(reading, reason)
        sums = prefix_sums(self.contributions(reading))
        windows = score_windows(sums, self._width, self._step, self._intercept)
        score = self._page_score(sums, windows)
        rate = self._calibration.false_alarm_rate(score, n)
        label = self._calibration.label(rate)
        flagged = label != "clean"
        wanted = evidence == "all" or (evidence == "flagged" and flagged)
        known = known_phrases(reading.keys, self.tables.phrase_keys) if flagged or wanted else None
        return Verdict(
            verdict=label,
            reason=None,
            score=score,
            probability=self._calibration.probability(score, n),
            false_alarm_rate=rate,
            words=n,
            spun_share=self._spun_share(reading) if flagged else 0.0,
            family=self._family(known) if flagged and known is not None else None,
            evidence=self._evidence(reading, known) if wanted and known is not None else (),
            windows=_in_units(reading, windows),
            model=self.id,
            marks=reading.symbols.marks,
        )

    def page_score(self, text: str) -> float:
        """The score alone, of any text that has a word: what training calibrates."""
        sums = prefix_sums(self.contributions(read(text)))
        return self._page_score(sums, score_windows(sums, self._width, self._step, self._intercept))

    def text_score(self, text: str) -> float:
        """The score of the whole text without regard to windows: the pipeline's decision function."""
        contributions = self.contributions(read(text))
        return float(contributions.sum() / np.sqrt(len(contributions)) + self._intercept)

    def contributions(self, reading: Reading, first_only: bool = True) -> NDArray[np.float64]:
        """float64 (n,): what each word and the n-grams that begin with it add to the sum.

        first_only: an n-gram counts where it first stands. For stretches judged by themselves it must count anywhere.
        """
        n = len(reading.words)
        codes = char_codes(reading.symbols.row)
        by_char = self.tables.char_weights.take(codes)
        slots, by_gram = self._gram_weights(reading)
        if first_only:
            by_char *= self._first_chars.mask(codes)
            telling = np.flatnonzero(by_gram)
            by_gram[telling] *= self._first_slots.mask(slots.take(telling))
        per_word = np.add.reduceat(by_char, reading.words.bounds[:-1]).astype(np.float64)
        per_word += self._per_word
        per_word += by_gram[:n]
        per_word[: n - 1] += by_gram[n : 2 * n - 1]
        per_word[: max(0, n - 2)] += by_gram[2 * n - 1 :]
        return per_word

    def word_parts(self, reading: Reading) -> NDArray[np.float64]:
        """float64 (n,): each word's own part in the score; pairs and triples are shared out among their words."""
        n = len(reading.words)
        by_char = self.tables.char_weights.take(char_codes(reading.symbols.row))
        parts = np.add.reduceat(by_char, reading.words.bounds[:-1], dtype=np.float64)
        _, by_gram = self._gram_weights(reading)
        pairs, triples = by_gram[n : 2 * n - 1] / 2, by_gram[2 * n - 1 :] / 3
        parts += by_gram[:n]
        for shift in range(2):
            parts[shift : shift + len(pairs)] += pairs
        for shift in range(3):
            parts[shift : shift + len(triples)] += triples
        return parts

    def _gram_weights(self, reading: Reading) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """The slot of each word n-gram, and its weight where the slot's check agrees, else 0."""
        slots, checks = slots_of(reading.keys)
        weights = self.tables.word_weights.take(slots)
        weights *= self.tables.word_checks.take(slots) == checks
        return slots, weights

    def _page_score(self, sums: NDArray[np.float64], windows: WindowScores) -> float:
        """The whole text's score or its best window's, whichever is higher: a page may be spun in part."""
        n = len(sums) - 1
        return max(float(sums[-1]) / math.sqrt(n) + self._intercept, float(windows.scores.max()))

    def _spun_share(self, reading: Reading) -> float:
        sums = prefix_sums(self.contributions(reading, first_only=False))
        windows = score_windows(sums, SHARE_WIDTH, SHARE_STEP, self._intercept)
        n = len(sums) - 1
        return share_above(windows, self._calibration.score_at(SHARE_RATE, min(n, SHARE_WIDTH)), n)

    def _family(self, known: NDArray[np.intp]) -> Family:
        return find_family(known, self.tables.phrase_families, self.manifest["family_scale"], self._families)

    def _evidence(self, reading: Reading, known: NDArray[np.intp]) -> tuple[Evidence, ...]:
        return find_phrases(reading.symbols, reading.words, self.word_parts(reading), known, self.tables.originals)

    def _unscorable(self, reading: Reading, reason: Reason) -> Verdict:
        return Verdict(
            verdict="unscorable",
            reason=reason,
            score=None,
            probability=None,
            false_alarm_rate=None,
            words=len(reading.words),
            spun_share=None,
            family=None,
            evidence=(),
            windows=(),
            model=self.id,
            marks=reading.symbols.marks,
        )


def _in_units(reading: Reading, windows: WindowScores) -> tuple[Window, ...]:
    """The windows with UTF-16 offsets in place of word numbers."""
    bounds = reading.words.bounds
    starts, ends = reading.symbols.spans(bounds.take(windows.starts) + 1, bounds.take(windows.ends) - 1)
    return tuple(map(Window, starts.tolist(), ends.tolist(), windows.scores.tolist()))
