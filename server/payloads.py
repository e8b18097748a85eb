"""The bodies that come in and go out, apart from Verdict and Problem. The OpenAPI document is made from these."""

from dataclasses import dataclass, fields
from typing import Any

from comparison import Comparison
from detector import Verdict
from server.compare_words import CompareSummary
from server.models import EvidenceChoice
from server.report import ReportFormat
from server.store.near import Near
from server.store.pages import SeenPage
from server.words import Summary


@dataclass(frozen=True, slots=True)
class Health:
    """What anyone on this machine may know."""

    app: str
    version: str
    api: int
    model: str
    thresholds: dict[str, float]


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """A text to score. With `url` its verdict enters the local history; with `private` nothing is kept or looked up."""

    text: str
    url: str | None = None
    title: str | None = None
    evidence: EvidenceChoice = "flagged"
    private: bool = False


@dataclass(frozen=True, slots=True)
class Scored(Verdict):
    """The verdict on one text, and the pages seen before that share its names and numbers."""

    near: tuple[Near, ...] = ()

    @classmethod
    def of(cls, verdict: Verdict, near: tuple[Near, ...]) -> "Scored":
        """The verdict with its near pages."""
        return cls(**{item.name: getattr(verdict, item.name) for item in fields(verdict)}, near=near)


@dataclass(frozen=True, slots=True)
class PairRequest:
    """Begin with `client`, a name the user will recognise; end with `pairing` and `code`."""

    client: str | None = None
    pairing: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class PairStarted:
    """A pairing has begun; the code is on the terminal and on the dashboard."""

    pairing: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class PairDone:
    """The token, told only this once."""

    token: str
    client_id: str


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """The active model and its manifest."""

    id: str
    manifest: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The dashboard's form: a text or an address."""

    text: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What the dashboard shows: the verdict, in words too, and the text its offsets count in."""

    text: str
    title: str | None
    verdict: Scored
    summary: Summary


@dataclass(frozen=True, slots=True)
class SideRequest:
    """One of two texts to compare: itself or its address, and what to call it."""

    text: str | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Two texts or addresses to compare. The HTML is a report to keep, both texts side by side."""

    a: SideRequest
    b: SideRequest
    format: ReportFormat = "json"


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """Where the text of one side comes from."""

    title: str | None
    extractor: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison of two texts, in words too."""

    a: ComparedSide
    b: ComparedSide
    comparison: Comparison
    summary: CompareSummary


@dataclass(frozen=True, slots=True)
class OriginalRequest:
    """A spun text, to look for its original. With `title` and `url` the site's own name is kept out of the query."""

    text: str
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A text to report on; `url` and `title` stand in the report and are not kept."""

    text: str
    url: str | None = None
    title: str | None = None
    format: ReportFormat = "html"
    extractor: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingPairing:
    """A code the user can type into the browser that asked."""

    client: str
    origin: str
    code: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class PairedClient:
    """A paired browser, without its token."""

    id: str
    name: str
    origin: str
    paired_at: int


@dataclass(frozen=True, slots=True)
class DashboardState:
    """What changes on the dashboard while it is open."""

    model: str
    pairings: tuple[WaitingPairing, ...]
    clients: tuple[PairedClient, ...]


@dataclass(frozen=True, slots=True)
class HistoryRows:
    """Rows of the history, the last seen first; `total` counts those that further calls would give too.

    next: the `before` of the rows that follow, in seconds since 1970; None at the end.
    """

    on: bool
    days: int
    total: int
    pages: tuple[SeenPage, ...]
    next: float | None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows were deleted, and how many labelled or waiting texts with all that was said of them."""

    forgotten: int
    labels: int
