"""Pages to judge, for calibration and evaluation: stretches of exact lengths of human text, and spun ones."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from detector.errors import InputError
from training.corpora import Document
from training.examples import cut
from training.spinners.spun import Spinner

# Of one genre, or by one tool, at one length: more would not sharpen a rate of 1 in 1,000 by much.
MAX_PAGES = 2500


@dataclass(frozen=True, slots=True)
class Page:
    """A text of `length` words; `kind` is its genre when human, the tool's name when spun."""

    text: str
    length: int
    kind: str
    spun: bool


def human_pages(documents: Iterable[Document], lengths: Sequence[int], limit: int = MAX_PAGES) -> list[Page]:
    """Human stretches of each length. Where a source's documents are shorter, its consecutive ones are joined."""
    pages = [
        Page(text, length, genre, False)
        for (genre, _), texts in _by_source(documents)
        for length in lengths
        for text in stretches(_long_enough(texts, length), length)
    ]
    return sample(pages, limit)


def spun_pages(
    documents: Sequence[Document],
    spinners: Sequence[Spinner],
    lengths: Sequence[int],
    seed: int,
    limit: int = MAX_PAGES,
) -> list[Page]:
    """Each document spun by one tool (they take turns) at its usual strength, cut to each length."""
    pages = []
    for number, document in enumerate(documents):
        spinner = spinners[number % len(spinners)]
        strength = random.Random(number).uniform(*spinner.natural)  # noqa: S311 - a sample, not a secret
        spun = spinner.spin(document.text, seed + number, strength)
        for length in lengths:
            pages += [
                Page(spun.text[start:end], length, spinner.name, True)
                for start, end in cut(spun.text, length, seed=length)
                if any(start <= swap.start < end for swap in spun.swaps)
            ]
    return sample([page for page in pages if len(page.text.split()) == page.length], limit)


def partly_spun_pages(
    documents: Sequence[Document], spinners: Sequence[Spinner], length: int, share: float, seed: int
) -> list[Page]:
    """Human pages of which one stretch, `share` of the words, is spun; the rest is as it was."""
    pages = []
    for number, document in enumerate(documents):
        chance = random.Random(f"{seed}:{number}")  # noqa: S311
        spinner = spinners[number % len(spinners)]
        for text in stretches([document.text], length):
            words = text.split(" ")
            size = round(share * len(words))
            at = chance.randrange(len(words) - size)
            middle = spinner.spin(" ".join(words[at : at + size]), seed + number, chance.uniform(*spinner.natural))
            if middle.swaps:
                whole = " ".join((*words[:at], middle.text, *words[at + size :]))
                pages.append(Page(whole, length, spinner.name, True))
    return sample(pages, MAX_PAGES)


def read_pages(path: Path, lengths: Sequence[int], spun: bool) -> list[Page]:
    """Pages of one's own: JSONL with a "text" in each line, or a folder of .txt files; cut to each length."""
    texts = list(_read_folder(path) if path.is_dir() else _read_jsonl(path))
    if not texts:
        raise InputError(
            f"{path} holds no texts. Give a .jsonl file with a `text` in each line, or a folder of .txt files."
        )
    return [
        Page(text, length, path.stem, spun)
        for whole in texts
        for length in lengths
        for text in stretches([whole], length)
    ]


def stretches(texts: Iterable[str], length: int) -> Iterator[str]:
    """Consecutive stretches of exactly `length` words; rests are dropped."""
    for text in texts:
        for start, end in cut(text, length, seed=length):
            if len(text[start:end].split()) == length:
                yield text[start:end]


def sample(pages: Sequence[Page], limit: int) -> list[Page]:
    """At most `limit` pages of each kind and length, evenly drawn."""
    groups: dict[tuple[str, int], list[Page]] = defaultdict(list)
    for page in pages:
        groups[page.kind, page.length].append(page)
    chosen = []
    for name, group in sorted(groups.items()):
        random.Random(str(name)).shuffle(group)  # noqa: S311
        chosen += group[:limit]
    return chosen


def _by_source(documents: Iterable[Document]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    ordered = sorted(documents, key=lambda document: (document.genre, document.source, document.group, document.id))
    for key, group in groupby(ordered, key=lambda document: (document.genre, document.source)):
        yield key, [document.text for document in group]


def _long_enough(texts: Sequence[str], length: int) -> Iterator[str]:
    """The texts, each joined with those after it until it has `length` words."""
    pending: list[str] = []
    words = 0
    for text in texts:
        pending.append(text)
        words += len(text.split())
        if words >= length:
            yield "\n\n".join(pending)
            pending, words = [], 0


def _read_jsonl(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                text = json.loads(line)["text"]
            except (ValueError, KeyError, TypeError) as exc:
                raise InputError(f"{path} line {number} is not a JSON object with a `text`.") from exc
            yield text


def _read_folder(path: Path) -> Iterator[str]:
    for file in sorted(path.glob("*.txt")):
        yield file.read_text("utf-8", errors="replace")
