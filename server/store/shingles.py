"""Which texts are one text: those that share nearly every run of three words.

Names and numbers, by which the history finds near pages, would not do: a spun copy shares them with its original, and
the right labels of the two are opposite. A text's runs of three words are hashed and the smallest hashes kept: a
bottom-k MinHash sketch (Broder, 1997). A table from hash to texts finds the candidates.
"""

import json
from sqlite3 import Connection

import numpy as np

from detector.ngrams import word_keys, words_of
from detector.text import symbolise

SKETCH_SHINGLES = 256
# Jaccard similarity. Chosen by measuring: see benchmarks/LABELS.md. A page of one address that is read again, by
# another reader or after a correction, may differ more: no spun copy lies at its original's own address.
MIN_SAME, MIN_SAME_PAGE = 0.9, 0.7

# A pair above MIN_SAME shares about that part of its sketches; looking a little further down misses none by chance.
FIND = """
    SELECT text, count(*) AS shared FROM json_each(:hashes) CROSS JOIN text_shingles ON shingle = value
    GROUP BY text HAVING shared >= :least ORDER BY shared DESC, text LIMIT 5
"""
OF_PAGE = "SELECT id FROM texts WHERE url = ?"


def sketch_of(text: str) -> frozenset[int]:
    """The smallest SKETCH_SHINGLES hashes of a text's runs of three words; empty for fewer than three words."""
    words = words_of(symbolise(text))
    if len(words) < 3:
        return frozenset()
    triples = word_keys(words)[2 * len(words) - 1 :]
    return frozenset(np.unique(triples)[:SKETCH_SHINGLES].tolist())


def similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """The estimated Jaccard similarity of the texts of two sketches; exact for short texts."""
    smallest = sorted(one | other)[:SKETCH_SHINGLES]
    both = one & other
    return sum(shingle in both for shingle in smallest) / max(1, len(smallest))


def set_shingles(connection: Connection, text: int, sketch: frozenset[int]) -> None:
    """Keep the sketch of a text, unless it has one. Within the caller's transaction."""
    if not _sketch(connection, text):
        rows = [(shingle, text) for shingle in sketch]
        connection.executemany("INSERT INTO text_shingles (shingle, text) VALUES (?, ?)", rows)


def find_same(connection: Connection, sketch: frozenset[int], url: str | None) -> int | None:
    """The text that is the same but for a few words, None where there is none. url: where the text was read."""
    for row in connection.execute(OF_PAGE, (url,)).fetchall():
        if similarity(sketch, _sketch(connection, row["id"])) >= MIN_SAME_PAGE:
            return int(row["id"])
    values = {"hashes": json.dumps(list(sketch)), "least": MIN_SAME / 2 * len(sketch)}
    best, found = MIN_SAME, None
    for row in connection.execute(FIND, values).fetchall() if sketch else ():
        alike = similarity(sketch, _sketch(connection, row["text"]))
        if alike >= best:
            best, found = alike, int(row["text"])
    return found


def _sketch(connection: Connection, text: int) -> frozenset[int]:
    rows = connection.execute("SELECT shingle FROM text_shingles WHERE text = ?", (text,))
    return frozenset(row["shingle"] for row in rows)
