"""The crawl behind `unspun score`: its options, and the crawler itself, loaded when the first address comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from server.crawl.fetched import Fetched
    from server.crawl.fetching import Crawl, Source


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What the user may set of a crawl; None means its own default."""

    pause_s: float | None = None
    concurrency: int | None = None
    contact: str | None = None
    cache: Path | None = None


class OneCrawl:
    """The crawl of one command: begun with the first address, so that pauses and rules hold over all of them."""

    def __init__(self, options: FetchOptions) -> None:
        self._options = options
        self._crawl: Crawl | None = None

    def pages(self, sources: "Iterable[Source]") -> "Iterator[Fetched]":
        """What became of every address, in order. One call at a time."""
        if self._crawl is None:
            self._crawl = _begin(self._options)
        yield from self._crawl.pages(sources)

    def __enter__(self) -> "OneCrawl":
        return self

    def __exit__(self, *error: object) -> None:
        if self._crawl is not None:
            self._crawl.close()


def _begin(options: FetchOptions) -> "Crawl":
    from server.crawl import Crawl, CrawlSettings

    given = {
        "pause_s": options.pause_s,
        "concurrency": options.concurrency,
        "contact": options.contact,
        "cache": options.cache,
    }
    wanted: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return Crawl(CrawlSettings(**wanted))
