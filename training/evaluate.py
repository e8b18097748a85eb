"""Measures a model on documents that no fit has seen: hits by length and tool, false alarms by genre.

"Hits at 1 %" is the share of spun pages above the score that 1 % of the unseen human pages of that length reach.
"Flagged" is what a user sees: the share that the shipped thresholds call suspicious or spun.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from detector import Detector
from training.pages import Page

LENGTHS = (50, 100, 200, 400)
RATE = 0.01
BOOTSTRAPS = 300
RELIABILITY_EDGES = (0.0, 0.003, 0.01, 0.03, 0.1, 0.3, 0.7, 0.9, 0.97, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A page's score and verdict, with what the page is."""

    length: int
    kind: str
    spun: bool
    score: float
    verdict: str
    probability: float


@dataclass(frozen=True, slots=True)
class Hits:
    """How well spun pages of one kind and length are told from human ones; low to high: 95 % interval of hits."""

    kind: str
    length: int
    pages: int
    auroc: float
    hits: float
    low: float
    high: float
    flagged: float


@dataclass(frozen=True, slots=True)
class Flagged:
    """How many pages of one kind and length the shipped thresholds flag: false alarms when they are human."""

    kind: str
    length: int
    pages: int
    suspicious_or_worse: float
    spun: float


def judge(detector: Detector, pages: Sequence[Page]) -> list[Judged]:
    """Every page that can be scored, judged."""
    judged = []
    for page in tqdm(pages, desc="judging", unit="page", disable=None):
        verdict = detector.score(page.text, evidence="none")
        if verdict.score is not None and verdict.probability is not None:
            answer = (verdict.score, verdict.verdict, verdict.probability)
            judged.append(Judged(page.length, page.kind, page.spun, *answer))
    return judged


def hits_table(judged: Sequence[Judged], pooled: str = "") -> list[Hits]:
    """A row for each kind of spun page and length, and with `pooled` one of that name for all kinds together."""
    human = _by_kind([each for each in judged if not each.spun], lambda each: "")
    rows = []
    spun = [each for each in judged if each.spun]
    for (kind, length), group in sorted(
        {**_by_kind(spun if pooled else [], lambda _: pooled), **_by_kind(spun, lambda e: e.kind)}.items()
    ):
        people = human.get(("", length))
        if people:
            rows.append(_hits(kind, length, group, people))
    return rows


def flagged_table(judged: Sequence[Judged]) -> list[Flagged]:
    """A row for each kind of page and length."""
    return [
        Flagged(
            kind,
            length,
            len(group),
            round(float(np.mean([each.verdict != "clean" for each in group])), 5),
            round(float(np.mean([each.verdict == "spun" for each in group])), 5),
        )
        for (kind, length), group in sorted(_by_kind(judged, lambda each: each.kind).items())
    ]


def calibration_error(judged: Sequence[Judged], prior: float, bins: int = 10) -> float:
    """Expected calibration error of the probability, the pages re-weighted to the stated prior (Guo et al. 2017)."""
    spun, probability, weight = _weighted(judged, prior)
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [abs(float((weight * (spun - probability))[bin_of == number].sum())) for number in range(bins)]
    return sum(gaps)


def reliability(judged: Sequence[Judged], prior: float) -> list[list[float]]:
    """For each band of probability: the mean stated, and the share that was spun, at the stated prior."""
    spun, probability, weight = _weighted(judged, prior)
    band = np.digitize(probability, RELIABILITY_EDGES[1:-1])
    points = []
    for number in np.unique(band):
        here = band == number
        stated, found = (float(np.average(values[here], weights=weight[here])) for values in (probability, spun))
        points.append([round(stated, 5), round(found, 5)])
    return points


def _weighted(judged: Sequence[Judged], prior: float) -> tuple[NDArray[np.bool_], NDArray[Any], NDArray[Any]]:
    """Which pages are spun, their stated probabilities, and weights that make the share of spun ones the prior."""
    spun = np.array([each.spun for each in judged])
    probability = np.array([each.probability for each in judged])
    return spun, probability, np.where(spun, prior / spun.sum(), (1 - prior) / (~spun).sum())


def report(judged: Sequence[Judged], partly: Sequence[Judged], prior: float) -> dict[str, Any]:
    """All measures as plain numbers, for metrics.json and the model card."""
    return {
        "hits": [asdict(row) for row in hits_table(judged, "all tools")],
        "partly_spun": [asdict(row) for row in hits_table(partly)],
        "false_alarms": [asdict(row) for row in flagged_table([each for each in judged if not each.spun])],
        "calibration_error": round(calibration_error(judged, prior), 5),
        "reliability": reliability(judged, prior),
        "roc": roc_points(judged),
    }


def roc_points(judged: Sequence[Judged]) -> dict[str, list[list[float]]]:
    """For each length: pairs of false-alarm rate and hits, at rates from 1 in 2,000 upwards."""
    curves = {}
    for length in sorted({each.length for each in judged}):
        human = _scores([each for each in judged if each.length == length and not each.spun])
        spun = _scores([each for each in judged if each.length == length and each.spun])
        if len(human) and len(spun):
            rates = np.geomspace(5e-4, 1.0, 40)
            curves[str(length)] = [
                [round(float(r), 6), round(float(np.mean(spun > np.quantile(human, 1 - r))), 5)] for r in rates
            ]
    return curves


def told_apart(spun: NDArray[np.float64], human: NDArray[np.float64]) -> dict[str, float]:
    """How well scores of spun pages lie above those of human ones; low to high: the hits' 95 % bootstrap interval."""
    labels = np.repeat((1, 0), (len(spun), len(human)))
    auroc = roc_auc_score(labels, np.concatenate((spun, human)))
    hit = spun > np.quantile(human, 1 - RATE)
    means = np.random.default_rng(0).choice(hit, (BOOTSTRAPS, len(hit))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    shares = {"auroc": auroc, "hits": hit.mean(), "low": low, "high": high}
    return {name: round(float(share), 5) for name, share in shares.items()}


def _hits(kind: str, length: int, spun: Sequence[Judged], human: Sequence[Judged]) -> Hits:
    flagged = round(float(np.mean([each.verdict != "clean" for each in spun])), 5)
    return Hits(kind, length, len(spun), **told_apart(_scores(spun), _scores(human)), flagged=flagged)


def _by_kind(judged: Sequence[Judged], kind_of: Any) -> dict[tuple[str, int], list[Judged]]:
    groups: dict[tuple[str, int], list[Judged]] = defaultdict(list)
    for each in judged:
        groups[kind_of(each), each.length].append(each)
    return groups


def _scores(judged: Sequence[Judged]) -> NDArray[np.float64]:
    return np.array([each.score for each in judged])
