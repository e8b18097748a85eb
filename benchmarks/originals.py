"""How good are the phrases that are marked, and the originals that are suggested for them?

300 paragraphs of texts that were kept from training are spun by the training spinners, each as strongly as its tool
usually spins; what was swapped for what is known. A suggestion is right when the stretch it touches reads, word for
word, as it did before spinning. Beside unspun: a look-up list of the same dictionaries, as screeners for tortured
phrases use, which gives each listed phrase its commonest original. And unspun once more with half of the pairs of
wording and original kept from it (inflected forms of one pair go the same way).

Usage: python -m benchmarks.originals [MODEL_FOLDER]    writes benchmarks/ORIGINALS.md (about five minutes)
"""

import hashlib
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.phrase_list import words_of
from detector import Detector, load_detector
from detector.artefact import MANIFEST, TABLES, WORDING, save_wording
from training.cli import LEXICONS
from training.corpora import default_cache, load_documents
from training.examples import Example, cut, side_of, spun_examples
from training.lexicon import load_all
from training.mix import mix
from training.spinners.catalogue import build_spinners
from training.spinners.resources import fetch_resources
from training.spinners.spun import Spun
from training.wording import build_wording, plain

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPHS, WORDS, MIN_SWAPS, SEED = 300, 130, 5, 31
LEARNED_DOCUMENTS = 12_000
SPEED_ROUNDS, SPEED_CALLS, SPEED_CHARACTERS = 41, 20, 5_000

Suggest = Callable[[str], list["Marked"]]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked phrase; start, end: string indices. original: what is suggested."""

    start: int
    end: int
    original: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """How one way of marking did; shares from 0 to 1. recall_known: of swaps whose pair it had learned."""

    name: str
    marked: int
    precision: float
    recall: float
    suggested: int
    right: float
    recall_known: float
    recall_all: float

    @property
    def f1(self) -> float:
        """Of marking: how well what was marked and what was swapped agree."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def paragraphs(cache: Path) -> list[Spun]:
    """Spun paragraphs of unseen texts."""
    chance = random.Random(SEED)
    documents = [each for each in load_documents(cache) if side_of(each.group) == "test"]
    chance.shuffle(documents)
    mixed = mix(build_spinners(load_all(LEXICONS), fetch_resources(cache)))
    found: list[Spun] = []
    for document in documents:
        stretches = cut(document.text, WORDS, SEED)
        if not stretches or not document.text.isascii():  # so that string indices are UTF-16 offsets
            continue
        start, end = chance.choice(stretches)
        spinner = chance.choices(mixed.spinners, mixed.weights)[0]
        strength = chance.uniform(*spinner.natural)
        spun = spinner.spin(document.text[start:end], chance.randrange(1 << 32), strength)
        found += [spun] if len(spun.swaps) >= MIN_SWAPS else []
        if len(found) == PARAGRAPHS:
            break
    return found


def by_detector(detector: Detector) -> Suggest:
    """unspun's evidence."""
    return lambda text: [
        Marked(one.start, one.end, one.likely_original) for one in detector.score(text, evidence="all").evidence
    ]


def by_list(pairs: Counter[Pair]) -> Suggest:
    """A look-up list: the longest listed phrase at each word, with the original it most often stands for."""
    best: dict[tuple[str, ...], tuple[int, str]] = {}
    for (original, spun), times in sorted(pairs.items()):
        phrase = words_of(spun)
        if phrase and times > best.get(phrase, (0, ""))[0]:
            best[phrase] = (times, original)
    longest = max(map(len, best))

    def suggest(text: str) -> list[Marked]:
        return list(_looked_up(text, best, longest))

    return suggest


def _looked_up(text: str, best: dict[tuple[str, ...], tuple[int, str]], longest: int) -> Iterator[Marked]:
    words = list(re.finditer(r"\w+", text.lower()))
    at = 0
    while at < len(words):
        lengths = range(min(longest, len(words) - at), 0, -1)
        phrases = ((length, tuple(word.group() for word in words[at : at + length])) for length in lengths)
        length, phrase = next(((length, phrase) for length, phrase in phrases if phrase in best), (1, ()))
        if phrase:
            yield Marked(words[at].start(), words[at + length - 1].end(), best[phrase][1])
        at += length


def measure(name: str, suggest: Suggest, texts: Sequence[Spun], known: frozenset[Pair]) -> Row:
    """One row of the table."""
    count: Counter[str] = Counter()
    for spun in texts:
        marked = suggest(spun.text)
        count["marked"] += len(marked)
        count["suggested"] += sum(one.original is not None for one in marked)
        restored: set[int] = set()
        covered: set[int] = set()
        for one in marked:
            touched = [at for at, swap in enumerate(spun.swaps) if swap.start < one.end and one.start < swap.end]
            covered.update(touched)
            count["true"] += bool(touched)
            if one.original is not None and _is_right(spun, one, touched):
                count["right"] += 1
                restored.update(touched)
        learned = {at for at, swap in enumerate(spun.swaps) if (_key(swap.original), _key(swap.spun)) in known}
        count.update(swaps=len(spun.swaps), covered=len(covered), restored=len(restored))
        count.update(known=len(learned), restored_known=len(restored & learned))
    return Row(
        name,
        count["marked"],
        count["true"] / max(1, count["marked"]),
        count["covered"] / count["swaps"],
        count["suggested"],
        count["right"] / max(1, count["suggested"]),
        count["restored_known"] / max(1, count["known"]),
        count["restored"] / count["swaps"],
    )


def _is_right(spun: Spun, one: Marked, touched: list[int]) -> bool:
    swaps = [spun.swaps[at] for at in touched]
    start = min([one.start, *(swap.start for swap in swaps)])
    end = max([one.end, *(swap.end for swap in swaps)])
    got = spun.text[start : one.start] + (one.original or "") + spun.text[one.end : end]
    true, done = "", start
    for swap in swaps:
        true += spun.text[done : swap.start] + swap.original
        done = swap.end
    return words_of(got.lower()) == words_of((true + spun.text[done:end]).lower())


def _key(phrase: str) -> str:
    return plain(phrase).lower()


def in_kept_half(original: str, spun: str) -> bool:
    """Half of all pairs; inflected forms of one pair together, since only the first letters of words count."""
    stems = "|".join(" ".join(word[:4] for word in phrase.split()) for phrase in (original, spun))
    return hashlib.sha256(stems.encode()).digest()[0] < 128


def with_half(folder: Path, kept: Path, cache: Path, examples: Sequence[Example]) -> Detector:
    """The model with a wording file that knows half of the pairs."""
    for name in (MANIFEST, TABLES):
        shutil.copy(folder / name, kept / name)
    documents = [each for each in load_documents(cache) if side_of(each.group) == "train"]
    save_wording(kept, build_wording(documents, examples, load_all(LEXICONS), in_kept_half))
    return load_detector(kept)


def learned_pairs(folder: Path) -> frozenset[Pair]:
    """The pairs of original and spun wording in a model's wording file, in lower case."""
    with np.load(folder / WORDING, allow_pickle=False) as file:
        phrases, originals = (file[name].tobytes().decode().split("\n") for name in ("phrases", "originals"))
        owners = np.repeat(np.arange(len(phrases)), file["sizes"]).tolist()
        candidates = file["candidates"].tolist()
    return frozenset((originals[row].lower(), phrases[owner]) for row, owner in zip(candidates, owners, strict=True))


def learned_examples(cache: Path) -> list[Example]:
    """What the spinners make of texts of the training side."""
    documents = [each for each in load_documents(cache) if side_of(each.group) == "train"]
    some = documents[:: max(1, len(documents) // LEARNED_DOCUMENTS)]
    return spun_examples(some, mix(build_spinners(load_all(LEXICONS), fetch_resources(cache))), 1, SEED)


def milliseconds(detector: Detector, text: str) -> tuple[float, float]:
    """Medians of rounds, ms of processor time: the verdict without evidence, and what evidence adds."""
    rounds = []
    for _ in range(SPEED_ROUNDS):
        times = []
        for wanted in ("none", "all"):
            begun = time.thread_time()
            for _ in range(SPEED_CALLS):
                detector.score(text, evidence=wanted)  # type: ignore[arg-type]
            times.append((time.thread_time() - begun) * 1e3 / SPEED_CALLS)
        rounds.append((times[0], times[1] - times[0]))
    without, added = zip(*rounds, strict=True)
    return statistics.median(without), statistics.median(added)


def page(rows: Sequence[Row], model: str, texts: Sequence[Spun], speed: tuple[float, float]) -> str:
    """The table in words."""
    swaps = sum(len(spun.swaps) for spun in texts)
    lines = [
        "# Marked phrases and suggested originals",
        "",
        f"`python -m benchmarks.originals`, model {model}: {len(texts)} paragraphs of about {WORDS} words of unseen",
        f"texts, spun by the training spinners at their usual strength; {swaps} swaps, all known. A suggestion is",
        "right when the stretch reads as before, word for word; a synonym that reads as well counts as wrong.",
        "",
        "| | marked | of these swapped | of all swaps marked | F1 | suggestions | right |"
        " of known swaps restored | of all |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {row.marked} | {row.precision:.3f} | {row.recall:.3f} | {row.f1:.3f} | {row.suggested} |"
        f" {row.right:.3f} | {row.recall_known:.3f} | {row.recall_all:.3f} |"
        for row in rows
    ]
    lines += [
        "",
        "Known: the pair of wording and original is in the table used. The list gives every listed phrase its",
        "commonest original; the short list leaves out pairs of plain synonyms (weight below 1).",
        "",
        f"A text of {SPEED_CHARACTERS} characters, medians of {SPEED_ROUNDS} rounds of processor time:",
        f"verdict {speed[0]:.2f} ms, evidence with originals adds {speed[1]:.2f} ms.",
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    """Measure and write the table."""
    active = (ROOT / "models" / "ACTIVE").read_text("utf-8").strip()
    folder = Path(arguments[0]) if arguments else ROOT / "models" / active
    cache = default_cache()
    texts = paragraphs(cache)
    detector = load_detector(folder)
    examples = learned_examples(cache)
    written = Counter((_key(a), _key(b)) for each in examples for b, a in each.swaps)
    telling = {
        (_key(entry.original), _key(entry.spun))
        for lexicon in load_all(LEXICONS).values()
        for entry in lexicon.entries
        if entry.weight == 1.0
    }
    short = Counter({pair: times for pair, times in written.items() if pair in telling})
    rows = [
        measure("unspun", by_detector(detector), texts, learned_pairs(folder)),
        measure("list", by_list(written), texts, frozenset(written)),
        measure("short list", by_list(short), texts, frozenset(short)),
    ]
    with tempfile.TemporaryDirectory() as kept:
        half = with_half(folder, Path(kept), cache, examples)
        rows.append(measure("unspun, half of the pairs", by_detector(half), texts, learned_pairs(Path(kept))))
    sample = (ROOT / "tests" / "pages" / "spun-sample.txt").read_text("utf-8") * 20
    speed = milliseconds(detector, sample[:SPEED_CHARACTERS])
    (ROOT / "benchmarks" / "ORIGINALS.md").write_text(page(rows, detector.id, texts, speed), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
