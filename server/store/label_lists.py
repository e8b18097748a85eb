"""Lists of labelled and waiting texts: for people, for export, for training, and the queue of what to label next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from sqlite3 import Connection, Row
from typing import Any, Literal

from server.store.labels import LabelName, LabelStore
from server.store.usefulness import SiteLabels, worth

State = Literal["labelled", "contradiction", "doubtful", "waiting"]
MAX_PAGES_WEIGHED = 500  # of the history, the last seen: what the queue is chosen from

# What each text counts as: the decision where there is one, else what all its labels say.
SUMS = """
    WITH summed AS (
        SELECT texts.*, count(labels.id) AS said, sum(labels.label = 'spun') AS said_spun, max(labels.id) AS last_label,
            max(labels.time) AS last_time,
            CASE WHEN decided IS NOT NULL THEN decided
                WHEN sum(labels.label = 'spun') = count(labels.id) THEN 'spun'
                WHEN sum(labels.label = 'spun') = 0 THEN 'not-spun' END AS counts_as
        FROM texts LEFT JOIN labels ON labels.text = texts.id GROUP BY texts.id)
"""
STATES = {
    "labelled": "said > 0",
    "contradiction": "said > 0 AND counts_as IS NULL",
    "doubtful": "(counts_as = 'spun' AND verdict = 'clean') OR "
    "(counts_as = 'not-spun' AND verdict IN ('spun', 'suspicious'))",
    "waiting": "said = 0",
}
WAITING = "SELECT * FROM texts WHERE NOT EXISTS (SELECT 1 FROM labels WHERE text = texts.id)"
UNLABELLED_PAGES = """
    SELECT * FROM pages WHERE NOT EXISTS (SELECT 1 FROM texts WHERE texts.url = pages.url)
    ORDER BY last_seen DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class TrainingLabel:
    """One text and what it counts as. id: of its newest label. time: of that label, in seconds since 1970."""

    id: int
    text: str
    label: LabelName
    site: str
    time: float


@dataclass(frozen=True, slots=True)
class Said:
    """One label. id: what undoing it takes. time: seconds since 1970. model, score: what was judged at the time."""

    id: int
    label: LabelName
    who: str
    client: str
    time: float
    model: str
    score: float | None


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text without its text. counts_as: None while its labels contradict each other, or while it has none.

    verdict, score, false_alarm_rate, family, model: what the model said when the text was last brought.
    """

    id: int
    url: str | None
    title: str | None
    site: str
    beginning: str
    has_text: bool
    added: float
    words: int
    verdict: str
    score: float | None
    false_alarm_rate: float | None
    family: str | None
    model: str
    counts_as: LabelName | None
    decided: bool
    labels: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class LabelQuery:
    """Which texts: in a state, counting as a label, of a site; at most `limit`, last labelled before id `before`."""

    state: State = "labelled"
    label: LabelName | None = None
    site: str | None = None
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts count as what, and are in which state. textless: nothing can be learned from these."""

    spun: int
    not_spun: int
    contradiction: int
    doubtful: int
    waiting: int
    textless: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page or text that nobody labelled. text: its id where the text is kept, else `url` says where to read it."""

    text: int | None
    url: str | None
    title: str | None
    site: str
    beginning: str
    words: int
    verdict: str
    family: str | None
    reasons: tuple[str, ...]


BEGINNING_CHARS = 160


def find_texts(store: LabelStore, query: LabelQuery) -> tuple[TextRow, ...]:
    """The texts asked for, the last labelled first; waiting ones by their age."""
    values = {"label": query.label, "site": query.site, "before": query.before, "limit": query.limit}
    order = "id" if query.state == "waiting" else "last_label"
    sql = f"""{SUMS} SELECT * FROM summed WHERE ({STATES[query.state]}) AND (:label IS NULL OR counts_as = :label)
        AND (:site IS NULL OR site = :site) AND (:before IS NULL OR {order} < :before)
        ORDER BY {order} DESC LIMIT :limit"""  # noqa: S608 - own words only
    with store.database.reading() as connection:
        return tuple(_text_row(connection, row) for row in connection.execute(sql, values).fetchall())


def count_texts(store: LabelStore) -> Counts:
    """How many texts there are of each kind."""
    sql = f"""{SUMS} SELECT count(*) FILTER (WHERE counts_as = 'spun' AND said > 0) AS spun,
        count(*) FILTER (WHERE counts_as = 'not-spun' AND said > 0) AS not_spun,
        count(*) FILTER (WHERE {STATES["contradiction"]}) AS contradiction,
        count(*) FILTER (WHERE {STATES["doubtful"]}) AS doubtful,
        count(*) FILTER (WHERE {STATES["waiting"]}) AS waiting,
        count(*) FILTER (WHERE said > 0 AND text IS NULL) AS textless FROM summed"""  # noqa: S608 - own words only
    with store.database.reading() as connection:
        return Counts(**connection.execute(sql).fetchone())


def count_of_site(store: LabelStore, site: str | None) -> int:
    """How many texts of one site are kept, labelled or not; of all sites for None."""
    sql = "SELECT count(*) FROM texts WHERE :site IS NULL OR site = :site"
    with store.database.reading() as connection:
        return int(connection.execute(sql, {"site": site}).fetchone()[0])


def read_text(store: LabelStore, text: int) -> Row | None:
    """A text's whole row, None where there is none of this id."""
    with store.database.reading() as connection:
        row: Row | None = connection.execute("SELECT * FROM texts WHERE id = ?", (text,)).fetchone()
        return row


def labels_for_training(store: LabelStore) -> Iterator[TrainingLabel]:
    """Every text that can be learned from, oldest first: kept, labelled, and without contradiction."""
    for row in _learnable(store):
        yield TrainingLabel(row["last_label"], row["text"], row["counts_as"], row["site"], row["last_time"])


def export_rows(store: LabelStore) -> Iterator[dict[str, Any]]:
    """What `unspun label import` and training read: one plain dict a text that counts as something."""
    names = ("text", "url", "title", "site", "verdict", "score", "family", "model")
    for row in _learnable(store):
        told = {"id": str(row["last_label"]), "label": row["counts_as"], "time": row["last_time"]}
        yield told | {name: row[name] for name in names}


def queue(store: LabelStore, thresholds: Mapping[str, float], limit: int) -> tuple[Candidate, ...]:
    """What to label next, that which teaches most first; what was skipped comes last.

    Texts that wait with their text, and pages of the history, of which only the address is known.
    """
    with store.database.reading() as connection:
        sites = _site_labels(connection)
        rows = connection.execute(WAITING).fetchall()
        rows += connection.execute(UNLABELLED_PAGES, (MAX_PAGES_WEIGHED,)).fetchall()
    ranked = []
    for row in rows:
        found = worth(row["verdict"], row["false_alarm_rate"], row["family"], sites.get(row["site"]), thresholds)
        ranked.append(((row["skipped"] or 0.0, -found.value), _candidate(row, found.reasons)))
    ranked.sort(key=lambda pair: pair[0])
    return tuple(candidate for _, candidate in ranked[:limit])


def _learnable(store: LabelStore) -> Iterator[Row]:
    """Fetched in portions, so that the connection is free between them."""
    sql = f"""{SUMS} SELECT * FROM summed WHERE said > 0 AND counts_as IS NOT NULL AND text IS NOT NULL
        AND last_label > ? ORDER BY last_label LIMIT 200"""  # noqa: S608 - own words only
    after = 0
    while True:
        with store.database.reading() as connection:
            rows = connection.execute(sql, (after,)).fetchall()
        if not rows:
            return
        yield from rows
        after = rows[-1]["last_label"]


def _site_labels(connection: Connection) -> dict[str, SiteLabels]:
    sql = f"""{SUMS} SELECT site, sum(counts_as = 'spun') AS spun, sum(counts_as = 'not-spun') AS not_spun FROM summed
        WHERE said > 0 AND site <> '' AND counts_as IS NOT NULL GROUP BY site"""  # noqa: S608 - own words only
    return {row["site"]: SiteLabels(row["spun"], row["not_spun"]) for row in connection.execute(sql).fetchall()}


def _text_row(connection: Connection, row: Row) -> TextRow:
    sql = "SELECT id, label, who, client, time, model, score FROM labels WHERE text = ? ORDER BY id DESC"
    same = ("id", "url", "title", "site", "added", "words", "verdict", "score", "false_alarm_rate", "family", "model")
    return TextRow(
        **{name: row[name] for name in same},
        beginning=_beginning(row["text"]),
        has_text=row["text"] is not None,
        counts_as=row["counts_as"] if row["said"] else None,
        decided=row["decided"] is not None,
        labels=tuple(Said(**said) for said in connection.execute(sql, (row["id"],)).fetchall()),
    )


def _candidate(row: Row, reasons: tuple[str, ...]) -> Candidate:
    has_text = "text" in row.keys()  # noqa: SIM118 - of a Row, only keys() tells
    return Candidate(
        text=row["id"] if has_text else None,
        url=row["url"],
        title=row["title"],
        site=row["site"],
        beginning=_beginning(row["text"]) if has_text else "",
        words=row["words"],
        verdict=row["verdict"],
        family=row["family"],
        reasons=reasons,
    )


def _beginning(text: str | None) -> str:
    return " ".join((text or "")[: 4 * BEGINNING_CHARS].split())[:BEGINNING_CHARS]
