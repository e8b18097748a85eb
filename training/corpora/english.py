"""Tells English prose from other languages by its share of function words."""

import re

MIN_FUNCTION_SHARE = 0.25  # English prose has 0.35-0.5, its headlines 0.2, German or French under 0.1
MIN_KINDS = 6  # a list of one phrase repeated has few

_WORD = re.compile(r"[a-z']+")
_FUNCTION_WORDS = frozenset(
    "the of and to a in that is was for it with as on be at by this had not are but from or have an they which one"
    " you were all her she there would their we him been has when who will no more if out so up said what its about"
    " than into them can only other could my me your i he his do did does our us am these those some any".split()
)


def is_english(text: str) -> bool:
    """True when at least a quarter of the words are English function words, of several kinds."""
    words = _WORD.findall(text.lower())
    found = [word for word in words if word in _FUNCTION_WORDS]
    return len(found) >= MIN_FUNCTION_SHARE * len(words) and len(set(found)) >= MIN_KINDS
