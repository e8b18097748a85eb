"""Scoring from Python: one text, many texts, or the column of a table.

>>> from unspun.library import score_column, score_texts
>>> frame = frame.assign(**score_column(frame["text"]))                # pandas
>>> frame = frame.hstack(polars.DataFrame(score_column(frame["text"])))  # Polars
"""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict, TypeVar

from detector import Detector, Verdict, load_detector
from server.models import EvidenceChoice, active_id, model_path
from server.settings import load_settings

T = TypeVar("T")


class Columns(TypedDict):
    """One list for each column, in the order of the values."""

    verdict: list[str | None]
    reason: list[str | None]
    score: list[float | None]
    probability: list[float | None]
    false_alarm_rate: list[float | None]
    spun_share: list[float | None]
    family: list[str | None]
    words: list[int | None]


def score_texts(texts: Iterable[str], model: str | None = None, evidence: EvidenceChoice = "none") -> Iterator[Verdict]:
    """The verdict on each text, in order, as they are asked for. `model`: an id, the active one by default.

    Raises ModelError when the model is missing or damaged.
    """
    detector = _detector(_model_folder(model))
    return (detector.score(text, evidence=evidence) for text in texts)


def score_column(values: Iterable[Any], model: str | None = None) -> Columns:
    """One list for each column of the answer, as long as `values`: a pandas or Polars column, or any list of texts.

    What is no text, such as a missing value, gets None everywhere. Raises ModelError.
    """
    detector = _detector(_model_folder(model))
    verdicts = [detector.score(value, evidence="none") if isinstance(value, str) else None for value in values]

    def each(get: Callable[[Verdict], T | None]) -> list[T | None]:
        return [None if verdict is None else get(verdict) for verdict in verdicts]

    return {
        "verdict": each(lambda one: one.verdict),
        "reason": each(lambda one: one.reason),
        "score": each(lambda one: one.score),
        "probability": each(lambda one: one.probability),
        "false_alarm_rate": each(lambda one: one.false_alarm_rate),
        "spun_share": each(lambda one: one.spun_share),
        "family": each(lambda one: one.family.name if one.family else None),
        "words": each(lambda one: one.words),
    }


def _model_folder(model: str | None) -> Path:
    models = load_settings(os.environ).models_path
    return model_path(models, model or active_id(models))


@lru_cache(maxsize=2)
def _detector(folder: Path) -> Detector:
    return load_detector(folder)
