"""Lines of a byte stream, never more of one in memory than a row may have."""

from collections.abc import Iterator
from typing import BinaryIO

from server.batch.items import MAX_ROW_BYTES

SKIP_BYTES = 1 << 20


def capped_lines(file: BinaryIO, stop: int | None = None, cap: int = MAX_ROW_BYTES) -> Iterator[bytes]:
    """Lines with their ends, from where the file stands until offset `stop`, which begins a line.

    Of a line of more than `cap` bytes only the first `cap` + 1 come: is_too_long() tells.
    """
    left = -1 if stop is None else stop - file.tell()
    while left and (line := file.readline(cap + 1)):
        left -= len(line)
        if len(line) > cap and not line.endswith(b"\n"):
            left -= _skip_rest(file)
        yield line


def _skip_rest(file: BinaryIO) -> int:
    skipped = 0
    while piece := file.readline(SKIP_BYTES):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def is_too_long(line: bytes, cap: int = MAX_ROW_BYTES) -> bool:
    """Was this line cut by capped_lines?"""
    return len(line) > cap


def cut_lines(file: BinaryIO, size: int) -> Iterator[tuple[int, int, int]]:
    """Cut a file into stretches of about `size` bytes that end with a line: start, stop, number of the first line."""
    start, row = 0, 1
    while piece := file.read(size):
        lines = piece.count(b"\n")
        if not piece.endswith(b"\n"):
            _skip_rest(file)
            lines += 1
        stop = file.tell()
        yield start, stop, row
        start, row = stop, row + lines
