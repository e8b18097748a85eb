import numpy as np
import pytest
from scipy.special import expit

from training.build import BuildSettings, balance, draft_detector
from training.familiarity import familiarity
from training.fit import FitSettings, fit
from training.grams import choose_owners, read_grams

HUMAN, SPUN_COPY = "on the wrong side of history", "on the incorrect aspect of historical past"
PAIRS, TRIPLES = 5, 4  # of the human text


def of(texts: list[str], groups: list[str], spun: list[bool]) -> tuple[np.ndarray, np.ndarray]:
    grams, marks = read_grams(texts, groups, jobs=1), np.array(spun)
    found = familiarity(grams, marks, choose_owners(grams, marks))
    return found.features * np.sqrt(grams.words)[:, None], found.bands


def test_what_other_groups_wrote_is_familiar() -> None:
    """Sixty-four other groups: the first band of pairs; triples have one band, from sixteen on."""
    features, _ = of([HUMAN] * 65 + ["a b"], [str(number) for number in range(66)], [False] * 65 + [True])
    assert features[0].tolist() == pytest.approx([PAIRS, 0, TRIPLES])


def test_a_group_does_not_vouch_for_its_own_texts() -> None:
    """Of sixty-four groups sixty-three are others: too few for the pairs. In a new text all of them count."""
    groups = ["0"] * 7 + [str(number) for number in range(1, 65)]
    features, bands = of([HUMAN] * 70 + ["a b"], groups, [False] * 70 + [True])
    assert features[0].tolist() == pytest.approx([0, 0, TRIPLES])
    assert (bands == 0).sum() == PAIRS


def test_spun_texts_make_nothing_familiar() -> None:
    features, bands = of([SPUN_COPY] * 80, [str(number) for number in range(80)], [True] * 79 + [False])
    assert features.sum() == 0
    assert bands.max() == -1


def test_the_bands_weights_fold_into_the_ngrams() -> None:
    """The pipeline, which knows of n-grams alone, gives what the tables give."""
    texts = [f"{text} {word}" for word in "one two three four five".split() for text in [HUMAN] * 4 + [SPUN_COPY] * 2]
    spun = np.tile([False] * 4 + [True] * 2, 5)
    grams = read_grams(texts, [str(i) for i in range(len(texts))], jobs=1)
    fitted = fit(grams, spun, balance(spun), FitSettings())
    detector = draft_detector(fitted, BuildSettings())
    tables = [detector.page_score(text) for text in texts]
    assert expit(tables) == pytest.approx(fitted.pipeline.predict_proba(texts)[:, 1], abs=1e-5)
    assert min(np.array(tables)[spun]) > max(np.array(tables)[~spun])
