"""Which sentences stand for which: the best way through both texts, by dynamic programming."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparison.similarity import Similarities

# Below this, two sentences have no more in common than any two sentences of one subject.
MIN_SIMILARITY = 0.3
# (sentences of a, sentences of b) that may make a pair.
_STEPS = ((1, 1), (1, 2), (2, 1))


@dataclass(frozen=True, slots=True)
class Aligned:
    """Sentences first_a to end_a of a, end exclusive, and first_b to end_b of b; one range may be empty."""

    first_a: int
    end_a: int
    first_b: int
    end_b: int
    similarity: float | None


def align(similar: Similarities) -> tuple[Aligned, ...]:
    """Every sentence of both texts once, in order: matched one to one, one to two, two to one, or alone."""
    gains = _gains(similar)
    best = _best(gains, *similar.one_one.shape)
    return tuple(_walk_back(best, gains, similar))


def _matrices(similar: Similarities) -> tuple[NDArray[np.float32], ...]:
    return similar.one_one, similar.one_two, similar.two_one


def _gains(similar: Similarities) -> list[NDArray[np.float32]]:
    """What a match of each step adds: by the number of sentences, so that two matches beat one that swallows both."""
    single = similar.one_one
    # Two sentences for one, only if both belong: else a dropped sentence would be swallowed by its neighbour's match.
    one_two = np.where(similar.one_two > np.maximum(single[:, :-1], single[:, 1:]), similar.one_two, 0.0)
    two_one = np.where(similar.two_one > np.maximum(single[:-1], single[1:]), similar.two_one, 0.0)
    return [
        np.maximum(each - MIN_SIMILARITY, 0.0).astype(np.float32) * np.float32(sum(step))
        for each, step in zip((single, one_two, two_one), _STEPS, strict=True)
    ]


def _best(gains: list[NDArray[np.float32]], n: int, m: int) -> NDArray[np.float32]:
    """(n + 1, m + 1): the most the first i sentences of a and the first j of b can gain. Skipping costs nothing."""
    best = np.zeros((n + 1, m + 1), np.float32)
    for i in range(1, n + 1):
        row = best[i - 1].copy()
        for gain, (a, b) in zip(gains, _STEPS, strict=True):
            if i >= a and m >= b:
                np.maximum(row[b:], best[i - a, : m + 1 - b] + gain[i - a], out=row[b:])
        np.maximum.accumulate(row, out=best[i])
    return best


def _walk_back(best: NDArray[np.float32], gains: list[NDArray[np.float32]], similar: Similarities) -> list[Aligned]:
    i, j = best.shape[0] - 1, best.shape[1] - 1
    path = []
    while i or j:
        step = _step_into(best, gains, i, j)
        similarity = float(_matrices(similar)[_STEPS.index(step)][i - step[0], j - step[1]]) if all(step) else None
        path.append(Aligned(i - step[0], i, j - step[1], j, similarity))
        i, j = i - step[0], j - step[1]
    return path[::-1]


def _step_into(best: NDArray[np.float32], gains: list[NDArray[np.float32]], i: int, j: int) -> tuple[int, int]:
    """The step that led to (i, j); sentences of b that stand alone come after those of a."""
    if j and best[i, j] == best[i, j - 1]:
        return 0, 1
    if i and best[i, j] == best[i - 1, j]:
        return 1, 0
    candidates = [(a, b) for a, b in _STEPS if i >= a and j >= b]
    return min(
        candidates,
        key=lambda step: abs(
            best[i, j] - best[i - step[0], j - step[1]] - gains[_STEPS.index(step)][i - step[0], j - step[1]]
        ),
    )
