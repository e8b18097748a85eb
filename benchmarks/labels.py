"""Which labelled texts are merged as one? The same page read twice should be; a lightly spun copy must not.

Two readers of one page rarely get the same text: a headline, a caption or a "read also" more, a paragraph less. Each
document is read again with its first or last sentences gone and a line of another page put in; and it is spun at a
twentieth, a tenth and a fifth of its words by one of the spinners in turn. Names and numbers, which the history uses,
are measured beside runs of three words. The least similarity is chosen on the training side; what is quoted comes from
the other side.

Usage: python -m benchmarks.labels    (writes benchmarks/LABELS.md; about two minutes)
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from detector import Verdict
from detector.anchors import anchor_keys
from server.store.database import open_database
from server.store.labels import LabelStore, NewLabel
from server.store.near import hashed
from server.store.shingles import MIN_SAME, MIN_SAME_PAGE, similarity, sketch_of
from training.cli import LEXICONS, _spinners
from training.corpora import Document, default_cache, load_documents
from training.examples import side_of
from training.spinners.spun import Spinner

REPORT = Path(__file__).parent / "LABELS.md"
DOCUMENTS, STORED, TIMED = 400, 5_000, 500
LEAST_WORDS, MOST_WORDS = 150, 1_000
SEED = 11
LEAST = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
STRENGTHS = (0.05, 0.1, 0.2)
LOST_WORDS, FOREIGN_WORDS = 12, 10  # a sentence less at one end, a caption or headline of another page more
VERDICT = Verdict("clean", None, -3.0, 0.01, 0.4, 500, 0.0, None, (), (), "none")

Sketch = Callable[[str], frozenset[int]]
Compare = Callable[[frozenset[int], frozenset[int]], float]


def texts_of(side: str, documents: Sequence[Document], number: int) -> list[str]:
    """Documents of one side, cut to the length of an article, in an order drawn once."""
    chosen = [each.text for each in documents if side_of(each.group) == side and len(each.text.split()) >= LEAST_WORDS]
    random.Random(SEED).shuffle(chosen)
    return [" ".join(text.split()[:MOST_WORDS]) for text in chosen[:number]]


def read_again(texts: Sequence[str]) -> list[str]:
    """Each text as another reader of the page gives it."""
    chance = random.Random(SEED)
    copies = []
    for i, text in enumerate(texts):
        words, foreign = text.split(), texts[i - 1].split()[:FOREIGN_WORDS]
        words = words[LOST_WORDS:] if chance.random() < 0.5 else words[:-LOST_WORDS]
        place = chance.randrange(len(words))
        copies.append(" ".join(words[:place] + foreign + words[place:]))
    return copies


def spin(texts: Sequence[str], spinners: Sequence[Spinner], strength: float) -> list[str]:
    """A lightly spun copy of each text; of those that a tool found nothing to change in, nothing."""
    return [spinners[i % len(spinners)].spin(text, SEED + i, strength).text for i, text in enumerate(texts)]


def alike(pairs: Sequence[tuple[str, str]], sketch: Sketch, compare: Compare) -> list[float]:
    """The similarity of each pair that differs at all."""
    return [compare(sketch(one), sketch(other)) for one, other in pairs if one.split() != other.split()]


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of all names and numbers that both have."""
    return len(one & other) / max(1, len(one | other))


def anchors(text: str) -> frozenset[int]:
    """A text's names and numbers, hashed as the history hashes them."""
    return hashed(anchor_keys(text))


def merged(similarities: Sequence[float], least: float) -> str:
    """How many are merged, in words."""
    count = sum(each >= least for each in similarities)
    return f"{count} of {len(similarities)} ({count / max(1, len(similarities)):.1%})"


def measure(texts: Sequence[str], spinners: Sequence[Spinner], sketch: Sketch, compare: Compare) -> list[list[float]]:
    """Similarities of texts read again, of each strength of spinning, and of texts with their neighbours."""
    copies = [read_again(texts), *(spin(texts, spinners, strength) for strength in STRENGTHS), [*texts[1:], texts[0]]]
    return [alike(list(zip(texts, others, strict=True)), sketch, compare) for others in copies]


def store_milliseconds(texts: Sequence[str]) -> list[float]:
    """Adding each of the last TIMED labels to a store of all before, with the wait for the disk, by the clock."""
    spans = []
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder), print)
        store = LabelStore(lambda: database, time.time, keep_texts=True, label_days=9, waiting_days=9)
        for i, text in enumerate(texts):
            started = time.perf_counter()
            store.add(NewLabel(text, "spun" if i % 2 else "not-spun", VERDICT, "bench", "bench"))
            spans.append((time.perf_counter() - started) * 1e3)
        database.close()
    return spans[-TIMED:]


def table(rows: Sequence[tuple[str, float, list[list[float]]]]) -> list[str]:
    """Lines of Markdown: what is merged, for each way of comparing and each least similarity."""
    spun = " | ".join(f"spun, {strength:.0%} of the words" for strength in STRENGTHS)
    head = f"| compared by | least | read again (should be merged) | {spun} | unrelated |"
    lines = [head, "|---" * (4 + len(STRENGTHS)) + "|"]
    for name, least, found in rows:
        lines.append(f"| {name} | {least:.2f} | " + " | ".join(merged(each, least) for each in found) + " |")
    return lines


def report(tuning: Sequence[str], quoted: Sequence[str], spans: Sequence[float], stored: int) -> str:
    """The report as Markdown."""
    median, late = statistics.median(spans), statistics.quantiles(spans, n=20)[-1]
    return "\n".join(
        (
            "# Which labelled texts are merged as one",
            "",
            "Made by `python -m benchmarks.labels`, whose first lines say how. A spun copy that is merged with its",
            "original would make a contradiction of two right labels. Texts that a tool left as they were are",
            "not counted.",
            "",
            "## Unseen documents, at the least similarities in use",
            "",
            *quoted,
            "",
            "The second line holds for texts of one address only, where a spun copy of the page does not lie.",
            "",
            "## How it was chosen: training side",
            "",
            *tuning,
            "",
            "## Time",
            "",
            f"Adding a label to a store of {stored:,} texts, the search for a near-copy and the wait for the disk",
            f"included: {median:.1f} ms in the median, {late:.1f} ms at the 95th percentile, beside other work.",
            "",
            "Not measured: the same page read by two real extractors, and texts under 150 words.",
            "",
        )
    )


def main() -> None:
    """Measure, and write the report."""
    documents = load_documents(default_cache())
    # Round trips by a translator take minutes, and are never light.
    spinners = [each for each in _spinners(LEXICONS, default_cache()) if not each.name.startswith("apertium")]
    train, test = (texts_of(side, documents, DOCUMENTS) for side in ("train", "test"))
    by_words = measure(train, spinners, sketch_of, similarity)
    by_names = measure(train, spinners, anchors, jaccard)
    tuning = table(
        [("runs of three words", least, by_words) for least in LEAST]
        + [("names and numbers", least, by_names) for least in (0.5, 0.9)]
    )
    found = measure(test, spinners, sketch_of, similarity)
    ways = (("runs of three words", MIN_SAME), ("the same, of one address", MIN_SAME_PAGE))
    quoted = table([(way, least, found) for way, least in ways])
    stored = texts_of("train", documents, STORED)
    REPORT.write_text(report(tuning, quoted, store_milliseconds(stored), len(stored)), "utf-8")


if __name__ == "__main__":
    main()
