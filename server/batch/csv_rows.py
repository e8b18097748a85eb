"""CSV to items. A stray quote costs its own row, not the rest of the file: reading goes on at the next line."""

import codecs
import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from server.batch.columns import Chosen, NoColumnError, choose
from server.batch.items import MAX_ROW_BYTES, Item, Place
from server.batch.lines import capped_lines, is_too_long
from server.batch.opening import opened
from server.batch.shard import Shard

DELIMITERS = ",;\t"
MAX_LOST_BYTES = 200_000  # a longer row cannot be told from the middle of a text


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the number of its first line, and its values or what is wrong with it (reason, sentence)."""

    line: int
    values: tuple[str, ...]
    problem: tuple[str, str] | None = None


def csv_items(shard: Shard) -> Iterator[Item]:
    """The items of a stretch of a CSV file. Raises NoColumnError and OSError."""
    (path,) = shard.paths
    with opened(path) as file:
        header = read_header(file)
        chosen = choose(header.names, shard.columns)
        if shard.start:
            file.seek(shard.start)
        first = shard.row if shard.start else header.lines + 1
        reader = RecordReader(capped_lines(file, shard.stop), first, header.delimiter, len(header.names))
        for record in reader:
            yield _item(Place(path, "line", record.line), record, chosen)


@dataclass(frozen=True, slots=True)
class Header:
    """A CSV file's first record, how many lines it takes, and what separates its columns."""

    names: tuple[str, ...]
    lines: int
    delimiter: str


def read_header(file: BinaryIO) -> Header:
    """The header; afterwards the file stands behind it. Raises NoColumnError."""
    line = next(capped_lines(file), b"").removeprefix(codecs.BOM_UTF8)
    text = line.decode("utf-8", "replace")
    delimiter = max(DELIMITERS, key=text.count)
    try:
        (names,) = csv.reader([text], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        raise NoColumnError("The first line is not a CSV header. Put the names of the columns there.") from None
    return Header(tuple(names), 1, delimiter)


def cut_csv(file: BinaryIO, size: int) -> Iterator[tuple[int, int, int]]:
    """Cut a CSV file into stretches of about `size` bytes that end with a record: start, stop, first line's number."""
    header = read_header(file)
    start, row = file.tell(), header.lines + 1
    reader = RecordReader(capped_lines(file), row, header.delimiter, len(header.names))
    for record in reader:
        # Never after a bad record: what follows it may be the rest of its text, which only its own reader knows.
        if file.tell() - start >= size and reader.is_between_lines and not record.problem:
            yield start, file.tell(), row
            start, row = file.tell(), reader.next_line
    if file.tell() > start:
        yield start, file.tell(), row


class RecordReader:
    """Iterates over the records of CSV lines.

    A bad record of many lines is one row, after which reading goes on at that record's second line. What comes then is
    passed over until it looks like a row again: it may be the middle of a text.
    """

    def __init__(self, lines: Iterable[bytes], first: int, delimiter: str, width: int) -> None:
        csv.field_size_limit(MAX_ROW_BYTES)
        self._lines = iter(lines)
        self._pushed: deque[bytes] = deque()
        self._taken: list[bytes] = []
        self._bytes = 0
        self._is_lost = False
        self._delimiter = delimiter
        self._width = width
        self.next_line = first

    @property
    def is_between_lines(self) -> bool:
        """Has every line that was read been used?"""
        return not self._pushed

    def __iter__(self) -> Iterator[Record]:
        reader = self._reader()
        while True:
            line = self.next_line
            self._taken, self._bytes = [], 0
            try:
                values = next(reader)
                problem = self._problem(values)
            except StopIteration:
                return
            except csv.Error as exc:
                values, problem = [], self._problem([]) or _bad_csv(exc)
            was_lost = self._is_lost
            if problem:
                self._push_back()
                reader = self._reader()
            else:
                self._is_lost = False
            if (problem and not was_lost) or (values and not problem):
                yield Record(line, tuple(values), problem)

    def _reader(self) -> "Iterator[list[str]]":
        return csv.reader(self._feed(), delimiter=self._delimiter, strict=True)

    def _feed(self) -> Iterator[str]:
        # Ends, and with it an open quote, when one record has taken more than a row may have.
        while self._bytes <= (MAX_LOST_BYTES if self._is_lost else MAX_ROW_BYTES):
            line = self._pushed.popleft() if self._pushed else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            self._bytes += len(line)
            self.next_line += 1
            yield line.decode("utf-8", "surrogateescape")

    def _problem(self, values: list[str]) -> tuple[str, str] | None:
        if any(is_too_long(line) for line in self._taken):
            return "too_large", f"The row has more than {MAX_ROW_BYTES:,} bytes. Cut the text into parts."
        if not all(map(_is_utf8, self._taken)):
            return "bad_encoding", "The row is not UTF-8. Save the file as UTF-8."
        if values and len(values) != self._width:
            return "bad_csv", f"The row has {len(values)} columns, the header {self._width}. Look at its quotes."
        return None

    def _push_back(self) -> None:
        again = self._taken[1:]
        self._is_lost |= bool(again)
        self.next_line -= len(again)
        self._pushed.extendleft(reversed(again))
        while self._pushed and self._cannot_be_row(self._pushed[0]):
            self._pushed.popleft()
            self.next_line += 1

    def _cannot_be_row(self, line: bytes) -> bool:
        """Tells the middle of a text without parsing it, thirty times as fast."""
        return b'"' not in line and line.count(self._delimiter.encode()) != self._width - 1


def _bad_csv(exc: csv.Error) -> tuple[str, str]:
    return "bad_csv", f"The row is not valid CSV ({exc}). Look at its quotes."


def _is_utf8(line: bytes) -> bool:
    if line.isascii():
        return True
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _item(place: Place, record: Record, chosen: Chosen) -> Item:
    if record.problem:
        return place.failed(*record.problem)
    text, html, url, key = (
        None if number is None else record.values[number] or None
        for number in (chosen.text, chosen.html, chosen.url, chosen.id)
    )
    if text is None and html is None and url is None:
        return place.failed("bad_record", "The row has neither text nor address.", key)
    return Item(place.input, key, url, text, None if text is not None else html)


def header_of(path: str) -> Header:
    """The header of a CSV file. Raises NoColumnError and OSError."""
    with opened(path) as file:
        return read_header(file)
