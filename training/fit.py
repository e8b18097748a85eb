"""Fits the scikit-learn pipeline and turns it into the detector's tables.

Pipeline: NgramTransformer -> TfidfTransformer (idf only) -> LogisticRegression. Everything after the n-grams is
linear, so idf times coefficient is one weight for each n-gram: a text's score becomes a sum of table entries. While it
is fitted, the classifier also sees how familiar the n-grams are (training/familiarity.py); that folds into the same
weights.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from detector.model import Tables
from detector.transformer import CHAR_SHARE, LENGTH_COLUMN, WORD_COLUMN, NgramTransformer
from training.familiarity import familiarity
from training.grams import Grams, choose_owners, design_matrix

# The bands' features vary as little as single n-grams do: far wider ones would slow the solver down threefold.
BAND_SPREAD, TINY = 0.3, 1e-6


@dataclass(frozen=True, slots=True)
class FitSettings:
    """What a fit depends on besides its data. inverse_penalty: scikit-learn's C."""

    inverse_penalty: float = 0.3
    max_iterations: int = 150


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted pipeline, and the linear weights it amounts to."""

    pipeline: Pipeline
    weights: NDArray[np.float64]
    intercept: float
    checks: NDArray[np.uint8]


def fit(grams: Grams, spun: NDArray[np.bool_], sample_weight: NDArray[np.float64], settings: FitSettings) -> Fitted:
    """Choose the owners of the slots, weigh every n-gram. Deterministic."""
    checks = choose_owners(grams, spun)
    matrix = design_matrix(grams, checks)
    idf = TfidfTransformer(norm=None, use_idf=True)
    used, narrow = _used_columns(idf.fit_transform(matrix))
    familiar = familiarity(grams, spun, checks)
    mean, scale = familiar.features.mean(axis=0), familiar.features.std(axis=0) / BAND_SPREAD + TINY
    features = csr_matrix((familiar.features - mean) / scale)
    model = LogisticRegression(C=settings.inverse_penalty, max_iter=settings.max_iterations, tol=1e-3)
    with warnings.catch_warnings():
        # How long to go on is a setting: to stop before the very end is meant.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(hstack((narrow, features), format="csr", dtype=np.float32), spun, sample_weight=sample_weight)
    coefficients, of_bands = np.split(model.coef_[0], [len(used)])
    model.coef_ = coefficients[None]
    model = _widen(model, used, matrix.shape[1])
    _fold(model, of_bands / scale, mean, familiar.bands, idf.idf_)
    weights = model.coef_[0].astype(np.float64) * idf.idf_
    steps = [("ngrams", NgramTransformer(checks)), ("idf", idf), ("linear", model)]
    return Fitted(Pipeline(steps), weights, float(model.intercept_[0]), checks)


def _fold(
    model: Any, weights: NDArray[np.float64], mean: NDArray[np.float64], bands: NDArray[np.int8], idf: NDArray[Any]
) -> None:
    """Add each band's weight to its n-grams' own."""
    familiar = np.flatnonzero(bands >= 0)
    columns = WORD_COLUMN + familiar
    model.coef_[0, columns] += weights[bands[familiar]] / idf[columns]
    model.intercept_ = model.intercept_ - mean @ weights


def _used_columns(matrix: csr_matrix) -> tuple[NDArray[np.intp], csr_matrix]:
    """Drop the columns that no text has: the solver's vectors shrink threefold."""
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    renumber = np.zeros(matrix.shape[1], np.int32)
    renumber[used] = np.arange(len(used), dtype=np.int32)
    narrow = csr_matrix((matrix.data, renumber[matrix.indices], matrix.indptr), shape=(matrix.shape[0], len(used)))
    return used, narrow


def _widen(model: Any, used: NDArray[np.intp], columns: int) -> Any:
    coefficients = np.zeros((1, columns), np.float32)
    coefficients[0, used] = model.coef_[0]
    model.coef_ = coefficients
    model.n_features_in_ = columns
    return model


def split_weights(fitted: Fitted) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
    """Character weights float32 (2**20,), word weights float32 (2**20,), and the weight of every word as such."""
    weights = fitted.weights
    chars, words = CHAR_SHARE * weights[:WORD_COLUMN], weights[WORD_COLUMN:LENGTH_COLUMN]
    return chars.astype(np.float32), words.astype(np.float32), float(weights[LENGTH_COLUMN])


def float_tables(fitted: Fitted) -> Tables:
    """The detector's tables before they are packed into bytes: every weight has a place of its own in the codebook."""
    chars, words, _ = split_weights(fitted)
    places = np.arange(len(words), dtype=np.uint32)
    nothing = np.zeros(0, np.uint32)
    return Tables(
        char_codes=np.arange(len(chars), dtype=np.uint32),
        char_book=chars,
        word_entries=fitted.checks.astype(np.uint32) << np.uint32(24) | places,
        word_book=words,
        phrase_keys=nothing,
        phrase_families=np.zeros((0, 0), np.int8),
        originals=(),
    )


def pack(weights: NDArray[np.float32], size: int = 256) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Weights as bytes into a codebook of `size` values: 0, and the others spread as the square root of the weight.

    Nothing is clipped: the largest weight is in the book. Steps are finest near zero, where most weights lie.
    """
    half = (size - 1) // 2
    top = float(np.abs(weights).max()) or 1.0
    ladder = (np.arange(1, half + 1) / half) ** 2 * top
    book = np.zeros(size, np.float32)
    book[1 : half + 1], book[half + 1 : 2 * half + 1] = ladder, -ladder
    step = np.rint(np.sqrt(np.abs(weights) / top) * half).astype(np.int64)
    codes = np.where(step == 0, 0, np.where(weights > 0, step, step + half))
    return codes.astype(np.uint8), book
