"""Packed bodies (gzip, br, zstd) unpacked up to a cap, so that a small bomb never becomes a large one."""

import sys
import zlib
from collections.abc import Callable

import brotli

from server.page_errors import NotAPageError, PageTooLargeError, UnpackError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP_WINDOW_BITS = zlib.MAX_WBITS | 16
GZIP_MARK = b"\x1f\x8b"
# A gzip file may be several in a row. More than this is no page, and each costs a copy of the rest.
MAX_GZIP_MEMBERS = 16
ZSTD_WINDOW_LOG = 23  # 8 MB: what RFC 9659 lets a web server ask of its reader
UNPACKED = frozenset({"", "identity"})


def unpack(body: bytes, encoding: str, max_bytes: int, asked_for: str) -> bytes:
    """The body behind a Content-Encoding. `asked_for` is the Accept-Encoding that was sent.

    Raises PageTooLargeError as soon as more than `max_bytes` come out, NotAPageError for a packing that was not asked
    for, UnpackError for a broken or cut one.
    """
    name = encoding.strip().lower().removeprefix("x-")
    if name in UNPACKED:
        return _within(body, max_bytes)
    if name not in PACKINGS or name not in asked_for:
        raise NotAPageError(f"The page is packed with {name}, which was not asked for.")
    try:
        return _within(PACKINGS[name](body, max_bytes + 1), max_bytes)
    except (zlib.error, brotli.error, zstd.ZstdError) as exc:
        raise UnpackError(f"The page is said to be packed with {name}, and is not, or is damaged.") from exc


def _within(body: bytes, max_bytes: int) -> bytes:
    if len(body) > max_bytes:
        raise PageTooLargeError(max_bytes)
    return body


def _gunzip(body: bytes, most: int) -> bytes:
    whole = b""
    for _ in range(MAX_GZIP_MEMBERS):
        inflate = zlib.decompressobj(GZIP_WINDOW_BITS)
        whole += inflate.decompress(body, most - len(whole))
        if len(whole) >= most:
            break
        _check_end(inflate.eof)
        body = inflate.unused_data
        if not body.startswith(GZIP_MARK):  # none left, or padding
            break
    return whole


def _unbrotli(body: bytes, most: int) -> bytes:
    inflate = brotli.Decompressor()
    whole: bytes = inflate.process(body, output_buffer_limit=most)  # it may give a buffer more, never much more
    _check_end(inflate.is_finished() or len(whole) >= most)
    return whole


def _unzstd(body: bytes, most: int) -> bytes:
    inflate = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})
    whole = inflate.decompress(body, most)
    _check_end(inflate.eof or len(whole) >= most)
    return whole


def _check_end(is_whole: bool) -> None:
    if not is_whole:
        raise UnpackError("The packed page is cut short.")


PACKINGS: dict[str, Callable[[bytes, int], bytes]] = {"gzip": _gunzip, "br": _unbrotli, "zstd": _unzstd}
