"""The crawl behind `unspun score`: its options, and the crawler itself, loaded when the first address comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from server.crawl.fetched import Fetched
    from server.crawl.fetching import Source


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What the user may set of a crawl; None means its own default."""

    pause_s: float | None = None
    concurrency: int | None = None
    contact: str | None = None
    cache: Path | None = None

    def pages(self, sources: "Iterable[Source]") -> "Iterator[Fetched]":
        """What became of every address, in order."""
        from server.crawl.fetching import fetched_pages
        from server.crawl.settings import CrawlSettings

        given = {"pause_s": self.pause_s, "concurrency": self.concurrency, "contact": self.contact, "cache": self.cache}
        wanted: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        return fetched_pages(sources, CrawlSettings(**wanted))
