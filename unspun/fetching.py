"""The crawl behind `unspun score`: its options, and the crawler itself, loaded when the first address comes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from server.batch.fetching import empty_list
from server.batch.shard import Shard
from unspun.inputs import say_on_stderr

if TYPE_CHECKING:
    from server.crawl import CrawlSettings, Fetched, Source, Unlisted

Listing = Literal["sitemap", "feed"]
MANY_PAGES = 100
NO_CONTACT = "Sites cannot see who is asking. Tell them with --contact and the address of a page about you."


class Pages(Protocol):
    """What is needed of a crawl."""

    def pages(self, sources: "Iterable[Source]") -> "Iterator[Fetched]":
        """What became of every address, in order."""

    def listed(self, source: "Source") -> "Iterator[str | Unlisted]":
        """The addresses that a sitemap or feed lists."""

    def close(self) -> None:
        """End all that is under way."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What the user may set of a crawl; None means its own default."""

    pause_s: float | None = None
    concurrency: int | None = None
    contact: str | None = None
    cache: Path | None = None

    def settings(self) -> "CrawlSettings":
        """The settings of the crawl."""
        from server.crawl import CrawlSettings

        return CrawlSettings(**{name: value for name, value in asdict(self).items() if value is not None})


def _begin(options: FetchOptions) -> Pages:
    from server.crawl import Crawl

    return Crawl(options.settings())


class OneCrawl:
    """The crawl of one command: begun with the first address, so that pauses and rules hold over all of them."""

    def __init__(
        self,
        options: FetchOptions,
        begin: Callable[[FetchOptions], Pages] = _begin,
        on_page: Callable[[], None] = lambda: None,
    ) -> None:
        """on_page: called for every page that comes."""
        self._options = options
        self._begin = begin
        self._on_page = on_page
        self._crawl: Pages | None = None
        self._seen = 0

    def pages(self, sources: "Iterable[Source]") -> "Iterator[Fetched]":
        """What became of every address, in order. One call at a time."""
        for page in self._begun().pages(sources):
            self._seen += 1
            self._on_page()
            if self._seen == MANY_PAGES and not self._options.contact:
                say_on_stderr(NO_CONTACT)
            yield page

    def shards(self, listing: Listing, address: str) -> Iterator[Shard]:
        """One shard for each address that a sitemap or feed lists, and for each list that cannot be read."""
        from server.crawl import Feed, Sitemap, Unlisted

        is_empty = True
        for found in self._begun().listed(Sitemap(address) if listing == "sitemap" else Feed(address)):
            is_empty = False
            if isinstance(found, Unlisted):
                yield Shard("nothing", (found.address,), failure=(found.problem.reason, found.problem.detail))
            else:
                yield Shard("addresses", (found,))
        if is_empty:
            yield Shard("nothing", (address,), failure=empty_list(listing))

    def _begun(self) -> Pages:
        if self._crawl is None:
            self._crawl = self._begin(self._options)
        return self._crawl

    def __enter__(self) -> "OneCrawl":
        return self

    def __exit__(self, *error: object) -> None:
        if self._crawl is not None:
            self._crawl.close()
