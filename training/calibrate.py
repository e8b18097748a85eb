"""Sets the ladders that turn scores into false-alarm rates and probabilities.

The human texts are scored by models that never saw their source, so that the rates hold for sites, authors and outlets
that the shipped model has not met either. At every length a rate holds for the genres together, each counting the same,
and is exceeded by no more than GENRE_SLACK in the worst of them. Within a genre a rate is the share of texts
that score as high (split conformal); where fewer than MIN_BEYOND texts lie beyond, an exponential tail fitted to the
top TAIL_SHARE goes on from there (peaks over threshold, shape 0).
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

LENGTHS = (50, 75, 100, 150, 200, 300, 400, 600, 1000, 2000)
RATES = (0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001)
MIN_BEYOND = 10
TAIL_SHARE = 0.05
# A genre with fewer texts of a length than this has no 1 % quantile of its own, and counts with the other small ones.
MIN_TEXTS = 1000
SMALL_GENRES = "others"
GENRE_SLACK = 1.5
MIN_RUNG = 1e-4  # rungs rise by at least this much, so that interpolation never divides by nothing


@dataclass(frozen=True, slots=True)
class Scored:
    """A page's score, with what it is: words asked for, genre, and whether it was spun."""

    score: float
    length: int
    genre: str
    spun: bool


def calibration(scored: Sequence[Scored]) -> dict[str, Any]:
    """The `calibration` entry of a manifest."""
    human: dict[int, list[Scored]] = defaultdict(list)
    spun: dict[int, list[Scored]] = defaultdict(list)
    for each in scored:
        (spun if each.spun else human)[each.length].append(each)
    lengths = [length for length in LENGTHS if human[length] and spun[length]]
    return {
        "lengths": lengths,
        "rates": list(RATES),
        "scores": [[round(x, 5) for x in ladder(by_genre(human[length]))] for length in lengths],
        "logistic": [logistic(_scores(human[length]), _scores(spun[length])) for length in lengths],
    }


def by_genre(scored: Sequence[Scored]) -> dict[str, NDArray[np.float64]]:
    """Scores by genre, the genres with few texts together."""
    groups: dict[str, list[float]] = defaultdict(list)
    for each in scored:
        groups[each.genre].append(each.score)
    large = {genre: np.array(scores) for genre, scores in groups.items() if len(scores) >= MIN_TEXTS}
    rest = [score for genre, scores in groups.items() if genre not in large for score in scores]
    if len(rest) >= MIN_TEXTS or not large:
        large[SMALL_GENRES] = np.array(rest)
    return large


def ladder(genres: Mapping[str, NDArray[np.float64]]) -> list[float]:
    """The score of each of RATES, strictly rising.

    At most that share of all genres' texts reach it, each genre counting the same, and in none more than GENRE_SLACK
    times that share.
    """
    scores = np.concatenate(list(genres.values()))
    weight = np.concatenate([np.full(len(each), 1 / len(each)) for each in genres.values()]) / len(genres)
    order = np.argsort(scores)
    ordered, share_below = scores[order], np.cumsum(weight[order])
    rungs: list[float] = []
    for rate in RATES:
        together = float(ordered[min(len(ordered) - 1, int(np.searchsorted(share_below, 1 - rate)))])
        worst = max(upper_quantile(each, rate * GENRE_SLACK) for each in genres.values())
        rung = max(together, worst)
        rungs.append(max(rung, rungs[-1] + MIN_RUNG) if rungs else rung)
    return rungs


def upper_quantile(scores: NDArray[np.float64], rate: float) -> float:
    """The score that a share `rate` of the texts this sample stands for reach."""
    n = len(scores)
    ordered = np.sort(scores)[::-1]
    beyond = math.floor(rate * (n + 1))
    if beyond >= MIN_BEYOND:
        return float(ordered[beyond - 1])
    anchor = min(n - 1, max(MIN_BEYOND, round(TAIL_SHARE * n)))
    excess = float((ordered[:anchor] - ordered[anchor]).mean())
    return float(ordered[anchor]) + excess * math.log(max(1.0, (anchor + 1) / (n + 1) / rate))


def logistic(human: NDArray[np.float64], spun: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and offset of the log-odds of being spun given the score, at even prior (Platt 1999)."""
    scores = np.concatenate((human, spun)).reshape(-1, 1)
    labels = np.repeat((0, 1), (len(human), len(spun)))
    model = LogisticRegression(class_weight="balanced").fit(scores, labels)
    return round(float(model.coef_[0, 0]), 5), round(float(model.intercept_[0]), 5)


def _scores(scored: Sequence[Scored]) -> NDArray[np.float64]:
    return np.array([each.score for each in scored])
