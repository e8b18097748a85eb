"""One item to one row: a verdict, or the reason there is none."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from detector import Verdict
from detector.errors import InputError
from server.extract import Article
from server.models import EvidenceChoice, Scorer
from unspun.inputs import Failure, Item


@dataclass(frozen=True, slots=True)
class Readers:
    """How an address and a page become an article; both raise InputError."""

    address: Callable[[str], Article]
    html: Callable[[str], Article]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the answer. Exactly one of verdict and failure is set."""

    item: Item
    title: str | None
    verdict: Verdict | None
    failure: Failure | None

    def as_json(self) -> dict[str, Any]:
        """Where it came from, then the Verdict or the error."""
        head = {"input": self.item.input, "id": self.item.id, "url": self.item.url, "title": self.title}
        row: dict[str, Any] = {key: value for key, value in head.items() if value is not None}
        if self.failure is not None:
            return row | {"error": {"reason": self.failure.reason, "detail": self.failure.detail}}
        assert self.verdict is not None
        return row | self.verdict.as_json()


def score_items(items: Iterable[Item], detector: Scorer, readers: Readers, evidence: EvidenceChoice) -> Iterator[Row]:
    """One row for every item, in order."""
    for item in items:
        yield _score_item(item, detector, readers, evidence)


def _score_item(item: Item, detector: Scorer, readers: Readers, evidence: EvidenceChoice) -> Row:
    if item.failure is not None:
        return Row(item, None, None, item.failure)
    try:
        article = _article_of(item, readers)
    except InputError as exc:
        return Row(item, None, None, Failure(exc.reason, str(exc)))
    verdict = detector.score(article.text, evidence=evidence).with_extractor(article.extractor)
    return Row(item, article.title, verdict, None)


def _article_of(item: Item, readers: Readers) -> Article:
    if item.text is not None:
        return Article(item.text, None, None)
    if item.html is not None:
        return readers.html(item.html)
    assert item.url is not None
    return readers.address(item.url)
