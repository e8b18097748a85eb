"""From a score to rates that mean something: how many human texts score as high, and how likely the text is spun.

The manifest holds, for a ladder of text lengths, the score that each of a ladder of human false-alarm rates reaches
(the worst of several human domains; training/calibrate.py). Between rungs both are interpolated on a log scale.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from detector.verdict import Label


@dataclass(frozen=True, slots=True)
class Calibration:
    """Ladders of one model. `scores[i][j]` is reached by a share `rates[j]` of human texts of `lengths[i]` words."""

    lengths: tuple[int, ...]
    rates: tuple[float, ...]
    scores: tuple[tuple[float, ...], ...]
    logistic: tuple[tuple[float, float], ...]
    prior: float
    suspicious: float
    spun: float

    @classmethod
    def from_manifest(cls, manifest: dict[str, Any]) -> "Calibration":
        """Read the ladders and thresholds of a manifest."""
        ladder, thresholds = manifest["calibration"], manifest["thresholds"]
        return cls(
            lengths=tuple(ladder["lengths"]),
            rates=tuple(ladder["rates"]),
            scores=tuple(map(tuple, ladder["scores"])),
            logistic=tuple((slope, offset) for slope, offset in ladder["logistic"]),
            prior=manifest["prior"],
            suspicious=thresholds["suspicious"],
            spun=thresholds["spun"],
        )

    def false_alarm_rate(self, score: float, words: int) -> float:
        """The share of human texts of this length that score at least this high; never below the last rung."""
        low, high, part = self._rungs(words)
        ladder = [a + (b - a) * part for a, b in zip(self.scores[low], self.scores[high], strict=True)]
        if score <= ladder[0]:
            return 1.0
        above = bisect_right(ladder, score)
        if above == len(ladder):
            return self.rates[-1]
        between = (score - ladder[above - 1]) / (ladder[above] - ladder[above - 1])
        return math.exp(_mix(math.log(self.rates[above - 1]), math.log(self.rates[above]), between))

    def score_at(self, rate: float, words: int) -> float:
        """The score that a share `rate` of human texts of this length reach; `rate` is a rung."""
        low, high, part = self._rungs(words)
        rung = self.rates.index(rate)
        return _mix(self.scores[low][rung], self.scores[high][rung], part)

    def probability(self, score: float, words: int) -> float:
        """The calibrated chance that the text is spun, at the stated prior."""
        low, high, part = self._rungs(words)
        slope = _mix(self.logistic[low][0], self.logistic[high][0], part)
        offset = _mix(self.logistic[low][1], self.logistic[high][1], part)
        log_odds = slope * score + offset + math.log(self.prior / (1 - self.prior))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))

    def label(self, false_alarm_rate: float) -> Label:
        """The decision that a rate leads to."""
        if false_alarm_rate <= self.spun:
            return "spun"
        return "suspicious" if false_alarm_rate <= self.suspicious else "clean"

    def _rungs(self, words: int) -> tuple[int, int, float]:
        """The rungs below and above a length, and how far it lies between them (0 to 1)."""
        high = bisect_right(self.lengths, words)
        if high == 0:
            return 0, 0, 0.0
        if high == len(self.lengths):
            return high - 1, high - 1, 0.0
        below, above = self.lengths[high - 1], self.lengths[high]
        return high - 1, high, math.log(words / below) / math.log(above / below)


def _mix(low: float, high: float, part: float) -> float:
    return low + (high - low) * part
