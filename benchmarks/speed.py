"""How much faster than the usual pipeline is one article scored? Paired, in one process, medians.

The stock side is what most people would build: scikit-learn TF-IDF on character (char_wb) 2-5-grams and word
1-2-grams, a linear model, predict on one text. It is fitted on a part of the training corpus, because a vocabulary of
real size is slower to look up than a small one. Usage: python -m benchmarks.speed [article.txt ...]
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_union

from detector import load_detector
from training.corpora import default_cache, load_documents

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 61
FITTED_DOCUMENTS = 6_000
ARTICLE_CHARACTERS = 5_000


def stock_pipeline() -> Pipeline:
    """The usual pipeline, fitted. Its labels are arbitrary: they change what it says, not how long it takes."""
    documents = load_documents(default_cache())
    texts = [document.text for document in documents[:: max(1, len(documents) // FITTED_DOCUMENTS)]]
    vectors = make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)), TfidfVectorizer(analyzer="word", ngram_range=(1, 2))
    )
    labels = [number % 2 for number in range(len(texts))]
    return Pipeline([("vectors", vectors), ("linear", LogisticRegression(max_iter=20, tol=1.0))]).fit(texts, labels)


def milliseconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e3


def main(paths: list[str]) -> None:
    """Print the table."""
    files = [Path(path) for path in paths] or sorted((ROOT / "tests" / "pages").glob("*.txt"))
    texts = [(path.read_text("utf-8") * 20)[:ARTICLE_CHARACTERS] for path in files]
    active = (ROOT / "models" / "ACTIVE").read_text("utf-8").strip()
    detector = load_detector(ROOT / "models" / active)
    stock = stock_pipeline()
    for text in texts:
        detector.score(text)
        stock.decision_function([text])
    print(f"{'article':24} {'verdict':11} {'stock ms':>9} {'unspun ms':>10} {'with evidence':>14} {'ratio':>7}")
    for path, text in zip(files, texts, strict=True):
        rounds = [
            (
                milliseconds(lambda text=text: stock.decision_function([text])),
                milliseconds(lambda text=text: detector.score(text, evidence="none")),
                milliseconds(lambda text=text: detector.score(text, evidence="all")),
            )
            for _ in range(ROUNDS)
        ]
        usual, ours, shown = (statistics.median(column) for column in zip(*rounds, strict=True))
        ratio = statistics.median(row[0] / row[1] for row in rounds)
        label = detector.score(text).verdict
        print(f"{path.stem[-24:]:24} {label:11} {usual:9.2f} {ours:10.3f} {shown:14.3f} {ratio:6.0f}x")


if __name__ == "__main__":
    main(sys.argv[1:])
