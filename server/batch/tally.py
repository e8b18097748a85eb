"""What became of the rows of a shard or a run: counts, the first failures, sums by site, pages to compare."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from server.batch.originals import MAX_KEPT_ANCHORS, Copy
from server.batch.rows import Row
from server.batch.sites import Site, Sites, add_sites, note_row, page_of, site_of

MAX_PROBLEMS = 5


@dataclass(slots=True)
class Tally:
    """labels: verdicts; reasons: of failures; problems: the first failures, as (input, sentence).

    copies: flagged pages with names and numbers; uncompared: how many more there were than can be kept.
    """

    labels: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[str, str]] = field(default_factory=list)
    sites: Sites = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    uncompared: int = 0
    _anchors: int = 0

    @property
    def rows(self) -> int:
        """How many rows in all."""
        return self.labels.total() + self.failed

    @property
    def failed(self) -> int:
        """How many rows have no verdict."""
        return self.reasons.total()

    def note(self, row: Row, by_site: bool) -> None:
        """One more row."""
        if row.failure is not None:
            self.reasons[row.failure.reason] += 1
            if len(self.problems) < MAX_PROBLEMS:
                self.problems.append((row.item.input, row.failure.detail))
        elif row.verdict is not None:
            self.labels[row.verdict.verdict] += 1
        if by_site:
            note_row(self.sites, row)
            if row.anchors:
                self._keep(Copy(site_of(row), page_of(row), row.anchors))

    def add(self, other: "Tally") -> None:
        """Another tally's counts, without its problems."""
        self.labels.update(other.labels)
        self.reasons.update(other.reasons)
        add_sites(self.sites, other.sites)
        for copy in other.copies:
            self._keep(copy)
        self.uncompared += other.uncompared

    def _keep(self, copy: Copy) -> None:
        if self._anchors + len(copy.anchors) > MAX_KEPT_ANCHORS:
            self.uncompared += 1
        else:
            self._anchors += len(copy.anchors)
            self.copies.append(copy)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "labels": dict(self.labels),
            "reasons": dict(self.reasons),
            "problems": self.problems,
            "sites": {name: site.as_json() for name, site in self.sites.items()},
            "copies": [copy.as_json() for copy in self.copies],
            "uncompared": self.uncompared,
        }

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Tally":
        """The tally that as_json told."""
        problems = [(str(name), str(detail)) for name, detail in row["problems"]]
        sites = {name: Site.from_json(site) for name, site in row["sites"].items()}
        tally = cls(Counter(row["labels"]), Counter(row["reasons"]), problems, sites, uncompared=row["uncompared"])
        for copy in row["copies"]:
            tally._keep(Copy.from_json(copy))
        return tally
