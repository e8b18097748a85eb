"""How a retrained model does on pages it has not learned from: labels by groups, human pages by genres.

Each of FOLDS models learns without some groups of labels and some genres of the replay set, and judges these. Scores
of honest pages rise a little with every retraining; by how much the ladders must follow is measured here.
"""

from collections.abc import Callable, Sequence
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
# Of the honest pages of a kind the highest-scoring share, and at least so many: those that thresholds are about.
TOP_SHARE, MIN_TOP = 0.2, 5


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


@dataclass(frozen=True, slots=True)
class Crossed:
    """after: float64 (labels,), margins by models that had not seen a label's group, before the ladders follow.

    shift: by how much the ladders must rise.
    """

    after: NDArray[np.float64]
    shift: float


def cross_fit(material: Material, weight: float, seed: int, tick: Callable[[], object]) -> Crossed:
    """Retrain FOLDS times. tick: called after each."""
    label_fold = deal(material.groups, material.spun, seed)
    kind_fold = _kind_folds(material.replay)
    after = np.zeros(len(material.labels))
    rises: list[float] = []
    for fold in range(FOLDS):
        here, kinds_here = label_fold == fold, kind_fold == fold
        lesson = material.lesson.take(~here[material.lesson.pages])
        weights = update(material.weights, lesson, material.replay.take(~kinds_here), weight)
        after[here] = margins(material, np.flatnonzero(here), weights)
        unseen = material.replay.take(kinds_here)
        old, new = material.weights.scores(unseen.rows), weights.scores(unseen.rows)
        rises += [rise(old[unseen.kinds == kind], new[unseen.kinds == kind]) for kind in np.unique(unseen.kinds)]
        tick()
    honest = ~material.spun
    rises.append(rise(material.before[honest], after[honest]))
    return Crossed(after, max(0.0, *rises))


def margins(material: Material, wanted: NDArray[np.intp], weights: WordWeights) -> NDArray[np.float64]:
    """The margins of some of the labels' pages by these weights."""
    parent = material.parent
    detector = Detector(parent.manifest, weights.tables(parent.tables))
    scores = [detector.page_score(material.labels[i].text) for i in wanted]
    return np.array(scores) - thresholds(parent, material.words[wanted])


def rise(old: NDArray[np.float64], new: NDArray[np.float64]) -> float:
    """By how much the highest-scoring pages rose: the mean, and one standard error more."""
    top = np.argsort(new)[-max(MIN_TOP, round(TOP_SHARE * len(new))) :]
    moved = (new - old)[top]
    return float(moved.mean() + moved.std() / np.sqrt(len(moved)))


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


def _kind_folds(replay: Replay) -> NDArray[np.int64]:
    """A fold for each human page, by genre; -1 for spun pages, which are in every fold's lesson."""
    kinds: Sequence[str] = np.unique(replay.kinds[~replay.spun]).tolist()
    fold = {kind: number % FOLDS for number, kind in enumerate(kinds)}
    return np.array(
        [-1 if spun else fold[kind] for kind, spun in zip(replay.kinds, replay.spun, strict=True)], np.int64
    )
