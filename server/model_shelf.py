"""The models page's calls: which models there are and what was measured of them, and changing the one in use."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Response, jsonify

from detector import load_detector
from detector.active import activate, active_id, previous_id, roll_back
from detector.artefact import read_manifest
from detector.errors import ModelError
from server.errors import ModelRefusedError, NoSuchFileError, NoSuchModelError
from server.models import list_models, model_path
from server.route import Route
from server.services import Services

FIGURE = re.compile(r"[a-z0-9][a-z0-9-]{0,60}\.png")
# The only texts of a model that are shown; each is plain text to the browser.
PAPERS = ("MODEL_CARD.md", "GATE.md")
MAX_METRICS_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model. parents: what it was retrained from. facts: what was measured, in words. gate: why it was not promoted.

    problem: why it cannot be used, for one that is damaged or of another version.
    """

    id: str
    active: bool
    previous: bool
    created: str
    parents: tuple[str, ...]
    facts: dict[str, str]
    gate: tuple[str, ...]
    figures: tuple[str, ...]
    papers: tuple[str, ...]
    problem: str | None


@dataclass(frozen=True, slots=True)
class ModelRows:
    """Every model, the newest first. previous: where rolling back leads."""

    active: str
    previous: str | None
    models: tuple[ModelRow, ...]


@dataclass(frozen=True, slots=True)
class Activated:
    """The model that is now in use."""

    active: str


def list_rows(services: Services) -> Response:
    """The models and their figures."""
    return jsonify(model_rows(services.models))


def promote(services: Services, model_id: str) -> Response:
    """Make a model the active one, if it can be loaded. Requests that run keep the old one."""
    folder = _known(services, model_id)
    try:
        load_detector(folder)  # the server would go on with the old model, and nobody would be told
        activate(services.models, model_id)
    except ModelError as exc:
        raise ModelRefusedError(str(exc)) from exc
    return jsonify(Activated(model_id))


def go_back(services: Services) -> Response:
    """Make the model active that was before."""
    try:
        before = previous_id(services.models)
        if before is not None:
            load_detector(services.models / before)
        return jsonify(Activated(roll_back(services.models)))
    except ModelError as exc:
        raise ModelRefusedError(str(exc)) from exc


def figure(services: Services, model_id: str, name: str) -> Response:
    """One of a model's figures."""
    folder = _known(services, model_id)
    if name not in _figures(folder):
        raise NoSuchFileError("There is no such figure.")
    return Response((folder / "figures" / name).read_bytes(), content_type="image/png")


def paper(services: Services, model_id: str, name: str) -> Response:
    """The model's card, or the gate's report."""
    folder = _known(services, model_id)
    if name not in _papers(folder):
        raise NoSuchFileError("There is no such text.")
    return Response((folder / name).read_bytes(), content_type="text/plain; charset=utf-8")


def model_rows(folder: Path) -> ModelRows:
    """The models of a folder, the newest first."""
    active, previous = active_id(folder), previous_id(folder)
    rows = [_row(folder / name, name == active, name == previous) for name in list_models(folder)]
    rows.sort(key=lambda row: (row.active, row.created, row.id), reverse=True)
    return ModelRows(active, previous, tuple(rows))


def _known(services: Services, model_id: str) -> Path:
    try:
        return model_path(services.models, model_id)
    except ModelError as exc:
        raise NoSuchModelError(str(exc)) from exc


def _row(folder: Path, active: bool, previous: bool) -> ModelRow:
    manifest: Mapping[str, Any] = {}
    problem = None
    try:
        manifest = read_manifest(folder)
    except ModelError as exc:
        problem = str(exc)
    retrained = manifest.get("retrained", {})
    gate = retrained.get("gate", ())
    return ModelRow(
        id=folder.name,
        active=active,
        previous=previous,
        created=str(manifest.get("created", "")),
        parents=tuple(map(str, manifest.get("parents", ()))),
        facts=dict(_retrained_facts(retrained)) | dict(_measured_facts(_metrics(folder))),
        gate=() if isinstance(gate, str) else tuple(map(str, gate)),
        figures=_figures(folder),
        papers=_papers(folder),
        problem=problem,
    )


def _metrics(folder: Path) -> Mapping[str, Any]:
    try:
        path = folder / "metrics.json"
        found = json.loads(path.read_text("utf-8")) if path.stat().st_size <= MAX_METRICS_BYTES else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _retrained_facts(retrained: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if {"labels", "spun", "sites"} <= set(retrained):
        said = f"{retrained['labels']} labels ({retrained['spun']} spun) of {retrained['sites']} sites"
        yield "Learned from", said
    if retrained.get("gate") == "passed":
        yield "Gate", "passed"


def _measured_facts(metrics: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for row in metrics.get("hits", ()):
        if row["kind"] == "all tools" and row["length"] in (100, 400):
            yield f"Spun pages found, {row['length']} words", f"{row['hits']:.1%} at 1 % false alarms"
    for row in metrics.get("held_out", ()):
        if row["kind"] in ("unseen tools", "all tools") and row["length"] == 400:
            yield "Tools it never learned from, 400 words", f"{row['hits']:.1%} at 1 % false alarms"
    alarms = [row for row in metrics.get("false_alarms", ()) if row.get("length") == 400]
    if alarms:
        worst = max(alarms, key=lambda row: row["suspicious_or_worse"])
        said = f"{worst['suspicious_or_worse']:.2%} ({worst['kind']})"
        yield "Human pages flagged, worst genre, 400 words", said
    if "calibration_error" in metrics:
        yield "Calibration error", f"{metrics['calibration_error']:.3f}"


def _figures(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in (folder / "figures").glob("*.png") if _is_ours(path)))


def _is_ours(path: Path) -> bool:
    return FIGURE.fullmatch(path.name) is not None and path.is_file() and not path.is_symlink()


def _papers(folder: Path) -> tuple[str, ...]:
    return tuple(name for name in PAPERS if (folder / name).is_file() and not (folder / name).is_symlink())


MODEL_DASHBOARD_ROUTES = (
    Route("GET", "/dashboard/models", "dashboard", list_rows, "The models", None, {200: ModelRows}),
    Route("POST", "/dashboard/models/<model_id>", "dashboard", promote, "Promote", None, {200: Activated}),
    Route("DELETE", "/dashboard/models/active", "dashboard", go_back, "Roll back", None, {200: Activated}),
    # An <img> and a link cannot send our header: the cookie alone lets a browser read these.
    Route("GET", "/dashboard/models/<model_id>/figures/<name>", "reader", figure, "A figure", None, {200: None}),
    Route("GET", "/dashboard/models/<model_id>/papers/<name>", "reader", paper, "A text", None, {200: None}),
)
