"""Casing carried from the original to the swap, and the article before it put right."""

import re

from training.spinners.words import I_WORDS

_SMALL = frozenset("a an the of for in on to and or by with from at as".split())
_ARTICLE = re.compile(r"(?<![\w'’-])([Aa])(n?) $")
_VOWEL = re.compile(
    r"(?!uni[^nm]|use|usu|usa|eur|one\b|once\b|ubiq|uto|ukr)[aeiou]|hour|honest|honor|honour|heir", re.IGNORECASE
)
_SPELLED_VOWELS = "AEFHILMNORSX"


def carry_case(original: str, spun: str) -> str:
    """`spun` in the casing of `original`: UPPER, Title Case or First letter only; capitals of its own stay."""
    letters = [c for c in original if c.isalpha()]
    if len(letters) > 1 and original.isupper():
        return spun.upper()
    if any(word[0].isupper() and word not in I_WORDS for word in original.split()[1:]):
        titled = title_words(spun)
        return titled if letters[0].isupper() else spun[:1] + titled[1:]
    return _first_up(spun) if letters and letters[0].isupper() else spun


def title_words(spun: str) -> str:
    """Every word but the small ones with a capital."""
    first, *rest = spun.split(" ")
    return " ".join([_first_up(first), *(w if w in _SMALL else _first_up(w) for w in rest)])


def _first_up(spun: str) -> str:
    return spun[:1].upper() + spun[1:]


def article_before(text: str, start: int, spun: str) -> tuple[int, str] | None:
    """Where the a/an before `start` begins and the right one for `spun`, None where nothing needs mending."""
    found = _ARTICLE.search(text[max(0, start - 4) : start])
    if not found:
        return None
    wanted = "n" if takes_an(spun) else ""
    if wanted == found[2].lower():
        return None
    return start - len(found[0]), found[1] + wanted + " "


def takes_an(word: str) -> bool:
    """Does the word sound as if it began with a vowel?"""
    first = word.split(" ")[0]
    if len(first) > 1 and first.isupper():
        return first[0] in _SPELLED_VOWELS
    return _VOWEL.match(first) is not None
