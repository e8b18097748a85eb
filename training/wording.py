"""The wording file of a model: the dictionaries run backwards, and how people write, counted in the training texts.

For every wording that spinners use: what they wrote it for, how often in a hundred times, and how often people who
wrote it would be left alone. The counts of human words, pairs and triples tell which of these fits its neighbours.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.artefact import save_wording
from detector.wording import LOG_STEP, MAX_SPEAKERS, is_phrase
from training.corpora import Document
from training.examples import Example, SpinnerMix, spun_examples
from training.human_counts import HumanText
from training.inflect import inflect_pair
from training.lexicon import Lexicon

MIN_TIMES = 2  # pairs that no dictionary lists count when spinners wrote them this often
MAX_CANDIDATES = 12
# Before any example is seen a dictionary's entry is used this often, times its weight; and counts as many examples.
PRIOR_RATE, PRIOR_TIMES = 0.02, 4.0
MIN_LEFT_ALONE = 0.2
# A wording is kept when spinners write it at least this often for once that people do; an original when it stands
# behind the wording at least this often for once that the likeliest does.
MIN_SPUN_ODDS, MIN_CANDIDATE = 0.03, 0.002
# add_wording spins this many documents to see how often each swap is made.
SPUN_DOCUMENTS = 12_000
# Tools write we're for we are as people do: that is no sign of either, and nothing to be undone.
_CONTRACTION = re.compile(r"n't\b|'(?:re|ve|ll|m|d)\b")
_UNLISTED = {"": 0.0}

Wanted = Callable[[str, str], bool]


def build_wording(
    documents: Sequence[Document],
    examples: Iterable[Example],
    lexicons: Mapping[str, Lexicon],
    wanted: Wanted = lambda original, spun: True,
) -> dict[str, NDArray[Any]]:
    """The arrays of wording.npz.

    documents: human, of the training side. examples: with the swaps of spun ones; human ones are not looked at.
    wanted: says of (original, spun), both in lower case, whether the pair may be learned.
    """
    swaps = _count_swaps(examples)
    listed = _listed_pairs(lexicons)
    speakers = _speakers(swaps.speakers, listed)
    pairs = {pair for pair, times in swaps.times.items() if times >= MIN_TIMES or pair in listed} | set(listed)
    fit = set(filter(is_phrase, {phrase for pair in pairs for phrase in pair}))
    pairs = {pair for pair in pairs if pair[0] != pair[1] and fit.issuperset(pair) and wanted(*pair)}
    pairs = {pair for pair in pairs if not _CONTRACTION.search(pair[1])}
    human = HumanText(documents)
    names = sorted(fit)
    written = dict(zip(names, human.phrase_counts(names), strict=True))
    share = swaps.words / max(1, human.words)
    rates = {}
    for original, spun in sorted(pairs):
        expected = PRIOR_RATE * max(listed.get((original, spun), _UNLISTED).values())
        times = swaps.times[original, spun] + PRIOR_TIMES * expected
        rates[original, spun] = times / (max(written[original] * share, swaps.times[original, spun]) + PRIOR_TIMES)
    return _arrays(rates, written, speakers, swaps.casing) | {
        "entries": human.entries(),
        "words": np.array([human.words], np.uint32),
    }


def _arrays(
    rates: Mapping[tuple[str, str], float],
    written: Mapping[str, int],
    speakers: Mapping[tuple[str, str], int],
    casing: Mapping[str, str],
) -> dict[str, NDArray[Any]]:
    """The phrases that tell spun text from human text, each with its likeliest originals.

    rates: how often spinners write (original, spun). written: how often people write either. speakers: a bit for each
    dictionary that has the pair.
    """
    swapped: dict[str, float] = defaultdict(float)
    by_spun: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (original, spun), rate in rates.items():
        swapped[original] += rate
        by_spun[spun].append(((written[original] + 0.3) * rate, original))
    left_alone = {spun: max(MIN_LEFT_ALONE, 1 - swapped[spun]) for spun in by_spun}
    made = {spun: sum(times for times, _ in found) for spun, found in by_spun.items()}
    phrases = [spun for spun in sorted(by_spun) if made[spun] >= MIN_SPUN_ODDS * (written[spun] + 0.3)]
    chosen = {spun: _likeliest(by_spun[spun]) for spun in phrases}
    originals = sorted({original for found in chosen.values() for original in found})
    number = {original: at for at, original in enumerate(originals)}
    pairs = [(original, spun) for spun in phrases for original in chosen[spun]]
    return {
        "phrases": _text(phrases),
        "left_alone": _steps([left_alone[spun] for spun in phrases]),
        "sizes": np.array([len(chosen[spun]) for spun in phrases], np.uint8),
        "candidates": np.array([number[original] for original, _ in pairs], np.uint32),
        "rates": _steps([rates[pair] for pair in pairs]),
        "speakers": np.array([speakers.get(pair, 0) for pair in pairs], np.uint32),
        "originals": _text([casing.get(original, original) for original in originals]),
    }


def _likeliest(found: list[tuple[float, str]]) -> list[str]:
    ranked = sorted(found, key=lambda row: (-row[0], row[1]))
    return [original for times, original in ranked[:MAX_CANDIDATES] if times >= MIN_CANDIDATE * ranked[0][0]]


def add_wording(
    folder: Path, documents: Sequence[Document], mix: SpinnerMix, lexicons: Mapping[str, Lexicon], seed: int = 0
) -> None:
    """Write the wording file of an existing model, and its sum into the manifest.

    documents: human, of the training side; up to SPUN_DOCUMENTS of them are spun (about two minutes).
    """
    some = documents[:: max(1, len(documents) // SPUN_DOCUMENTS)]
    save_wording(folder, build_wording(documents, spun_examples(some, mix, 1, seed), lexicons))


@dataclass(frozen=True, slots=True)
class _Swaps:
    """times: how often (original, spun) was written, both in lower case; words: of spun text; casing of originals."""

    times: Counter[tuple[str, str]]
    speakers: dict[tuple[str, str], set[str]]
    words: int
    casing: dict[str, str]


def _count_swaps(examples: Iterable[Example]) -> _Swaps:
    times: Counter[tuple[str, str]] = Counter()
    speakers: dict[tuple[str, str], set[str]] = defaultdict(set)
    cased: dict[str, Counter[str]] = defaultdict(Counter)
    words = 0
    for example in examples:
        words += len(example.text.split()) if example.spun else 0
        for spun, original in example.swaps:
            original = plain(original)
            cased[original.lower()][original] += 1
            pair = (original.lower(), plain(spun).lower())
            times[pair] += 1
            # Of two dictionaries laid over one another nobody knows which spoke.
            if "+" not in example.dictionary:
                speakers[pair].add(example.dictionary)
    return _Swaps(times, speakers, words, {original: _usual(forms) for original, forms in cased.items()})


def plain(phrase: str) -> str:
    """A phrase without the punctuation round it; straight apostrophes; single spaces."""
    return " ".join(phrase.replace("’", "'").split()).strip(' .,;:!?"“”()[]{}')


def _usual(forms: Counter[str]) -> str:
    """How the original is written within a sentence: capitals that only begin sentences are none of its own."""
    lower = [form for form in forms if form == form.lower()]
    common = lower if lower and 3 * forms[lower[0]] >= max(forms.values()) else list(forms)
    return min(common, key=lambda form: (-forms[form], form))


def _listed_pairs(lexicons: Mapping[str, Lexicon]) -> dict[tuple[str, str], dict[str, float]]:
    """Every pair of the dictionaries, and its inflected forms: by dictionary, its weight."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for lexicon in lexicons.values():
        for entry in lexicon.entries:
            forms = [(entry.original, entry.spun)]
            forms += [(form.original, form.spun) for form in inflect_pair(entry.original, entry.spun, entry.pos)]
            for original, spun in forms:
                weights = found[plain(original).lower(), plain(spun).lower()]
                weights[lexicon.dictionary] = max(weights.get(lexicon.dictionary, 0.0), entry.weight)
    return found


def _speakers(
    met: Mapping[tuple[str, str], set[str]], listed: Mapping[tuple[str, str], Mapping[str, float]]
) -> dict[tuple[str, str], int]:
    """A bit for each dictionary that lists the pair or was met writing it; of the MAX_SPEAKERS largest."""
    known = {pair: met.get(pair, set()) | listed.get(pair, {}).keys() for pair in met.keys() | listed.keys()}
    sizes = Counter(name for names in known.values() for name in names)
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))[:MAX_SPEAKERS]
    bits = {name: 1 << at for at, name in enumerate(largest)}
    return {pair: sum(bits.get(name, 0) for name in names) for pair, names in known.items()}


def _steps(chances: Sequence[float]) -> NDArray[np.uint8]:
    """Their logarithms, in steps of -LOG_STEP."""
    return np.asarray(np.clip(np.rint(-np.log(np.array(chances)) / LOG_STEP), 0, 255), np.uint8)


def _text(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)
