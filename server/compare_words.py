"""A comparison in plain English, for the dashboard, the report and the command line alike."""

from collections import Counter
from dataclasses import dataclass

from comparison import Comparison

HEADLINES = {
    "copy": "A copy: the same sentences, nearly all in the same words",
    "spun copy": "A spun copy: the same sentences with words swapped",
    "same topic": "The same topic, but not the same text",
    "unrelated": "Two texts that have nothing to do with each other",
}
LIKELY = {
    "a": "The first reads as the spun one.",
    "b": "The second reads as the spun one.",
    None: "Which of the two is the spun one cannot be told from the wording.",
}
KINDS = {
    "swap": "swapped",
    "name": "name altered",
    "number": "number altered",
    "reworded": "reworded",
    "left_out": "only in the first",
    "put_in": "only in the second",
}


@dataclass(frozen=True, slots=True)
class SwapCount:
    """One swap in lower case, and how often it was made."""

    a: str
    b: str
    times: int


@dataclass(frozen=True, slots=True)
class CompareSummary:
    """What is said of a comparison: one headline, the reason, and which side is the spun one, where that is a question.

    facts: short names and values, as text. swaps: each once, the most frequent first.
    """

    headline: str
    explanation: str
    likely: str | None
    facts: dict[str, str]
    swaps: tuple[SwapCount, ...]


def compared_in_words(comparison: Comparison) -> CompareSummary:
    """The comparison in plain English."""
    likely = LIKELY[comparison.likely_spun] if comparison.answer == "spun copy" else None
    return CompareSummary(
        HEADLINES[comparison.answer], comparison.reason, likely, _facts(comparison), _swaps(comparison)
    )


def _facts(comparison: Comparison) -> dict[str, str]:
    figures = comparison.figures
    return {
        "Words": f"{figures.words_a:,} and {figures.words_b:,}",
        "Names and numbers shared": f"{figures.shared_anchors} of {min(figures.anchors_a, figures.anchors_b)}",
        "In matching sentences": f"{round(figures.matched_share * 100)} %",
        "Same words in these": f"{round(figures.same_words * 100)} %",
        "Swaps": f"{figures.swaps:,}",
        "Names and numbers altered": f"{figures.altered_names + figures.altered_numbers:,}",
        "Changes within quotations": f"{figures.altered_quotations:,}",
        "Sentences only in one": f"{figures.only_in_a} and {figures.only_in_b}",
    }


def _swaps(comparison: Comparison) -> tuple[SwapCount, ...]:
    changes = (change for row in comparison.rows for change in row.changes if change.kind == "swap")
    times = Counter((change.a.text.lower(), change.b.text.lower()) for change in changes)
    return tuple(SwapCount(a, b, count) for (a, b), count in times.most_common())
