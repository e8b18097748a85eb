"""Scores of stretches of a text, from prefix sums, and what follows from them: the page's score and its spun share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Overlapping windows of one text, in words: starts and ends intp (k,), scores float64 (k,)."""

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    scores: NDArray[np.float64]


def prefix_sums(per_word: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64 (n + 1,): the sum of the first i contributions, for every i."""
    sums = np.zeros(len(per_word) + 1)
    np.cumsum(per_word, out=sums[1:])
    return sums


def score_windows(sums: NDArray[np.float64], width: int, step: int, intercept: float) -> WindowScores:
    """Score every `width`-word window, `step` words apart; the last one ends with the text.

    A window's score is the sum of its words' contributions over the square root of its length, plus the intercept:
    the same rule as for a whole text, which is one window when it is no longer than `width`.
    """
    n = len(sums) - 1
    starts = np.append(np.arange(0, n - width, step), n - width) if n > width else np.zeros(1, np.intp)
    ends = np.minimum(starts + width, n)
    scores = (sums.take(ends) - sums.take(starts)) / np.sqrt(ends - starts) + intercept
    return WindowScores(starts, ends, scores)


def share_above(windows: WindowScores, threshold: float, words: int) -> float:
    """The share of a text's words for which at least half of their windows score above the threshold, 0 to 1."""
    above = windows.scores > threshold
    if not above.any():
        return 0.0
    covering = _times_covered(windows.starts, windows.ends, words)
    covering_above = _times_covered(windows.starts[above], windows.ends[above], words)
    return float((2 * covering_above >= covering).mean())


def _times_covered(starts: NDArray[np.intp], ends: NDArray[np.intp], words: int) -> NDArray[np.int64]:
    """int64 (words,): how many of the stretches each word lies in."""
    steps = np.bincount(starts, minlength=words + 1) - np.bincount(ends, minlength=words + 1)
    return np.cumsum(steps[:-1])
