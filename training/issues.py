"""Labels that are likely wrong, by confident learning (Northcutt, Jiang and Chuang, 2021).

A label is doubted when models that had not seen its site are as sure of the other answer as they are, on average, of
pages that bear the other label.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from training.labels import Label

# No more than this share of a kind is set aside: where models doubt more, they know too little to say.
MAX_SHARE = 0.25


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
    chance = expit(margins)
    spun = np.array([label.spun for label in labels], bool)
    issues: list[Issue] = []
    for kind in (True, False):
        against = 1 - chance if kind else chance
        own, other = np.flatnonzero(spun == kind), spun != kind
        sure = max(0.5, float(against[other].mean()))
        doubted = sorted((i for i in own.tolist() if against[i] >= sure), key=lambda i: -against[i])
        chosen = doubted[: int(MAX_SHARE * len(own))]
        issues += [Issue(i, labels[i].id, labels[i].site, kind, round(float(chance[i]), 4)) for i in chosen]
    return sorted(issues, key=lambda issue: -abs(issue.labelled_spun - issue.spun_chance))
