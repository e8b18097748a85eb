"""Puts tokenised text ("did n't stop , he said .") back into ordinary spelling ("didn't stop, he said.")."""

import re

MIN_SPACED_MARKS = 3  # fewer may be one writer's slips
MAX_CLOSED_PER_SPACED = 1.0

_SPACED = re.compile(r"\w [,.;:!?](?=\s|$)")
_CLOSED = re.compile(r"\w[,.;:!?](?=\s|$)")
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"``|''", '"'),
        (r" n't\b", "n't"),
        (r" '(s|re|ve|ll|d|m)\b", r"'\1"),
        (r"(\w) +([,.;:!?%])", r"\1\2"),
        (r"([)\]\"']) +([,.;:!?])", r"\1\2"),
        (r"([(\[]) +", r"\1"),
        (r" +([)\]])", r"\1"),
        (r'" ([^"\n]*?) ?"', r'"\1"'),
    )
)


def looks_tokenised(text: str) -> bool:
    """True when punctuation mostly stands alone between spaces."""
    spaced = len(_SPACED.findall(text))
    return spaced >= MIN_SPACED_MARKS and spaced >= MAX_CLOSED_PER_SPACED * len(_CLOSED.findall(text))


def detokenise(text: str) -> str:
    """The text with spaces before punctuation and inside quotes and brackets removed."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
