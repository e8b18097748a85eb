"""The one crawl of a command."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from server.batch.fetching import fetched_items
from server.batch.items import Item
from server.crawl import Fetched
from unspun.fetching import NO_CONTACT, FetchOptions, OneCrawl


class FakeCrawl:
    """Finds a text at every address."""

    def __init__(self) -> None:
        self.is_closed = False

    def pages(self, sources: Iterable[Any]) -> Iterator[Fetched]:
        for source in sources:
            yield Fetched(str(source), html="text", is_html=False)

    def listed(self, source: Any) -> Iterator[str]:
        return iter(())

    def close(self) -> None:
        self.is_closed = True


def test_addresses_between_texts_and_lists_are_fetched_by_one_crawl_that_ends_with_the_command() -> None:
    begun: list[FakeCrawl] = []

    def begin(options: FetchOptions) -> FakeCrawl:
        begun.append(FakeCrawl())
        return begun[-1]

    items = [
        Item("1", url="https://a.example/1"),
        Item("2", text="words"),
        Item("3", url="https://a.example/3"),
        Item("4", url="https://a.example/4", listing="sitemap"),
        Item("5", url="https://a.example/5"),
    ]
    with OneCrawl(FetchOptions(), begin) as crawl:
        assert begun == []
        assert len(list(fetched_items([(0, item) for item in items], crawl.pages))) == 5
    assert [one.is_closed for one in begun] == [True]


def test_the_options_of_the_command_are_the_settings_of_the_crawl() -> None:
    settings = FetchOptions(pause_s=2.5, concurrency=7, contact="https://example.org/me").settings()
    assert (settings.pause_s, settings.concurrency, settings.cache) == (2.5, 7, None)
    assert settings.user_agent == "unspun/0.1.0 (+https://example.org/me)"
    assert FetchOptions().settings().pause_s == 1.0
    assert FetchOptions().settings().user_agent.startswith("unspun/0.1.0 (looks for re-written articles")


@pytest.mark.parametrize(("contact", "said"), [(None, 1), ("https://example.org/me", 0)])
def test_who_asks_for_many_pages_is_told_once_to_say_who_they_are(
    contact: str | None, said: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with OneCrawl(FetchOptions(contact=contact), lambda _: FakeCrawl()) as crawl:
        assert len(list(crawl.pages(["https://a.example/"] * 250))) == 250
    assert capsys.readouterr().err.count(NO_CONTACT) == said
