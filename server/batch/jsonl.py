"""JSON lines to items; a line may also be an address."""

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Any

from server.batch.items import ADDRESS, MAX_ROW_BYTES, Item, Place
from server.batch.lines import capped_lines, is_too_long
from server.batch.opening import opened
from server.batch.shard import Columns, Shard


def jsonl_items(shard: Shard) -> Iterator[Item]:
    """The items of a stretch of a JSONL file."""
    (path,) = shard.paths
    with opened(path) as file:
        if shard.start:
            file.seek(shard.start)
        yield from items_of_lines(path, capped_lines(file, shard.stop), shard.row, shard.columns)


def items_of_lines(name: str, lines: Iterable[bytes], first: int, columns: Columns) -> Iterator[Item]:
    """One item for each line that is not empty. `first` is the number of the first line."""
    names = (columns.text or "text", columns.html or "html", columns.url or "url", columns.id or "id")
    for number, line in enumerate(lines, first):
        stripped = line.removeprefix(codecs.BOM_UTF8).strip()
        if stripped:
            yield _item(Place(name, "line", number), stripped, names)


def _item(place: Place, line: bytes, names: tuple[str, str, str, str]) -> Item:
    if is_too_long(line):
        return place.failed("too_large", f"The line has more than {MAX_ROW_BYTES:,} bytes. Cut the text into parts.")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as exc:
        return place.failed("bad_encoding", f"Byte {exc.start + 1} of the line is not UTF-8. Save the file as UTF-8.")
    if text.startswith("{"):
        return _from_record(place, text, names)
    if ADDRESS.fullmatch(text):
        return Item(place.input, url=text)
    return place.failed("bad_line", "The line is neither a JSON object nor an http(s) address.")


def _from_record(place: Place, line: str, names: tuple[str, str, str, str]) -> Item:
    try:
        record: dict[str, Any] = json.loads(line)
    except RecursionError:
        return place.failed("bad_json", "The JSON is nested too deeply.")
    except ValueError:
        return place.failed("bad_json", "The line is not valid JSON.")
    text, html, url, key = map(record.get, names)
    if not isinstance(key, str | int):
        key = None
    given = [value for value in (text, html, url) if value is not None]
    if not given or not all(isinstance(value, str) for value in given):
        wanted = " or ".join(f'"{name}"' for name in names[:3]).replace(" or ", ", ", 1)
        return place.failed("bad_record", f"The object needs a string as {wanted}.", key)
    return Item(place.input, key, url, text, None if text is not None else html)
