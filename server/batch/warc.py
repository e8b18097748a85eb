"""WARC and WET archives to items, through FastWARC. Damage is found, named, and passed over.

FastWARC ends in silence where a file was cut, so each record's length is compared with what it promised, and the end
of the file is looked at.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from detector.errors import WrongUse
from server.batch.items import MAX_ROW_BYTES, Item, Place
from server.batch.opening import opened
from server.batch.packages import WARC
from server.batch.shard import Shard
from server.charset import decode

OK_STATUS = 200
HTML_TYPES = ("text/html", "application/xhtml+xml")
LANGUAGE_HEADER = "WARC-Identified-Content-Language"
MEMBER, RECORD = b"\x1f\x8b\x08", b"WARC/1."
GZIP_WINDOW_BITS = zlib.MAX_WBITS | 16
PIECE_BYTES = 1 << 20


def warc_items(shard: Shard) -> Iterator[Item]:
    """The pages of an archive: responses, resources and converted texts. Raises OSError and WrongUse."""
    (path,) = shard.paths
    with opened(path, unpack=False) as file:
        is_packed = file.read(len(MEMBER)) == MEMBER
        begin: int | None = 0
        while begin is not None:
            reading = _Reading(begin)
            yield from reading.items(path, file)
            damage = reading.damage
            if reading.is_after_last and damage is not None:
                damage = _next_record(file, damage + 1, is_packed)
            if damage is None:
                damage = _cut_at(file, reading.last, is_packed)
            if damage is not None and (reading.has_record or begin == 0):
                yield _damaged(path, damage)
            begin = None if damage is None else _next_record(file, damage + 1, is_packed)


def _damaged(path: str, offset: int) -> Item:
    detail = "The archive is damaged or cut short here. Fetch it again."
    return Place(path, "byte", offset).failed("bad_warc", detail)


@dataclass(slots=True)
class _Reading:
    """One go at an archive from the offset `begin`, until its end or the first damage.

    last: where the last record begins; damage: where the damaged one does, or, if is_after_last, the one before it.
    """

    begin: int
    last: int = 0
    damage: int | None = None
    is_after_last: bool = False
    has_record: bool = False

    def items(self, path: str, file: BinaryIO) -> Iterator[Item]:
        """The items; afterwards `damage` says whether that was all."""
        file.seek(self.begin)
        self.last = self.begin
        try:
            for record in _records(file):
                self.last = self.begin + record.stream_pos
                self.is_after_last = False
                item = _item(Place(path, "byte", self.last), record)
                if item is not None:
                    yield item
                self.has_record = self.is_after_last = True
        except (_ShortRecordError, OSError, ValueError, EOFError):
            self.damage = self.last


class _ShortRecordError(Exception):
    """A record holds fewer bytes than it says."""


def _records(file: BinaryIO) -> Iterator[Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as exc:
        raise WrongUse(WARC.missing) from exc
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    yield from ArchiveIterator(file, record_types=wanted)


def _item(place: Place, record: Any) -> Item | None:
    kind = str(record.record_type)
    size = record.content_length
    url = record.headers.get("WARC-Target-URI")
    if size > MAX_ROW_BYTES:
        return place.failed("too_large", f"The record has more than {MAX_ROW_BYTES:,} bytes.")
    body = record.reader.read()
    if len(body) < size or record.headers.get("Content-Length") is None:
        raise _ShortRecordError
    date = record.record_date and record.record_date.date().isoformat()
    language = record.headers.get(LANGUAGE_HEADER)
    if kind == "conversion":
        return Item(place.input, None, url, body.decode("utf-8", "replace"), date=date, language=language)
    status = record.http_headers.status_code if record.http_headers else OK_STATUS
    if status != OK_STATUS:
        return place.failed("bad_status", f"The site had answered {status}.")
    content_type = (record.http_headers or record.headers).get("Content-Type") or ""
    if not content_type.lower().startswith(HTML_TYPES):
        return place.failed("not_a_page", f"The record holds {content_type[:60] or 'an unknown type'}, not a web page.")
    return Item(place.input, None, url, None, decode(body, content_type), date=date, language=language)


def _next_record(file: BinaryIO, begin: int, is_packed: bool) -> int | None:
    """Where, from `begin` on, something that looks like a record stands; None at the end of the file."""
    mark = MEMBER if is_packed else RECORD
    file.seek(begin)
    tail = b""
    at = begin
    while piece := file.read(PIECE_BYTES):
        window = tail + piece
        found = window.find(mark)
        if found >= 0:
            return at - len(tail) + found
        tail = window[-len(mark) + 1 :]
        at += len(piece)
    return None


def _cut_at(file: BinaryIO, last: int, is_packed: bool) -> int | None:
    """Where the file was cut, if it was: inside a packed record that FastWARC passed over."""
    if not is_packed:
        return None
    file.seek(last)
    inflate, begin, at = zlib.decompressobj(GZIP_WINDOW_BITS), last, last
    while piece := file.read(PIECE_BYTES):
        at += len(piece)
        while piece:
            try:
                inflate.decompress(piece)
            except zlib.error:
                return begin
            piece = inflate.unused_data
            if inflate.eof and piece:
                begin, inflate = at - len(piece), zlib.decompressobj(GZIP_WINDOW_BITS)
            elif inflate.eof:
                begin, inflate = at, zlib.decompressobj(GZIP_WINDOW_BITS)
    return begin if begin < at else None
