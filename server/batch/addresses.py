"""Which items and tables wait for pages to be fetched."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from server.batch.items import Item
from server.batch.opening import is_remote
from server.batch.shard import Shard
from server.batch.sources import read_shard

TABLES = frozenset({"jsonl", "csv", "parquet"})
# Rows of a table are looked at so far for addresses without a text; more would cost a large run its speed.
ROWS_LOOKED_AT = 100


def needs_fetch(item: Item) -> bool:
    """Is it an address, or a list of them, and nothing more?"""
    return item.failure is None and item.text is None and item.html is None


def holds_addresses(shard: Shard) -> bool:
    """Is there, among the first rows of a table, an address to fetch? Tables far away are not looked into."""
    return any(map(needs_fetch, _first_rows(shard)))


def is_address_list(shard: Shard) -> bool:
    """Are all the first rows of a table that can be read addresses to fetch?"""
    found = [needs_fetch(item) for item in _first_rows(shard) if item.failure is None]
    return bool(found) and all(found)


def _first_rows(shard: Shard) -> Iterator[Item]:
    if shard.kind in TABLES and not is_remote(shard.paths[0]):
        with closing(read_shard(shard)) as items:
            yield from islice(items, ROWS_LOOKED_AT)
