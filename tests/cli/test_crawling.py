"""`unspun score` on addresses, through a small internet on this machine."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from server.crawl import Crawl, CrawlSettings, Fetched
from tests.server.crawl.web import Web, reply

Run = Callable[..., Result]
PROSE = (Path(__file__).parents[1] / "pages" / "honest-sample.txt").read_text("utf-8")
PAGE = f"<html><title>A title</title><article>{''.join(f'<p>{part}</p>' for part in PROSE.splitlines())}</article>"
PLACES = [f"http://h{number % 20}.example/{number}" for number in range(250)]


@pytest.fixture
def web() -> Iterator[Web]:
    """A running internet with 250 pages on 20 hosts."""
    made = Web().start()
    for place in PLACES:
        made.put(place, reply(PAGE))
    yield made
    made.stop()


@pytest.fixture
def stop_after(web: Web, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets the command crawl that internet; tells after how many pages somebody presses Ctrl-C."""

    def set_stop(pages: int) -> None:
        class Stopped(Crawl):
            def __init__(self, settings: CrawlSettings) -> None:
                super().__init__(settings, web.internet())

            def pages(self, sources: Iterable[Any]) -> Iterator[Fetched]:
                for number, page in enumerate(super().pages(sources)):
                    if number == pages:
                        raise KeyboardInterrupt
                    yield page

        monkeypatch.setattr("server.crawl.Crawl", Stopped)

    set_stop(10_000)
    return set_stop


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize("source", ["sitemap", "csv"])
def test_a_crawl_that_was_stopped_goes_on_and_asks_for_no_finished_page_again(
    run: Run, web: Web, stop_after: Callable[[int], None], tmp_path: Path, source: str
) -> None:
    if source == "sitemap":
        listed = "".join(f"<url><loc>{place}</loc></url>" for place in PLACES)
        arguments = ["--sitemap", web.put("http://h0.example/map.xml", reply(f"<urlset>{listed}</urlset>"))]
    else:
        long_places = [f"{place}?{'x' * 60}" for place in PLACES]
        for place in long_places:
            web.put(place, reply(PAGE))
        (tmp_path / "in.csv").write_text("\n".join(["url", *long_places]), "utf-8")
        arguments = [str(tmp_path / "in.csv")]
    command = ["score", *arguments, "--pause", "0", "--output", str(tmp_path / "rows.jsonl"), "--resume"]
    stop_after(210)
    assert run(*command).exit_code == 1
    finished = [row["url"] for part in sorted(tmp_path.glob("*.parts/part-*")) for row in rows_of(part)]
    assert len(finished) >= 50
    stop_after(10_000)
    result = run(*command)
    assert result.exit_code == 0, result.output
    rows = rows_of(tmp_path / "rows.jsonl")
    assert [row["url"].partition("?")[0] for row in rows] == PLACES
    assert {row["verdict"] for row in rows} == {"clean"}
    asked = [f"http://{seen.host}{seen.path}" for seen in web.log]
    assert [place for place in finished if asked.count(place) != 1] == []
    assert asked.count("http://h0.example/map.xml") == (source == "sitemap")


def test_lists_that_cannot_be_read_and_addresses_between_texts_are_rows_too(
    run: Run, web: Web, stop_after: Callable[[int], None], tmp_path: Path
) -> None:
    lines = [{"url": PLACES[0]}, {"text": PROSE}, {"url": "http://h1.example/gone"}, {"url": PLACES[1], "text": PROSE}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (tmp_path / "list").write_text(f"{PLACES[2]}\n{PLACES[3]}\n", "utf-8")
    feed = web.put("http://h2.example/feed", reply("<rss><channel></channel></rss>"))
    command = ["score", str(tmp_path / "in.jsonl"), "--list", str(tmp_path / "list"), "--feed", feed, "--pause", "0"]
    command += ["--sitemap", "http://h3.example/none.xml", "--contact", "https://example.org/me"]
    outcomes = [None, None, "bad_status", None, None, None, "bad_status", "empty_list"]
    run(*command, "--output", str(tmp_path / "rows.jsonl"))
    assert [row.get("error", {}).get("reason") for row in rows_of(tmp_path / "rows.jsonl")] == outcomes
    direct = [json.loads(line) for line in run(*command).stdout.splitlines()]
    assert [row.get("error", {}).get("reason") for row in direct] == outcomes
    assert {seen.headers["User-Agent"] for seen in web.log} == {"unspun/0.1.0 (+https://example.org/me)"}
    robots = [seen.host for seen in web.log if seen.path == "/robots.txt"]
    assert sorted(robots) == sorted([*{seen.host for seen in web.log}] * 2)
