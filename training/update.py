"""Moves a model's word n-gram weights so that labelled pages fall on their side, and others stay where they were.

First naive Bayes: what stands in pages labelled spun far more often than in honest ones, the replay set's included,
gains its log ratio, `push` times. Then a convex problem around that (as NB-SVM interpolates, Wang and Manning 2012):
logistic loss of the labelled pages, counted from the score at which a page becomes suspicious; for every page of the
replay set the square of how far its score moved to the wrong side; and a Gaussian prior as wide as the log ratios.
N-grams of one site alone are not touched; telling ones that own no slot take those whose owners weigh little.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from detector.ngrams import CHECK_MASK
from training.grams import CHECK_BITS, g2
from training.lesson import Lesson
from training.replay import Replay
from training.rows import Rows, WordWeights

MIN_GROUPS = 2  # an n-gram must stand in labelled pages of so many groups to be learned from
MIN_TELLING = 10.0  # and its G2 must be so large: less comes by chance once in 600 n-grams
MAX_NEW_ORDER = 2  # the replay set vouches for words and pairs; of triples it knows those alone that own a slot
LITTLE_SHARE = 0.9  # of the slots: those whose owners weigh least may be taken
UNSEEN = 0.5  # what is added to every count
LABELS_WEIGHT = 0.5  # what all labelled pages count in the convex problem, against all pages of the replay set
MAX_ITERATIONS = 500


@dataclass(frozen=True, slots=True)
class Telling:
    """n-grams that labels speak of. ids: uint32, sorted. g2, log_ratio: float64, spun against honest pages."""

    ids: NDArray[np.uint32]
    g2: NDArray[np.float64]
    log_ratio: NDArray[np.float64]

    def take(self, wanted: NDArray[np.bool_]) -> "Telling":
        """Some of the n-grams."""
        return Telling(self.ids[wanted], self.g2[wanted], self.log_ratio[wanted])


def update(parent: WordWeights, lesson: Lesson, replay: Replay, push: float) -> WordWeights:
    """The parent's weights, moved. push: how many times its log ratio a spun n-gram gains at first."""
    telling = _telling(_known_ids(lesson), lesson, replay.rows.take(~replay.spun))
    start = _with_new_owners(parent, lesson, telling)
    telling = telling.take(start.owned(telling.ids))
    slots = telling.ids >> np.uint32(CHECK_BITS)  # an owner has its slot for itself, so these rise with the ids
    top = float(np.abs(parent.weights).max())
    start = start.moved(slots, push * np.maximum(telling.log_ratio, 0), top)
    width = np.abs(telling.log_ratio)
    moves = _solve(
        start.matrix(lesson.rows, slots).multiply(width).tocsr(),
        start.scores(lesson.rows) - lesson.threshold,
        np.where(lesson.spun, 1.0, -1.0),
        LABELS_WEIGHT * len(replay.spun) * _page_weights(lesson),
        start.matrix(replay.rows, slots).multiply(width).tocsr(),
        start.parts(replay.rows) - parent.parts(replay.rows),
        np.where(replay.spun, 1.0, -1.0),
    )
    return start.moved(slots, width * moves, top)


def _known_ids(lesson: Lesson) -> NDArray[np.uint32]:
    """The n-grams of labelled pages of at least MIN_GROUPS groups, sorted."""
    names, code = np.unique(lesson.rows.ids, return_inverse=True)
    width = int(lesson.groups.max()) + 1
    seen = np.unique(code * width + lesson.groups[lesson.rows.row_of]) // width
    known: NDArray[np.uint32] = names[np.bincount(seen, minlength=len(names)) >= MIN_GROUPS]
    return known


def _telling(ids: NDArray[np.uint32], lesson: Lesson, human: Rows) -> Telling:
    """How each n-gram's presence in pages labelled spun compares with that in honest ones, the replay's included."""
    spun = _pages_with(ids, lesson.take(lesson.spun).rows)
    honest = _pages_with(ids, lesson.take(~lesson.spun).rows) + _pages_with(ids, human)
    spun_pages, honest_pages = int(lesson.spun.sum()), int((~lesson.spun).sum()) + len(human)
    shares = [(a + UNSEEN) / (n + 2 * UNSEEN) for a, n in ((spun, spun_pages), (honest, honest_pages))]
    ratio = np.log(shares[0]) - np.log(shares[1])
    found = Telling(ids, g2(spun, honest, spun_pages, honest_pages), ratio)
    return found.take(found.g2 >= MIN_TELLING)


def _with_new_owners(parent: WordWeights, lesson: Lesson, telling: Telling) -> WordWeights:
    """The parent's weights, where slots of little weight went to telling n-grams."""
    short = np.unique(lesson.rows.ids[lesson.orders <= MAX_NEW_ORDER])
    size = np.abs(parent.weights)
    little = size[telling.ids >> CHECK_BITS] <= np.quantile(size, LITTLE_SHARE)
    known = telling.take(~parent.owned(telling.ids) & np.isin(telling.ids, short, assume_unique=True) & little)
    order = np.lexsort((known.g2, known.ids >> CHECK_BITS))
    ids = known.ids[order]
    best = np.append(ids[1:] >> CHECK_BITS != ids[:-1] >> CHECK_BITS, True)[: len(ids)]
    taken = ids[best]
    weights, checks = parent.weights.copy(), parent.checks.copy()
    weights[taken >> CHECK_BITS] = 0
    checks[taken >> CHECK_BITS] = taken & CHECK_MASK
    return WordWeights(weights, checks)


def _pages_with(ids: NDArray[np.uint32], rows: Rows) -> NDArray[np.int64]:
    """In how many rows each of the sorted ids stands."""
    if not len(ids):
        return np.zeros(0, np.int64)
    place = np.minimum(np.searchsorted(ids, rows.ids), len(ids) - 1)
    return np.bincount(place[ids[place] == rows.ids], minlength=len(ids))


def _page_weights(lesson: Lesson) -> NDArray[np.float64]:
    """Every page counts the same, however long; both kinds count the same in all; they sum to 1."""
    stretches = np.bincount(lesson.pages)
    weights = 1 / stretches[lesson.pages]
    for kind in (lesson.spun, ~lesson.spun):
        weights[kind] /= 2 * max(weights[kind].sum(), 1e-9)
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
    """The moves, in widths of the prior, that make the loss smallest. drift: how far held pages moved already."""

    def loss(moves: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        right = signs * (margins + labelled @ moves)
        wrong = np.maximum(0, -held_signs * (drift + held @ moves))
        value = weights @ np.logaddexp(0, -right) + wrong @ wrong / 2 + moves @ moves / 2
        slope = labelled.T @ (-weights * signs * expit(-right)) - held.T @ (held_signs * wrong)
        return float(value), slope + moves

    start = np.zeros(labelled.shape[1])
    if not len(start):
        return start
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MAX_ITERATIONS})
    moves: NDArray[np.float64] = found.x
    return moves
