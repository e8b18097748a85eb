"""A shard to its items, whatever it is; what cannot be read is an item too."""

import zlib
from collections.abc import Callable, Generator, Iterator

from detector.errors import InputError
from server.batch.csv_rows import csv_items
from server.batch.items import Item, failed_file
from server.batch.jsonl import jsonl_items
from server.batch.pages import page_items, unreadable
from server.batch.parquet_rows import parquet_items
from server.batch.shard import Kind, Shard
from server.batch.warc import warc_items


def _address_items(shard: Shard) -> Iterator[Item]:
    return (Item(address, url=address) for address in shard.paths)


def _sitemap_items(shard: Shard) -> Iterator[Item]:
    return (Item(address, url=address, listing="sitemap") for address in shard.paths)


def _feed_items(shard: Shard) -> Iterator[Item]:
    return (Item(address, url=address, listing="feed") for address in shard.paths)


def _no_items(shard: Shard) -> Iterator[Item]:
    assert shard.failure is not None
    yield failed_file(shard.paths[0], *shard.failure)


READERS: dict[Kind, Callable[[Shard], Iterator[Item]]] = {
    "files": page_items,
    "addresses": _address_items,
    "sitemap": _sitemap_items,
    "feed": _feed_items,
    "jsonl": jsonl_items,
    "csv": csv_items,
    "parquet": parquet_items,
    "warc": warc_items,
    "nothing": _no_items,
}


def read_shard(shard: Shard) -> Generator[Item, None, None]:
    """The items of a shard, in order, as they are needed. Damage ends the shard with one more item that says so."""
    last: Item | None = None
    try:
        for item in READERS[shard.kind](shard):
            last = item
            yield item
    except InputError as exc:
        yield failed_file(shard.paths[0], exc.reason, str(exc))
    except (EOFError, zlib.error) as exc:
        after = f" after {last.input}" if last else ""
        detail = f"The packed file is damaged or cut short{after} ({exc}). Fetch it again."
        yield failed_file(shard.paths[0], "damaged", detail)
    except OSError as exc:
        yield failed_file(shard.paths[0], "unreadable", unreadable(exc))
