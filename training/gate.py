"""The gate a retrained model must pass: never worse than its parent, beyond noise, in anything that is measured.

Frozen pages of the replay set, which neither model learned from, and the labels themselves, each judged by models that
had not seen its site. A change is beyond noise when the 95 % interval of a paired bootstrap lies wholly on the wrong
side; then it may still be as small as the slack below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Measure = Literal["hits", "false alarms"]
HITS_SLACK, ALARMS_SLACK = 0.01, 0.002
RESAMPLES = 2000
EVERYTHING, LABELS = "all frozen pages", "your labels"


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: shares flagged by the parent and by the challenger, and the 95 % interval of the change."""

    measure: Measure
    kind: str
    pages: int
    parent: float
    challenger: float
    low: float
    high: float

    @property
    def passed(self) -> bool:
        """Whether nothing got worse beyond noise and slack."""
        change = self.challenger - self.parent
        if self.measure == "hits":
            return self.high >= 0 or change >= -HITS_SLACK
        return self.low <= 0 or change <= ALARMS_SLACK


@dataclass(frozen=True, slots=True)
class Flags:
    """What two models flag of the same pages, bool (pages,). spun: what the pages are; kinds, groups: their names."""

    parent: NDArray[np.bool_]
    challenger: NDArray[np.bool_]
    spun: NDArray[np.bool_]
    kinds: NDArray[np.str_]
    groups: NDArray[np.int64]


def compare(frozen: Flags, labels: Flags, seed: int) -> list[Check]:
    """A check of hits and false alarms on the frozen pages, all and each kind, and on the labels."""
    checks = [_check(frozen, frozen.spun == spun, EVERYTHING, spun, seed) for spun in (True, False)]
    for spun in (False, True):
        for kind in np.unique(frozen.kinds[frozen.spun == spun]).tolist():
            checks.append(_check(frozen, (frozen.spun == spun) & (frozen.kinds == kind), kind, spun, seed))
    return checks + [_check(labels, labels.spun == spun, LABELS, spun, seed) for spun in (True, False)]


def reasons(checks: Sequence[Check]) -> list[str]:
    """Why a challenger is not promoted; empty when it is."""
    found = [
        f"{check.measure} on {check.kind}: {check.parent:.2%} before, {check.challenger:.2%} now ({check.pages} pages)"
        for check in checks
        if not check.passed
    ]
    gained = next(check for check in checks if check.kind == LABELS and check.measure == "hits")
    alarms = next(check for check in checks if check.kind == LABELS and check.measure == "false alarms")
    if gained.challenger <= gained.parent and alarms.challenger >= alarms.parent:
        found.append("nothing was gained: on labels of unseen sites it flags no more spun and no fewer honest pages")
    return found


def _check(flags: Flags, wanted: NDArray[np.bool_], kind: str, spun: bool, seed: int) -> Check:
    parent, challenger = flags.parent[wanted], flags.challenger[wanted]
    change = challenger.astype(np.int64) - parent
    low, high = paired_interval(change, flags.groups[wanted], seed)
    before, after = (float(each.mean()) if len(each) else 0.0 for each in (parent, challenger))
    return Check("hits" if spun else "false alarms", kind, len(change), before, after, low, high)


def paired_interval(change: NDArray[np.int64], groups: NDArray[np.int64], seed: int) -> tuple[float, float]:
    """The 95 % interval of the mean change; groups of pages that belong together are drawn whole."""
    if not change.any():
        return 0.0, 0.0
    members = np.unique(groups, return_inverse=True)[1]
    sums, sizes = np.bincount(members, change), np.bincount(members)
    draws = np.random.default_rng(seed).integers(len(sums), size=(RESAMPLES, len(sums)))
    low, high = np.quantile(sums[draws].sum(axis=1) / sizes[draws].sum(axis=1), (0.025, 0.975))
    return float(low), float(high)
