"""A spinner whose dictionary no shipped file contains: 400 common words, each always swapped for the same rarer one."""

import random
import re
from collections import Counter
from collections.abc import Sequence

from training.corpora import Document

SWAPS = 400
COMMON, RARE = slice(150, 1_500), slice(3_000, 9_000)  # ranks among the words of the texts
ENDINGS = ("ing", "ed", "ly", "s", "")
_WORD = re.compile(r"[A-Za-z]+")


def made_up_dictionary(documents: Sequence[Document], known: frozenset[tuple[str, str]], seed: int) -> dict[str, str]:
    """Word to word, ending like ending; known: pairs (original, spun) that must not be among them."""
    counts = Counter(word.lower() for each in documents for word in _WORD.findall(each.text))
    ranked = [word for word, _ in counts.most_common() if len(word) > 3]
    chance = random.Random(seed)
    common, rare = ranked[COMMON], ranked[RARE]
    chance.shuffle(common)
    chance.shuffle(rare)
    free: dict[str, list[str]] = {ending: [] for ending in ENDINGS}
    for word in rare:
        free[_ending(word)].append(word)
    found: dict[str, str] = {}
    for word in common:
        if len(found) < SWAPS and free[_ending(word)]:
            other = free[_ending(word)].pop()
            if (word, other) not in known:
                found[word] = other
    return found


def spin(text: str, dictionary: dict[str, str]) -> str:
    """Every listed word swapped, its capital kept."""

    def swapped(match: re.Match[str]) -> str:
        word = match.group()
        other = dictionary.get(word.lower())
        if other is None:
            return word
        return other.capitalize() if word[0].isupper() else other

    return _WORD.sub(swapped, text)


def _ending(word: str) -> str:
    return next(ending for ending in ENDINGS if word.endswith(ending))
