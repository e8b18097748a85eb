"""How a retrained model does on labels it has not learned from: by groups, a site never on both sides.

Each of FOLDS models learns without some groups of labels, and judges these.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector import Detector
from training.labels import Label
from training.lesson import Lesson, thresholds
from training.replay import Replay
from training.rows import WordWeights
from training.update import update

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is retrained from. lesson, groups, before: of `labels`; before: their pages' margins by the parent.

    A margin is a page's score less the score from which a page of its length is suspicious.
    """

    parent: Detector
    weights: WordWeights
    replay: Replay
    labels: tuple[Label, ...]
    groups: NDArray[np.int64]
    lesson: Lesson
    words: NDArray[np.int64]
    before: NDArray[np.float64]

    @property
    def spun(self) -> NDArray[np.bool_]:
        """bool (labels,): which are labelled spun."""
        return np.array([label.spun for label in self.labels], bool)


def cross_fit(material: Material, push: float, seed: int, tick: Callable[[], object]) -> NDArray[np.float64]:
    """float64 (labels,): margins by FOLDS models that had not seen a label's group. tick: called after each."""
    label_fold = deal(material.groups, material.spun, seed)
    after = np.zeros(len(material.labels))
    for fold in range(FOLDS):
        here = label_fold == fold
        lesson = material.lesson.take(~here[material.lesson.pages])
        after[here] = margins(material, np.flatnonzero(here), update(material.weights, lesson, material.replay, push))
        tick()
    return after


def margins(material: Material, wanted: NDArray[np.intp], weights: WordWeights) -> NDArray[np.float64]:
    """The margins of some of the labels' pages by these weights."""
    parent = material.parent
    detector = Detector(parent.manifest, weights.tables(parent.tables))
    scores = [detector.page_score(material.labels[i].text) for i in wanted]
    return np.array(scores) - thresholds(parent, material.words[wanted])


def deal(groups: NDArray[np.int64], spun: NDArray[np.bool_], seed: int) -> NDArray[np.int64]:
    """int64, same length: a fold for each label, whole groups together, both kinds spread evenly."""
    names, members = np.unique(groups, return_inverse=True)
    counts = np.array([np.bincount(members, kind, len(names)) for kind in (spun, ~spun)]).T
    totals = np.zeros((FOLDS, 2))
    fold_of = np.zeros(len(names), np.int64)
    shuffled = np.random.default_rng(seed).permutation(len(names))
    for name in shuffled[np.argsort(-counts[shuffled].sum(axis=1), kind="stable")]:
        fold = int(np.argmin((totals * counts[name]).sum(axis=1) + 1e-6 * totals.sum(axis=1)))
        fold_of[name] = fold
        totals[fold] += counts[name]
    return fold_of[members]
