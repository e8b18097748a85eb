"""The detector: flat tables and a manifest in memory; a text in, a Verdict out.

The score of a text of n words is a sum of table entries over sqrt(n), plus an intercept. Word n-grams count where they
stand for the first time only, and characters only in words that do, so a subject's own words do not add up. The tables
come from a scikit-learn pipeline (training/fit.py); nothing of scikit-learn is imported here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detector.calibration import Calibration
from detector.evidence import find_phrases, guessed_swaps, listed_swaps
from detector.family import find_family, known_phrases, phrase_slots, runs_of_keys, telling_for, with_pairs
from detector.guesses import guess_originals
from detector.ngrams import SLOTS, FirstSeen, Words, char_codes, first_words, slots_of, word_keys, words_of
from detector.prose import reason_not_to_judge
from detector.text import Symbols, symbolise
from detector.verdict import Evidence, Family, Reason, Verdict, Window
from detector.windows import WindowScores, prefix_sums, score_windows, share_above
from detector.wording import Wording

EvidenceWanted = Literal["all", "flagged", "none"]

# The share of a page that looks spun is told from windows of a few sentences, above all but 1 % of human ones.
SHARE_WIDTH, SHARE_STEP, SHARE_RATE = 50, 10, 0.01


@dataclass(frozen=True, slots=True)
class Tables:
    """What a model weighs. Weights are indices into a codebook, so that the tables fit into a processor's cache.

    char_codes: (2**20,) for each character 4-gram, char_book float32.
    word_entries: (2**20,) for each slot, an index into word_book float32 with the key bits that verify the slot above.
    phrase_keys: uint32 (k,), sorted keys of wording from the spinners' dictionaries.
    phrase_families: int8 (k, f), how strongly each speaks for each family.
    originals: k strings, the wording that each most likely stands for, or nothing.
    """

    char_codes: NDArray[Any]
    char_book: NDArray[np.float32]
    word_entries: NDArray[Any]
    word_book: NDArray[np.float32]
    phrase_keys: NDArray[np.uint32]
    phrase_families: NDArray[np.int8]
    originals: tuple[str, ...]

    @property
    def check_shift(self) -> int:
        """How far above the code a slot's verifying bits stand: they are the top byte of an entry."""
        return 8 * (self.word_entries.itemsize - 1)

    @property
    def code_mask(self) -> int:
        """The bits of an entry that are the code."""
        return (1 << self.check_shift) - 1


@dataclass(frozen=True, slots=True)
class Weights:
    """What the tables say of a text's n-grams.

    chars: float32 (n,), the sum over the 4-grams that begin in each word or in the separator before it.
    hits: intp (h,), which of the word n-grams the tables know; slots, grams: (h,), their slots and weights.
    """

    chars: NDArray[np.float32]
    hits: NDArray[np.intp]
    slots: NDArray[np.uint32]
    grams: NDArray[np.float32]


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

    def __init__(
        self, manifest: dict[str, Any], tables: Tables, load_wording: Callable[[], Wording | None] = lambda: None
    ) -> None:
        """load_wording: called once, when evidence is first wanted; a model may have none."""
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
        self._seen = FirstSeen(SLOTS)
        self._is_phrase = phrase_slots(tables.phrase_keys)
        self._load_wording = lru_cache(maxsize=1)(load_wording)

    @property
    def wording(self) -> Wording | None:
        """The wording tables, read when they are first asked for."""
        return self._load_wording()

    def score(self, text: str, evidence: EvidenceWanted = "flagged") -> Verdict:
        """Judge a text. Never raises on any str; evidence is looked for only in flagged texts unless told otherwise."""
        reading = read(text)
        n = reading.symbols.count_words()
        reason = reason_not_to_judge(reading.symbols, reading.words, n, self._min_words)
        if reason:
            return self._unscorable(reading, n, reason)
        weights = self.weigh(reading)
        sums = prefix_sums(self._contributions(reading, weights, first_only=True))
        windows = score_windows(sums, self._width, self._step, self._intercept)
        score = self._page_score(sums, windows)
        rate = self._calibration.false_alarm_rate(score, n)
        label = self._calibration.label(rate)
        flagged = label != "clean"
        wanted = evidence == "all" or (evidence == "flagged" and flagged)
        known = self._known(reading) if flagged or wanted else None
        family = self._family(known) if flagged and known is not None else None
        phrases = self._evidence(reading, weights, known) if wanted and known is not None else ()
        if family is not None and known is not None:
            family = self._with_pairs(family, phrases, reading, known)
        return Verdict(
            verdict=label,
            reason=None,
            score=score,
            probability=self._calibration.probability(score, n),
            false_alarm_rate=rate,
            words=n,
            spun_share=self._spun_share(reading, weights) if flagged else 0.0,
            family=family,
            evidence=phrases,
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

    def contributions(self, reading: Reading) -> NDArray[np.float64]:
        """float64 (n,): what each word and the n-grams that begin with it add to the sum, first occurrences only."""
        return self._contributions(reading, self.weigh(reading), first_only=True)

    def weigh(self, reading: Reading) -> Weights:
        """Look up every n-gram of a text."""
        tables = self.tables
        by_char = tables.char_book.take(tables.char_codes.take(char_codes(reading.symbols.row)))
        slots, checks = slots_of(reading.keys)
        entries = tables.word_entries.take(slots)
        (hits,) = (entries >> tables.check_shift == checks).nonzero()
        codes = entries.take(hits) & tables.code_mask
        return Weights(
            chars=np.add.reduceat(by_char, reading.words.bounds[:-1]),
            hits=hits,
            slots=slots.take(hits),
            grams=tables.word_book.take(codes),
        )

    def _contributions(self, reading: Reading, weights: Weights, first_only: bool) -> NDArray[np.float64]:
        """As contributions(); of stretches that are judged by themselves an n-gram must count wherever it stands."""
        n = len(reading.words)
        per_word = weights.chars.astype(np.float64)
        grams = weights.grams
        if first_only:
            per_word *= first_words(reading.words, self._seen)
            grams = grams * self._seen.mask(weights.slots)
        per_word += self._per_word
        by_gram = np.zeros(len(reading.keys))
        by_gram[weights.hits] = grams
        per_word += by_gram[:n]
        per_word[: n - 1] += by_gram[n : 2 * n - 1]
        per_word[: max(0, n - 2)] += by_gram[2 * n - 1 :]
        return per_word

    def word_parts(self, reading: Reading, weights: Weights) -> NDArray[np.float64]:
        """float64 (n,): each word's own part in the score; pairs and triples are shared out among their words."""
        n = len(reading.words)
        parts = weights.chars.astype(np.float64)
        by_gram = np.zeros(len(reading.keys))
        by_gram[weights.hits] = weights.grams
        pairs, triples = by_gram[n : 2 * n - 1] / 2, by_gram[2 * n - 1 :] / 3
        parts += by_gram[:n]
        for shift in range(2):
            parts[shift : shift + len(pairs)] += pairs
        for shift in range(3):
            parts[shift : shift + len(triples)] += triples
        return parts

    def _known(self, reading: Reading) -> NDArray[np.intp]:
        return known_phrases(reading.keys, self.tables.phrase_keys, self._is_phrase)

    def _page_score(self, sums: NDArray[np.float64], windows: WindowScores) -> float:
        """The whole text's score or its best window's, whichever is higher: a page may be spun in part."""
        n = len(sums) - 1
        return max(float(sums[-1]) / math.sqrt(n) + self._intercept, float(np.maximum.reduce(windows.scores)))

    def _spun_share(self, reading: Reading, weights: Weights) -> float:
        sums = prefix_sums(self._contributions(reading, weights, first_only=False))
        windows = score_windows(sums, SHARE_WIDTH, SHARE_STEP, self._intercept)
        n = len(sums) - 1
        return share_above(windows, self._calibration.score_at(SHARE_RATE, min(n, SHARE_WIDTH)), n)

    def _family(self, known: NDArray[np.intp]) -> Family:
        return find_family(known, self.tables.phrase_families, self.manifest["family_scale"], self._families)

    def _with_pairs(
        self, family: Family, phrases: tuple[Evidence, ...], reading: Reading, known: NDArray[np.intp]
    ) -> Family:
        if family.name not in self._families:
            return family
        (at,) = (known >= 0).nonzero()
        bounds = reading.words.bounds
        firsts, lengths = runs_of_keys(at, len(reading.words))
        spans = reading.symbols.spans(bounds.take(firsts) + 1, bounds.take(firsts + lengths) - 1)
        number = self._families.index(family.name)
        return with_pairs(family, phrases, spans, telling_for(number, known.take(at), self.tables.phrase_families))

    def _evidence(self, reading: Reading, weights: Weights, known: NDArray[np.intp]) -> tuple[Evidence, ...]:
        symbols, words, wording = reading.symbols, reading.words, self._load_wording()
        parts = self.word_parts(reading, weights)
        if wording is None:
            swaps = listed_swaps(words, parts, known, self.tables.originals)
        else:
            swaps = guessed_swaps(guess_originals(words, prefix_sums(parts), wording), words, wording)
        return find_phrases(symbols, words, parts, swaps, wording)

    def _unscorable(self, reading: Reading, n: int, reason: Reason) -> Verdict:
        return Verdict(
            verdict="unscorable",
            reason=reason,
            score=None,
            probability=None,
            false_alarm_rate=None,
            words=n,
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
