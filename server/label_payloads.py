"""The bodies of the calls about labels."""

from dataclasses import dataclass

from server.store.label_lists import Candidate, Counts, TextRow
from server.store.labels import LabelName


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """What a text is, or null to keep it for later. `client_id`: chosen by the caller, so that it counts once."""

    text: str
    label: LabelName | None
    url: str | None = None
    title: str | None = None
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """What became of a label; `id` takes it back, and is null for a text kept for later.

    new: false for a delivery that was known. merged: the same text, or nearly the same, was known. contradiction: its
    labels disagree, and it counts for nothing until somebody decides. learnable: false where texts are not kept, or
    the text is none that can be judged.
    """

    id: int | None
    text: int
    new: bool
    merged: bool
    contradiction: bool
    learnable: bool


@dataclass(frozen=True, slots=True)
class LabelRows:
    """Texts with their labels; `next` is the `before` of the rows that follow. days: how long they are kept."""

    counts: Counts
    keeps_texts: bool
    days: int
    texts: tuple[TextRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class LabelQueue:
    """What to label next, that which teaches most first."""

    counts: Counts
    keeps_texts: bool
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class SkipRequest:
    """A waiting text, or a page of the history by its address."""

    text: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class DecideRequest:
    """What a text is whose labels contradict each other."""

    label: LabelName
