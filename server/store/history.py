"""The reader's history: which judged pages are kept, for how long, and which of them tell the story of a text."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import urlsplit, urlunsplit

from detector import Verdict
from detector.anchors import anchor_keys
from server.store.near import Near, hashed
from server.store.pages import Page, PageStore, Query, SeenPage

DAY_S = 24 * 3600
MAX_URL_CHARS = 2_000
MAX_TITLE_CHARS = 300
log = logging.getLogger("unspun.server")


class History:
    """The pages of the last `days` days."""

    def __init__(self, store: PageStore, days: int, clock: Callable[[], float]) -> None:
        self.days = days
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._dropped_at = float("-inf")
        self._drop_old()

    def remember(self, text: str, verdict: Verdict, url: str | None, title: str | None) -> tuple[Near, ...]:
        """Keep the verdict on a page that has an address; the pages seen before that tell the text's story.

        A text that could not be judged, or whose address is not of the web, is not kept. A history that cannot be
        written fails nobody's score: the log says so, without text or address.
        """
        try:
            self._drop_old()
            return self._remember(text, verdict, plain_address(url or ""), title)
        except sqlite3.Error as exc:
            log.error("The history could not be written: %s", type(exc).__name__)
            return ()

    def find(self, query: Query) -> tuple[tuple[SeenPage, ...], int]:
        """The rows asked for, the last seen first, and how many there are whatever the limit."""
        self._drop_old()
        return self._store.find(query), self._store.count(query)

    def forget(self, site: str | None = None) -> int:
        """Delete the rows of one site, or all; how many there were."""
        return self._store.forget(site)

    def _remember(self, text: str, verdict: Verdict, url: str | None, title: str | None) -> tuple[Near, ...]:
        if verdict.score is None or verdict.false_alarm_rate is None:
            return ()
        anchors = hashed(anchor_keys(text))
        near = self._store.near(anchors, url)
        if url is not None:
            page = Page(
                url=url,
                title=plain_title(title),
                site=site_of(url),
                text_sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
                words=verdict.words,
                verdict=verdict.verdict,
                score=verdict.score,
                false_alarm_rate=verdict.false_alarm_rate,
                family=None if verdict.family is None else verdict.family.name,
                model=verdict.model,
            )
            self._store.keep(page, anchors, self._clock())
        return near

    def _drop_old(self) -> None:
        with self._lock:
            now = self._clock()
            if now - self._dropped_at < DAY_S:
                return
            self._dropped_at = now
        self._store.drop_before(now - self.days * DAY_S)


def plain_address(url: str) -> str | None:
    """A web page's address without fragment, name and password; None for anything else, and for overlong ones."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or len(url) > MAX_URL_CHARS:
        return None
    place = parts.netloc.rpartition("@")[2].lower()
    return urlunsplit((parts.scheme, place, parts.path or "/", parts.query, "")).encode("utf-8", "replace").decode()


def site_of(url: str) -> str:
    """The host of a plain address, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def site_named(typed: str) -> str:
    """The site somebody means who types its name or an address of it."""
    word = typed.strip().lower()
    return site_of(plain_address(word if "://" in word else f"http://{word}") or "") or word


def plain_title(title: str | None) -> str | None:
    """A title on one line, cut to what is kept; None for an empty one."""
    kept = " ".join((title or "").split())[:MAX_TITLE_CHARS]
    return kept.encode("utf-8", "replace").decode() or None
