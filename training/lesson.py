"""What is learned from labelled pages: their stretches as rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector import Detector
from detector.calibration import Calibration
from training.examples import cut
from training.labels import Label
from training.rows import Rows, read_rows


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learned from: stretches of labelled pages.

    orders: uint8, words in each of rows.ids. pages, groups: int64 (stretches,). spun: bool (stretches,).
    threshold: float64 (stretches,), the score from which a text of this length is suspicious.
    """

    rows: Rows
    orders: NDArray[np.uint8]
    pages: NDArray[np.int64]
    groups: NDArray[np.int64]
    spun: NDArray[np.bool_]
    threshold: NDArray[np.float64]

    def take(self, wanted: NDArray[np.bool_]) -> "Lesson":
        """Some of the stretches."""
        kept = np.repeat(wanted, np.diff(self.rows.ends, prepend=0))
        return Lesson(
            self.rows.take(wanted),
            self.orders[kept],
            self.pages[wanted],
            self.groups[wanted],
            self.spun[wanted],
            self.threshold[wanted],
        )


def make_lesson(labels: Sequence[Label], groups: NDArray[np.int64], detector: Detector) -> Lesson:
    """Every page cut into stretches as long as the windows it will be judged by."""
    width = int(detector.manifest["window_words"])
    spans = [cut(label.text, width, seed=0) or [(0, len(label.text))] for label in labels]
    pages = np.repeat(np.arange(len(labels)), [len(each) for each in spans])
    texts = [label.text[start:end] for label, each in zip(labels, spans, strict=True) for start, end in each]
    rows, orders = read_rows(texts, detector)
    spun = np.array([label.spun for label in labels], bool)
    return Lesson(rows, orders, pages, groups[pages], spun[pages], thresholds(detector, rows.words))


def thresholds(detector: Detector, words: NDArray[np.int64]) -> NDArray[np.float64]:
    """float64, same length: the score from which a text of so many words is suspicious."""
    calibration = Calibration.from_manifest(detector.manifest)
    lengths, place = np.unique(words, return_inverse=True)
    scores = [calibration.score_at(calibration.suspicious, int(length)) for length in lengths]
    return np.array(scores, np.float64)[place]
