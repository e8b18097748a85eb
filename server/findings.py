"""The findings of a verdict, put together: the same swap found five times is one line."""

from dataclasses import dataclass

from detector import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One swap, how often it was found, and what it adds to the score in all."""

    text: str
    original: str | None
    why: str
    times: int
    weight: float


def findings(verdict: Verdict) -> tuple[Finding, ...]:
    """The findings of a verdict, the weightiest first."""
    found: dict[tuple[str, str | None, str], Finding] = {}
    for one in verdict.evidence:
        key = (one.text.lower(), one.likely_original, one.why)
        old = found.get(key, Finding(one.text, one.likely_original, one.why, 0, 0.0))
        found[key] = Finding(old.text, old.original, old.why, old.times + 1, old.weight + one.weight)
    return tuple(sorted(found.values(), key=lambda finding: -finding.weight))
