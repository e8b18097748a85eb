"""Flagged pages that retell one original: found by the names and numbers that spinners leave alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from detector.anchors import anchor_keys

# What a run keeps of its pages to compare them at its end: about 50 MB, 15,000 flagged pages of usual length.
MAX_KEPT_ANCHORS = 500_000
# A year or a country stands in so many stories that it says nothing; looking at all of them would take for ever.
COMMON = 500


@dataclass(frozen=True, slots=True)
class Copy:
    """A flagged page: its site, its address or input, and the sketch of its names and numbers."""

    site: str
    page: str
    anchors: frozenset[int]

    def as_json(self) -> list[Any]:
        """Plain values."""
        return [self.site, self.page, sorted(self.anchors)]

    @classmethod
    def from_json(cls, row: list[Any]) -> "Copy":
        """The copy that as_json told."""
        site, page, anchors = row
        return cls(str(site), str(page), frozenset(anchors))


@dataclass(frozen=True, slots=True)
class Shared:
    """Pages, two or more, that retell one original, and the sites they are on; both in alphabetical order."""

    pages: tuple[str, ...]
    sites: tuple[str, ...]


def anchors_of(text: str) -> frozenset[int]:
    """The sketch of a text's names and numbers; empty when there are too few to tell a story by."""
    from server.store.near import MIN_ANCHORS, hashed  # SQLite: only those who ask for sites pay

    anchors = hashed(anchor_keys(text))
    return anchors if len(anchors) >= MIN_ANCHORS else frozenset()


def shared_originals(copies: Iterable[Copy]) -> list[Shared]:
    """The groups of pages that share an original, the largest first; the same whatever the order of the copies."""
    groups: list[list[Copy]] = []
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for copy in sorted(copies, key=lambda one: (one.page, one.site)):
        number = _group_of(copy, groups, holding)
        if number is None:
            for anchor in copy.anchors:
                holding[anchor].append(len(groups))
            groups.append([copy])
        else:
            groups[number].append(copy)
    found = [_shared(group) for group in groups]
    return sorted((one for one in found if len(one.pages) > 1), key=lambda one: (-len(one.pages), one.pages))


def _group_of(copy: Copy, groups: list[list[Copy]], holding: dict[int, list[int]]) -> int | None:
    """The group whose first page is most like this one, if any is like it."""
    from server.store.near import MIN_SIMILARITY

    sharing = (holding[anchor] for anchor in copy.anchors if anchor in holding)
    numbers = {number for some in sharing if len(some) <= COMMON for number in some}
    alike = {number: _similarity(copy.anchors, groups[number][0].anchors) for number in numbers}
    best = nlargest(1, alike.items(), key=lambda pair: (pair[1], -pair[0]))
    return best[0][0] if best and best[0][1] >= MIN_SIMILARITY else None


def _similarity(one: frozenset[int], other: frozenset[int]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def _shared(group: list[Copy]) -> Shared:
    pages, sites = {copy.page for copy in group}, {copy.site for copy in group}
    return Shared(tuple(sorted(pages)), tuple(sorted(sites)))
