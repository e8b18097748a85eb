"""Figures that a model may not fall below: pinned in models/floors.json, with the hash of the pages they hold for.

What is better than pinned raises the floor; lowering one, or measuring on other pages, needs --new-floors.
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detector.artefact import write_whole
from detector.errors import ModelError

FLOORS = "floors.json"
# Two trainings on the same texts with other seeds differ by up to this much.
HITS_SLACK, ALARMS_SLACK = 0.01, 0.002

_log = logging.getLogger(__name__)


def check(metrics: Mapping[str, Any], folder: Path, *, new: bool = False) -> None:
    """Hold the figures against the floors in `folder`, and raise those that were passed. new: pin them all anew.

    Raises ModelError that names every figure below its floor; then nothing is written.
    """
    path = folder / FLOORS
    measured = {"pages_sha256": metrics["pages_sha256"], **_figures(metrics)}
    pinned = json.loads(path.read_text("utf-8")) if path.exists() and not new else measured
    if pinned["pages_sha256"] != measured["pages_sha256"]:
        _log.warning("The floors hold for other pages and were not compared. To pin them on these: --new-floors.")
        return
    low = [
        f"{name}: {measured['at_least'].get(name, 0.0)}, at least {floor}"
        for name, floor in pinned["at_least"].items()
        if measured["at_least"].get(name, 0.0) < floor - HITS_SLACK
    ]
    low += [
        f"{name}: {measured['at_most'].get(name, 1.0)}, at most {ceiling}"
        for name, ceiling in pinned["at_most"].items()
        if measured["at_most"].get(name, 1.0) > ceiling + ALARMS_SLACK
    ]
    if low:
        raise ModelError(f"Worse than pinned in {FLOORS}: {'; '.join(low)}. To accept it, give --new-floors.")
    write_whole(path, (json.dumps(_better(pinned, measured), indent=1) + "\n").encode())


def _figures(metrics: Mapping[str, Any]) -> dict[str, Any]:
    pooled = [row for row in metrics["hits"] if row["kind"] == "all tools"]
    at_least = {f"hits, {row['length']} words": row["hits"] for row in pooled}
    at_least |= {f"hits, {row['kind']}": row["hits"] for row in metrics["partly_spun"]}
    at_least |= {f"AUROC, {row['kind']}, {row['length']} words": row["auroc"] for row in metrics["held_out"]}
    alarms = max(row["suspicious_or_worse"] for row in metrics["false_alarms"] if row["pages"] >= 500)
    return {
        "at_least": at_least,
        "at_most": {"false alarms, worst genre": alarms, "calibration error": metrics["calibration_error"]},
    }


def _better(pinned: Mapping[str, Any], measured: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "pages_sha256": measured["pages_sha256"],
        "at_least": {k: max(v, pinned["at_least"].get(k, v)) for k, v in measured["at_least"].items()},
        "at_most": {k: min(v, pinned["at_most"].get(k, v)) for k, v in measured["at_most"].items()},
    }
