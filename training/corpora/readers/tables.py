"""Rows of CSV and TSV files, plain, compressed or zipped, as dictionaries of strings."""

import bz2
import csv
import gzip
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

csv.field_size_limit(min(sys.maxsize, 10_000_000))  # a book may stand in one field


def csv_rows(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    """The rows of one CSV file, or of every CSV or TSV file in a zip."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                with archive.open(name) as member:
                    yield from _rows(member, delimiter, encoding)
        return
    opener: Any = {".bz2": bz2.open, ".gz": gzip.open}.get(path.suffix, open)
    with opener(path, "rb") as stream:
        yield from _rows(stream, delimiter, encoding)


def _rows(stream: IO[bytes], delimiter: str, encoding: str) -> Iterator[dict[str, str]]:
    with io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="") as text:
        for row in csv.DictReader(text, delimiter=delimiter):
            yield {key: value or "" for key, value in row.items() if key is not None and not isinstance(value, list)}
