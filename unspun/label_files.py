"""Labels in files: JSONL and CSV, the same fields in both, so that what is exported can be imported again."""

import csv
import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from detector.errors import InputError
from server.store.labels import LabelName, text_sha256

FileFormat = Literal["jsonl", "csv"]
FIELDS = ("id", "text", "label", "url", "title", "site", "time", "verdict", "score", "family", "model")
# A spreadsheet would run these as formulas.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MAX_FIELD_CHARS = 10_000_000


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label of a file. label: None for a text that waits. time: seconds since 1970."""

    id: str | None
    text: str
    label: LabelName | None
    url: str | None
    title: str | None
    time: float | None


def read_rows(path: Path) -> tuple[list[LabelRow], list[str]]:
    """The labels of a file, and what is wrong with the rows that are none, in words.

    Raises InputError for a file that is neither UTF-8 text nor has the fields at all.
    """
    rows, problems = [], []
    try:
        for number, values in _raw_rows(path):
            try:
                rows.append(_row(values))
            except ValueError as exc:
                problems.append(f"{path.name} row {number}: {exc}")
    except (UnicodeDecodeError, csv.Error) as exc:
        raise InputError(f"{path} cannot be read as text in UTF-8 ({exc}). Save it as UTF-8.") from exc
    return rows, problems


def write_rows(rows: Iterable[dict[str, Any]], format_: FileFormat, out: IO[str]) -> int:
    """Write the rows; how many there were."""
    table = csv.DictWriter(out, FIELDS, lineterminator="\n")
    if format_ == "csv":
        table.writeheader()
    count = 0
    for row in rows:
        if format_ == "csv":
            table.writerow({name: _guarded(row[name]) for name in FIELDS})
        else:
            out.write(json.dumps({name: row[name] for name in FIELDS}) + "\n")
        count += 1
    return count


def delivery_of(row: LabelRow) -> str:
    """The same row of the same file counts once, however often the file is imported."""
    told = f"{row.id}\0{row.label}\0{text_sha256(row.text)}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _raw_rows(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix.lower() != ".csv":
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
            return
        csv.field_size_limit(MAX_FIELD_CHARS)  # a page's text is longer than the 128 KB that Python allows
        table = csv.DictReader(file)
        if not {"text", "label"} <= set(table.fieldnames or ()):
            raise InputError(
                f"{path} has the columns {table.fieldnames}. Wanted text and label, with a first row of names."
            )
        for number, row in enumerate(table, 2):
            yield number, {name: _unguarded(value) for name, value in row.items() if name is not None}


def _row(values: Any) -> LabelRow:
    if isinstance(values, str):
        try:
            values = json.loads(values)
        except ValueError as exc:
            raise ValueError(f"not JSON ({exc}).") from exc
    if not isinstance(values, dict):
        raise ValueError('not a JSON object, such as {"text": "...", "label": "spun"}.')
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("it has no text.")
    return LabelRow(
        id=_word(values.get("id")),
        text=text,
        label=_label(values),
        url=_word(values.get("url")),
        title=_word(values.get("title")),
        time=_time(values.get("time")),
    )


def _label(values: dict[str, Any]) -> LabelName | None:
    if "label" not in values:
        raise ValueError("it has no label. Wanted spun or not-spun, or an empty one to decide later.")
    label = values["label"]
    word = label.strip().lower() if isinstance(label, str) else label
    if word in (None, ""):
        return None
    if word == "spun":
        return "spun"
    if word == "not-spun":
        return "not-spun"
    raise ValueError(f"its label is {str(label)[:40]!r}. Wanted spun or not-spun, or an empty one to decide later.")


def _word(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def _time(value: Any) -> float | None:
    if value in (None, ""):
        return None
    try:
        time = float(value)
    except (TypeError, ValueError):
        time = math.nan
    if not math.isfinite(time):
        raise ValueError(f"its time is {str(value)[:40]!r}. Wanted seconds since 1970.")
    return time


def _guarded(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


def _unguarded(value: Any) -> Any:
    is_guarded = isinstance(value, str) and value[:1] == "'" and value[1:].startswith(FORMULA_SIGNS)
    return value[1:] if is_guarded else value
