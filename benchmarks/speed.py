"""How much faster than the usual pipeline is one article scored? Paired, in one process, medians of rounds.

The stock side is what most people would build: scikit-learn TF-IDF on character (char_wb) 2-5-grams and word
1-2-grams, and a linear model. It is fitted on the human half of the training corpus, since looking up a vocabulary of
real size is slower than looking up a small one. What is compared is the score alone, as `decision_function` gives it;
the whole verdict (language check, rates, windows, and the family when flagged) and the evidence are timed beside it.

Usage: python -m benchmarks.speed [article.txt ...]
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_union

from detector import Detector, load_detector
from training.corpora import default_cache, load_documents

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, CALLS = 41, 30
ARTICLE_CHARACTERS = 5_000


def stock_pipeline() -> Pipeline:
    """The usual pipeline, fitted. Its labels are arbitrary: they change what it says, not how long it takes."""
    texts = [document.text for document in load_documents(default_cache())]
    vectors = make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)), TfidfVectorizer(analyzer="word", ngram_range=(1, 2))
    )
    labels = [number % 2 for number in range(len(texts))]
    return Pipeline([("vectors", vectors), ("linear", LogisticRegression(max_iter=1, tol=1e9))]).fit(texts, labels)


def milliseconds(call: Callable[[], object], times: int) -> float:
    """How long one call takes, the mean of `times` in a row."""
    start = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - start) * 1e3 / times


def measure(text: str, stock: Pipeline, detector: Detector) -> tuple[float, ...]:
    """Medians: stock score, our score, verdict, verdict with evidence, in ms; and the ratio of the scores."""
    rounds = [
        (
            milliseconds(lambda: stock.decision_function([text]), 3),
            milliseconds(lambda: detector.page_score(text), CALLS),
            milliseconds(lambda: detector.score(text, evidence="none"), CALLS),
            milliseconds(lambda: detector.score(text, evidence="all"), CALLS),
        )
        for _ in range(ROUNDS)
    ]
    ratio = statistics.median(row[0] / row[1] for row in rounds)
    return (*(statistics.median(column) for column in zip(*rounds, strict=True)), ratio)


def main(paths: list[str]) -> None:
    """Print the table."""
    files = [Path(path) for path in paths] or sorted((ROOT / "tests" / "pages").glob("*.txt"))
    active = (ROOT / "models" / "ACTIVE").read_text("utf-8").strip()
    detector = load_detector(ROOT / "models" / active)
    print("fitting the usual pipeline on the training corpus (about three minutes)...", file=sys.stderr)
    stock = stock_pipeline()
    titles = f"{'stock ms':>9} {'score ms':>9} {'verdict ms':>11} {'+ evidence':>11} {'ratio':>6}"
    print(f"{'article':20} {'verdict':10} {titles}")
    for path in files:
        text = (path.read_text("utf-8") * 20)[:ARTICLE_CHARACTERS]
        *times, ratio = measure(text, stock, detector)
        label = detector.score(text).verdict
        shown = f"{times[0]:9.2f} {times[1]:9.3f} {times[2]:11.3f} {times[3]:11.3f}"
        print(f"{path.stem[:20]:20} {label:10} {shown} {ratio:5.0f}x")


if __name__ == "__main__":
    main(sys.argv[1:])
