"""Moves a model's word n-gram weights so that labelled pages fall on their side, and others stay where they were.

A convex problem: logistic loss of the labelled pages, counted from the score at which a page becomes suspicious; for
every page of the replay set the square of how far its score moves to the wrong side; and a Gaussian prior around the
parent's weights. N-grams that stand in few labelled pages, or in those of one site alone, are not touched; telling
ones that own no slot take those whose owners weigh little.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from detector.ngrams import CHECK_MASK
from training.grams import CHECK_BITS, _g2
from training.lesson import Lesson
from training.replay import Replay
from training.rows import Rows, WordWeights

# An n-gram must stand in so many labelled pages, of so many groups, to be learned from.
MIN_PAGES, MIN_GROUPS = 3, 2
MAX_NEW_ORDER = 2  # the replay set vouches for words and pairs; of triples it knows those alone that own a slot
LITTLE_SHARE = 0.5  # of the slots: those whose owners weigh least may be taken
MIN_TELLING = 10.0  # G2 of a new owner: less comes by chance once in 600 n-grams
PRIOR_VARIANCE = 10.0
MAX_ITERATIONS = 200


def update(parent: WordWeights, lesson: Lesson, replay: Replay, weight: float) -> WordWeights:
    """The parent's weights, moved. weight: what a labelled page counts against a page of the replay set."""
    known = _known_ids(lesson)
    start = _with_new_owners(parent, lesson, replay.rows, known)
    slots = np.unique(known[start.owned(known)] >> CHECK_BITS)
    labelled, held = start.matrix(lesson.rows, slots), start.matrix(replay.rows, slots)
    moves = _solve(
        labelled,
        start.scores(lesson.rows) - lesson.threshold,
        np.where(lesson.spun, 1.0, -1.0),
        weight * _page_weights(lesson),
        held,
        start.parts(replay.rows) - parent.parts(replay.rows),
        np.where(replay.spun, 1.0, -1.0),
    )
    weights = start.weights.copy()
    top = np.abs(parent.weights).max()
    weights[slots] = np.clip(weights[slots] + moves, -top, top)
    return WordWeights(weights, start.checks)


def _known_ids(lesson: Lesson) -> NDArray[np.uint32]:
    """The n-grams of at least MIN_PAGES labelled pages and MIN_GROUPS groups, sorted."""
    names, code = np.unique(lesson.rows.ids, return_inverse=True)
    row_of = lesson.rows.row_of
    pages = _distinct(code, lesson.pages[row_of], len(names))
    groups = _distinct(code, lesson.groups[row_of], len(names))
    return names[(pages >= MIN_PAGES) & (groups >= MIN_GROUPS)]


def _distinct(code: NDArray[np.int64], of: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """For each code below `size`, with how many different values of `of` it comes."""
    width = int(of.max()) + 1
    return np.bincount(np.unique(code * width + of) // width, minlength=size)


def _with_new_owners(parent: WordWeights, lesson: Lesson, replay: Rows, known: NDArray[np.uint32]) -> WordWeights:
    """The parent's weights, where slots of little weight went to n-grams of the labels that tell much."""
    short = np.unique(lesson.rows.ids[lesson.orders <= MAX_NEW_ORDER])
    strangers = known[~parent.owned(known) & np.isin(known, short, assume_unique=True)]
    size = np.abs(parent.weights)
    strangers = strangers[size[strangers >> CHECK_BITS] <= np.quantile(size, LITTLE_SHARE)]
    telling = _telling(strangers, lesson, replay)
    strangers, telling = strangers[telling >= MIN_TELLING], telling[telling >= MIN_TELLING]
    order = np.lexsort((telling, strangers >> CHECK_BITS))
    strangers = strangers[order]
    best = np.append(strangers[1:] >> CHECK_BITS != strangers[:-1] >> CHECK_BITS, True)[: len(strangers)]
    taken = strangers[best]
    weights, checks = parent.weights.copy(), parent.checks.copy()
    weights[taken >> CHECK_BITS] = 0
    checks[taken >> CHECK_BITS] = taken & CHECK_MASK
    return WordWeights(weights, checks)


def _telling(ids: NDArray[np.uint32], lesson: Lesson, replay: Rows) -> NDArray[np.float64]:
    """G2 of each n-gram's presence in pages labelled spun, and in those labelled honest and the replay's."""
    spun = _pages_with(ids, lesson.take(lesson.spun).rows)
    honest = _pages_with(ids, lesson.take(~lesson.spun).rows) + _pages_with(ids, replay)
    return _g2(spun, honest, int(lesson.spun.sum()), int((~lesson.spun).sum()) + len(replay))


def _pages_with(ids: NDArray[np.uint32], rows: Rows) -> NDArray[np.int64]:
    """In how many rows each of the sorted ids stands."""
    if not len(ids):
        return np.zeros(0, np.int64)
    place = np.minimum(np.searchsorted(ids, rows.ids), len(ids) - 1)
    return np.bincount(place[ids[place] == rows.ids], minlength=len(ids))


def _page_weights(lesson: Lesson) -> NDArray[np.float64]:
    """Every page counts the same, however long; both kinds count the same in all; the mean page counts 1."""
    stretches = np.bincount(lesson.pages)
    weights = 1 / stretches[lesson.pages]
    half = len(np.unique(lesson.pages)) / 2
    for kind in (lesson.spun, ~lesson.spun):
        weights[kind] *= half / max(weights[kind].sum(), 1e-9)
    return weights


def _solve(
    labelled: csr_matrix,
    margins: NDArray[np.float64],
    signs: NDArray[np.float64],
    weights: NDArray[np.float64],
    held: csr_matrix,
    drift: NDArray[np.float64],
    held_signs: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The moves of the weights that make the loss smallest. drift: how far the scores of held pages moved already."""

    def loss(moves: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        right = signs * (margins + labelled @ moves)
        wrong = np.maximum(0, -held_signs * (drift + held @ moves))
        value = weights @ np.logaddexp(0, -right) + wrong @ wrong / 2 + moves @ moves / (2 * PRIOR_VARIANCE)
        slope = labelled.T @ (-weights * signs * expit(-right)) - held.T @ (held_signs * wrong)
        return float(value), slope + moves / PRIOR_VARIANCE

    start = np.zeros(labelled.shape[1])
    if not len(start):
        return start
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MAX_ITERATIONS})
    moves: NDArray[np.float64] = found.x
    return moves
