"""What a spinner returns, and how swaps are written into a text, undone and laid over one another.

Every change a spinner makes is a Swap, so the original can always be had back (`unspin`).
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Swap:
    """One replaced stretch; start and end are str indices in the SPUN text, end exclusive."""

    start: int
    end: int
    original: str
    spun: str


@dataclass(frozen=True, slots=True)
class Spun:
    """A spun text. `part` is the stretch that went through the spinner, None for the whole text."""

    text: str
    swaps: tuple[Swap, ...]
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of the ORIGINAL text and what to write there; neither is ever empty."""

    start: int
    end: int
    spun: str


class Spinner(Protocol):
    """Rewrites a text. The same text, seed and strength give the same result.

    strength: share of the words to swap; 1.0 asks for all the tool knows. `natural` is the range real pages show.
    """

    @property
    def name(self) -> str:
        """Unique in the catalogue."""

    @property
    def family(self) -> str:
        """The family the detector names."""

    @property
    def dictionary(self) -> str:
        """The lexicon or public thesaurus it speaks, the unit to hold out when measuring."""

    @property
    def natural(self) -> tuple[float, float]:
        """Usual strengths, lowest and highest."""

    def spin(self, text: str, seed: int, strength: float) -> Spun:
        """The spun text and its swaps."""


def write_edits(text: str, edits: Iterable[Edit]) -> Spun:
    """The text with the edits written in; they must not overlap."""
    parts: list[str] = []
    swaps: list[Swap] = []
    done = length = 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        kept = text[done : edit.start]
        start = length + len(kept)
        length = start + len(edit.spun)
        parts += (kept, edit.spun)
        swaps.append(Swap(start, length, text[edit.start : edit.end], edit.spun))
        done = edit.end
    parts.append(text[done:])
    return Spun("".join(parts), tuple(swaps))


def unspin(spun: Spun) -> str:
    """The text before it was spun."""
    return write_edits(spun.text, [Edit(swap.start, swap.end, swap.original) for swap in spun.swaps]).text


def edits_of(spun: Spun) -> list[Edit]:
    """The swaps as edits of the original text."""
    edits = []
    shift = 0
    for swap in spun.swaps:
        start = swap.start + shift
        edits.append(Edit(start, start + len(swap.original), swap.spun))
        shift += len(swap.original) - len(swap.spun)
    return edits


def compose(first: Spun, second: Spun) -> Spun:
    """One Spun for a text spun twice (`second` is a spin of `first.text`); swaps that overlap are joined."""
    undo = deque(Edit(swap.start, swap.end, swap.original) for swap in first.swaps)
    redo = deque(edits_of(second))
    edits = []
    shift = 0
    for start, end in _joined([*undo, *redo]):
        before, after = (_written(first.text, each, start, end) for each in (undo, redo))
        edits.append(Edit(start + shift, start + shift + len(before), after))
        shift += len(before) - (end - start)
    return write_edits(unspin(first), edits)


def _joined(edits: list[Edit]) -> list[tuple[int, int]]:
    """The stretches the edits cover, in order."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((edit.start, edit.end) for edit in edits):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _written(text: str, edits: deque[Edit], start: int, end: int) -> str:
    """The stretch with its edits written in; they are taken off the front of the queue."""
    inside = []
    while edits and edits[0].end <= end:
        edit = edits.popleft()
        inside.append(Edit(edit.start - start, edit.end - start, edit.spun))
    return write_edits(text[start:end], inside).text
