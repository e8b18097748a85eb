"""Sitemaps and feeds among the inputs, replaced by the addresses they list."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from detector.errors import FetchError
from server.crawl.crawler import Crawler
from server.crawl.fetched import Problem, problem_of
from server.crawl.lists import Feed, NotAListError, Sitemap, feed_entries, sitemap_entries

MAX_DEPTH = 3  # an index of indexes is not allowed, and yet is seen
MAX_SITEMAPS = 50_000  # as many as an index may name
ENTRIES_BETWEEN_BREATHS = 500


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A sitemap or feed that could not be read, or not to its end."""

    address: str
    problem: Problem


@dataclass(slots=True)
class _Seen:
    """What was met in one tree of sitemaps: addresses as hashes, since there may be millions."""

    sitemaps: set[str] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)


async def expand(source: str | Sitemap | Feed, crawler: Crawler) -> AsyncGenerator[str | Unlisted, None]:
    """The addresses behind one input, each once; an address is its own. Reads one list at a time."""
    if isinstance(source, str):
        yield source
    elif isinstance(source, Sitemap):
        async for found in _sitemap(source, crawler, _Seen(), MAX_DEPTH):
            yield found
    else:
        async for found in _feed(source, crawler):
            yield found


async def _sitemap(source: Sitemap, crawler: Crawler, seen: _Seen, depth: int) -> AsyncGenerator[str | Unlisted, None]:
    if source.address in seen.sitemaps:
        return
    seen.sitemaps.add(source.address)
    try:
        if depth == 0 or len(seen.sitemaps) > MAX_SITEMAPS:
            raise NotAListError(f"Sitemaps name sitemaps more than {MAX_DEPTH} deep, or more than {MAX_SITEMAPS:,}.")
        body = await crawler.list_bytes(source.address)
        for number, entry in enumerate(sitemap_entries(body, source.address)):
            if number % ENTRIES_BETWEEN_BREATHS == 0:
                await asyncio.sleep(0)  # others may go on while a long list is parsed
            if isinstance(entry, Sitemap):
                async for found in _sitemap(entry, crawler, seen, depth - 1):
                    yield found
            elif hash(entry) not in seen.pages:
                seen.pages.add(hash(entry))
                yield entry
    except FetchError as exc:
        yield Unlisted(source.address, problem_of(exc))


async def _feed(source: Feed, crawler: Crawler) -> AsyncGenerator[str | Unlisted, None]:
    try:
        body = await crawler.list_bytes(source.address)
        for entry in dict.fromkeys(feed_entries(body, source.address)):
            yield entry
    except FetchError as exc:
        yield Unlisted(source.address, problem_of(exc))
