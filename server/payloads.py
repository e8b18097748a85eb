"""The bodies that come in and go out, apart from Verdict and Problem. The OpenAPI document is made from these."""

from dataclasses import dataclass
from typing import Any

from detector import Verdict
from server.models import EvidenceChoice
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
    """A text to score. `url` and `title` are only for the sender's own use and are not kept."""

    text: str
    url: str | None = None
    title: str | None = None
    evidence: EvidenceChoice = "flagged"


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
    verdict: Verdict
    summary: Summary


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
