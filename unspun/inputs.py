"""What the user named on the command line, as items to score: one for each, also for those that cannot be read."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from server.charset import decode

STDIN = "-"
MAX_FILE_BYTES = 50_000_000
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIXES = frozenset({".txt", ".md", ""})
JSONL_SUFFIXES = frozenset({".jsonl", ".ndjson"})
CONTENT_FIELDS = ("text", "html", "url")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an input has no verdict: a short word, and a sentence."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to score. Exactly one of text, html, a fetchable url, and failure decides what happens."""

    input: str
    id: str | int | None = None
    url: str | None = None
    text: str | None = None
    html: str | None = None
    failure: Failure | None = None


def read_inputs(names: Iterable[str], stdin: BinaryIO) -> Iterator[Item]:
    """The items of every input, in order, read as they are needed."""
    for name in names:
        if name == STDIN:
            yield from _from_stdin(stdin)
        elif ADDRESS.fullmatch(name):
            yield Item(name, url=name)
        else:
            yield from _from_file(name)


def _from_stdin(stdin: BinaryIO) -> Iterator[Item]:
    head: list[bytes] = []
    for line in stdin:
        head.append(line)
        if line.strip():
            break
    first = decode(head[-1]).strip() if head else ""
    if first.startswith("{") or ADDRESS.fullmatch(first):
        yield from _from_lines("stdin", head, stdin)
    else:
        yield Item("stdin", text=decode(b"".join(head) + stdin.read()))


def _from_lines(name: str, head: list[bytes], rest: Iterable[bytes]) -> Iterator[Item]:
    for number, line in enumerate(_chained(head, rest), start=1):
        stripped = decode(line).strip()
        if stripped:
            yield _from_line(f"{name}:{number}", stripped)


def _chained(head: list[bytes], rest: Iterable[bytes]) -> Iterator[bytes]:
    yield from head
    yield from rest


def _from_line(name: str, line: str) -> Item:
    if line.startswith("{"):
        return _from_record(name, line)
    if ADDRESS.fullmatch(line):
        return Item(name, url=line)
    return _failed(name, "bad_line", "The line is neither a JSON object nor an http(s) address.")


def _from_record(name: str, line: str) -> Item:
    try:
        record = json.loads(line)
    except RecursionError:
        return _failed(name, "bad_json", "The JSON is nested too deeply.")
    except ValueError:
        return _failed(name, "bad_json", "The line is not valid JSON.")
    key = _id_of(record)
    fields = {field: record[field] for field in CONTENT_FIELDS if record.get(field) is not None}
    if not fields or not all(isinstance(value, str) for value in fields.values()):
        detail = 'The object needs a string as "text", "html" or "url".'
        return Item(name, id=key, failure=Failure("bad_record", detail))
    html = None if "text" in fields else fields.get("html")
    return Item(name, key, fields.get("url"), fields.get("text"), html)


def _id_of(record: dict[str, Any]) -> str | int | None:
    key = record.get("id")
    return key if isinstance(key, str | int) else None


def _from_file(name: str) -> Iterator[Item]:
    path = Path(name)
    suffix = path.suffix.lower()
    try:
        if suffix in JSONL_SUFFIXES:
            with path.open("rb") as file:
                yield from _from_lines(name, [], file)
        elif suffix in HTML_SUFFIXES | TEXT_SUFFIXES:
            yield _from_page(name, path, is_html=suffix in HTML_SUFFIXES)
        else:
            detail = f"A {suffix} file is not read. Give .txt, .html or .jsonl files, addresses, or -."
            yield _failed(name, "unknown_type", detail)
    except OSError as exc:
        yield _failed(name, "unreadable", f"The file cannot be read: {exc.strerror or type(exc).__name__}.")


def _from_page(name: str, path: Path, is_html: bool) -> Item:
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        detail = f"The file has {size:,} bytes; at most {MAX_FILE_BYTES:,} are read. Split it."
        return _failed(name, "too_large", detail)
    content = decode(path.read_bytes())
    return Item(name, html=content) if is_html else Item(name, text=content)


def _failed(name: str, reason: str, detail: str) -> Item:
    return Item(name, failure=Failure(reason, detail))
