"""Labels that are likely wrong, by confident learning (Northcutt, Jiang and Chuang, 2021).

A label is doubted when models that had not seen its site are as sure of the other answer as they are, on average, of
pages that bear the other label. How sure they are the labels themselves say (Platt 1999): models that cannot tell the
labels apart are sure of nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from training.labels import Label

# Below the first chance no label is doubted, from the second on every one.
UNSURE, SURE = 0.7, 0.85
# No more than this share of a kind is set aside: where models doubt more, they know too little to say.
MAX_SHARE = 0.25
RIDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubted label, by its number among the labels.

    spun_chance: how likely its page is spun, by models that had not seen its site.
    """

    number: int
    id: str
    site: str
    labelled_spun: bool
    spun_chance: float


def find_issues(labels: Sequence[Label], margins: NDArray[np.float64]) -> list[Issue]:
    """The doubted labels, the most doubtful first. margins: out of fold, from the threshold."""
    spun = np.array([label.spun for label in labels], bool)
    chance = spun_chance(margins, spun)
    issues: list[Issue] = []
    for kind in (True, False):
        against = 1 - chance if kind else chance
        own, other = np.flatnonzero(spun == kind), spun != kind
        sure = float(np.clip(against[other].mean(), UNSURE, SURE))
        doubted = sorted((i for i in own.tolist() if against[i] >= sure), key=lambda i: -against[i])
        chosen = doubted[: int(MAX_SHARE * len(own))]
        issues += [Issue(i, labels[i].id, labels[i].site, kind, round(float(chance[i]), 4)) for i in chosen]
    return sorted(issues, key=lambda issue: -abs(issue.labelled_spun - issue.spun_chance))


def spun_chance(margins: NDArray[np.float64], spun: NDArray[np.bool_]) -> NDArray[np.float64]:
    """float64, same length: logistic regression of the labels on their margins, both kinds counting the same."""
    signs = np.where(spun, 1.0, -1.0)
    counts = np.where(spun, 0.5 / max(1, spun.sum()), 0.5 / max(1, (~spun).sum()))
    scaled = margins / max(float(np.std(margins)), 1e-9)

    def loss(x: NDArray[np.float64]) -> float:
        return float(counts @ np.logaddexp(0, -signs * (x[0] * scaled + x[1])) + RIDGE * x[0] ** 2)

    slope, offset = minimize(loss, np.zeros(2), bounds=((0, None), (None, None))).x
    return np.asarray(expit(slope * scaled + offset))
