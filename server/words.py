"""A verdict in plain English, for the dashboard and the command line alike."""

from dataclasses import dataclass

from detector import Verdict

HEADLINES = {
    "spun": "Very likely rewritten by a synonym spinner",
    "suspicious": "Possibly rewritten by a synonym spinner",
    "clean": "No sign of a synonym spinner",
    "unscorable": "Not judged",
}
REASONS = {
    "too_short": "The text is too short to judge. Give a few whole paragraphs.",
    "not_english": "The text does not look English, the only language unspun reads.",
    "not_prose": "This does not look like running prose, such as an article. Lists, tables and code are not judged.",
}
CLEAN_MEANS = "It reads as people write. Light or unusual rewriting can be missed."
RAREST_RATE = 1e-6


@dataclass(frozen=True, slots=True)
class Summary:
    """What is said of a verdict: one headline, one sentence under it, and facts one may want."""

    headline: str
    explanation: str
    share: str | None
    family: str | None


def in_words(verdict: Verdict) -> Summary:
    """The verdict in plain English."""
    if verdict.verdict == "unscorable":
        return Summary(HEADLINES["unscorable"], REASONS.get(verdict.reason or "", ""), None, None)
    return Summary(
        HEADLINES[verdict.verdict],
        CLEAN_MEANS if verdict.verdict == "clean" else false_alarm_in_words(verdict.false_alarm_rate or 0.0),
        _share_in_words(verdict.spun_share) if verdict.verdict != "clean" else None,
        _family_in_words(verdict),
    )


def false_alarm_in_words(rate: float) -> str:
    """How many human-written articles score this high."""
    if rate < RAREST_RATE:
        return "Almost no human-written article of this length scores this high."
    return f"About 1 in {_two_digits(1 / rate):,} human-written articles of this length score this high."


def _two_digits(number: float) -> int:
    """Rounded to two digits: the figure is an estimate and should look like one."""
    return int(float(f"{number:.1e}"))


def _share_in_words(share: float | None) -> str | None:
    return None if share is None else f"{round(share * 100)} % of the text looks spun"


def _family_in_words(verdict: Verdict) -> str | None:
    if verdict.family is None or verdict.family.name == "unknown":
        return None
    return f"{verdict.family.name} ({min(99, round(verdict.family.confidence * 100))} % sure)"
