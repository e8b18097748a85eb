"""Training examples: stretches of human documents, and the same stretches as spinners re-write them.

A spun copy keeps its original's group, so that both always fall on the same side of a split.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Literal

from tqdm import tqdm

from training.corpora import Document
from training.spinners.spun import Spinner

Side = Literal["train", "test"]
TEST_SHARE = 0.15

# Lengths of training stretches, in words: short ones teach single phrases, long ones what pages look like.
STRETCH_WORDS = (70, 120, 200, 320)
MIN_STRETCH_WORDS = 50
DOCUMENTS_A_CHUNK = 64
# A copy in this share of cases is spun far more lightly than its tool usually does.
LIGHT_SHARE, LIGHT_STRENGTH = 0.15, (0.06, 0.15)


@dataclass(frozen=True, slots=True)
class Example:
    """One stretch of text. Of spun ones also: by which tool, and what was written for what."""

    text: str
    group: str
    genre: str
    source: str
    family: str = ""
    dictionary: str = ""
    swaps: tuple[tuple[str, str], ...] = ()

    @property
    def spun(self) -> bool:
        """Whether a spinner re-wrote it."""
        return bool(self.family)


@dataclass(frozen=True, slots=True)
class SpinnerMix:
    """Spinners and how often each is drawn."""

    spinners: tuple[Spinner, ...]
    weights: tuple[float, ...]


def side_of(group: str) -> Side:
    """The side of the train/test split on which a group falls: fixed for ever by its name."""
    return "test" if share_of(group) < TEST_SHARE else "train"


def cut(text: str, words: int, seed: int) -> list[tuple[int, int]]:
    """Spans of consecutive stretches of `words` words; where the first begins is drawn, a short rest is dropped."""
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    first = random.Random(seed).randrange(1 + len(spans) % words) if len(spans) > words else 0  # noqa: S311
    runs = [spans[i : i + words] for i in range(first, len(spans), words)]
    return [(run[0][0], run[-1][1]) for run in runs if len(run) >= MIN_STRETCH_WORDS]


def human_examples(documents: Sequence[Document], seed: int) -> list[Example]:
    """Every document cut into stretches of varying length."""
    return [
        Example(document.text[start:end], document.group, document.genre, document.source)
        for document in documents
        for start, end in cut(document.text, _stretch_words(document, seed), seed)
    ]


def spun_examples(
    documents: Sequence[Document], mix: SpinnerMix, copies: int, seed: int, jobs: int = 2
) -> list[Example]:
    """`copies` spun versions of every document, each by a spinner drawn by weight, cut as the human ones are."""
    chunks = [documents[i : i + DOCUMENTS_A_CHUNK] for i in range(0, len(documents), DOCUMENTS_A_CHUNK)]
    # The spinners' tables are large: every worker gets them once, not with every chunk.
    with ProcessPoolExecutor(jobs, initializer=_remember, initargs=(mix, copies, seed)) as pool:
        bar = tqdm(pool.map(_spin_chunk, chunks), total=len(chunks), desc="spinning", unit="chunk", disable=None)
        return [example for chunk in bar for example in chunk]


def _remember(mix: SpinnerMix, copies: int, seed: int) -> None:
    _worker["spin"] = (mix, copies, seed)


_worker: dict[str, tuple[SpinnerMix, int, int]] = {}


def _spin_chunk(documents: Sequence[Document]) -> list[Example]:
    mix, copies, seed = _worker["spin"]
    return [
        example
        for document in documents
        for copy in range(copies)
        for example in _spin_document(document, mix, f"{seed}:{copy}:{document.id}", seed)
    ]


def _spin_document(document: Document, mix: SpinnerMix, draw: str, seed: int) -> Iterator[Example]:
    chance = random.Random(draw)  # noqa: S311
    spinner = chance.choices(mix.spinners, mix.weights)[0]
    low, high = LIGHT_STRENGTH if chance.random() < LIGHT_SHARE else spinner.natural
    spun = spinner.spin(document.text, chance.randrange(1 << 32), chance.uniform(low, high))
    names = (document.group, document.genre, document.source, spinner.family, spinner.dictionary)
    for start, end in cut(spun.text, _stretch_words(document, seed), seed):
        swaps = [swap for swap in spun.swaps if start <= swap.start and swap.end <= end]
        if swaps:
            stretch = spun.text[start:end]
            yield Example(stretch, *names, tuple((swap.spun, swap.original) for swap in swaps))


def _stretch_words(document: Document, seed: int) -> int:
    chance = random.Random(f"{seed}:{document.id}")  # noqa: S311
    return round(chance.choice(STRETCH_WORDS) * chance.uniform(0.8, 1.25))


def share_of(name: str) -> float:
    """A number from 0 to 1 that a name always draws: what decides which side or share a group belongs to."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big") / (1 << 48)
