"""One way to retrain, and what it costs: the model, how far its ladders must rise, what that takes from other tools."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, log_expit

from training.crossfit import Material, cross_fit
from training.gate import ALARMS_SLACK, HITS_SLACK
from training.lesson import thresholds
from training.replay import Replay
from training.rows import WordWeights
from training.update import update

# How far labels may push, the mildest first; which is best, they themselves tell.
PUSHES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
# Few honest pages are flagged. So that chance decides less, pages count by a logistic curve of this width around the
# threshold: near it in part.
SOFT = 0.5
FAR = 20.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A retrained model and its price. weights: of the model that learned from all labels.

    after: float64 (labels,), margins by models that had not seen a label's group, before the ladders rise.
    shift: by how much these must rise. hits: by how much the share of other tools' pages that are flagged changes.
    """

    push: float
    weights: WordWeights
    after: NDArray[np.float64]
    shift: float
    hits: float

    @property
    def margins(self) -> NDArray[np.float64]:
        """float64 (labels,): those of unseen labels, the ladders risen."""
        return self.after - self.shift


def try_push(material: Material, choosing: Replay, push: float, seed: int, tick: Callable[[], object]) -> Trial:
    """Retrain, and see what it does to frozen pages that serve for choosing. tick: called after each of FOLDS + 1."""
    weights = update(material.weights, material.lesson, material.replay, push)
    tick()
    line = thresholds(material.parent, choosing.rows.words)
    old, new = (each.scores(choosing.rows) - line for each in (material.weights, weights))
    human, spun = ~choosing.spun, choosing.spun
    shift = needed_shift(old[human], new[human])
    hits = float(expit((new[spun] - shift) / SOFT).mean() - expit(old[spun] / SOFT).mean())
    return Trial(push, weights, cross_fit(material, push, seed, tick), shift, hits)


def needed_shift(old: NDArray[np.float64], new: NDArray[np.float64]) -> float:
    """The smallest rise of the ladders after which honest pages are flagged no more often than the gate forgives."""
    forgiven = expit(old / SOFT).mean() + ALARMS_SLACK

    def excess(shift: float) -> float:
        return float(expit((new - shift) / SOFT).mean() - forgiven)

    return 0.0 if excess(0.0) <= 0 else float(brentq(excess, 0.0, float(new.max()) + FAR))


def best(trials: Sequence[Trial], spun: NDArray[np.bool_]) -> Trial:
    """Of the trials that cost other tools' hits no more than the gate forgives, the one that unseen labels fit best.

    The mildest where none is so cheap.
    """
    cheap = [trial for trial in trials if trial.hits >= -HITS_SLACK]
    return min(cheap, key=lambda trial: _loss(trial, spun)) if cheap else trials[0]


def _loss(trial: Trial, spun: NDArray[np.bool_]) -> float:
    """The mean logistic loss of unseen labels, both kinds counting the same."""
    right = np.where(spun, 1, -1) * trial.margins
    return float(sum(-log_expit(right[kind]).mean() for kind in (spun, ~spun)))
