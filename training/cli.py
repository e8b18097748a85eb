"""`unspun train` and `unspun evaluate`: options in, one call, a model folder out."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from detector import load_detector
from detector.artefact import read_manifest
from detector.errors import InputError
from training.attackers import held_out_attackers
from training.build import BuildSettings, build, prepare
from training.corpora import Document, default_cache, load_documents
from training.evaluate import LENGTHS, Judged, flagged_table, hits_table, judge, report
from training.examples import side_of
from training.floors import check as check_floors
from training.held_out import without_dictionaries, without_genres
from training.learners import as_learners
from training.lexicon import load_all
from training.mix import mix
from training.pages import Page, human_pages, partly_spun_pages, read_pages, spun_pages
from training.promote import promote, write_card, write_model
from training.replay import make_replay, save_replay
from training.rows import WordWeights
from training.spinners.catalogue import build_spinners
from training.spinners.resources import fetch_resources
from training.spinners.spun import Spinner

LEXICONS = Path(__file__).parent / "lexicons"
PART_PAGE_WORDS, PART_SHARES = 600, (0.15, 0.28, 0.5)
# Lengths to which texts given by the caller are cut, in words.
HUMAN_LENGTHS, SPUN_LENGTHS = (150, 300, 600), (130,)
EVALUATION_SEED = 20_000
LEARNER_SHARE, STRANGER_DOCUMENTS = 0.3, 300

_log = logging.getLogger(__name__)


def train(
    models: Path,
    *,
    corpus_dirs: Sequence[Path] = (),
    sources: Sequence[str] | None = None,
    lexicons: Path = LEXICONS,
    settings: BuildSettings | None = None,
    cache: Path | None = None,
    new_floors: bool = False,
) -> Path:
    """Build, write, measure and promote a model; its folder is returned.

    corpus_dirs: folders of .txt files added to the human text. sources: a part of the catalogue of human texts.
    Raises ModelError, and promotes nothing, when the model is worse than the floors allow on the same pages.
    """
    cache = cache or default_cache()
    documents = load_documents(cache, sources=sources, extra_dirs=corpus_dirs)
    known = load_all(lexicons)
    mixed = mix(build_spinners(known, fetch_resources(cache)))
    built = build(documents, mixed, _dictionaries_sha256(lexicons), settings or BuildSettings(), cache, known)
    folder = write_model(models, built)
    add_replay(folder, documents, mixed.spinners)
    evaluate(folder, corpus_dirs=corpus_dirs, sources=sources, lexicons=lexicons, cache=cache, new_floors=new_floors)
    promote(models, folder.name)
    return folder


def add_replay(folder: Path, documents: Sequence[Document], spinners: Sequence[Spinner]) -> None:
    """Put the replay set, which retraining from labels needs, into a model's folder (about a minute)."""
    detector = load_detector(folder)
    save_replay(folder, make_replay(documents, spinners, detector), WordWeights.of(detector.tables))


def evaluate(
    folder: Path,
    *,
    human: Sequence[Path] = (),
    spun: Sequence[Path] = (),
    corpus_dirs: Sequence[Path] = (),
    sources: Sequence[str] | None = None,
    lexicons: Path = LEXICONS,
    cache: Path | None = None,
    leave_out: bool = False,
    new_floors: bool = False,
) -> dict[str, Any]:
    """Measure a model on unseen documents, and on human and spun texts of one's own; write its card.

    leave_out: also fit models without each dictionary and each genre, and measure these (about half an hour).
    new_floors: pin the floors anew on this model. Raises ModelError where it is worse than they allow.
    """
    cache = cache or default_cache()
    detector = load_detector(folder)
    everything = load_documents(cache, sources=sources, extra_dirs=corpus_dirs)
    documents = [document for document in everything if side_of(document.group) == "test"]
    if not documents:
        raise InputError("None of the human texts are among those kept for measuring. More texts are needed.")
    spinners = _spinners(lexicons, cache)
    _log.info("measuring %s on %d unseen documents", detector.id, len(documents))
    pages = human_pages(documents, LENGTHS) + spun_pages(documents, spinners, LENGTHS, EVALUATION_SEED)
    judged = judge(detector, pages)
    partly = judge(detector, _partly_spun_pages(documents, spinners))
    metrics = report(judged, partly, detector.manifest["prior"])
    metrics["pages_sha256"] = sha256("\0".join(page.text for page in pages).encode("utf-8", "replace")).hexdigest()
    metrics["learners"] = [asdict(row) for row in flagged_table(judge(detector, _learner_pages(documents)))]
    strangers = judge(detector, _stranger_pages(documents, cache))
    metrics["held_out"] = [asdict(row) for row in hits_table([*_human(judged), *strangers], "unseen tools")]
    own = [page for path in human for page in read_pages(path, HUMAN_LENGTHS, spun=False)]
    own += [page for path in spun for page in read_pages(path, SPUN_LENGTHS, spun=True)]
    metrics["own"] = [asdict(row) for row in flagged_table(judge(detector, own))]
    if leave_out:
        settings = BuildSettings(seed=detector.manifest["seed"])
        ready = prepare(everything, mix(spinners), _dictionaries_sha256(lexicons), settings, cache)
        metrics["left_out_dictionaries"] = without_dictionaries(ready, documents, spinners, settings)
        metrics["left_out_genres"] = without_genres(ready, documents, settings)
    write_card(folder, read_manifest(folder), metrics)
    check_floors(metrics, folder.parent, new=new_floors)
    return metrics


def _partly_spun_pages(documents: Sequence[Document], spinners: Sequence[Spinner]) -> list[Page]:
    """Human pages, and such of which a tool spun one stretch; tools that leave parts of it alone are not taken."""
    whole = [spinner for spinner in spinners if not spinner.name.startswith("part:")]
    pages = human_pages(documents, (PART_PAGE_WORDS,))
    for share in PART_SHARES:
        spun = partly_spun_pages(documents, whole, PART_PAGE_WORDS, share, EVALUATION_SEED)
        pages += [replace(page, kind=f"{share:.0%} spun") for page in spun]
    return pages


def _learner_pages(documents: Sequence[Document]) -> list[Page]:
    """Unseen documents with the errors of people who write English as a second language."""
    learners = as_learners(documents, LEARNER_SHARE, EVALUATION_SEED)
    return human_pages([replace(each, genre="non-native (made)") for each in learners], LENGTHS)


def _stranger_pages(documents: Sequence[Document], cache: Path) -> list[Page]:
    """Unseen documents spun by tools that are never trained on; none where they cannot be had."""
    some = documents[:: max(1, len(documents) // STRANGER_DOCUMENTS)]
    return [page for each in held_out_attackers(cache) for page in spun_pages(some, [each], LENGTHS, EVALUATION_SEED)]


def _human(judged: Sequence[Judged]) -> list[Judged]:
    return [each for each in judged if not each.spun]


def _spinners(lexicons: Path, cache: Path) -> list[Spinner]:
    return build_spinners(load_all(lexicons), fetch_resources(cache))


def _dictionaries_sha256(lexicons: Path) -> str:
    digest = sha256()
    for path in sorted(lexicons.glob("*.tsv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
