"""The pages that were judged: one row an address, with the verdict and never the text."""

from dataclasses import asdict, dataclass, fields
from sqlite3 import Connection
from typing import Any

from server.store.database import Database
from server.store.near import Near, find_near, set_anchors


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of one page at one moment."""

    url: str
    title: str | None
    site: str
    text_sha256: str
    words: int
    verdict: str
    score: float
    false_alarm_rate: float
    family: str | None
    model: str


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A row of the history. first_seen, last_seen: seconds since 1970. times: how often it was judged."""

    url: str
    title: str | None
    site: str
    first_seen: float
    last_seen: float
    times: int
    text_sha256: str
    words: int
    verdict: str
    score: float
    false_alarm_rate: float
    family: str | None
    model: str


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows: at most `limit`, last seen before `before`, of one verdict, of one site."""

    limit: int = 50
    before: float | None = None
    verdict: str | None = None
    site: str | None = None


COLUMNS = ", ".join(column.name for column in fields(SeenPage))
KEEP = """
    INSERT INTO pages (url, title, site, first_seen, last_seen, times, text_sha256, words, verdict, score,
        false_alarm_rate, family, model, anchors)
    VALUES (:url, :title, :site, :now, :now, 1, :text_sha256, :words, :verdict, :score,
        :false_alarm_rate, :family, :model, 0)
    ON CONFLICT (url) DO UPDATE SET title = coalesce(:title, title), last_seen = :now, times = times + 1,
        text_sha256 = :text_sha256, words = :words, verdict = :verdict, score = :score,
        false_alarm_rate = :false_alarm_rate, family = :family, model = :model
    RETURNING id
"""


class PageStore:
    """The table of pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, page: Page, anchors: frozenset[int], now: float) -> None:
        """Write a page's row, or bring it up to date. anchors: as near.hashed() gives; now: seconds since 1970."""
        with self._database.writing() as connection:
            (row,) = connection.execute(KEEP, asdict(page) | {"now": now}).fetchall()
            set_anchors(connection, row["id"], anchors)

    def near(self, anchors: frozenset[int], but_not: str | None) -> tuple[Near, ...]:
        """The pages that share these anchors, the most alike first. but_not: an address that is left out."""
        with self._database.reading() as connection:
            return find_near(connection, anchors, but_not)

    def find(self, query: Query) -> tuple[SeenPage, ...]:
        """The rows asked for, the last seen first."""
        where, values = _conditions(query)
        sql = f"SELECT {COLUMNS} FROM pages{where} ORDER BY last_seen DESC LIMIT :limit"  # noqa: S608 - own words only
        with self._database.reading() as connection:
            return tuple(SeenPage(**row) for row in connection.execute(sql, values).fetchall())

    def count(self, query: Query) -> int:
        """How many rows there are in all, whatever the limit."""
        where, values = _conditions(query)
        with self._database.reading() as connection:
            sql = f"SELECT count(*) FROM pages{where}"  # noqa: S608 - own words only
            return int(connection.execute(sql, values).fetchone()[0])

    def forget(self, site: str | None = None) -> int:
        """Delete the rows of one site, or all; how many there were."""
        with self._database.writing() as connection:
            forgotten = _delete(connection, "site = ?", site) if site is not None else _delete(connection, "?", 1)
        self._database.wipe_traces()
        return forgotten

    def drop_before(self, time: float) -> int:
        """Delete the rows last seen before a time, in seconds since 1970; how many there were."""
        with self._database.writing() as connection:
            return _delete(connection, "last_seen < ?", time)


def _conditions(query: Query) -> tuple[str, dict[str, Any]]:
    values = asdict(query)
    parts = {"before": "last_seen < :before", "verdict": "verdict = :verdict", "site": "site = :site"}
    wanted = [sql for name, sql in parts.items() if values[name] is not None]
    return (" WHERE " + " AND ".join(wanted) if wanted else ""), values


def _delete(connection: Connection, condition: str, value: str | float) -> int:
    return connection.execute(f"DELETE FROM pages WHERE {condition}", (value,)).rowcount  # noqa: S608 - own words only
