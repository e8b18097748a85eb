"""A retrained model: what it is, where it comes from, how it was judged; and its folder, written whole."""

import datetime
import hashlib
import importlib.metadata
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector import Detector
from detector.artefact import TABLES, WORDING, save_model, write_whole
from training.gate import Check, reasons
from training.gate_report import card, draw_checks, gate_report
from training.issues import Issue
from training.labels import Checked
from training.promote import CARD, FIGURES, METRICS
from training.replay import REPLAY, SUM, Replay, encode
from training.rows import WordWeights

GATE = "GATE.md"


@dataclass(frozen=True, slots=True)
class Challenger:
    """A retrained model in memory, and how it was judged. word_entries: its table, with the parent's codebook.

    shift: by how much its ladders rose. issues: labels that it did not learn from.
    """

    id: str
    parent: Detector
    word_entries: NDArray[Any]
    shift: float
    push: float
    seed: int
    labels_sha256: str
    labels: Checked
    unscorable: int
    issues: Sequence[Issue]
    replay: Replay
    checks: Sequence[Check]

    @property
    def reasons(self) -> list[str]:
        """Why it must not be promoted; empty when it may be."""
        return reasons(self.checks)

    @property
    def manifest(self) -> dict[str, Any]:
        """The parent's, its ladders moved, with where this model comes from."""
        old = self.parent.manifest
        ladders = old["calibration"]
        moved = ladders | {
            "scores": [[round(score + self.shift, 5) for score in scores] for scores in ladders["scores"]],
            "logistic": [[slope, round(offset - slope * self.shift, 5)] for slope, offset in ladders["logistic"]],
        }
        told = {
            "labels": len(self.labels.labels),
            "spun": sum(label.spun for label in self.labels.labels),
            "sites": len({label.site for label in self.labels.labels}),
            "labels_sha256": self.labels_sha256,
            "copies": self.labels.copies,
            "crowded": self.labels.crowded,
            "unscorable": self.unscorable,
            "set_aside": len(self.issues),
            "push": self.push,
            "shift": round(self.shift, 5),
            "versions": {name: importlib.metadata.version(name) for name in ("unspun", "numpy", "scipy")},
            "gate": self.reasons or "passed",
        }
        return old | {
            "id": self.id,
            "created": today(),
            "parents": [self.parent.id],
            "seed": self.seed,
            "calibration": moved,
            "retrained": told,
        }


def packed(parent: Detector, learned: WordWeights) -> NDArray[Any]:
    """The table of word n-grams in the parent's codebook; what was not moved keeps its very code."""
    tables = parent.tables
    old = WordWeights.of(tables)
    moved = np.flatnonzero((old.weights != learned.weights) | (old.checks != learned.checks))
    order = np.argsort(tables.word_book)
    book = tables.word_book[order]
    right = np.clip(np.searchsorted(book, learned.weights[moved]), 1, len(book) - 1)
    nearer = learned.weights[moved] - book[right - 1] < book[right] - learned.weights[moved]
    codes = order[right - nearer]
    entries = tables.word_entries.copy()
    kind = entries.dtype.type
    entries[moved] = learned.checks[moved].astype(kind) << kind(tables.check_shift) | codes.astype(kind)
    return entries


def write_challenger(models: Path, parent: Path, challenger: Challenger) -> Path:
    """Write the model's folder, the manifest last, and return it. parent: the folder it was retrained from."""
    folder = models / challenger.id
    folder.mkdir(parents=True, exist_ok=True)
    if "wording_sha256" in challenger.manifest:
        shutil.copyfile(parent / WORDING, folder / WORDING)
    own = WordWeights.of(replace(challenger.parent.tables, word_entries=challenger.word_entries))
    replay = encode(challenger.replay, own)
    write_whole(folder / REPLAY, replay)
    manifest = challenger.manifest | {SUM: hashlib.sha256(replay).hexdigest()}
    measured = {"gate": [asdict(check) | {"passed": check.passed} for check in challenger.checks]}
    write_whole(folder / METRICS, (json.dumps(measured, indent=1) + "\n").encode())
    (folder / FIGURES).mkdir(exist_ok=True)
    draw_checks(challenger.checks, folder / FIGURES / "gate.png")
    write_whole(folder / GATE, gate_report(manifest, challenger.checks, challenger.reasons, challenger.issues).encode())
    write_whole(folder / CARD, card(manifest).encode())
    with np.load(parent / TABLES, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    save_model(folder, manifest, arrays | {"word_entries": challenger.word_entries})
    return folder


def today() -> str:
    """The day, in UTC: 2026-11-24."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()
