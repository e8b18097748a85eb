"""Rows to bytes: JSON lines, CSV, Parquet."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, Literal, Protocol

from detector.errors import WrongUse
from server.batch.packages import PARQUET
from server.batch.rows import Row
from server.findings import findings

RowFormat = Literal["jsonl", "csv", "parquet"]
TEXTS = ("input", "id", "url", "canonical", "site", "title", "date", "language", "verdict", "reason")
NUMBERS = ("score", "probability", "false_alarm_rate")
CSV_COLUMNS = (
    *TEXTS,
    *NUMBERS,
    *("words", "spun_share", "family", "family_confidence", "findings", "top_findings", "marks", "model"),
    *("extractor", "error", "detail", "position"),
)
FLOATS = frozenset({*NUMBERS, "spun_share", "family_confidence"})
WHOLE_NUMBERS = frozenset({"words", "findings"})
TOP_FINDINGS = 10
ROW_GROUP_ROWS = 5_000
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Writer(Protocol):
    """Takes rows one by one; close() ends the file's content and leaves the file open."""

    def write(self, row: Row) -> None:
        """One more row."""

    def close(self) -> None:
        """No more rows."""


class JsonlWriter:
    """One JSON object a line, ASCII only: lone surrogates in a text stay valid JSON."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, row: Row) -> None:
        """One more line."""
        self._file.write(json.dumps(row.as_json()).encode("ascii") + b"\n")

    def close(self) -> None:
        """Nothing is owed."""


class CsvWriter:
    """A header, then one line a row; findings as text."""

    def __init__(self, file: BinaryIO) -> None:
        self._text = io.TextIOWrapper(file, "utf-8", newline="", write_through=False)
        self._table = csv.writer(self._text, lineterminator="\n")
        self._table.writerow(CSV_COLUMNS)

    def write(self, row: Row) -> None:
        """One more line."""
        values = flat(row)
        self._table.writerow([_cell(values.get(name)) for name in CSV_COLUMNS])

    def close(self) -> None:
        """Write what is buffered."""
        self._text.flush()
        self._text.detach()


class ParquetWriter:
    """The columns of CSV, typed; ROW_GROUP_ROWS rows a group."""

    def __init__(self, file: BinaryIO) -> None:
        pa, parquet = parquet_library()
        self._schema = pa.schema([(name, _parquet_type(pa, name)) for name in CSV_COLUMNS])
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._pa = pa
        self._rows: list[dict[str, Any]] = []

    def write(self, row: Row) -> None:
        """One more row."""
        self._rows.append({name: _text(value) for name, value in flat(row).items()})
        if len(self._rows) == ROW_GROUP_ROWS:
            self._write_group()

    def _write_group(self) -> None:
        columns = [[row.get(name) for row in self._rows] for name in CSV_COLUMNS]
        self._writer.write_table(self._pa.table(columns, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        """Write the last group and the footer."""
        if self._rows:
            self._write_group()
        self._writer.close()


WRITERS: dict[RowFormat, Callable[[BinaryIO], Writer]] = {
    "jsonl": JsonlWriter,
    "csv": CsvWriter,
    "parquet": ParquetWriter,
}


def write_rows(rows: Iterable[Row], writer: Writer) -> None:
    """All rows, and the end."""
    for row in rows:
        writer.write(row)
    writer.close()


def parquet_library() -> tuple[Any, Any]:
    """pyarrow and its parquet module. Raises WrongUse where it is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as exc:
        raise WrongUse(PARQUET.missing) from exc
    return pa, parquet


def _parquet_type(pa: Any, name: str) -> Any:
    return pa.float64() if name in FLOATS else pa.int64() if name in WHOLE_NUMBERS else pa.string()


def _text(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def flat(row: Row) -> dict[str, Any]:
    """A row as one value a column."""
    values = row.head()
    if values["id"] is not None:
        values["id"] = str(values["id"])
    if row.failure is not None:
        failure = row.failure
        return values | {"error": failure.reason, "detail": failure.detail, "position": failure.position}
    verdict = row.verdict
    assert verdict is not None
    top = findings(verdict)[:TOP_FINDINGS]
    return values | {
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "score": verdict.score,
        "probability": verdict.probability,
        "false_alarm_rate": verdict.false_alarm_rate,
        "words": verdict.words,
        "spun_share": verdict.spun_share,
        "family": verdict.family and verdict.family.name,
        "family_confidence": verdict.family and verdict.family.confidence,
        "findings": len(verdict.evidence),
        "top_findings": "; ".join(f"{one.text} ({one.original})" if one.original else one.text for one in top),
        "marks": "; ".join(verdict.marks),
        "model": verdict.model,
        "extractor": verdict.extractor,
    }


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = value.encode("utf-8", "replace").decode("utf-8")
    # A spreadsheet would run a cell that begins with one of these; the text comes from strangers.
    return "'" + plain if plain.startswith(FORMULA_SIGNS) else plain
