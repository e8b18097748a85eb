"""One item to one row: a verdict, or the reason there is none."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from detector import Evidence, Family, Verdict, Window
from detector.errors import InputError
from server.batch.extractors import language_of
from server.batch.items import Failure, Item
from server.batch.originals import anchors_of
from server.extract import NO_FACTS, Article, Facts
from server.models import EvidenceChoice, Scorer

FLAGGED = ("spun", "suspicious")
NO_ANCHORS: frozenset[int] = frozenset()
HOST = re.compile(r"https?://(?:[^/?#@\\]*@)?([^/?#:@\\\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readers:
    """How an address and a page become an article; both raise InputError."""

    address: Callable[[str], Article]
    html: Callable[[str], Article]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the answer. Exactly one of verdict and failure is set.

    anchors: of a flagged text, where they were asked for, the sketch of its names and numbers.
    with_windows: are the scores of the text's stretches told? They are two thirds of the row of a clean text.
    """

    item: Item
    title: str | None
    verdict: Verdict | None
    failure: Failure | None
    facts: Facts = NO_FACTS
    anchors: frozenset[int] = NO_ANCHORS
    with_windows: bool = True

    @property
    def host(self) -> str | None:
        """The site's host name, by the row's address."""
        return host_of(self.item.url or self.facts.canonical)

    def head(self) -> dict[str, Any]:
        """Where the row comes from, all columns."""
        item, facts = self.item, self.facts
        return {
            "input": item.input,
            "id": item.id,
            "url": item.url,
            "canonical": facts.canonical,
            "site": self.host or facts.site,
            "title": self.title,
            "date": facts.date or item.date,
            "language": facts.language or item.language,
        }

    def as_json(self) -> dict[str, Any]:
        """Where it came from, then the Verdict or the error."""
        row: dict[str, Any] = {key: value for key, value in self.head().items() if value is not None}
        if self.failure is not None:
            return row | {"error": failure_json(self.failure)}
        assert self.verdict is not None
        return row | verdict_json(self.verdict, self.with_windows)


def host_of(address: str | None) -> str | None:
    """The host name of an address, in small letters, without www."""
    found = HOST.match(address) if address else None
    return found[1].lower().removeprefix("www.") if found else None


def failure_json(failure: Failure) -> dict[str, Any]:
    """Reason and detail, and the place in a file where there is one."""
    found = {"reason": failure.reason, "detail": failure.detail, "file": failure.file, "position": failure.position}
    return {key: value for key, value in found.items() if value is not None}


def _getter(cls: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(cls))
    return names, attrgetter(*names)


_VERDICT, _EVIDENCE, _WINDOW, _FAMILY = map(_getter, (Verdict, Evidence, Window, Family))


def verdict_json(verdict: Verdict, with_windows: bool = True) -> dict[str, Any]:
    """The same as `verdict.as_json()`, which copies deeply, in a tenth of the time; the windows only if wanted."""
    names, values = _VERDICT
    row = dict(zip(names, values(verdict), strict=True))
    if verdict.family is not None:
        family = dict(zip(_FAMILY[0], _FAMILY[1](verdict.family), strict=True))
        row["family"] = family | {"pairs": [list(pair) for pair in verdict.family.pairs]}
    row["evidence"] = [dict(zip(_EVIDENCE[0], _EVIDENCE[1](one), strict=True)) for one in verdict.evidence]
    windows = verdict.windows if with_windows else ()
    row["windows"] = [dict(zip(_WINDOW[0], _WINDOW[1](one), strict=True)) for one in windows]
    row["marks"] = list(verdict.marks)
    return row


def score_items(
    items: Iterable[Item], detector: Scorer, readers: Readers, evidence: EvidenceChoice, with_anchors: bool = False
) -> Iterator[Row]:
    """One row for every item, in order."""
    for item in items:
        yield _score_item(item, detector, readers, evidence, with_anchors)


def _score_item(item: Item, detector: Scorer, readers: Readers, evidence: EvidenceChoice, with_anchors: bool) -> Row:
    if item.failure is not None:
        return Row(item, None, None, item.failure)
    try:
        article = article_of(item, readers)
    except InputError as exc:
        return Row(item, None, None, Failure(exc.reason, str(exc)))
    verdict = detector.score(article.text, evidence=evidence)
    if article.extractor is not None:
        verdict = verdict.with_extractor(article.extractor)
    is_flagged = verdict.verdict in FLAGGED
    anchors = anchors_of(article.text) if with_anchors and is_flagged else NO_ANCHORS
    is_told = evidence == "all" or (evidence == "flagged" and is_flagged)
    return Row(item, article.title, verdict, None, article.facts, anchors, is_told)


def article_of(item: Item, readers: Readers) -> Article:
    """The text of an item that can be read. Raises InputError."""
    if item.text is not None:
        return Article(item.text, None, None)
    if item.html is not None:
        article = readers.html(item.html)
        if article.facts.language is None and (language := language_of(item.html)):
            facts = Facts(article.facts.site, article.facts.date, language, article.facts.canonical)
            return Article(article.text, article.title, article.extractor, facts)
        return article
    assert item.url is not None
    return readers.address(item.url)
