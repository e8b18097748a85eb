"""Which candidates are swapped: as many as the strength asks for, telling ones before plain ones."""

from collections.abc import Iterator
from random import Random

from training.spinners.candidates import Candidate

# Rates of rare swaps may be raised this far to reach a strength: plain synonyms stay rarer than telling swaps.
MAX_SCALE = 2.0


def pick(candidates: list[Candidate], words_wanted: float, by_phrase: bool, rng: Random) -> list[Candidate]:
    """Candidates that add up to about `words_wanted` words; rare ones stay rare. By phrase: all of a kind or none."""
    scale = _scale(candidates, words_wanted)
    groups: dict[str, list[Candidate]] = {}
    for at, each in enumerate(candidates):
        groups.setdefault(each.phrase if by_phrase else str(at), []).append(each)
    return [each for group in _systematic(list(groups.values()), scale, rng) for each in group]


def _scale(candidates: list[Candidate], words_wanted: float) -> float:
    """The factor on all rates that gives the wanted words, by halving; the tool may not know enough swaps for it."""
    low, high = 0.0, MAX_SCALE
    for _ in range(12):
        middle = (low + high) / 2
        expected = sum(each.words * min(1.0, each.rate * middle) for each in candidates)
        low, high = (middle, high) if expected < words_wanted else (low, middle)
    return high


def _systematic(groups: list[list[Candidate]], scale: float, rng: Random) -> Iterator[list[Candidate]]:
    """A draw with a steady count: chances are summed up and a group is taken each time the sum passes one."""
    rng.shuffle(groups)
    groups.sort(key=len)  # groups of like size lie together, so that the count in words is steady too
    carry = rng.random()
    for group in groups:
        carry += min(1.0, scale * sum(each.rate for each in group) / len(group))
        if carry >= 1:
            carry -= 1
            yield group
