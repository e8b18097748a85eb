"""How well `unspun compare` tells spun copies from other articles on the same topic, and how fast it is.

Four kinds of pairs, of documents that no training sees (the test side of the split): a document and its spun copy, by
every spinner in turn at its usual strength, every third with sentences dropped; two articles on one topic (two of one
source that share many names and numbers, or two halves of one document); a document and its verbatim copy with
sentences dropped; and two documents of different sources. The thresholds in comparison/ were set on documents of
the train side (--train shows the same figures there).

Usage: python -m benchmarks.compare [--train]
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from comparison import Answer, Comparison, compare
from comparison.answer import MIN_COPIED_SHARE
from comparison.sentences import split_sentences
from detector import load_detector
from detector.anchors import anchor_keys
from training.cli import LEXICONS
from training.corpora import Document, default_cache, load_documents
from training.examples import Side, side_of
from training.lexicon import load_all
from training.spinners.catalogue import build_spinners
from training.spinners.resources import fetch_resources
from training.spinners.spun import Spinner

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 100  # of each kind
MIN_WORDS, MAX_WORDS, MIN_SENTENCES = 150, 1200, 8
DROPPED_SHARE, DROPPED_EVERY = 0.25, 3
TOPIC_POOL = 60  # documents of one source among which the pairs with the most shared names are sought
TOPIC_PAIRS_A_SOURCE = 6
SPEED_CHARACTERS, SPEED_ROUNDS = 5_000, 30
SEEDS: dict[Side, int] = {"train": 1, "test": 3}
ANSWERS: tuple[Answer, ...] = ("copy", "spun copy", "same topic", "unrelated")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, what they are to each other, and how they were made. The first is the original of a copy."""

    answer: Answer
    how: str
    a: str
    b: str


def make_pairs(documents: Sequence[Document], spinners: Sequence[Spinner], side: Side, seed: int) -> list[Pair]:
    """PAIRS of each kind; the same for the same documents and seed."""
    chance = random.Random(seed)
    chosen = [each for each in documents if side_of(each.group) == side]
    chosen = [each for each in chosen if MIN_WORDS <= len(each.text.split()) <= MAX_WORDS]
    chosen = [each for each in chosen if len(split_sentences(each.text)) >= MIN_SENTENCES]
    by_source: dict[str, list[Document]] = {}
    for document in chosen:
        by_source.setdefault(document.source, []).append(document)
    for pool in by_source.values():
        chance.shuffle(pool)
    turns = _in_turn(by_source)
    return [
        *(_spun(next(turns), spinners[n % len(spinners)], n, chance) for n in range(PAIRS)),
        *_same_topic(by_source, chance)[: PAIRS // 2],
        *(_halves(next(turns)) for _ in range(PAIRS // 2)),
        *(_copy(next(turns), chance) for _ in range(PAIRS)),
        *_unrelated(by_source, chance),
    ]


def _in_turn(by_source: dict[str, list[Document]]) -> Iterator[Document]:
    """One document of each source after another."""
    for row in range(max(map(len, by_source.values()))):
        yield from (pool[row] for pool in by_source.values() if row < len(pool))


def _spun(document: Document, spinner: Spinner, number: int, chance: random.Random) -> Pair:
    drops = number % DROPPED_EVERY == 0
    kept = _without_some(document.text, chance) if drops else document.text
    spun = spinner.spin(kept, number, chance.uniform(*spinner.natural))
    return Pair("spun copy", spinner.name + (", sentences dropped" if drops else ""), document.text, spun.text)


def _copy(document: Document, chance: random.Random) -> Pair:
    return Pair("copy", "sentences dropped", document.text, _without_some(document.text, chance))


def _without_some(text: str, chance: random.Random) -> str:
    for sentence in reversed(split_sentences(text)):
        if chance.random() < DROPPED_SHARE:
            text = text[: sentence.start] + text[sentence.end :]
    return text


def _halves(document: Document) -> Pair:
    sentences = split_sentences(document.text)
    middle = sentences[len(sentences) // 2].start
    return Pair("same topic", "two halves", document.text[:middle], document.text[middle:])


def _same_topic(by_source: dict[str, list[Document]], chance: random.Random) -> list[Pair]:
    """Of each source the pairs that share most names and numbers, sources mixed."""
    found = []
    for source, pool in by_source.items():
        keys = [(document, anchor_keys(document.text)) for document in pool[:TOPIC_POOL]]
        pairs = sorted(combinations(keys, 2), key=lambda pair: -len(pair[0][1] & pair[1][1]))
        used: set[str] = set()
        for (one, _), (two, _) in pairs:
            if len(used) < 2 * TOPIC_PAIRS_A_SOURCE and not used & {one.id, two.id}:
                used |= {one.id, two.id}
                found.append(Pair("same topic", f"two of {source}", one.text, two.text))
    chance.shuffle(found)
    return found


def _unrelated(by_source: dict[str, list[Document]], chance: random.Random) -> list[Pair]:
    names = sorted(by_source)
    picks = [chance.sample(names, 2) for _ in range(PAIRS)]
    texts = [[chance.choice(by_source[name]).text for name in pick] for pick in picks]
    return [Pair("unrelated", " and ".join(pick), *two) for pick, two in zip(picks, texts, strict=True)]


def told_apart(found: Sequence[tuple[Pair, Comparison]]) -> str:
    """Spun copies against articles on the same topic, and all four answers, as Markdown."""
    spun = [made.answer for pair, made in found if pair.answer == "spun copy"]
    topic = [made.answer for pair, made in found if pair.answer == "same topic"]
    right = spun.count("spun copy") + sum(answer not in ("copy", "spun copy") for answer in topic)
    lines = [
        f"Spun copies told from articles on the same topic: {right} of {len(spun) + len(topic)} "
        f"({right / (len(spun) + len(topic)):.3f}).\n",
        "| made as | " + " | ".join(ANSWERS) + " |",
        "|---" * (len(ANSWERS) + 1) + "|",
    ]
    for kind in ANSWERS:
        answers = [made.answer for pair, made in found if pair.answer == kind]
        lines.append(f"| {kind} | " + " | ".join(str(answers.count(answer)) for answer in ANSWERS) + " |")
    return "\n".join(lines)


def margins(found: Sequence[tuple[Pair, Comparison]]) -> str:
    """How far the threshold on the copied share lies from either kind."""
    spun, topic = (
        [made.figures.copied_share for pair, made in found if pair.answer == kind]
        for kind in ("spun copy", "same topic")
    )
    return (
        f"Copied share: spun copies {min(spun):.2f} and more, median {statistics.median(spun):.2f}; "
        f"same topic {max(topic):.2f} and less, median {statistics.median(topic):.2f}. Threshold: {MIN_COPIED_SHARE}."
    )


def likely_side(found: Sequence[tuple[Pair, Comparison]]) -> str:
    """How often the model's score names the spun side of a spun copy. The second side is the spun one."""
    sides = [made.likely_spun for pair, made in found if pair.answer == made.answer == "spun copy"]
    right, wrong, unknown = (sides.count(side) for side in ("b", "a", None))
    return f"Which side is the spun one: right {right}, wrong {wrong}, unknown {unknown} of {len(sides)}."


def speed(pairs: Sequence[Pair]) -> str:
    """Processor time for two articles of SPEED_CHARACTERS, without a model: median and ninth decile of the rounds."""
    texts = [
        (pair.a[:SPEED_CHARACTERS], pair.b[:SPEED_CHARACTERS])
        for pair in pairs
        if pair.answer == "spun copy" and min(len(pair.a), len(pair.b)) >= SPEED_CHARACTERS
    ]
    times = []
    for number in range(SPEED_ROUNDS):
        start = time.process_time()
        compare(*texts[number % len(texts)])
        times.append((time.process_time() - start) * 1e3)
    middle, long = statistics.median(times), statistics.quantiles(times, n=10)[-1]
    took = f"median {middle:.0f} ms of processor time, ninth decile {long:.0f} ms"
    return f"Two articles of {SPEED_CHARACTERS:,} characters: {took}."


def main() -> None:
    """Print the figures as Markdown."""
    side: Side = "train" if "--train" in sys.argv[1:] else "test"
    spinners = build_spinners(load_all(LEXICONS), fetch_resources(default_cache()))
    pairs = make_pairs(load_documents(default_cache()), spinners, side, SEEDS[side])
    detector = load_detector(ROOT / "models" / (ROOT / "models" / "ACTIVE").read_text("utf-8").strip())
    found = [
        (pair, compare(pair.a, pair.b, lambda text: detector.score(text, evidence="none").score)) for pair in pairs
    ]
    print(f"{side} side, model {detector.id}, {len(spinners)} spinners\n")
    for part in (told_apart(found), margins(found), likely_side(found), speed(pairs)):
        print(part + "\n")
    for pair, made in found:
        if pair.answer != made.answer and {pair.answer, made.answer} != {"same topic", "unrelated"}:
            print(f"- {pair.how}: {made.answer}. {made.reason}")


if __name__ == "__main__":
    main()
