"""Parquet to items, batch by batch; a damaged row group costs its own rows."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from detector.errors import InputError
from server.batch.columns import Chosen, choose
from server.batch.items import MAX_ROW_BYTES, Item, Place
from server.batch.opening import opened
from server.batch.shard import Shard
from server.batch.writers import parquet_library
from server.charset import decode

BATCH_ROWS = 64
BUFFER_BYTES = 1 << 20


class BadParquetError(InputError):
    """A file is not Parquet, or its footer is damaged."""

    reason = "bad_parquet"


def open_parquet(file: BinaryIO) -> Any:
    """pyarrow's ParquetFile. Raises BadParquetError, and WrongUse where pyarrow is not installed."""
    pa, parquet = parquet_library()
    try:
        return parquet.ParquetFile(file, pre_buffer=False, buffer_size=BUFFER_BYTES)
    except (pa.ArrowException, OSError) as exc:
        raise BadParquetError(f"The file is not whole Parquet ({_first_line(exc)}). Copy or write it again.") from exc


def cut_parquet(file: BinaryIO, size: int) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of row groups of about `size` bytes: first group, last + 1, number of the first row, bytes."""
    metadata = open_parquet(file).metadata
    first, row, weight, rows = 0, 1, 0, 0
    for group in range(metadata.num_row_groups):
        weight += metadata.row_group(group).total_byte_size
        rows += metadata.row_group(group).num_rows
        if weight >= size or group == metadata.num_row_groups - 1:
            yield first, group + 1, row, weight
            first, row, weight, rows = group + 1, row + rows, 0, 0


def parquet_items(shard: Shard) -> Iterator[Item]:
    """The items of a shard's row groups. Raises BadParquetError, NoColumnError, WrongUse and OSError."""
    (path,) = shard.paths
    with opened(path, unpack=False) as file:
        parquet = open_parquet(file)
        chosen = choose(parquet.schema_arrow.names, shard.columns)
        row = shard.row
        for group in range(shard.start, parquet.num_row_groups if shard.stop is None else shard.stop):
            yield from _group_items(path, parquet, group, row, chosen)
            row += parquet.metadata.row_group(group).num_rows


def _group_items(path: str, parquet: Any, group: int, first: int, chosen: Chosen) -> Iterator[Item]:
    import pyarrow as pa

    row = first
    names = parquet.schema_arrow.names
    wanted = [None if number is None else names[number] for number in (chosen.text, chosen.html, chosen.url, chosen.id)]
    try:
        for batch in _batches(parquet, group, [name for name in wanted if name]):
            columns = [[None] * len(batch) if name is None else _values(batch.column(name)) for name in wanted]
            for values in zip(*columns, strict=True):
                yield _item(Place(path, "row", row), *values)
                row += 1
    except (pa.ArrowException, OSError) as exc:
        detail = f"Row group {group} is damaged ({_first_line(exc)}). Copy or write the file again."
        for lost in range(row, first + parquet.metadata.row_group(group).num_rows):
            yield Place(path, "row", lost).failed("bad_parquet", detail)


def _batches(parquet: Any, group: int, columns: list[str]) -> Iterator[Any]:
    yield from parquet.iter_batches(BATCH_ROWS, row_groups=[group], columns=columns, use_threads=False)


def _values(column: Any) -> list[Any]:
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        return [_value(value) for value in column]
    return values


def _value(value: Any) -> Any:
    try:
        return value.as_py()
    except UnicodeDecodeError as exc:
        return exc


def _item(place: Place, text: Any, html: Any, url: Any, key: Any) -> Item:
    if any(isinstance(value, UnicodeDecodeError) for value in (text, html, url)):
        return place.failed("bad_encoding", "The row is not UTF-8. Write the column as UTF-8, or as binary.")
    text, html, url = (decode(value) if isinstance(value, bytes) else value for value in (text, html, url))
    key = key if isinstance(key, str | int) else None
    given = [value for value in (text, html, url) if value is not None]
    if not given or not all(isinstance(value, str) for value in given):
        return place.failed("bad_record", "The row has neither text nor address.", key)
    if any(len(value) > MAX_ROW_BYTES for value in given):
        detail = f"The row has more than {MAX_ROW_BYTES:,} characters. Cut the text into parts."
        return place.failed("too_large", detail, key)
    return Item(place.input, key, url, text, None if text is not None else html)


def _first_line(exc: BaseException) -> str:
    return str(exc).partition("\n")[0][:200]
