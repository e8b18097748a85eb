"""Rows to a stream, for programs: JSON lines and CSV."""

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

from unspun.findings import findings
from unspun.rows import Row

CSV_COLUMNS = (
    *("input", "id", "url", "title", "verdict", "reason", "score", "probability", "false_alarm_rate"),
    *("words", "spun_share", "family", "family_confidence", "findings", "top_findings", "marks", "model"),
    *("extractor", "error", "detail"),
)
TOP_FINDINGS = 10
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_jsonl(rows: Iterable[Row], out: TextIO) -> None:
    """One JSON object a line, ASCII only: lone surrogates in a text stay valid JSON."""
    for row in rows:
        out.write(json.dumps(row.as_json()) + "\n")
        out.flush()


def write_csv(rows: Iterable[Row], out: TextIO) -> None:
    """One line a row; findings as text."""
    table = csv.DictWriter(out, CSV_COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    for row in rows:
        table.writerow({name: _cell(value) for name, value in _csv_values(row).items()})
        out.flush()


def _csv_values(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {"input": row.item.input, "id": row.item.id, "url": row.item.url, "title": row.title}
    if row.failure is not None:
        return values | {"error": row.failure.reason, "detail": row.failure.detail}
    assert row.verdict is not None
    verdict = row.verdict.as_json()
    values |= {name: verdict[name] for name in CSV_COLUMNS if name in verdict}
    top = findings(row.verdict)[:TOP_FINDINGS]
    return values | {
        "family": row.verdict.family and row.verdict.family.name,
        "family_confidence": row.verdict.family and row.verdict.family.confidence,
        "findings": len(row.verdict.evidence),
        "top_findings": "; ".join(f"{one.text} ({one.original})" if one.original else one.text for one in top),
        "marks": "; ".join(row.verdict.marks),
    }


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = value.encode("utf-8", "replace").decode("utf-8")
    # A spreadsheet would run a cell that begins with one of these; the text comes from strangers.
    return "'" + plain if plain.startswith(FORMULA_SIGNS) else plain
