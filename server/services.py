"""What the routes work with, in one bundle, so that nothing is global."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from server.clients import ClientStore
from server.extract import Article
from server.guard import Guard
from server.metrics import Metrics
from server.models import Scorer
from server.pairing import Pairings
from server.sessions import Sessions
from server.store.history import History
from server.store.labels import LabelStore
from server.workers import Workers


class ReadArticle(Protocol):
    """Fetch one address and give its article. Raises FetchError or ExtractError."""

    def __call__(self, address: str) -> Article:
        """The article at the address."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a route may use. history: None when it is switched off. search_engine: has %s for the words.

    models: the folder of models.
    """

    detector: Callable[[], Scorer]
    clients: ClientStore
    pairings: Pairings
    sessions: Sessions
    guard: Guard
    workers: Workers
    metrics: Metrics
    read_article: ReadArticle
    history: History | None
    labels: LabelStore
    models: Path
    announce: Callable[[str], None]
    login_link: Callable[[str], str]
    search_engine: str
