import itertools

import numpy as np
import pytest

from detector.transformer import NgramTransformer
from training.calibrate import RATES, ladder, upper_quantile
from training.examples import cut, side_of
from training.fit import pack
from training.grams import choose_owners, design_matrix, read_grams

TEXTS = ["the historical past of the agency", "the history of the company", "folks, see the historical past", "a b"] * 3
GROUPS = [str(i) for i in range(len(TEXTS))]
SPUN = np.array([True, False, True, False] * 3)


def test_the_quick_design_matrix_is_the_transformers() -> None:
    grams = read_grams(TEXTS, GROUPS, jobs=1)
    checks = choose_owners(grams, SPUN)
    quick = design_matrix(grams, checks)
    slow = NgramTransformer(checks).transform(TEXTS)
    assert quick.shape == slow.shape
    assert abs(quick - slow).max() < 1e-6


def test_taking_rows_takes_their_ngrams() -> None:
    grams, some = read_grams(TEXTS, GROUPS, jobs=1), [3, 0, 2]
    alone = read_grams([TEXTS[i] for i in some], GROUPS[: len(some)], jobs=1)
    taken = grams.take(np.array(some))
    assert taken.chars.tolist() == alone.chars.tolist()
    assert taken.id_ends.tolist() == alone.id_ends.tolist()


def test_packing_clips_nothing_and_keeps_zero_and_sign() -> None:
    weights = np.array([0.0, 1e-9, 0.01, -0.01, 3.0, -3.0, 1.0], np.float32)
    codes, book = pack(weights)
    back = book[codes]
    assert back[[0, 1]].tolist() == [0.0, 0.0]
    assert back[[4, 5]].tolist() == [3.0, -3.0]
    assert np.abs(back - weights).max() < 3.0 / 127


def test_stretches_have_the_words_asked_for_and_short_rests_are_dropped() -> None:
    text = " ".join(f"w{i}" for i in range(230))
    spans = cut(text, 100, seed=1)
    assert [len(text[start:end].split()) for start, end in spans] == [100, 100]
    assert cut("too short", 100, seed=1) == []


def test_a_group_always_falls_on_the_same_side() -> None:
    sides = [side_of(f"group {i}") for i in range(2000)]
    assert sides == [side_of(f"group {i}") for i in range(2000)]
    assert 0.12 < sides.count("test") / 2000 < 0.18


def test_a_quantile_within_the_sample_is_conformal() -> None:
    scores = np.arange(1000, dtype=float)
    assert upper_quantile(scores, 0.1) == 900.0
    assert (scores >= upper_quantile(scores, 0.1)).mean() <= 0.1


def test_a_quantile_beyond_the_sample_follows_its_tail() -> None:
    scores = np.random.default_rng(0).exponential(2.0, 4000)
    assert upper_quantile(scores, 1e-4) == pytest.approx(2.0 * np.log(1e4), rel=0.1)


def test_no_genre_exceeds_a_rate_by_more_than_half_of_it() -> None:
    calm, wild = np.linspace(-5, 0, 400), np.linspace(-5, 3, 400)
    rungs = ladder({"calm": calm, "wild": wild})
    assert rungs[RATES.index(0.1)] == pytest.approx(upper_quantile(wild, 0.15))
    assert all(low < high for low, high in itertools.pairwise(rungs))


def test_genres_that_are_alike_keep_the_rate_itself_and_count_the_same() -> None:
    few, many = np.linspace(0, 1, 400), np.linspace(0, 1, 4000)
    assert ladder({"few": few, "many": many})[RATES.index(0.1)] == pytest.approx(0.9, abs=0.01)
