"""Labels in, a challenger out: learned from the parent, held to the replay set, judged by the gate."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from tqdm import tqdm

from detector import Detector, load_detector
from training.challenger import Challenger, packed, today
from training.crossfit import FOLDS, Material, margins
from training.gate import Check, Flags, compare
from training.issues import find_issues
from training.labels import Checked, Label, check
from training.lesson import make_lesson, thresholds
from training.replay import Replay, load_replay
from training.rows import WordWeights
from training.stages import Stages
from training.trial import PUSHES, Trial, best, try_push

VERSION = 1  # of what is kept of a run that was stopped


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
    frozen = replay.take(replay.frozen)
    choosing, judging = (frozen.take(np.arange(len(frozen.spun)) % 2 == half) for half in (0, 1))
    with tqdm(total=(len(PUSHES) + 1) * (FOLDS + 1), desc="retraining", unit="fit", disable=None) as bar:

        def tried(name: str, material: Material, push: float) -> Trial:
            trial = stages.run(name, partial(try_push, material, choosing, push, seed, bar.update))
            bar.n = max(bar.n, (tries.index(name) + 1) * (FOLDS + 1))
            bar.refresh()
            return trial

        tries = [f"push-{push}" for push in PUSHES] + ["clean"]
        trials = [tried(name, material, push) for name, push in zip(tries, PUSHES, strict=False)]
        chosen = best(trials, material.spun)
        issues = find_issues(material.labels, chosen.margins)
        clean = _without(material, [issue.number for issue in issues])
        final = tried("clean", clean, chosen.push)
    entries = packed(detector, final.weights)
    shipped = WordWeights.of(replace(detector.tables, word_entries=entries))
    return Challenger(
        id=f"{today()}-{digest[:6]}",
        parent=detector,
        word_entries=entries,
        shift=final.shift,
        push=final.push,
        seed=seed,
        labels_sha256=digest,
        labels=checked,
        unscorable=len(labels) - len(fit_for),
        issues=issues,
        replay=replay,
        checks=_judge(clean, judging, shipped, final, seed),
    )


def _material(detector: Detector, weights: WordWeights, replay: Replay, checked: Checked) -> Material:
    lesson = make_lesson(checked.labels, checked.groups, detector)
    words = np.bincount(lesson.pages, lesson.rows.words).astype(np.int64)
    learned = replay.take(~replay.frozen)
    material = Material(detector, weights, learned, checked.labels, checked.groups, lesson, words, np.zeros(0))
    return replace(material, before=margins(material, np.arange(len(words)), weights))


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


def _judge(material: Material, pages: Replay, weights: WordWeights, final: Trial, seed: int) -> list[Check]:
    line = thresholds(material.parent, pages.rows.words)
    frozen = Flags(
        material.weights.scores(pages.rows) >= line,
        weights.scores(pages.rows) >= line + final.shift,
        pages.spun,
        pages.kinds,
        np.arange(len(pages.spun)),
    )
    ours = np.full(len(material.labels), "")
    labels = Flags(material.before >= 0, final.margins >= 0, material.spun, ours, material.groups)
    return compare(frozen, labels, seed)


def _digest(parent: Detector, labels: Sequence[Label], seed: int) -> str:
    """sha256 over all that a challenger depends on, save the code."""
    digest = hashlib.sha256(f"{parent.manifest['tables_sha256']} {parent.id} {seed}\0".encode())
    for label in labels:
        digest.update(f"{label.id}\0{label.spun}\0{label.site}\0{label.text}\0".encode("utf-8", "replace"))
    return digest.hexdigest()
