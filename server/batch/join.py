"""The parts of a run, in order, as one file."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

from server.batch.folder import Folder
from server.batch.writers import RowFormat, parquet_library

PIECE_BYTES = 1 << 20


def join(folder: Folder, names: list[str], format_: RowFormat, out: BinaryIO, is_first: bool = True) -> None:
    """Write the parts to `out`, one after the other, as one file of their format. is_first: with CSV's header."""
    if format_ == "parquet":
        _join_parquet(folder, names, out)
        return
    for number, name in enumerate(names):
        with folder.open(name) as part:
            if format_ == "csv" and (number or not is_first):
                part.readline()  # the header, which the first part has brought; it has no line ends in its names
            shutil.copyfileobj(part, out, PIECE_BYTES)


def _join_parquet(folder: Folder, names: list[str], out: BinaryIO) -> None:
    _, parquet = parquet_library()
    writer = None
    with ExitStack() as stack:
        for name in names:
            with folder.open(name) as part:
                file = parquet.ParquetFile(part)
                if writer is None:
                    writer = stack.enter_context(parquet.ParquetWriter(out, file.schema_arrow, compression="zstd"))
                for group in range(file.num_row_groups):
                    writer.write_table(file.read_row_group(group, use_threads=False))


def json_rows(folder: Folder, names: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of JSONL parts."""
    for name in names:
        with folder.open(name) as part:
            yield from map(json.loads, part)
