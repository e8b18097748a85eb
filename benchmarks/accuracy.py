"""How well does unspun tell spun pages from human ones, beside what else there is? One protocol, one table.

Everything that learns does so from the examples of the training run and is measured on the same unseen pages. What
costs minutes is kept in the cache: a run that was stopped goes on where it was.

Usage: python -m benchmarks.accuracy [--quick] [--human FILE_OR_FOLDER]... [--spun FILE_OR_FOLDER]...
"""

import hashlib
import logging
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import click
import joblib
import numpy as np
from tqdm import tqdm

from benchmarks.accuracy_table import RATE, Measured, Sets, draw, markdown
from benchmarks.rivals import FASTTEXT, TORTURED, Rival, Scores, fasttext, installed, ours, own_phrases, stock, tortured
from detector import load_detector
from training.attackers import held_out_attackers
from training.corpora import Document, default_cache, load_documents
from training.examples import Example, human_examples, share_of, side_of, spun_examples
from training.lexicon import load_all
from training.mix import mix
from training.pages import Page, human_pages, read_pages, spun_pages
from training.spinners.catalogue import build_spinners
from training.spinners.resources import fetch_resources
from training.spinners.spun import Spinner

ROOT = Path(__file__).resolve().parent.parent
LEXICONS = ROOT / "training" / "lexicons"
LENGTHS, OWN_LENGTH = (100, 400), 130
ARTICLE_CHARACTERS, TIMED_PAGES, CALLS = 5_000, 15, 5
SEED = 20_000
BATCH = 500

_log = logging.getLogger(__name__)
T = TypeVar("T")
FILE_OR_FOLDER = click.Path(exists=True, path_type=Path)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done. Shares are of the training examples: what the usual pipeline takes in six minutes and 8 GB."""

    stock_share: float = 0.4
    fasttext_share: float = 1.0
    pages_a_kind: int = 1000
    every: int = 1  # of so many documents one is used
    stranger_documents: int = 300


QUICK = Size(stock_share=0.01, fasttext_share=0.02, pages_a_kind=60, every=12, stranger_documents=30)


@click.command()
@click.option("--quick", is_flag=True, help="a twelfth of the documents: one minute instead of ten")
@click.option("--human", multiple=True, type=FILE_OR_FOLDER, help=".jsonl or folder of human texts of your own")
@click.option("--spun", multiple=True, type=FILE_OR_FOLDER, help=".jsonl or folder of spun texts of your own")
@click.option("--output", type=click.Path(path_type=Path), help="the folder for ACCURACY.md and accuracy.png")
def main(quick: bool, human: tuple[Path, ...], spun: tuple[Path, ...], output: Path | None) -> None:
    """Measure the active model and its rivals; write the table and the figure."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    cache, size = default_cache(), QUICK if quick else Size()
    documents = load_documents(cache)[:: size.every]
    spinners = build_spinners(load_all(LEXICONS), fetch_resources(cache))
    own = [page for path in human for page in read_pages(path, (OWN_LENGTH,), spun=False)]
    own += [page for path in spun for page in read_pages(path, (OWN_LENGTH,), spun=True)]
    key = digest(repr(size), *(document.id for document in documents), *_dictionaries())
    sets = kept(cache, f"pages-{key}", lambda: _pages(documents, spinners, cache, size))
    sets = with_own(sets, own)
    examples, source = _examples(cache, documents, spinners, size)
    rows = []
    for rival in _rivals(cache, size):
        name = f"scores-{digest(source, rival.name, rival.remark, str(rival.share), *_texts(sets))}"
        rows.append(kept(cache, name, partial(measured, rival, examples, sets)))
    folder = output or ROOT / "benchmarks"
    (folder / "ACCURACY.md").write_text(_head(examples) + markdown(rows, sets, LENGTHS), encoding="utf-8")
    draw(rows, sets, LENGTHS, folder / "accuracy.png")
    click.echo(folder / "ACCURACY.md")


def measured(rival: Rival, examples: Sequence[Example], sets: Sets) -> Measured:
    """Fit a rival on its share of the examples, and let it score all pages."""
    chosen = thinned(examples, rival.share)
    start = time.perf_counter()
    score = rival.fit(chosen)
    _log.info("%s: ready after %.0f s", rival.name, time.perf_counter() - start)
    texts = _texts(sets)
    batches = tqdm(range(0, len(texts), BATCH), desc=rival.name, unit=f"{BATCH} pages", disable=None)
    scores = np.concatenate([score(texts[at : at + BATCH]) for at in batches])
    learned = f", {len(chosen):,} examples ({rival.share:.0%})" if rival.share else ""
    return Measured(rival.name, rival.remark + learned, scores, microseconds(score, texts))


def thinned(examples: Sequence[Example], share: float) -> list[Example]:
    """A share of the groups, each with all its examples: a human stretch stays beside its spun copies."""
    return [each for each in examples if share >= 1 or share_of(f"thin:{each.group}") < share]


def microseconds(score: Scores, texts: Sequence[str]) -> float:
    """How long a page of 5 KB takes, one at a time, the median of several."""
    times = []
    for text in texts[:: max(1, len(texts) // TIMED_PAGES)]:
        page = (text * (1 + ARTICLE_CHARACTERS // len(text)))[:ARTICLE_CHARACTERS]
        for _ in range(CALLS):
            start = time.perf_counter()
            score([page])
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def newest_examples(cache: Path) -> Path | None:
    """The examples that the latest training run learned from, as training.stages keeps them: a list of Example."""
    found = sorted((cache / "stages").glob("*/examples.joblib"), key=lambda path: path.parent.stat().st_mtime)
    return found[-1] if found else None


def with_own(sets: Sets, own: Sequence[Page]) -> Sets:
    """The sets with the caller's own pages added."""
    added = np.zeros(len(own), dtype=bool)
    masks = [np.concatenate((mask, added)) for mask in (sets.human, sets.spun, sets.strangers)]
    masks.append(np.concatenate((np.zeros_like(sets.own), ~added)))
    return Sets([*sets.pages, *own], *masks)


def kept(cache: Path, name: str, make: Callable[[], T]) -> T:
    """A result, read from the cache when it is there, else made and written whole."""
    path = cache / "benchmarks" / f"{name}.joblib"
    if path.exists():
        result: T = joblib.load(path)
        return result
    result = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    joblib.dump(result, temporary)
    temporary.replace(path)
    return result


def digest(*parts: str) -> str:
    """A short name for everything a result depends on."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _pages(documents: Sequence[Document], spinners: Sequence[Spinner], cache: Path, size: Size) -> Sets:
    unseen = [document for document in documents if side_of(document.group) == "test"]
    some = unseen[:: max(1, len(unseen) // size.stranger_documents)]
    strangers = held_out_attackers(cache)
    groups = (
        human_pages(unseen, (*LENGTHS, OWN_LENGTH), size.pages_a_kind),
        spun_pages(unseen, spinners, LENGTHS, SEED, size.pages_a_kind),
        [page for each in strangers for page in spun_pages(some, [each], LENGTHS, SEED, size.pages_a_kind)],
    )
    group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    pages = [page for group in groups for page in group]
    masks = [group_of == number for number in range(len(groups) + 1)]  # the last, texts of one's own, is empty so far
    return Sets(pages, *masks)


def _examples(
    cache: Path, documents: Sequence[Document], spinners: Sequence[Spinner], size: Size
) -> tuple[list[Example], str]:
    """The examples to learn from, and a name for where they come from."""
    path = newest_examples(cache)
    if path:
        found: list[Example] = joblib.load(path)
        return found, f"{path} {path.stat().st_mtime_ns}"
    _log.info("no training run in the cache: making examples anew")
    seen = [document for document in documents if side_of(document.group) == "train"]
    name = f"examples-{digest(repr(size), *(document.id for document in seen), *_dictionaries())}"
    made = kept(cache, name, lambda: human_examples(seen, 0) + spun_examples(seen, mix(spinners), 2, 0))
    return made, name


def _rivals(cache: Path, size: Size) -> list[Rival]:
    """Those that can be had here, ours first."""
    active = (ROOT / "models" / "ACTIVE").read_text("utf-8").strip()
    fasttext_home, tortured_home = installed(FASTTEXT, cache), installed(TORTURED, cache)
    return [
        ours(load_detector(ROOT / "models" / active)),
        stock(size.stock_share),
        *([fasttext(size.fasttext_share, fasttext_home)] if fasttext_home else []),
        *([tortured(tortured_home)] if tortured_home else []),
        own_phrases(list(load_all(LEXICONS).values())),
    ]


def _head(examples: Sequence[Example]) -> str:
    spun = sum(each.spun for each in examples)
    return f"""# Accuracy beside other ways to score

Made by `python -m benchmarks.accuracy`. All were measured on the same pages of documents that none of them learned
from, spun by the tools of training and by tools that are never trained on. What learns did so from the examples of
the training run ({len(examples) - spun:,} human stretches and {spun:,} spun ones), or from a fixed share of them.

- Hits: the share of spun pages above the score that {RATE:.0%} of the unseen human pages of that length exceed.
- Worst genre's false alarms: for each genre the threshold is what {RATE:.0%} of the unseen human pages of all other
  genres exceed; the genre of which most pages lie above it is shown. unspun's shipped thresholds are set in another
  way, more cautiously: see its model card.
- A page of 5 KB: scored alone, in one process, the median of {CALLS} times {TIMED_PAGES} pages or so; the score only.

![hits at 1 % false alarms](accuracy.png)

"""


def _dictionaries() -> list[str]:
    paths = [*LEXICONS.glob("*.tsv"), *(ROOT / "training" / "spinners").glob("*.py")]
    return [path.read_text("utf-8") for path in sorted(paths)]


def _texts(sets: Sets) -> list[str]:
    return [page.text for page in sets.pages]


if __name__ == "__main__":
    main()
