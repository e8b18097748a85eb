"""Writes a model folder, and makes a model the one in use."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import joblib

from detector.active import activate
from detector.artefact import save_model, save_wording, write_whole
from training.build import Built
from training.card import model_card
from training.figures import draw_all

PIPELINE, METRICS, CARD, FIGURES = "pipeline.joblib", "metrics.json", "MODEL_CARD.md", "figures"
COMPRESSION = 9


def write_model(models: Path, built: Built) -> Path:
    """Write the model's folder and return it. The pipeline is for training only; serving reads the tables."""
    folder = models / str(built.manifest["id"])
    folder.mkdir(parents=True, exist_ok=True)
    joblib.dump(built.fitted.pipeline, folder / PIPELINE, compress=COMPRESSION)
    save_model(folder, built.manifest, built.arrays)
    save_wording(folder, built.wording)
    return folder


def write_card(folder: Path, manifest: Mapping[str, Any], metrics: Mapping[str, Any]) -> None:
    """Write what was measured: as numbers, as figures, and in words.

    What was measured of it before, and is not now, stays: some of it takes long.
    """
    path = folder / METRICS
    metrics = (json.loads(path.read_text("utf-8")) if path.exists() else {}) | dict(metrics)
    write_whole(path, (json.dumps(metrics, indent=1) + "\n").encode())
    draw_all(metrics, manifest["thresholds"], folder / FIGURES)
    write_whole(folder / CARD, model_card(manifest, metrics).encode())


def promote(models: Path, model: str) -> None:
    """Make a model the active one; the one before it is remembered."""
    activate(models, model)
