"""The answer: one frozen Verdict, the same in Python, JSON and JavaScript.

Offsets (`start`, `end`) count UTF-16 code units of the text that was sent, end exclusive, because that is
what JavaScript strings and DOM ranges count.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

API_VERSION = 1

Label = Literal["spun", "suspicious", "clean", "unscorable"]
Reason = Literal["too_short", "not_english", "not_prose"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One phrase that moved the score. `weight` is its share of the score, in the score's own units."""

    start: int
    end: int
    text: str
    weight: float
    why: str
    likely_original: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The score of one stretch of the text."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Family:
    """The spinner whose dictionary the text resembles; `name` is "unknown" when no family stands out.

    pairs: (spun, original) wording that tells it from the other families, the most telling first, at most five.
    """

    name: str
    confidence: float
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What unspun says of one text.

    score: log-odds-like, unbounded; only comparable within one model.
    probability: calibrated chance that the text is spun, at the model's stated prior.
    false_alarm_rate: share of human-written articles of this length that score at least this high.
    spun_share: share of the words that lie in windows scoring above the human range.
    All four are None when the verdict is `unscorable`, and `reason` says why.
    """

    verdict: Label
    reason: Reason | None
    score: float | None
    probability: float | None
    false_alarm_rate: float | None
    words: int
    spun_share: float | None
    family: Family | None
    evidence: tuple[Evidence, ...]
    windows: tuple[Window, ...]
    model: str
    marks: tuple[str, ...] = ()
    extractor: str | None = None
    api: int = API_VERSION

    def with_extractor(self, extractor: str | None) -> "Verdict":
        """The same verdict, saying which extractor read the page."""
        return replace(self, extractor=extractor)

    def as_json(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, in the order of the fields."""
        row = asdict(self)
        for key in ("evidence", "windows", "marks"):
            row[key] = list(row[key])
        if self.family is not None:
            row["family"]["pairs"] = [list(pair) for pair in self.family.pairs]
        return row
