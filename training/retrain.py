"""Labels in, a challenger out: learned from the parent, held to the replay set, judged by the gate, written whole."""

import datetime
import hashlib
import importlib.metadata
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_expit
from tqdm import tqdm

from detector import Detector, load_detector
from training.crossfit import FOLDS, Crossed, Material, cross_fit, margins
from training.gate import Check, Flags, compare, reasons
from training.issues import Issue, find_issues
from training.labels import Checked, Label, check
from training.lesson import make_lesson, thresholds
from training.replay import Replay, load_replay
from training.rows import WordWeights
from training.stages import Stages
from training.update import update

# What a labelled page may count against a page of the replay set; which, the labels themselves tell.
WEIGHTS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
VERSION = 1  # of what is kept of a run that was stopped

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Challenger:
    """A retrained model in memory, and how it was judged. word_entries: its table, with the parent's codebook.

    shift: by how much its ladders rose. issues: labels that it did not learn from.
    """

    id: str
    parent: Detector
    word_entries: NDArray[Any]
    shift: float
    weight: float
    seed: int
    labels_sha256: str
    labels: Checked
    unscorable: int
    issues: Sequence[Issue]
    replay: Replay
    checks: Sequence[Check]

    @property
    def reasons(self) -> list[str]:
        """Why it must not be promoted; empty when it may be."""
        return reasons(self.checks)

    @property
    def manifest(self) -> dict[str, Any]:
        """The parent's, its ladders moved, with where this model comes from."""
        old = self.parent.manifest
        ladders = old["calibration"]
        moved = ladders | {
            "scores": [[round(score + self.shift, 5) for score in scores] for scores in ladders["scores"]],
            "logistic": [[slope, round(offset - slope * self.shift, 5)] for slope, offset in ladders["logistic"]],
        }
        told = {
            "labels": len(self.labels.labels),
            "spun": sum(label.spun for label in self.labels.labels),
            "sites": len({label.site for label in self.labels.labels}),
            "labels_sha256": self.labels_sha256,
            "copies": self.labels.copies,
            "crowded": self.labels.crowded,
            "unscorable": self.unscorable,
            "set_aside": len(self.issues),
            "weight": self.weight,
            "shift": round(self.shift, 5),
            "versions": {name: importlib.metadata.version(name) for name in ("unspun", "numpy", "scipy")},
            "gate": self.reasons or "passed",
        }
        return old | {
            "id": self.id,
            "created": _today(),
            "parents": [self.parent.id],
            "seed": self.seed,
            "calibration": moved,
            "retrained": told,
        }


def challenge(parent: Path, labels: Sequence[Label], *, cache: Path, seed: int = 0) -> Challenger:
    """Retrain the model in folder `parent` from labels, and judge what came of it. Deterministic.

    What takes long is kept in the cache: a run that was stopped goes on where it was. Raises InputError for labels
    that cannot be learned from, ModelError for a model that cannot be retrained.
    """
    detector = load_detector(parent)
    weights = WordWeights.of(detector.tables)
    replay = load_replay(parent, weights)
    fit_for = [label for label in labels if detector.score(label.text, "none").score is not None]
    checked = check(fit_for)
    digest = _digest(detector, checked.labels, seed)
    material = _material(detector, weights, replay, checked)
    stages = Stages(cache / "retrain", f"{VERSION} {digest}")
    with tqdm(total=(len(WEIGHTS) + 1) * FOLDS + 1, desc="retraining", unit="fit", disable=None) as bar:
        tried = [
            stages.run(f"weight-{weight}", partial(cross_fit, material, weight, seed, bar.update)) for weight in WEIGHTS
        ]
        bar.update(len(WEIGHTS) * FOLDS - bar.n)
        best = min(range(len(WEIGHTS)), key=lambda i: _loss(tried[i], material))
        issues = find_issues(material.labels, tried[best].after - tried[best].shift)
        clean = _without(material, [issue.number for issue in issues])
        crossed = stages.run("clean", lambda: cross_fit(clean, WEIGHTS[best], seed, bar.update))
        learned = update(weights, clean.lesson, clean.replay, WEIGHTS[best])
        bar.update(bar.total - bar.n)
    entries = _packed(detector, learned)
    checks = _judge(clean, replay, WordWeights.of(replace(detector.tables, word_entries=entries)), crossed, seed)
    return Challenger(
        id=f"{_today()}-{digest[:6]}",
        parent=detector,
        word_entries=entries,
        shift=crossed.shift,
        weight=WEIGHTS[best],
        seed=seed,
        labels_sha256=digest,
        labels=checked,
        unscorable=len(labels) - len(fit_for),
        issues=issues,
        replay=replay,
        checks=checks,
    )


def _material(detector: Detector, weights: WordWeights, replay: Replay, checked: Checked) -> Material:
    lesson = make_lesson(checked.labels, checked.groups, detector)
    words = np.bincount(lesson.pages, lesson.rows.words).astype(np.int64)
    learned = replay.take(~replay.frozen)
    material = Material(detector, weights, learned, checked.labels, checked.groups, lesson, words, np.zeros(0))
    return replace(material, before=margins(material, np.arange(len(words)), weights))


def _loss(crossed: Crossed, material: Material) -> float:
    """The mean logistic loss of unseen labels, both kinds counting the same, once the ladders have followed."""
    right = np.where(material.spun, 1, -1) * (crossed.after - crossed.shift)
    return float(sum(-log_expit(right[kind]).mean() for kind in (material.spun, ~material.spun)))


def _without(material: Material, numbers: Sequence[int]) -> Material:
    """The material without some of its labels."""
    kept = np.ones(len(material.labels), bool)
    kept[list(numbers)] = False
    number = np.cumsum(kept) - 1
    lesson = material.lesson.take(kept[material.lesson.pages])
    return replace(
        material,
        labels=tuple(label for label, keep in zip(material.labels, kept, strict=True) if keep),
        groups=material.groups[kept],
        lesson=replace(lesson, pages=number[lesson.pages]),
        words=material.words[kept],
        before=material.before[kept],
    )


def _packed(parent: Detector, learned: WordWeights) -> NDArray[Any]:
    """The table of word n-grams in the parent's codebook; what was not moved keeps its very code."""
    tables = parent.tables
    old = WordWeights.of(tables)
    moved = np.flatnonzero((old.weights != learned.weights) | (old.checks != learned.checks))
    order = np.argsort(tables.word_book)
    book = tables.word_book[order]
    right = np.clip(np.searchsorted(book, learned.weights[moved]), 1, len(book) - 1)
    nearer = learned.weights[moved] - book[right - 1] < book[right] - learned.weights[moved]
    codes = order[right - nearer]
    entries = tables.word_entries.copy()
    kind = entries.dtype.type
    entries[moved] = learned.checks[moved].astype(kind) << kind(tables.check_shift) | codes.astype(kind)
    return entries


def _judge(material: Material, replay: Replay, weights: WordWeights, crossed: Crossed, seed: int) -> list[Check]:
    pages = replay.take(replay.frozen)
    line = thresholds(material.parent, pages.rows.words)
    frozen = Flags(
        material.weights.scores(pages.rows) >= line,
        weights.scores(pages.rows) >= line + crossed.shift,
        pages.spun,
        pages.kinds,
        np.arange(len(pages.spun)),
    )
    ours = np.full(len(material.labels), "")
    labels = Flags(material.before >= 0, crossed.after >= crossed.shift, material.spun, ours, material.groups)
    return compare(frozen, labels, seed)


def _digest(parent: Detector, labels: Sequence[Label], seed: int) -> str:
    """sha256 over all that a challenger depends on, save the code."""
    digest = hashlib.sha256(f"{parent.manifest['tables_sha256']} {parent.id} {seed}\0".encode())
    for label in labels:
        digest.update(f"{label.id}\0{label.spun}\0{label.site}\0{label.text}\0".encode("utf-8", "replace"))
    return digest.hexdigest()


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()
