"""Pages fetched before, kept in one SQLite file, and asked for again only on condition that they have changed.

Why not an HTTP cache library: those sit below the caps and keep bodies as they come, bombs and all. This one holds what
passed the caps, and always asks the site (If-None-Match, If-Modified-Since), so no page is older than it says.
"""

import sqlite3
import time
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

import httpx

from detector.errors import WrongUse
from server.crawl.asker import OK
from server.crawl.network import Answer

NOT_MODIFIED = 304
MAX_CACHE_BYTES = 2_000_000_000
PUTS_BETWEEN_TRIMS = 500
KEPT_HEADERS = ("Content-Type", "Content-Language", "Last-Modified", "ETag")
TABLE = """CREATE TABLE IF NOT EXISTS pages (
    address TEXT PRIMARY KEY, content_type TEXT, content_language TEXT, last_modified TEXT, etag TEXT,
    body BLOB NOT NULL, used_at REAL NOT NULL) WITHOUT ROWID"""


class Cache:
    """The file. Only one thread may use it. A disk that is full or broken costs the cache, not the crawl."""

    def __init__(self, path: Path, max_bytes: int = MAX_CACHE_BYTES) -> None:
        self._max_bytes = max_bytes
        self._puts = 0
        try:
            path.touch(0o600)
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")  # what a power cut loses is fetched again
            self._db.execute(TABLE)
        except (sqlite3.Error, OSError) as exc:
            raise WrongUse(f"{path} cannot be used as a cache ({exc}). Name a new file, or delete it.") from exc

    def get(self, url: httpx.URL) -> Answer | None:
        """The page as it was, or None."""
        query = "SELECT content_type, content_language, last_modified, etag, body FROM pages WHERE address = ?"
        try:
            row = self._db.execute(query, (str(url),)).fetchone()
            body = b"" if row is None else zlib.decompress(row[4])
        except (sqlite3.Error, zlib.error):
            return None
        if row is None:
            return None
        named = {name: value for name, value in zip(KEPT_HEADERS, row[:4], strict=True) if value is not None}
        return Answer(url, OK, httpx.Headers(named), body)

    def put(self, answer: Answer) -> None:
        """Keep the page, if its site allows that and can later tell whether it has changed."""
        if answer.status != OK or not _is_worth_keeping(answer.headers):
            return
        values = (str(answer.url), *map(answer.headers.get, KEPT_HEADERS), zlib.compress(answer.body, 1), time.time())
        with suppress(sqlite3.Error):
            self._db.execute("REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)", values)
            self._puts += 1
            if self._puts % PUTS_BETWEEN_TRIMS == 0:
                self._trim()

    def touch(self, url: httpx.URL) -> None:
        """The page is still what it was."""
        with suppress(sqlite3.Error):
            self._db.execute("UPDATE pages SET used_at = ? WHERE address = ?", (time.time(), str(url)))

    def close(self) -> None:
        """Trim and close the file."""
        with closing(self._db), suppress(sqlite3.Error):
            self._trim()

    def _trim(self) -> None:
        """Drop the pages that were not used for longest, until the rest fits."""
        self._db.execute(
            "DELETE FROM pages WHERE address IN (SELECT address FROM (SELECT address, "
            "sum(length(body)) OVER (ORDER BY used_at DESC, address) AS total FROM pages) WHERE total > ?)",
            (self._max_bytes,),
        )


def conditions(known: Answer | None) -> Mapping[str, str]:
    """The headers that ask for a page only if it is no longer the known one."""
    if known is None:
        return {}
    pairs = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
    return {ask: known.headers[name] for ask, name in pairs if name in known.headers}


def _is_worth_keeping(headers: httpx.Headers) -> bool:
    return "no-store" not in headers.get("Cache-Control", "").lower() and (
        "ETag" in headers or "Last-Modified" in headers
    )
