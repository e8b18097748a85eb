"""From human documents and spinners to a model: read, calibrate, fit, pack. Every stage says what it does.

Calibration models are fitted without some sources each (leave-sources-out folds) and judge pages of those sources, so
the shipped thresholds are set on sites, authors and outlets that the judging model had not seen.
"""

import datetime
import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from tqdm import tqdm

from detector import Detector
from detector.artefact import FORMAT
from detector.errors import InputError
from detector.ngrams import NGRAM_VERSION
from detector.text import TEXT_VERSION
from training.calibrate import LENGTHS, RATES, Scored, calibration
from training.corpora import Document
from training.examples import Example, SpinnerMix, human_examples, side_of, spun_examples
from training.families import FamilyTable, fit_families
from training.fit import FitSettings, Fitted, fit, float_tables, pack, split_weights
from training.grams import Grams, read_grams
from training.learners import as_learners
from training.lexicon import Lexicon
from training.pages import Page, human_pages, spun_pages
from training.spinners.spun import Spinner
from training.stages import Stages
from training.wording import build_wording

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """Everything a model depends on besides its texts and dictionaries."""

    seed: int = 0
    copies: int = 2
    learners: float = 0.15  # the share of documents that are learned from once more, with a learner's errors in them
    folds: int = 8
    window_words: int = 300
    window_step: int = 50
    min_words: int = 50
    prior: float = 0.02
    suspicious: float = 0.01
    spun: float = 0.001
    pages_a_kind: int = 2000
    fit: FitSettings = field(default_factory=FitSettings)


@dataclass(frozen=True, slots=True)
class Built:
    """A model in memory: what its folder will hold."""

    manifest: dict[str, Any]
    arrays: dict[str, NDArray[Any]]
    wording: dict[str, NDArray[Any]]
    fitted: Fitted


@dataclass(frozen=True, slots=True)
class Prepared:
    """What models are fitted to, and what the calibration models made of unseen sources. One row for each example."""

    documents: Sequence[Document]
    examples: Sequence[Example]
    grams: Grams
    spun: NDArray[np.bool_]
    calibration_scores: Sequence[Scored]
    digest: str
    stages: Stages


def prepare(
    documents: Sequence[Document], mix: SpinnerMix, dictionaries_sha256: str, settings: BuildSettings, cache: Path
) -> Prepared:
    """Everything before the final fit, of the training side of the split; taken from the cache where it is there."""
    documents = [document for document in documents if side_of(document.group) == "train"]
    documents = [*documents, *as_learners(documents, settings.learners, settings.seed)]
    _log.info("%d human documents, %d spinners", len(documents), len(mix.spinners))
    digest = _digest(documents, mix, dictionaries_sha256, settings)
    stages = Stages(cache, digest)
    examples = stages.run("examples", lambda: _examples(documents, mix, settings))
    grams = stages.run("ngrams", lambda: _grams(examples))
    spun = np.array([example.spun for example in examples])
    kinds = np.array([_kind(example) for example in examples])
    _log.info("%d human and %d spun stretches", (~spun).sum(), spun.sum())
    scores = stages.run("calibration", lambda: _cross_scores(grams, spun, kinds, documents, mix.spinners, settings))
    return Prepared(documents, examples, grams, spun, scores, digest, stages)


def build(
    documents: Sequence[Document],
    mix: SpinnerMix,
    dictionaries_sha256: str,
    settings: BuildSettings,
    cache: Path,
    lexicons: Mapping[str, Lexicon] = MappingProxyType({}),
) -> Built:
    """Fit and calibrate a model on the training side of the split. Deterministic for the same inputs.

    lexicons: what is known of the dictionaries beside what the spinners of the mix were seen to write.
    """
    ready = prepare(documents, mix, dictionaries_sha256, settings, cache)
    _log.info("fitting the model itself")
    fitted = ready.stages.run("fit", lambda: fit(ready.grams, ready.spun, balance(ready.spun), settings.fit))
    families = fit_families(ready.examples, settings.seed)
    manifest = _manifest(fitted, families, ready, mix, settings)
    human = [document for document in documents if side_of(document.group) == "train"]
    wording = build_wording(human, ready.examples, lexicons)
    return Built(manifest, _arrays(fitted, families), wording, fitted)


def _examples(documents: Sequence[Document], mix: SpinnerMix, settings: BuildSettings) -> list[Example]:
    examples = human_examples(documents, settings.seed)
    return examples + spun_examples(documents, mix, settings.copies, settings.seed)


def _grams(examples: Sequence[Example]) -> Grams:
    return read_grams([example.text for example in examples], [example.group for example in examples])


def balance(spun: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights that give both classes the same total."""
    return np.asarray(np.where(spun, 0.5 / spun.mean(), 0.5 / (1 - spun.mean())))


def _cross_scores(
    grams: Grams,
    spun: NDArray[np.bool_],
    kinds: NDArray[np.str_],
    documents: Sequence[Document],
    spinners: Sequence[Spinner],
    settings: BuildSettings,
) -> list[Scored]:
    """Scores of pages of every source by a model that never saw the source."""
    folds = source_folds(documents, settings.folds)
    tasks = (
        (np.flatnonzero(~np.isin(kinds, list(left_out))), _pages(documents, left_out, spinners, settings))
        for left_out in folds
    )
    scored = scores_without(tasks, grams, spun, settings)
    bar = tqdm(scored, total=len(folds), desc="calibration models", unit="model", disable=None)
    return [each for fold in bar for each in fold]


def _pages(
    documents: Sequence[Document], kinds: set[str], spinners: Sequence[Spinner], settings: BuildSettings
) -> list[Page]:
    documents = [document for document in documents if _kind(document) in kinds]
    pages = human_pages(documents, LENGTHS, settings.pages_a_kind)
    return pages + spun_pages(documents, spinners, LENGTHS, settings.seed, settings.pages_a_kind // len(spinners) + 50)


def scores_without(
    tasks: Iterable[tuple[NDArray[np.intp], Sequence[Page]]],
    grams: Grams,
    spun: NDArray[np.bool_],
    settings: BuildSettings,
) -> Iterator[list[Scored]]:
    """For each task, (rows to learn from, pages), the pages' scores by a model fitted to these rows alone, in order.

    A fit uses one core: two run at a time.
    """
    jobs = (delayed(_fit_and_score)(grams, spun, rows, pages, settings) for rows, pages in tasks)
    done: Iterator[list[Scored]] = Parallel(n_jobs=2, pre_dispatch="n_jobs", return_as="generator")(jobs)
    return done


def _fit_and_score(
    grams: Grams, spun: NDArray[np.bool_], rows: NDArray[np.intp], pages: Sequence[Page], settings: BuildSettings
) -> list[Scored]:
    fitted = fit(grams.take(rows), spun[rows], balance(spun[rows]), settings.fit)
    return score_pages(draft_detector(fitted, settings), pages)


def source_folds(documents: Iterable[Document], folds: int) -> list[set[str]]:
    """Sources dealt into groups of about the same size, largest first; those of a genre into different groups.

    Raises InputError when there is but one source of one genre: nothing would be left to learn from.
    """
    sizes = Counter((document.genre, _kind(document)) for document in documents)
    if len(sizes) == 1:
        raise InputError("Found one source of human text; thresholds need at least two. Add a --corpus or a --source.")
    groups: list[set[str]] = [set() for _ in range(min(folds, len(sizes)))]
    totals = [0] * len(groups)
    of_genre: Counter[tuple[int, str]] = Counter()
    for (genre, kind), count in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        chosen = min(range(len(groups)), key=lambda group: (of_genre[group, genre], totals[group]))
        groups[chosen].add(kind)
        totals[chosen] += count
        of_genre[chosen, genre] += 1
    return groups


def _kind(text: Document | Example) -> str:
    return f"{text.source}: {text.genre}"


def score_pages(detector: Detector, pages: Sequence[Page]) -> list[Scored]:
    """Every page's score."""
    bar = tqdm(pages, desc="scoring pages", unit="page", disable=None)
    return [Scored(detector.page_score(page.text), page.length, page.kind, page.spun) for page in bar]


def draft_detector(fitted: Fitted, settings: BuildSettings) -> Detector:
    """A detector that scores but has no rates yet."""
    ladder = {
        "lengths": [1],
        "rates": list(RATES),
        "scores": [list(map(float, range(len(RATES))))],
        "logistic": [(1, 0)],
    }
    return Detector(_scoring_manifest(fitted, settings) | {"calibration": ladder}, float_tables(fitted))


def _scoring_manifest(fitted: Fitted, settings: BuildSettings) -> dict[str, Any]:
    return {
        "id": "draft",
        "format": FORMAT,
        "text_version": TEXT_VERSION,
        "ngram_version": NGRAM_VERSION,
        "intercept": fitted.intercept,
        "per_word": split_weights(fitted)[2],
        "window_words": settings.window_words,
        "window_step": settings.window_step,
        "min_words": settings.min_words,
        "prior": settings.prior,
        "thresholds": {"suspicious": settings.suspicious, "spun": settings.spun},
        "families": [],
        "family_scale": 1.0,
    }


def _manifest(
    fitted: Fitted,
    families: FamilyTable,
    ready: Prepared,
    mix: SpinnerMix,
    settings: BuildSettings,
) -> dict[str, Any]:
    created = datetime.datetime.now(datetime.UTC).date().isoformat()
    return _scoring_manifest(fitted, settings) | {
        "id": f"{created}-{ready.digest[:6]}",
        "created": created,
        "data_sha256": ready.digest,
        "seed": settings.seed,
        "settings": asdict(settings),
        "families": list(families.names),
        "family_scale": families.scale,
        "calibration": calibration(ready.calibration_scores),
        "training": {
            "documents": len(ready.documents),
            "words": sum(len(document.text.split()) for document in ready.documents),
            "sources": sorted({document.source for document in ready.documents}),
            "spinners": [spinner.name for spinner in mix.spinners],
        },
    }


def _digest(documents: Sequence[Document], mix: SpinnerMix, dictionaries_sha256: str, settings: BuildSettings) -> str:
    """sha256 over everything that the tables depend on, save the code."""
    shares = [(spinner.name, share) for spinner, share in zip(mix.spinners, mix.weights, strict=True)]
    digest = hashlib.sha256(f"{settings!r}\0{dictionaries_sha256}\0{shares!r}".encode())
    for document in documents:
        digest.update(f"{document.id}\0{document.text}\0".encode("utf-8", "replace"))
    return digest.hexdigest()


def _arrays(fitted: Fitted, families: FamilyTable) -> dict[str, NDArray[Any]]:
    chars, words, _ = split_weights(fitted)
    char_codes, char_book = pack(chars)
    word_codes, word_book = pack(words)
    return {
        "char_codes": char_codes,
        "char_book": char_book,
        "word_entries": fitted.checks.astype(np.uint16) << np.uint16(8) | word_codes,
        "word_book": word_book,
        "phrase_keys": families.keys,
        "phrase_families": families.strengths,
        "originals": np.frombuffer("\n".join(families.originals).encode(), np.uint8),
    }
