"""The phrase table: which wording comes from the spinners' dictionaries, and which family it speaks for."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from detector.family import known_phrases, phrase_slots
from detector.model import read
from detector.ngrams import word_keys
from training.examples import Example

MAX_PHRASES = 120_000
# Wording counts as a dictionary's when spinners write it this many times ...
MIN_TIMES = 2
# ... and this much more often (in words of text) than people do.
MIN_RATIO = 3.0
# An original is suggested when it stood behind the wording in this share of cases: a wrong one is worse than none.
MIN_SURE = 0.75
# Learning families from more texts than this changes nothing but the time it takes.
MAX_TEXTS = 30_000
CODES_A_UNIT = 16  # int8 strengths: one unit of log-odds is this many steps


@dataclass(frozen=True, slots=True)
class FamilyTable:
    """keys uint32 (k,) sorted; strengths int8 (k, families); scale: what one step of strength is worth.

    originals: for each key the wording it most likely stands for, empty where that is open.
    """

    names: tuple[str, ...]
    keys: NDArray[np.uint32]
    strengths: NDArray[np.int8]
    scale: float
    originals: tuple[str, ...]


def fit_families(examples: Sequence[Example], seed: int) -> FamilyTable:
    """Gather the dictionaries' wording from what spinners wrote, and learn what each phrase says of the family."""
    swaps = Counter((spun.casefold(), original) for each in examples for spun, original in each.swaps)
    keys = _telling_keys(examples, swaps)
    originals = _originals(swaps, keys)
    spun = [example for example in examples if example.spun]
    if len(spun) > MAX_TEXTS:
        spun = [spun[i] for i in np.random.default_rng(seed).permutation(len(spun))[:MAX_TEXTS]]
    names = tuple(sorted({example.family for example in spun}))
    matrix = _presence([example.text for example in spun], keys)
    if len(names) < 2:
        return FamilyTable(names, keys, np.ones((len(keys), len(names)), np.int8), 1.0, originals)
    model = LogisticRegression(C=1.0, max_iter=60, class_weight="balanced")
    model.fit(matrix, [names.index(example.family) for example in spun])
    weights = model.coef_ if len(names) > 2 else np.vstack((-model.coef_, model.coef_))
    strengths = np.clip(np.rint(weights.T * CODES_A_UNIT), -127, 127).astype(np.int8)
    return FamilyTable(names, keys, strengths, 1.0 / CODES_A_UNIT, originals)


def _telling_keys(examples: Sequence[Example], swaps: Mapping[tuple[str, str], int]) -> NDArray[np.uint32]:
    written: Counter[int] = Counter()
    for (phrase, _), times in swaps.items():
        for key in phrase_keys(phrase):
            written[key] += times
    human: Counter[int] = Counter()
    human_words = sum(len(example.text.split()) for example in examples if not example.spun)
    spun_words = sum(len(example.text.split()) for example in examples if example.spun)
    candidates = np.array(sorted(key for key, times in written.items() if times >= MIN_TIMES), np.uint32)
    slots = phrase_slots(candidates)
    for example in examples:
        if not example.spun:
            keys = np.unique(read(example.text).keys)
            human.update(keys[known_phrases(keys, candidates, slots) >= 0].tolist())
    ratio = (human_words + 1) / (spun_words + 1)
    rates = {key: (written[key] * ratio) / (human[key] + 0.5) for key in candidates.tolist()}
    telling = [key for key, rate in rates.items() if rate >= MIN_RATIO]
    telling.sort(key=lambda key: (-written[key], key))
    return np.array(sorted(telling[:MAX_PHRASES]), np.uint32)


def _originals(swaps: Mapping[tuple[str, str], int], keys: NDArray[np.uint32]) -> tuple[str, ...]:
    """The original of each whole phrase that nearly always stands for the same one."""
    wanted = set(keys.tolist())
    written: dict[int, Counter[str]] = defaultdict(Counter)
    for (phrase, original), times in swaps.items():
        found = phrase_keys(phrase)
        if len(found) == 1 and found[0] in wanted:
            written[found[0]][original] += times
    return tuple(_sure(written[key]) for key in keys.tolist())


def _sure(originals: Counter[str]) -> str:
    if not originals:
        return ""
    folded: Counter[str] = Counter()
    for original, times in originals.items():
        folded[original.casefold()] += times
    best, times = folded.most_common(1)[0]
    if times < MIN_TIMES or times < MIN_SURE * folded.total():
        return ""
    # Names keep their capitals; other wording has one only where a sentence began.
    return max((original for original in originals if original.casefold() == best), key=originals.__getitem__)


def phrase_keys(phrase: str) -> list[int]:
    """The key of a phrase of one to three words; of a longer one, the keys of all its triples."""
    words = read(phrase).words
    n = len(words)
    if n == 0:
        return []
    keys: list[int] = word_keys(words).tolist()
    return keys[-1:] if n <= 3 else keys[2 * n - 1 :]


def _presence(texts: Sequence[str], keys: NDArray[np.uint32]) -> csr_matrix:
    """CSR (texts, keys): 1/sqrt(known phrases) for each known phrase of a text, as the detector weighs them."""
    columns, values, ends = [], [], [0]
    slots = phrase_slots(keys)
    for text in texts:
        rows = known_phrases(read(text).keys, keys, slots)
        found = np.unique(rows[rows >= 0])
        columns.append(found)
        values.append(np.full(len(found), 1 / np.sqrt(max(1, len(found))), np.float32))
        ends.append(ends[-1] + len(found))
    data = (np.concatenate(values), np.concatenate(columns), np.array(ends))
    return csr_matrix(data, shape=(len(texts), len(keys)))
