"""A shard: a stretch of one input, small enough to be done again, that any process can read by itself."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["files", "addresses", "sitemap", "feed", "jsonl", "csv", "parquet", "warc", "nothing"]


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns or JSON fields that matter; None means the usual ones."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    id: str | None = None


USUAL_COLUMNS = Columns()


@dataclass(frozen=True, slots=True)
class Shard:
    """paths: one file, or many small ones, or addresses. start, stop: bytes of the file (row groups of Parquet).

    row: the number of its first line or row, from 1. weight: roughly how many bytes, for the progress bar.
    failure: for kind "nothing", reason and sentence why the file cannot be read.
    """

    kind: Kind
    paths: tuple[str, ...]
    start: int = 0
    stop: int | None = None
    row: int = 1
    weight: int = 0
    columns: Columns = USUAL_COLUMNS
    failure: tuple[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Shard":
        """The shard that as_json told."""
        failure = row["failure"] and (row["failure"][0], row["failure"][1])
        return cls(**row | {"paths": tuple(row["paths"]), "columns": Columns(**row["columns"]), "failure": failure})
