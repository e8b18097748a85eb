"""Text and HTML files to items, one each."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from server.batch.items import MAX_FILE_BYTES, Item, failed_file
from server.batch.opening import opened
from server.batch.shard import Shard
from server.charset import decode

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIXES = frozenset({".txt", ".md", ""})


def page_items(shard: Shard) -> Iterator[Item]:
    """One item for each file of a shard."""
    for path in shard.paths:
        yield _item(path)


def _item(path: str) -> Item:
    try:
        with opened(path) as file:
            body = file.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        return failed_file(path, "unreadable", unreadable(exc))
    if len(body) > MAX_FILE_BYTES:
        detail = f"The file has more than {MAX_FILE_BYTES:,} bytes, the most that is read. Split it."
        return failed_file(path, "too_large", detail)
    is_html = PurePosixPath(path.lower().removesuffix(".gz")).suffix in HTML_SUFFIXES
    return Item(path, html=decode(body)) if is_html else Item(path, text=decode(body))


def unreadable(exc: OSError) -> str:
    """What to say of a file that cannot be read."""
    return f"The file cannot be read: {exc.strerror or type(exc).__name__}."
