"""The pure core of unspun: text in, Verdict out. No network, no Flask, no click, no print.

>>> from detector import load_detector
>>> detector = load_detector(Path("models/2026-11-23-ab12cd34"))
>>> detector.score("...").verdict
"""

from detector.artefact import load_detector
from detector.errors import ModelError, UnspunError
from detector.model import Detector
from detector.verdict import Evidence, Family, Verdict, Window

__all__ = [
    "Detector",
    "Evidence",
    "Family",
    "ModelError",
    "UnspunError",
    "Verdict",
    "Window",
    "load_detector",
]
