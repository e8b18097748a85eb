"""Is a spun document's original found by the words that unspun would search for?

Documents that no fit has seen are spun by the tools of training, each as strongly as its pages usually are. The query
made of the spun copy ranks all human documents of that side of the split, as a search engine would (BM25).

Usage: python -m benchmarks.trace [--documents 200] [--side test] [--output FILE]
"""

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from detector import Detector, load_detector
from detector.anchors import names_nothing
from detector.trace import MAX_TERMS, search_query
from training.corpora import Document, default_cache, load_documents
from training.examples import side_of
from training.lexicon import load_all
from training.spinners.catalogue import build_spinners
from training.spinners.resources import fetch_resources
from training.spinners.spun import Spinner

ROOT = Path(__file__).resolve().parent.parent
SEED = 40_000
MIN_WORDS = 100  # what the detector takes for an article, however short
K1, B = 1.2, 0.75  # BM25's usual constants
LENGTH_BANDS = ((100, 200), (200, 400), (400, 10**9))
_WORD = re.compile(r"\w+")

Query = Callable[[str], str]


class Index:
    """Documents to be searched."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [Counter(_WORD.findall(text.casefold())) for text in texts]
        self._lengths = np.array([sum(counts.values()) for counts in counted], float)
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, counts in enumerate(counted):
            for word, count in counts.items():
                self._places[word].append((number, count))

    def scores(self, query: str) -> NDArray[np.float64]:
        """float64 (documents,): BM25 (Robertson et al. 1994)."""
        scores = np.zeros(len(self._lengths))
        norms = K1 * (1 - B + B * self._lengths / self._lengths.mean())
        for word in set(_WORD.findall(query.casefold())):
            places = self._places.get(word, [])
            weight = math.log(1 + (len(scores) - len(places) + 0.5) / (len(places) + 0.5))
            for number, count in places:
                scores[number] += weight * count * (K1 + 1) / (count + norms[number])
        return scores

    def share_in(self, query: str, number: int) -> float:
        """The share of a query's words that stand in one document."""
        words = set(_WORD.findall(query.casefold()))
        found = sum(any(place == number for place, _ in self._places.get(word, [])) for word in words)
        return found / max(1, len(words))

    def rank(self, query: str, wanted: int) -> int:
        """The place of one document among all, 1 the first; ties count against it."""
        scores = self.scores(query)
        return int((scores >= scores[wanted]).sum())


@dataclass(frozen=True, slots=True)
class Asked:
    """One query's outcome: the place of the original, and the share of the query's words that stand in it."""

    rank: int
    in_original: float


@dataclass(frozen=True, slots=True)
class Copy:
    """A spun copy: the number of its original, its tool, the words of the original, and the text."""

    original: int
    tool: str
    words: int
    text: str


@click.command()
@click.option("--documents", default=200, help="how many are spun")
@click.option("--side", type=click.Choice(("train", "test")), default="test", help="train: to tune on")
@click.option("--output", type=click.Path(path_type=Path), default=ROOT / "benchmarks" / "TRACE.md")
def main(documents: int, side: str, output: Path) -> None:
    """Measure, and write the table."""
    cache = default_cache()
    human = [document for document in load_documents(cache) if side_of(document.group) == side]
    spinners = build_spinners(load_all(ROOT / "training" / "lexicons"), fetch_resources(cache))
    copies = spin(human, spinners, documents)
    active = (ROOT / "models" / "ACTIVE").read_text("utf-8").strip()
    index = Index([document.text for document in human])
    ways = queries(load_detector(ROOT / "models" / active))
    outcomes = {name: [asked(index, query(copy.text), copy) for copy in copies] for name, query in ways.items()}
    output.write_text(table(outcomes, copies, len(human), side), encoding="utf-8")
    click.echo(output)


def asked(index: Index, query: str, copy: Copy) -> Asked:
    """What a query made of a copy finds."""
    return Asked(index.rank(query, copy.original), index.share_in(query, copy.original))


def spin(human: Sequence[Document], spinners: Sequence[Spinner], wanted: int) -> list[Copy]:
    """As many spun copies as wanted, the tools in turn, each of another document."""
    chance = random.Random(SEED)
    lengths = [len(document.text.split()) for document in human]
    numbers = [number for number, words in enumerate(lengths) if words >= MIN_WORDS]
    chosen = chance.sample(numbers, min(wanted, len(numbers)))
    copies = []
    for turn, number in enumerate(chosen):
        spinner = spinners[turn % len(spinners)]
        spun = spinner.spin(human[number].text, SEED + turn, chance.uniform(*spinner.natural))
        copies.append(Copy(number, spinner.name, lengths[number], spun.text))
    return copies


def queries(detector: Detector) -> dict[str, Query]:
    """Ours, and two that need no thought."""
    return {
        "unspun's query": lambda text: search_query(text, detector.score(text, evidence="all").evidence),
        "the copy's first ten words": lambda text: " ".join(text.split()[:MAX_TERMS]),
        "its ten commonest words but for function words": _commonest,
    }


def table(outcomes: dict[str, list[Asked]], copies: Sequence[Copy], searched: int, side: str) -> str:
    """The figures as Markdown."""
    tools = len({copy.tool for copy in copies})
    lines = [
        "# Finding the original by a search",
        "",
        "Made by `python -m benchmarks.trace`. "
        f"{len(copies)} documents of the {side} side, of at least {MIN_WORDS} words, were spun by {tools} tools in "
        "turn, as strongly as their pages usually are. The query made of each copy ranks all "
        f"{searched:,} human documents of that side by BM25. A search engine has billions of pages, and may not have "
        "the original: these figures compare ways to ask, and promise nothing about the web. How the query is made was "
        "settled on the train side.",
        "",
        "| asked with | original first | among the first ten | words that stand in it | "
        + " | ".join(f"first, {_band(b)}" for b in LENGTH_BANDS)
        + " |",
        "|---|---|---|---|" + "---|" * len(LENGTH_BANDS),
    ]
    for name, found in outcomes.items():
        cells = [_share([one.rank == 1 for one in found]), _share([one.rank <= 10 for one in found])]
        cells.append(f"{np.mean([one.in_original for one in found]):.1%}")
        for low, high in LENGTH_BANDS:
            cells.append(_share([o.rank == 1 for o, c in zip(found, copies, strict=True) if low <= c.words < high]))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _commonest(text: str) -> str:
    words = [word for word in _WORD.findall(text.casefold()) if not names_nothing(word)]
    return " ".join(word for word, _ in Counter(words).most_common(MAX_TERMS))


def _band(band: tuple[int, int]) -> str:
    low, high = band
    return f"{low}-{high - 1} words" if high < 10**9 else f"from {low} words"


def _share(hits: Sequence[bool]) -> str:
    return f"{sum(hits) / len(hits):.1%} of {len(hits)}" if hits else "none"


if __name__ == "__main__":
    main()
