"""What a batch tells while it goes on: failures as they come, progress, and the sums at the end."""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from server.batch.rows import Row
from server.batch.score import Done
from server.batch.tally import Tally
from unspun.inputs import say_on_stderr
from unspun.summary import in_one_line

MAX_TOLD = 20
Unit = Literal["bytes", "pages"]
UNITS: dict[Unit, dict[str, Any]] = {"bytes": {"unit": "B", "unit_scale": True}, "pages": {"unit": " pages"}}


@dataclass(frozen=True, slots=True)
class Size:
    """How much a run is: of every shard, in all (None where nobody knows), and what was done before."""

    unit: Unit
    weights: tuple[int, ...]
    total: int | None
    before: int


class Watch:
    """Counts rows, passing them on; tells of failures, progress and the sums on standard error."""

    def __init__(self, by_site: bool) -> None:
        self.tally = Tally()
        self._by_site = by_site
        self._began = time.monotonic()
        self._before = 0
        self._told = 0
        self._bar: Any = None
        self._unit: Unit = "bytes"

    def over_rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, one by one."""
        for row in _bar(rows, unit=" texts", smoothing=0.1):
            self.tally.note(row, self._by_site)
            if row.failure is not None:
                self._tell(row.item.input, row.failure.detail)
            yield row

    def begin_with(self, finished: Iterable[Tally]) -> None:
        """What an earlier run has done already."""
        for tally in finished:
            self.tally.add(tally)
        self._before = self.tally.rows

    def over_shards(self, done: Iterator[Done], size: Size) -> Iterator[Done]:
        """The finished shards, one by one."""
        with _bar(None, total=size.total, initial=size.before, **UNITS[size.unit], smoothing=0.1) as bar:
            self._bar, self._unit = bar, size.unit
            for one in done:
                self.tally.add(one.tally)
                for name, detail in one.tally.problems:
                    self._tell(name, detail)
                bar.set_postfix_str(f"{self.tally.rows:,} texts", refresh=False)
                if size.unit == "bytes":
                    bar.update(size.weights[one.number])
                yield one
        self._bar = None

    def on_page(self) -> None:
        """A page was fetched."""
        if self._bar is not None:
            self._bar.update(1 if self._unit == "pages" else 0)

    def _tell(self, name: str, detail: str) -> None:
        self._told += 1
        if self._told <= MAX_TOLD:
            say_on_stderr(f"{name}: {detail}")
        elif self._told == MAX_TOLD + 1:
            say_on_stderr("There are more failures; the rows name them all.")

    def sum_up(self) -> None:
        """The last line. One text needs none."""
        if self.tally.rows > 1:
            say_on_stderr(in_one_line(self.tally, self.tally.rows - self._before, time.monotonic() - self._began))


def _bar(what: Any, **options: Any) -> Any:
    from tqdm import tqdm  # 30 ms: only this command pays

    # Silent when piped; and where the rows are on the same terminal, a bar would run through them.
    return tqdm(what, file=sys.stderr, disable=True if sys.stdout.isatty() and what is not None else None, **options)
