"""What unspun is measured against: the usual pipeline, fastText and phrase lists, behind one interface.

The packages of the last two are no dependency: pip puts them into the cache by name and version, wheels only.
"""

import importlib
import logging
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_union

from benchmarks.phrase_list import PhraseList, Rule, read_rules, words_of
from detector import Detector
from detector.errors import FetchError
from training.attacker_packages import pip_install
from training.examples import Example
from training.lexicon import Lexicon

FASTTEXT = ("fasttext-numpy2-wheel==0.9.2",)
TORTURED = ("TorturePhrases-Estimator==4.0",)
TORTURED_FILE = "TorturePhrases_Estimator/tortured_phrases_list.txt"
FULL_WEIGHT = 1.0

_log = logging.getLogger(__name__)

Scores = Callable[[Sequence[str]], NDArray[np.float64]]  # of texts, higher: more likely spun
Install = Callable[[Sequence[str], Path], None]  # packages, the folder to put them in


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to score texts. `fit` makes it; `share` of the training examples is what it is fitted on here."""

    name: str
    share: float
    fit: Callable[[Sequence[Example]], Scores]
    remark: str = ""


def ours(detector: Detector) -> Rival:
    """The model in use, as it is."""
    return Rival(
        "unspun",
        0.0,
        lambda _: lambda texts: np.array([detector.page_score(text) for text in texts]),
        f"model {detector.id}, all examples",
    )


def stock(share: float) -> Rival:
    """What most people would build: all settings scikit-learn's own, but for the n-grams."""

    def fit(examples: Sequence[Example]) -> Scores:
        vectors = make_union(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
            TfidfVectorizer(analyzer="word", ngram_range=(1, 2)),
        )
        pipeline = Pipeline([("vectors", vectors), ("linear", LogisticRegression())])
        pipeline.fit([each.text for each in examples], [each.spun for each in examples])
        return lambda texts: np.asarray(pipeline.decision_function(texts))

    return Rival("TF-IDF + logistic regression", share, fit, "scikit-learn, characters 2-5, words 1-2")


def fasttext(share: float, packages: Path) -> Rival:
    """fastText's supervised mode with word pairs, one thread, so that every run gives the same."""
    return Rival("fastText", share, lambda examples: _fit_fasttext(examples, packages), "supervised, word pairs")


def tortured(packages: Path) -> Rival:
    """The published list of tortured phrases."""
    listed = PhraseList(read_rules((packages / TORTURED_FILE).read_text("utf-8").splitlines()))
    return Rival("tortured-phrase list", 0.0, lambda _: listed.scores, f"{len(listed):,} published phrases")


def own_phrases(lexicons: Sequence[Lexicon]) -> Rival:
    """Our dictionaries' most telling wordings, in the same kind of look-up."""
    entries = (entry for lexicon in lexicons for entry in lexicon.entries if entry.weight >= FULL_WEIGHT)
    listed = PhraseList(Rule(words_of(entry.spun)) for entry in entries)
    return Rival("our dictionaries as a list", 0.0, lambda _: listed.scores, f"{len(listed):,} phrases of weight 1")


def installed(packages: Sequence[str], cache: Path, install: Install = pip_install) -> Path | None:
    """The folder with a package; None, and a warning, where it cannot be had here."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = cache / "benchmarks" / f"{packages[0].replace('==', '-')}-python{version}"
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".partial-") as partial:
        try:
            install(packages, Path(partial) / "packages")
        except FetchError as exc:
            _log.warning("Going on without %s: %s", packages[0], exc)
            return None
        (Path(partial) / "packages").replace(folder)
    return folder


def _fit_fasttext(examples: Sequence[Example], packages: Path) -> Scores:
    sys.path.insert(0, str(packages))
    module: Any = importlib.import_module("fasttext")
    sys.path.remove(str(packages))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples.txt"
        with path.open("w", encoding="utf-8") as lines:
            lines.writelines(f"__label__{int(each.spun)} {_tokens(each.text)}\n" for each in _shuffled(examples))
        model = module.train_supervised(str(path), wordNgrams=2, thread=1, seed=0, verbose=0)
    spun, human = (model.labels.index(f"__label__{number}") for number in (1, 0))
    # Its own probabilities are cut off at 1e-5; the sum behind them is not.
    direction = model.get_output_matrix()[spun] - model.get_output_matrix()[human]
    return lambda texts: np.array([float(model.get_sentence_vector(_tokens(text)) @ direction) for text in texts])


def _shuffled(examples: Sequence[Example]) -> list[Example]:
    """It learns in the order it reads, so all of one class must not come first."""
    return [examples[number] for number in np.random.default_rng(0).permutation(len(examples))]


def _tokens(text: str) -> str:
    return " ".join(re.findall(r"\w+|[^\w\s]", text.lower()))
