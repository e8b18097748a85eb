"""Rows summed up by site: pages, how many are spun, by which tools, and the worst of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from detector import Verdict
from server.batch.rows import FLAGGED, Row

WORST = 5
NO_SITE = "(no address)"


@dataclass(slots=True)
class Site:
    """One site's sums. labels: verdicts and "failed"; worst: (score, address or input), highest first."""

    labels: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    worst: list[tuple[float, str]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many rows there are."""
        return self.labels.total()

    @property
    def spun_share(self) -> float:
        """The share of the pages that were judged whose verdict is spun."""
        judged = sum(self.labels[label] for label in (*FLAGGED, "clean"))
        return self.labels["spun"] / judged if judged else 0.0

    def note(self, row: Row) -> None:
        """One more page."""
        self.labels["failed" if row.verdict is None else row.verdict.verdict] += 1
        if row.verdict is not None and row.verdict.verdict in FLAGGED:
            self._note_flagged(row.verdict, page_of(row))

    def _note_flagged(self, verdict: Verdict, name: str) -> None:
        if verdict.family is not None:
            self.families[verdict.family.name] += 1
        self.worst = _worst([*self.worst, (verdict.score or 0.0, name)])

    def add(self, other: "Site") -> None:
        """The sums of another part of the same site."""
        self.labels.update(other.labels)
        self.families.update(other.families)
        self.worst = _worst([*self.worst, *other.worst])

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"labels": dict(self.labels), "families": dict(self.families), "worst": self.worst}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Site":
        """The sums that as_json told."""
        worst = [(float(score), str(name)) for score, name in row["worst"]]
        return cls(Counter(row["labels"]), Counter(row["families"]), worst)


def _worst(pages: list[tuple[float, str]]) -> list[tuple[float, str]]:
    return sorted(pages, key=lambda page: (-page[0], page[1]))[:WORST]


Sites = dict[str, Site]


def note_row(sites: Sites, row: Row) -> None:
    """Count a row to its site."""
    sites.setdefault(site_of(row), Site()).note(row)


def site_of(row: Row) -> str:
    """The site a row is counted to."""
    return row.host or row.facts.site or NO_SITE


def page_of(row: Row) -> str:
    """The name of a page: its address, or where it stands."""
    return row.item.url or row.item.input


def add_sites(sites: Sites, others: Sites) -> None:
    """Add the sums of another part."""
    for name, site in others.items():
        sites.setdefault(name, Site()).add(site)


def in_order(sites: Sites) -> list[tuple[str, Site]]:
    """The sites with the most spun pages first."""
    return sorted(sites.items(), key=lambda pair: (-pair[1].labels["spun"], -pair[1].pages, pair[0]))


def sites_of(rows: Iterable[Row]) -> Sites:
    """The sums of rows."""
    sites: Sites = {}
    for row in rows:
        note_row(sites, row)
    return sites
