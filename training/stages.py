"""Results of long stages, kept on disk, so that a training run that was stopped goes on where it was."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import joblib

ROOT = Path(__file__).resolve().parent.parent
# What the stages' results depend on besides their data: a change in any of these files makes them anew.
CODE = (
    "detector/text.py",
    "detector/ngrams.py",
    "detector/windows.py",
    "training/build.py",
    "training/examples.py",
    "training/familiarity.py",
    "training/fit.py",
    "training/grams.py",
    "training/inflect.py",
    "training/learner_errors/*.py",
    "training/learner_errors/*.tsv",
    "training/learners.py",
    "training/lexicon.py",
    "training/mix.py",
    "training/pages.py",
    "training/spinners/*.py",
)
KEPT_RUNS = 2

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Stages:
    """A folder of results for one set of data, settings and code; the newest few such folders are kept."""

    def __init__(self, cache: Path, data: str) -> None:
        digest = hashlib.sha256(data.encode())
        for path in sorted(path for pattern in CODE for path in ROOT.glob(pattern)):
            digest.update(path.read_bytes())
        self._folder = cache / "stages" / digest.hexdigest()[:16]
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.touch()
        _drop_old_runs(self._folder.parent)

    def run(self, name: str, make: Callable[[], T]) -> T:
        """The stage's result: read when it is there, else made and written whole."""
        path = self._folder / f"{name}.joblib"
        if path.exists():
            _log.info("%s: taken from an earlier run", name)
            kept: T = joblib.load(path)
            return kept
        result = make()
        temporary = path.with_suffix(".part")
        joblib.dump(result, temporary)
        temporary.replace(path)
        return result


def _drop_old_runs(folder: Path) -> None:
    runs = sorted(folder.iterdir(), key=lambda run: run.stat().st_mtime, reverse=True)
    for run in runs[KEPT_RUNS:]:
        for path in run.iterdir():
            path.unlink()
        run.rmdir()
