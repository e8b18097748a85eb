"""A model's replay set: pages of many kinds as hashed features, never as texts, in replay.npz beside the tables.

Learning from labels alone would forget. So a retrained model is held to what its parent made of the replay's pages;
the frozen ones among them are never learned from: the gate judges by them. A page keeps the n-grams that own a slot,
and of the others those that are common: they may come to own one.
"""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from detector import Detector
from detector.artefact import MANIFEST, read_manifest, write_whole
from detector.errors import ModelError
from detector.ngrams import CHECK_MASK
from training.corpora import Document
from training.examples import share_of, side_of
from training.grams import CHECK_BITS
from training.pages import Page, human_pages, spun_pages
from training.rows import Rows, WordWeights, read_rows
from training.spinners.spun import Spinner

REPLAY, SUM = "replay.npz", "replay_sha256"
MAX_BYTES = 6_000_000
LENGTHS = (100, 300)
HUMAN_PAGES, SPUN_PAGES = 120, 16  # of each genre, or by each spinner, at each length, learned from and frozen alike
MIN_STRANGER = 5  # an n-gram that owns no slot is kept where so many pages have it: the rarer hardly count
SPUN_DOCUMENTS = 40  # for each spinner
# The rest of the documents that no fit has seen is left for measuring what retraining does.
FROZEN_SHARE = 0.35
SEED = 40_000


@dataclass(frozen=True, slots=True)
class Replay:
    """Pages as rows. kinds: genre or spinner of each; spun, frozen: bool (pages,)."""

    rows: Rows
    kinds: NDArray[np.str_]
    spun: NDArray[np.bool_]
    frozen: NDArray[np.bool_]

    def take(self, wanted: NDArray[np.bool_]) -> "Replay":
        """Some of the pages."""
        return Replay(self.rows.take(wanted), self.kinds[wanted], self.spun[wanted], self.frozen[wanted])


def is_frozen(group: str) -> bool:
    """Whether a group's documents may be frozen pages."""
    return side_of(group) == "test" and share_of(f"frozen {group}") < FROZEN_SHARE


def make_replay(documents: Sequence[Document], spinners: Sequence[Spinner], detector: Detector) -> Replay:
    """Pages of the documents the model learned from, and frozen ones of such as it has not seen."""
    learned = _pages([each for each in documents if side_of(each.group) == "train"], spinners)
    frozen = _pages([each for each in documents if is_frozen(each.group)], spinners)
    pages = [*learned, *frozen]
    rows, _ = read_rows([page.text for page in pages], detector)
    names, counts = np.unique(rows.ids, return_counts=True)
    common = counts[np.searchsorted(names, rows.ids)] >= MIN_STRANGER
    known = WordWeights.of(detector.tables).owned(rows.ids) | common
    return Replay(
        rows.only(known),
        np.array([page.kind for page in pages]),
        np.array([page.spun for page in pages]),
        np.arange(len(pages)) >= len(learned),
    )


def _pages(documents: Sequence[Document], spinners: Sequence[Spinner]) -> list[Page]:
    people = human_pages(documents, LENGTHS, HUMAN_PAGES)
    wanted = max(1, len(documents) // (SPUN_DOCUMENTS * max(1, len(spinners))))
    return people + spun_pages(documents[::wanted], spinners, LENGTHS, SEED, SPUN_PAGES)


def save_replay(folder: Path, replay: Replay, weights: WordWeights) -> None:
    """Write replay.npz into a model's folder, and its sum into the manifest. weights: those of this model."""
    blob = encode(replay, weights)
    write_whole(folder / REPLAY, blob)
    sealed = read_manifest(folder) | {SUM: hashlib.sha256(blob).hexdigest()}
    write_whole(folder / MANIFEST, (json.dumps(sealed, indent=1, ensure_ascii=False) + "\n").encode())


def load_replay(folder: Path, weights: WordWeights) -> Replay:
    """The replay set of a model. Raises ModelError when it has none or a damaged one."""
    wanted = read_manifest(folder).get(SUM)
    if wanted is None:
        raise ModelError(
            f"Model {folder.name} ships no {REPLAY}, so it cannot be retrained without forgetting. "
            "Choose another with --parent, or make one with `make train`."
        )
    try:
        blob = (folder / REPLAY).read_bytes()
    except OSError as exc:
        raise ModelError(f"The {REPLAY} of model {folder.name} cannot be read ({exc}).") from exc
    if hashlib.sha256(blob).hexdigest() != wanted:
        raise ModelError(f"The {REPLAY} of model {folder.name} is damaged: its sha256 is not the manifest's.")
    try:
        return decode(blob, weights)
    except (ValueError, BadZipFile, KeyError) as exc:
        raise ModelError(f"The {REPLAY} of model {folder.name} is not a replay file ({exc}).") from exc


def encode(replay: Replay, weights: WordWeights) -> bytes:
    """Small: steps between slots, byte by byte, and of the checks only how they differ from the owners'."""
    rows = replay.rows
    slots = (rows.ids >> CHECK_BITS).astype(np.int64)
    steps = np.diff(slots, prepend=0)
    starts = (rows.ends - np.diff(rows.ends, prepend=0))[np.diff(rows.ends, prepend=0) > 0]
    steps[starts] = slots[starts]
    names, codes = np.unique(replay.kinds, return_inverse=True)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        steps=np.stack([(steps >> shift & 0xFF).astype(np.uint8) for shift in (0, 8, 16)]),
        strangers=((rows.ids & CHECK_MASK).astype(np.uint8) ^ weights.checks[slots]),
        lengths=np.diff(rows.ends, prepend=0).astype(np.uint16),
        words=rows.words.astype(np.uint16),
        rest=rows.rest.astype(np.float32),
        kind_names=names,
        kinds=codes.astype(np.uint8),
        spun=replay.spun,
        frozen=replay.frozen,
    )
    return buffer.getvalue()


def decode(blob: bytes, weights: WordWeights) -> Replay:
    """What encode() was given with the same weights; `rest` to float32."""
    with np.load(io.BytesIO(blob), allow_pickle=False) as file:
        kept = {name: file[name] for name in file.files}
    ends = np.cumsum(kept["lengths"].astype(np.int64))
    low, middle, high = kept["steps"].astype(np.int64)
    walked = np.cumsum(low | middle << 8 | high << 16)
    starts = ends - kept["lengths"]
    before = np.concatenate(([0], walked))[starts]
    slots = walked - np.repeat(before, kept["lengths"])
    checks = kept["strangers"] ^ weights.checks[slots]
    ids = (slots << CHECK_BITS | checks).astype(np.uint32)
    rows = Rows(ids, ends, kept["words"].astype(np.int64), kept["rest"].astype(np.float64))
    return Replay(rows, kept["kind_names"][kept["kinds"]], kept["spun"], kept["frozen"])
