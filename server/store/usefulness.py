"""What a model would learn most from: which unlabelled page to ask a reader about first, and why.

Uncertainty sampling (Lewis and Gale, 1994), with two reasons added: spun wording of no known family, and a verdict
that disagrees with what readers said of the same site. Pages near the threshold and pages of something new teach more
than pages that are plainly one or the other.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

# What a page of an unknown family, or one at odds with its site's labels, is worth against one right on the threshold.
NEW_FAMILY, DISAGREES = 0.6, 0.5
CLOSE = 0.5  # from here on nearness is told as a reason: within about a factor of five of the threshold
FLAGGED = ("spun", "suspicious")
RAREST = 1e-7


@dataclass(frozen=True, slots=True)
class SiteLabels:
    """How many texts of one site are labelled what."""

    spun: int
    not_spun: int


@dataclass(frozen=True, slots=True)
class Worth:
    """How much one page would teach, about 0 to 2, and the reasons in words."""

    value: float
    reasons: tuple[str, ...]


def worth(
    verdict: str,
    false_alarm_rate: float | None,
    family: str | None,
    site: SiteLabels | None,
    thresholds: Mapping[str, float],
) -> Worth:
    """What labelling a page with this verdict would teach. site: the labels of the page's own site."""
    reasons = []
    value = nearness(false_alarm_rate, thresholds["suspicious"])
    if value >= CLOSE:
        reasons.append("close to the line between clean and suspicious")
    if verdict in FLAGGED and family in (None, "unknown"):
        value += NEW_FAMILY
        reasons.append("looks spun, by no spinner that the model knows")
    if site is not None and site.spun > site.not_spun and verdict == "clean":
        value += DISAGREES
        reasons.append("judged clean, though you labelled pages of this site spun")
    if site is not None and site.not_spun > site.spun and verdict in FLAGGED:
        value += DISAGREES
        reasons.append("flagged, though you labelled pages of this site not spun")
    return Worth(value, tuple(reasons))


def nearness(false_alarm_rate: float | None, threshold: float) -> float:
    """1 on the threshold, halved with every factor of about five away from it; 0 for a page that was not judged."""
    if false_alarm_rate is None:
        return 0.0
    return math.exp(-abs(math.log10(max(false_alarm_rate, RAREST) / threshold)))
