"""Which models there are, which one is active, and taking up a new one without a restart."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Protocol

from detector import Verdict
from detector.artefact import MANIFEST
from detector.errors import ModelError, UnspunError

ACTIVE_FILE = "ACTIVE"
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

    def _reload(self, stamp: int) -> None:
        self._stamp = stamp
        try:
            self._scorer = self._load(model_path(self._folder, active_id(self._folder)))
        except UnspunError as exc:
            log.error("The new active model was not taken up: %s", exc)


def active_id(folder: Path) -> str:
    """The id in ACTIVE. Raises ModelError."""
    try:
        name = (folder / ACTIVE_FILE).read_text("utf-8").strip()
    except OSError as exc:
        raise ModelError(
            f"There is no active model: {folder / ACTIVE_FILE} cannot be read. "
            "Write a model's id there, or run make train."
        ) from exc
    if not name:
        raise ModelError(f"{folder / ACTIVE_FILE} is empty. Write a model's id there.")
    return name


def model_path(folder: Path, model_id: str) -> Path:
    """The folder of one model. Raises ModelError for an id that names no folder directly in `folder`."""
    if model_id not in list_models(folder):
        have = ", ".join(list_models(folder)) or "none"
        raise ModelError(f"There is no model {model_id!r} in {folder}. Models there: {have}.")
    return folder / model_id


def list_models(folder: Path) -> tuple[str, ...]:
    """The ids of the models in the folder, in order of name."""
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST}")))


def _stamp(folder: Path) -> int:
    try:
        return (folder / ACTIVE_FILE).stat().st_mtime_ns
    except OSError:
        return 0
