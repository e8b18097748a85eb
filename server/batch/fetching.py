"""Addresses among the items, fetched with a crawler's manners: one crawl for a whole run, whatever its shards."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from server.batch.addresses import needs_fetch
from server.batch.folder import Folder
from server.batch.items import Failure, Item
from server.batch.score import Done, Task, Tools, rows_of, write_shard
from server.batch.sources import read_shard

if TYPE_CHECKING:  # the crawler costs 0.3 s: only those who fetch pay
    from server.crawl.fetched import Fetched
    from server.crawl.fetching import Source

    FetchPages = Callable[[Iterable[Source]], Iterator[Fetched]]
Tagged = tuple[int, Item]


def score_with_fetching(tasks: Iterable[Task], folder: Folder, tools: Tools, fetch: "FetchPages") -> Iterator[Done]:
    """One shard after the other; pages of later shards are fetched while earlier ones are scored."""
    known: deque[int] = deque()

    def tagged() -> Iterator[Tagged]:
        for task in tasks:
            known.append(task.number)
            yield from ((task.number, item) for item in read_shard(task.shard))

    for number, group in groupby(fetched_items(tagged(), fetch), key=lambda pair: pair[0]):
        yield from _empty_until(number, known, folder, tools)
        yield write_shard(number, rows_of((item for _, item in group), tools), folder, tools.wishes)
    yield from _empty_until(None, known, folder, tools)


def _empty_until(number: int | None, known: deque[int], folder: Folder, tools: Tools) -> Iterator[Done]:
    """Shards that turned out to hold nothing are finished too."""
    while known and (empty := known.popleft()) != number:
        yield write_shard(empty, (), folder, tools.wishes)


def fetched_items(items: Iterable[Tagged], fetch: "FetchPages") -> Iterator[Tagged]:
    """The same items in the same order, addresses replaced by their pages, or by why there is none."""
    for (is_to_fetch, listing), run in groupby(items, key=_kind):
        if not is_to_fetch:
            yield from run
        elif listing:
            yield from _listed(run, fetch)
        else:
            yield from _fetched(run, fetch)


def _kind(pair: Tagged) -> tuple[bool, str | None]:
    _, item = pair
    return needs_fetch(item), item.listing


def _fetched(run: Iterable[Tagged], fetch: "FetchPages") -> Iterator[Tagged]:
    waiting: deque[Tagged] = deque()

    def addresses() -> "Iterator[Source]":
        for pair in run:
            waiting.append(pair)
            yield pair[1].url or ""

    for page in fetch(addresses()):
        tag, item = waiting.popleft()
        yield tag, _with_page(item, page)


def _listed(run: Iterable[Tagged], fetch: "FetchPages") -> Iterator[Tagged]:
    from server.crawl.lists import Feed, Sitemap

    for tag, item in run:
        url = item.url or ""
        is_empty = True
        for page in fetch([Sitemap(url) if item.listing == "sitemap" else Feed(url)]):
            is_empty = False
            yield tag, _with_page(Item(page.address, url=page.address), page)
        if is_empty:
            yield tag, replace(item, failure=Failure(*empty_list(item.listing or "list")))


def empty_list(what: str) -> tuple[str, str]:
    """Reason and sentence for a sitemap or feed without pages."""
    return "empty_list", f"The {what} names no pages."


def _with_page(item: Item, page: "Fetched") -> Item:
    if page.problem is not None:
        return replace(item, failure=Failure(page.problem.reason, page.problem.detail))
    language = page.headers.content_language
    if page.is_html:
        return replace(item, language=language, html=page.html or "")
    return replace(item, language=language, text=page.html or "")
