"""What was changed within two matched stretches, word by word. All indices are Python string indices."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from comparison.result import ChangeKind
from comparison.sentences import Word
from detector.anchors import Anchor

# Spinning software writes a few words for a few words; more than that is another sentence.
MAX_SWAP_WORDS = 5
# No longer than this: a mark that is never closed would cost a look through the whole text.
_QUOTED = re.compile(r"“[^”]{1,1000}”|\"[^\"\n]{1,1000}\"|‘[^’]{1,1000}’(?!\w)|«[^»]{1,1000}»")


@dataclass(frozen=True, slots=True)
class WordChange:
    """Which words of a stand where which words of b do: ranges into the row's words, end exclusive.

    sure: a swap with one word on one side at least, the same words before and after it.
    """

    kind: ChangeKind
    first_a: int
    end_a: int
    first_b: int
    end_b: int
    quoted: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a text has its names and numbers (start to kind), and which stretches stand in quotation marks."""

    anchors: dict[int, Anchor]
    quotations: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str, anchors: Sequence[Anchor]) -> "Marks":
        """The marks of a text with these names and numbers."""
        quotations = tuple(match.span() for match in _QUOTED.finditer(text))
        return cls({anchor.start: anchor for anchor in anchors}, quotations)

    def keys(self, words: Sequence[Word], kind: str) -> frozenset[str]:
        """The keys of the names, or of the numbers, among these words."""
        found = (self.anchors.get(word.start) for word in words)
        return frozenset(anchor.key for anchor in found if anchor is not None and anchor.kind == kind)

    def is_quoted(self, words: Sequence[Word]) -> bool:
        """Whether any of these words stands within quotation marks."""
        return any(start < word.start < end for word in words for start, end in self.quotations)


def find_changes(
    a: Sequence[Word], b: Sequence[Word], line_a: str, line_b: str, marks_a: Marks, marks_b: Marks
) -> Iterator[WordChange]:
    """The changes from a to b, in order. line_a, line_b: the words as one character each, as Codes gives them."""
    for first_a, end_a, first_b, end_b in _changed(line_a, line_b):
        old, new = a[first_a:end_a], b[first_b:end_b]
        kind = _kind(old, new, marks_a, marks_b)
        quoted = marks_a.is_quoted(old or a[first_a : first_a + 1])
        sure = kind == "swap" and min(len(old), len(new)) == 1 and _is_flanked(line_a, line_b, first_a, end_a, end_b)
        yield WordChange(kind, first_a, end_a, first_b, end_b, quoted, sure)


def _is_flanked(line_a: str, line_b: str, first_a: int, end_a: int, end_b: int) -> bool:
    """Whether words stand on both sides of the change; what stands between two changes is the same in both."""
    return first_a > 0 and end_a < len(line_a) and end_b < len(line_b)


def _changed(line_a: str, line_b: str) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between words that both have, in the order both have them."""
    done_a = done_b = 0
    for same in Indel.opcodes(line_a, line_b):
        if same.tag == "equal":
            if (done_a, done_b) != (same.src_start, same.dest_start):
                yield done_a, same.src_start, done_b, same.dest_start
            done_a, done_b = same.src_end, same.dest_end
    if (done_a, done_b) != (len(line_a), len(line_b)):
        yield done_a, len(line_a), done_b, len(line_b)


def _kind(old: Sequence[Word], new: Sequence[Word], marks_a: Marks, marks_b: Marks) -> ChangeKind:
    if not old:
        return "put_in"
    if not new:
        return "left_out"
    if _is_altered(marks_a.keys(old, "number"), marks_b.keys(new, "number")):
        return "number"
    if _is_altered(marks_a.keys(old, "name"), marks_b.keys(new, "name")):
        return "name"
    return "swap" if max(len(old), len(new)) <= MAX_SWAP_WORDS else "reworded"


def _is_altered(old: frozenset[str], new: frozenset[str]) -> bool:
    return bool(old or new) and old != new
