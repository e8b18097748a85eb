"""Rows, their sums by site, and extraction that never ends a run."""

import pytest

from detector import Evidence, Family, Verdict, Window
from detector.errors import ExtractError
from server.batch.extractors import extract_with_resiliparse, extractor, language_of
from server.batch.items import Failure, Item
from server.batch.rows import Row, host_of, verdict_json
from server.batch.sites import Site, add_sites, in_order, sites_of
from server.extract import Article, Facts

SPUN = Verdict(
    *("spun", None, 7.3, 0.998, 0.0005, 800, 0.81, Family("pivot", 0.93)),
    (Evidence(0, 15, "historical past", 1.0, "dictionary swap", "history"),),
    (Window(0, 410, 2.5),),
    "fake-1",
    ("look-alike letters",),
)
PAGE = """<html lang="en-GB"><head><title>A day out</title><link rel="canonical" href="https://a.example/day">
<meta property="og:site_name" content="The Daily A"><meta property="article:published_time" content="2026-03-04T05:06Z">
</head><body><article>{}</article></body></html>""".format("<p>We went to the sea and it was cold.</p>" * 20)


def test_a_verdict_as_json_is_what_the_verdict_itself_says() -> None:
    assert verdict_json(SPUN) == SPUN.as_json()
    assert list(verdict_json(SPUN)) == list(SPUN.as_json())


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.A.example:8080/x", "a.example"),
        ("http://user:secret@b.example/", "b.example"),
        ("ftp://c.example/", None),
        ("nonsense", None),
        (None, None),
    ],
)
def test_the_host_of_an_address(address: str | None, host: str | None) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize("name", ["trafilatura", "resiliparse"])
def test_both_extractors_keep_what_a_page_says_of_itself(name: str) -> None:
    if name == "resiliparse":
        pytest.importorskip("resiliparse")
    article = extractor(name)(PAGE)  # type: ignore[arg-type]
    assert "We went to the sea" in article.text
    assert article.title == "A day out"
    assert (article.facts.site, article.facts.date) == ("The Daily A", "2026-03-04")
    assert article.facts.canonical == "https://a.example/day"
    assert article.facts.language or language_of(PAGE) == "en-gb"


def test_a_page_without_text_is_an_extract_error() -> None:
    pytest.importorskip("resiliparse")
    with pytest.raises(ExtractError):
        extract_with_resiliparse("<html><body><script>1</script></body></html>")


def test_whatever_an_extractor_raises_is_an_extract_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(html: str) -> Article:
        raise RecursionError

    monkeypatch.setattr("server.batch.extractors.extract_article", fails)
    with pytest.raises(ExtractError, match="RecursionError"):
        extractor("trafilatura")("<p>")


def test_sums_by_site_add_up_whatever_part_they_come_from() -> None:
    rows = [
        Row(Item("1", url="https://a.example/1"), None, SPUN, None),
        Row(Item("2", url="https://www.a.example/2"), None, None, Failure("gone", "Gone.")),
        Row(Item("3"), None, SPUN, None, Facts(canonical="https://b.example/3")),
        Row(Item("4"), None, SPUN, None, Facts(site="The Daily A")),
    ]
    whole = sites_of(rows)
    parts = sites_of(rows[:1])
    add_sites(parts, {name: Site.from_json(site.as_json()) for name, site in sites_of(rows[1:]).items()})
    assert parts == whole
    assert [name for name, _ in in_order(whole)] == ["a.example", "The Daily A", "b.example"]
    site = whole["a.example"]
    assert (site.pages, site.spun_share, site.families, site.worst) == (
        2,
        1.0,
        {"pivot": 1},
        [(7.3, "https://a.example/1")],
    )
