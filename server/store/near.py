"""Which pages tell the same story: those that share names and numbers, which spinners leave alone.

A page's anchors are hashed, and the smallest hashes kept: a bottom-k MinHash sketch (Cohen, 1997; Broder, 1997). The
sketch of nearly every page is its whole set, so the similarity is exact; only for very long pages is it estimated.
A table from anchor to pages finds the candidates, so that no page is looked at that shares nothing.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from sqlite3 import Connection

HASH_BYTES = 7  # what fits SQLite's signed integers; of a million anchors, two collide with a chance of 1 in 100,000
SKETCH_ANCHORS = 256
MIN_ANCHORS = 6  # fewer are shared by chance
# Jaccard similarity. Chosen on documents of the training side: see benchmarks/NEAR.md.
MIN_SIMILARITY = 0.5
MAX_NEAR = 5

# Two sets can only be as alike as their sizes: most pages fall out before their anchors are counted together.
FIND = """
    SELECT url, title, verdict, last_seen AS seen, shared * 1.0 / (:anchors + anchors - shared) AS similarity
    FROM (SELECT page, count(*) AS shared FROM json_each(:hashes) CROSS JOIN page_anchors ON anchor = value
          GROUP BY page HAVING shared >= :least)
    JOIN pages ON pages.id = page
    WHERE similarity >= :min_similarity AND url IS NOT :but_not
    ORDER BY similarity DESC, last_seen DESC LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Near:
    """A page seen before that tells the same story. seen: seconds since 1970. similarity: Jaccard, 0 to 1."""

    url: str
    title: str | None
    verdict: str
    seen: float
    similarity: float


def hashed(anchor_keys: Iterable[str]) -> frozenset[int]:
    """The sketch of a page's names and numbers: the smallest SKETCH_ANCHORS of their hashes."""
    return frozenset(nsmallest(SKETCH_ANCHORS, {_hash(key) for key in anchor_keys}))


def set_anchors(connection: Connection, page: int, anchors: frozenset[int]) -> None:
    """Make these the anchors of a page; of a page with too few none is kept. Within the caller's transaction."""
    new = anchors if len(anchors) >= MIN_ANCHORS else frozenset()
    old = {row["anchor"] for row in connection.execute("SELECT anchor FROM page_anchors WHERE page = ?", (page,))}
    gone, come = ([(anchor, page) for anchor in some] for some in (old - new, new - old))
    connection.executemany("DELETE FROM page_anchors WHERE anchor = ? AND page = ?", gone)
    connection.executemany("INSERT INTO page_anchors (anchor, page) VALUES (?, ?)", come)
    connection.execute("UPDATE pages SET anchors = ? WHERE id = ?", (len(new), page))


def find_near(connection: Connection, anchors: frozenset[int], but_not: str | None) -> tuple[Near, ...]:
    """At most MAX_NEAR pages whose anchors are alike, the most alike first."""
    if len(anchors) < MIN_ANCHORS:
        return ()
    values = {
        "hashes": json.dumps(list(anchors)),
        "anchors": len(anchors),
        "least": MIN_SIMILARITY * len(anchors),
        "min_similarity": MIN_SIMILARITY,
        "but_not": but_not,
        "limit": MAX_NEAR,
    }
    return tuple(Near(**row) for row in connection.execute(FIND, values).fetchall())


def _hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=HASH_BYTES).digest())
