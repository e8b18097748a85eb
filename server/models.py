"""Which models there are, which one is active, and taking up a new one without a restart."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Protocol

from detector import Verdict
from detector.active import ACTIVE_FILE, active_id
from detector.artefact import MANIFEST
from detector.errors import ModelError, UnspunError
from detector.model import Tables
from detector.wording import Wording

__all__ = ["EvidenceChoice", "ModelShelf", "Scorer", "active_id", "list_models", "model_path"]

EvidenceChoice = Literal["all", "flagged", "none"]
log = logging.getLogger("unspun.server")


class Scorer(Protocol):
    """What the server needs of a detector."""

    @property
    def id(self) -> str:
        """The model's id."""

    @property
    def manifest(self) -> dict[str, Any]:
        """The model's manifest."""

    @property
    def tables(self) -> Tables:
        """What the model weighs."""

    @property
    def wording(self) -> Wording | None:
        """The wording tables, for a model that has some."""

    def score(self, text: str, evidence: EvidenceChoice = "flagged") -> Verdict:
        """The verdict on one text."""


class ModelShelf:
    """The active model of one folder. A change of ACTIVE is taken up at the next request."""

    def __init__(self, folder: Path, load: Callable[[Path], Scorer]) -> None:
        self._folder = folder
        self._load = load
        self._lock = threading.Lock()
        self._stamp = _stamp(folder)
        self._scorer = load(model_path(folder, active_id(folder)))

    def active(self) -> Scorer:
        """The active model; the last good one while a new one cannot be loaded."""
        stamp = _stamp(self._folder)
        if stamp != self._stamp:
            with self._lock:
                if stamp != self._stamp:
                    self._reload(stamp)
        return self._scorer

    def _reload(self, stamp: tuple[int, int]) -> None:
        self._stamp = stamp
        try:
            self._scorer = self._load(model_path(self._folder, active_id(self._folder)))
        except UnspunError as exc:
            log.error("The new active model was not taken up: %s", exc)


def model_path(folder: Path, model_id: str) -> Path:
    """The folder of one model. Raises ModelError for an id that names no folder directly in `folder`."""
    if model_id not in list_models(folder):
        have = ", ".join(list_models(folder)) or "none"
        raise ModelError(f"There is no model {model_id!r} in {folder}. Models there: {have}.")
    return folder / model_id


def list_models(folder: Path) -> tuple[str, ...]:
    """The ids of the models in the folder, in order of name."""
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST}")))


def _stamp(folder: Path) -> tuple[int, int]:
    """Changes whenever ACTIVE does. Times alone do not tell two quick changes apart: file systems keep them roughly."""
    try:
        stat = (folder / ACTIVE_FILE).stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_ino
