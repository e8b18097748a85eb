"""What readers said of texts: written, taken back, decided and wiped. Lists of them are read in label_lists.py.

One row a text, one row each time somebody said what it is. Copies of a text, near ones too, are one text with several
labels; when these contradict each other, the text counts for nothing until somebody decides.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from sqlite3 import Connection, Row
from typing import Any, Literal

from detector import Verdict
from server.store.database import Database
from server.store.history import DAY_S, plain_address, plain_title, site_of
from server.store.shingles import find_same, set_shingles, sketch_of

LabelName = Literal["spun", "not-spun"]
MAX_WHO_CHARS = 80

KNOWN = "SELECT id, text FROM labels WHERE client = ? AND delivery = ?"
NEW_TEXT = """
    INSERT INTO texts (sha256, text, url, title, site, added, waiting, words, verdict, score, false_alarm_rate, family,
        model)
    VALUES (:sha256, :kept, :url, :title, :site, :now, :waiting, :words, :verdict, :score, :false_alarm_rate, :family,
        :model)
    RETURNING id
"""
# What is told anew fills what was not known, and the newest verdict counts.
OLD_TEXT = """
    UPDATE texts SET text = coalesce(text, :kept), url = coalesce(url, :url), title = coalesce(title, :title),
        site = CASE site WHEN '' THEN :site ELSE site END, waiting = max(waiting, :waiting), words = :words,
        verdict = :verdict, score = :score, false_alarm_rate = :false_alarm_rate, family = :family, model = :model,
        decided = CASE WHEN :label IS NULL OR decided = :label THEN decided END
    WHERE id = :text
"""
NEW_LABEL = """
    INSERT INTO labels (text, label, client, who, delivery, time, model, score)
    VALUES (:text, :label, :client, :who, :delivery, :time, :model, :score) RETURNING id
"""
LEFT_OVER = "DELETE FROM texts WHERE id = ? AND NOT waiting AND NOT EXISTS (SELECT 1 FROM labels WHERE text = texts.id)"
OLD = """
    DELETE FROM texts WHERE max(added, coalesce((SELECT max(time) FROM labels WHERE text = texts.id), 0)) <
        CASE WHEN EXISTS (SELECT 1 FROM labels WHERE text = texts.id) THEN :labelled ELSE :waiting END
"""


@dataclass(frozen=True, slots=True)
class NewLabel:
    """What somebody says of a text. label: None keeps the text to be labelled later.

    client: who says it, by a name that stays; who: the same for people. delivery: an id the client chose, so that a
    label delivered twice counts once.
    """

    text: str
    label: LabelName | None
    verdict: Verdict
    client: str
    who: str
    url: str | None = None
    title: str | None = None
    delivery: str | None = None
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a label. id: of the label, None for a text that waits for one. text: of the text it is about.

    new: False for a delivery that was known. merged: the text, or nearly the same one, was known. contradiction: its
    labels do not agree.
    """

    id: int | None
    text: int
    new: bool
    merged: bool
    contradiction: bool


class LabelStore:
    """The tables of texts and labels. `open_database` is called when they are first needed.

    keep_texts: False keeps hashes only. label_days, waiting_days: how long labelled and waiting texts are kept.
    """

    def __init__(
        self,
        open_database: Callable[[], Database],
        clock: Callable[[], float],
        *,
        keep_texts: bool,
        label_days: int,
        waiting_days: int,
    ) -> None:
        self._open = open_database
        self._clock = clock
        self.keep_texts = keep_texts
        self.label_days = label_days
        self.waiting_days = waiting_days
        self._dropped_at = float("-inf")

    @property
    def database(self) -> Database:
        """The database, opened now if it was not."""
        return self._open()

    def add(self, new: NewLabel) -> Added:
        """Keep a label. On the disk when this returns."""
        if self._clock() - self._dropped_at >= DAY_S:
            self.drop_old()
        with self.database.writing(durable=True) as connection:
            return _add(connection, new, self._clock(), self.keep_texts)

    def undo(self, label: int, client: str | None = None) -> bool:
        """Take a label back; False where there is none of this id, or it is not this client's."""
        with self.database.writing(durable=True) as connection:
            row = connection.execute("SELECT text, client FROM labels WHERE id = ?", (label,)).fetchone()
            if row is None or client not in (None, row["client"]):
                return False
            connection.execute("DELETE FROM labels WHERE id = ?", (label,))
            connection.execute("UPDATE texts SET decided = NULL WHERE id = ?", (row["text"],))
            connection.execute(LEFT_OVER, (row["text"],))
        self.database.wipe_traces()
        return True

    def last(self, client: str) -> int | None:
        """The newest label of a client, None where there is none."""
        with self.database.reading() as connection:
            found = connection.execute("SELECT max(id) FROM labels WHERE client = ?", (client,)).fetchone()[0]
        return None if found is None else int(found)

    def decide(self, text: int, label: LabelName) -> bool:
        """Say what a text is whose labels contradict each other; False where there is no such text."""
        with self.database.writing(durable=True) as connection:
            return connection.execute("UPDATE texts SET decided = ? WHERE id = ?", (label, text)).rowcount == 1

    def skip(self, text: int | None, url: str | None) -> None:
        """Put a waiting text, or a page of the history, at the end of the queue."""
        with self.database.writing() as connection:
            connection.execute("UPDATE texts SET skipped = ? WHERE id = ?", (self._clock(), text))
            connection.execute("UPDATE pages SET skipped = ? WHERE url = ?", (self._clock(), url))

    def drop_text(self, text: int) -> bool:
        """Delete a text with all that was said of it; False where there is none."""
        with self.database.writing() as connection:
            gone = connection.execute("DELETE FROM texts WHERE id = ?", (text,)).rowcount == 1
        self.database.wipe_traces()
        return gone

    def forget(self, site: str | None = None) -> int:
        """Delete the texts and labels of one site, or all; how many texts there were."""
        with self.database.writing() as connection:
            gone = connection.execute("DELETE FROM texts WHERE :site IS NULL OR site = :site", {"site": site}).rowcount
        self.database.wipe_traces()
        return gone

    def drop_old(self) -> int:
        """Delete what is past its days; how many texts there were. Done every day."""
        now = self._dropped_at = self._clock()
        limits = {"labelled": now - self.label_days * DAY_S, "waiting": now - self.waiting_days * DAY_S}
        with self.database.writing() as connection:
            return connection.execute(OLD, limits).rowcount


def text_sha256(text: str) -> str:
    """The hash that copies share, whatever their white space and capitals."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()


def _add(connection: Connection, new: NewLabel, now: float, keep_text: bool) -> Added:
    known: Row | None = connection.execute(KNOWN, (new.client, new.delivery)).fetchone()
    if known is not None:
        return Added(known["id"], known["text"], False, True, contradicts(connection, known["text"]))
    sha256 = text_sha256(new.text)
    # A sketch tells much of a text to who guesses it: where texts are not kept, neither are sketches.
    sketch = sketch_of(new.text) if keep_text else frozenset()
    values = _values(new, now, sha256, keep_text)
    text = _find(connection, sha256, sketch, values["url"])
    merged = text is not None
    if text is None:
        text = int(connection.execute(NEW_TEXT, values).fetchone()["id"])
    else:
        connection.execute(OLD_TEXT, values | {"text": text})
    set_shingles(connection, text, sketch)
    label = None
    if new.label is not None:
        label = int(connection.execute(NEW_LABEL, values | {"text": text}).fetchone()["id"])
    return Added(label, text, True, merged, contradicts(connection, text))


def _find(connection: Connection, sha256: str, sketch: frozenset[int], url: str | None) -> int | None:
    row = connection.execute("SELECT id FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    return find_same(connection, sketch, url) if row is None else int(row["id"])


def contradicts(connection: Connection, text: int) -> bool:
    """Do the labels of a text disagree, without anybody having decided?"""
    sql = """SELECT count(DISTINCT label) > 1 AND decided IS NULL FROM texts JOIN labels ON labels.text = texts.id
        WHERE texts.id = ?"""
    return bool(connection.execute(sql, (text,)).fetchone()[0])


def _values(new: NewLabel, now: float, sha256: str, keep_text: bool) -> dict[str, Any]:
    url, verdict = plain_address(new.url or ""), new.verdict
    return {
        "sha256": sha256,
        "kept": _storable(new.text) if keep_text else None,
        "url": url,
        "title": plain_title(new.title),
        "site": "" if url is None else site_of(url),
        "now": now,
        "waiting": new.label is None,
        "label": new.label,
        "client": new.client,
        "who": _storable(new.who)[:MAX_WHO_CHARS],
        "delivery": new.delivery,
        "time": now if new.time is None else new.time,
        "words": verdict.words,
        "verdict": verdict.verdict,
        "score": verdict.score,
        "false_alarm_rate": verdict.false_alarm_rate,
        "family": None if verdict.family is None else verdict.family.name,
        "model": verdict.model,
    }


def _storable(text: str) -> str:
    """Lone surrogates, which a page's script may send, fit no database."""
    return text.encode("utf-8", "replace").decode()
