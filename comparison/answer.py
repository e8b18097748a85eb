"""From figures to an answer, and the reason in words.

The thresholds were set with benchmarks/compare.py on documents other than those its figures are of.
"""

from comparison.result import Answer, Figures

# From this share of copied words on, one was made from the other: spun copies had .60 or more, two texts on one topic
# .31 or less.
MIN_COPIED_SHARE = 0.4
# Fewer swaps than this in 100 words are the work of an editor; spun copies had 2 at least.
MAX_COPY_SWAPS = 1.5
# Names and numbers shared by two texts on one topic: how many, and which share of the text that has fewer.
MIN_TOPIC_ANCHORS = 3
MIN_TOPIC_SHARE = 0.15
# ... or as large a share of longer words, where texts name nobody.
MIN_TOPIC_WORDING = 0.2


def answer_of(figures: Figures) -> Answer:
    """What the figures say the two texts are to each other."""
    if figures.copied_share >= MIN_COPIED_SHARE:
        return "copy" if figures.swaps_per_100 < MAX_COPY_SWAPS else "spun copy"
    shares_names = figures.shared_anchors >= MIN_TOPIC_ANCHORS and figures.anchor_share >= MIN_TOPIC_SHARE
    is_topic = shares_names or figures.wording_share >= MIN_TOPIC_WORDING
    return "same topic" if is_topic else "unrelated"


def reason_of(answer: Answer, figures: Figures) -> str:
    """Why, in a few short sentences."""
    names, wording = _shared_names(figures), f"They share {_percent(figures.wording_share)} of their longer words."
    stands = f"{_percent(figures.matched_share)} of one text stands in the other, sentence by sentence"
    same = f"{_percent(figures.same_words)} of the words there are the same"
    if answer == "copy":
        return f"{stands}, and {same}. {names}"
    if answer == "spun copy":
        swaps = (
            f"{figures.swaps:,} times other words were put in their place ({figures.swaps_per_100:.0f} in 100 words)"
        )
        return f"{stands}. {same}, and {swaps}. {names}"
    if answer == "same topic":
        return f"{names} {wording} But only {_percent(figures.copied_share)} is the same, sentence by sentence."
    return f"{names} {wording} Hardly a sentence matches."


def _shared_names(figures: Figures) -> str:
    fewest = min(figures.anchors_a, figures.anchors_b)
    if not fewest:
        return "At least one of them has no names or numbers to go by."
    return f"They share {figures.shared_anchors} of {fewest} names and numbers."


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"
