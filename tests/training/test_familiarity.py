import numpy as np
import pytest
from scipy.special import expit

from training.build import BuildSettings, balance, draft_detector
from training.familiarity import BANDS, COLUMNS, familiarity
from training.fit import FitSettings, fit
from training.grams import choose_owners, read_grams

TEXTS = ["on the wrong side of history"] * 4 + ["on the incorrect aspect of historical past"] * 2
GROUPS = ["a", "b", "c", "c", "a", "b"]
SPUN = np.array([False] * 4 + [True] * 2)


def of(texts: list[str], groups: list[str], spun: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    grams = read_grams(texts, groups, jobs=1)
    found = familiarity(grams, spun, choose_owners(grams, spun))
    return found.features * np.sqrt(grams.words)[:, None], found.bands


def test_a_group_does_not_vouch_for_its_own_texts() -> None:
    """Two other groups have every pair and triple of the wording: bands 1 to 3 of pairs, of triples."""
    features, _ = of(TEXTS, GROUPS, SPUN)
    triples = len(BANDS[2])
    assert features[0, [0, triples]].tolist() == pytest.approx([5, 4])
    assert features[0].sum() == pytest.approx(9)


def test_what_only_ones_own_group_wrote_is_not_familiar() -> None:
    features, bands = of([TEXTS[0]] * 4, ["a"] * 4, np.array([False, False, False, True]))
    assert features.sum() == 0
    assert (bands >= 0).sum() == 9


def test_spun_texts_make_nothing_familiar() -> None:
    features, _ = of(TEXTS, GROUPS, ~SPUN)
    assert features[0].sum() == pytest.approx(1)  # only "on the" stands in both


def test_the_bands_weights_fold_into_the_ngrams() -> None:
    """The pipeline, which knows of n-grams alone, gives what the tables give."""
    texts = [f"{text} {word}" for word in "one two three four five".split() for text in TEXTS]
    spun = np.tile(SPUN, 5)
    grams = read_grams(texts, [str(i) for i in range(len(texts))], jobs=1)
    fitted = fit(grams, spun, balance(spun), FitSettings())
    detector = draft_detector(fitted, BuildSettings())
    tables = [detector.page_score(text) for text in texts]
    assert expit(tables) == pytest.approx(fitted.pipeline.predict_proba(texts)[:, 1], abs=1e-5)
    assert min(np.array(tables)[spun]) > max(np.array(tables)[~spun])
    assert COLUMNS == 8
