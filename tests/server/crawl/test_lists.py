"""Sitemaps and feeds: what addresses they hold, and that a hostile one does no harm."""

import gzip
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import FetchError
from server.crawl import Feed, Sitemap
from server.crawl.lists import NotAListError, feed_entries, sitemap_entries
from tests.server.crawl.conftest import Crawl
from tests.server.crawl.web import Web, reply

PLACE = "https://news.example/map.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
URLSET = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example/a?x=1&amp;y=2
</loc><lastmod>2026-01-01</lastmod><image:image><image:loc>https://news.example/a.png</image:loc></image:image></url>
<url><image:image><image:loc>https://news.example/only.png</image:loc></image:image></url>
<url><loc>/relative</loc></url>
<url><loc><![CDATA[https://news.example/c]]></loc></url>
</urlset>""".encode()
PAGES = ["https://news.example/a?x=1&y=2", "https://news.example/relative", "https://news.example/c"]
BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<urlset><url><loc>&b;</loc></url></urlset>"""
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>"""


def test_a_sitemap_gives_the_places_of_its_pages() -> None:
    assert list(sitemap_entries(URLSET, PLACE)) == PAGES


def test_a_packed_sitemap_and_one_without_a_namespace_are_read() -> None:
    assert list(sitemap_entries(gzip.compress(URLSET), PLACE)) == PAGES
    assert list(sitemap_entries(b"<urlset><url><loc>/b</loc></url></urlset>", PLACE)) == ["https://news.example/b"]
    assert list(sitemap_entries(URLSET.decode().replace("UTF-8", "UTF-16").encode("utf-16"), PLACE)) == PAGES


def test_a_sitemap_of_lines_is_read() -> None:
    body = b"\xef\xbb\xbfhttps://news.example/a\r\n\r\n https://news.example/b\n"
    assert list(sitemap_entries(body[3:], PLACE)) == ["https://news.example/a", "https://news.example/b"]


def test_a_place_that_is_no_address_is_given_as_it_stands() -> None:
    body = b"<urlset><url><loc>http://[no</loc></url><url><loc>/b</loc></url></urlset>"
    assert list(sitemap_entries(body, PLACE)) == ["http://[no", "https://news.example/b"]


def test_an_index_gives_sitemaps() -> None:
    body = f"<sitemapindex {NS}><sitemap><loc>/1.xml.gz</loc></sitemap></sitemapindex>".encode()
    assert list(sitemap_entries(body, PLACE)) == [Sitemap("https://news.example/1.xml.gz")]


@pytest.mark.parametrize(
    "body", [BOMB, OUTSIDE, b"", b"\x00", b"hello", b"<html><body><a href='/x'>x</a></body></html>", b"<", b"{}"]
)
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    with pytest.raises(NotAListError):
        list(sitemap_entries(body, PLACE))
    with pytest.raises(NotAListError):
        list(feed_entries(body, PLACE))


def test_entities_are_never_expanded_in_whatever_encoding() -> None:
    for body in (BOMB, OUTSIDE):
        for encoding in ("utf-16", "utf-16-le", "utf-32"):
            try:
                found = list(sitemap_entries(body.decode().encode(encoding), PLACE))
            except FetchError:
                found = []
            assert not any("aaaaaaaaaa" in str(entry) or "root" in str(entry) for entry in found)


def test_what_stands_before_a_break_is_given_and_the_break_told() -> None:
    entries = sitemap_entries(URLSET[:-60], PLACE)
    assert [next(entries), next(entries)] == PAGES[:2]
    with pytest.raises(NotAListError, match=r"broken at line \d"):
        next(entries)


def test_a_sitemap_bomb_is_stopped() -> None:
    with pytest.raises(FetchError, match="larger than 52,428,800 bytes"):
        list(sitemap_entries(gzip.compress(bytes(60_000_000), 1), PLACE))


def test_a_long_sitemap_takes_little_memory_and_time() -> None:
    body = b"<urlset>" + b"<url><loc>https://news.example/some/longer/path</loc></url>" * 50_000 + b"</urlset>"
    tracemalloc.start()
    started = time.monotonic()
    assert sum(1 for _ in sitemap_entries(body, PLACE)) == 50_000
    assert time.monotonic() - started < 20
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>News &nbsp; today</title><link>https://news.example/</link><atom:link rel="self" href="https://news.example/rss"/>
<item><title>A & B</title><atom:link rel="replies" href="/c"/><link>https://news.example/a</link></item>
<item><guid>https://news.example/b</guid></item>
<item><guid isPermaLink="false">17</guid></item>
<item><link>/c</link></item>
</channel></rss>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><link>https://news.example/</link></channel><item><link>https://news.example/a</link></item></rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/blog/"><link href="/"/>
<entry><link rel="self" href="x"/><link rel="alternate" href="a"/></entry>
<entry><link href="https://news.example/b"/></entry><entry><id>urn:3</id></entry></feed>"""


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (RSS, ["a", "b", "c"]),
        (RDF, ["a"]),
        (ATOM, ["blog/a", "b"]),
        (RSS[:-28], ["a", "b", "c"]),
        (ATOM[:-60], ["blog/a"]),
    ],
)
def test_feeds_give_the_places_of_their_entries_also_slightly_broken_ones(body: bytes, places: list[str]) -> None:
    assert list(feed_entries(body, PLACE)) == [f"https://news.example/{place}" for place in places]


@given(st.binary(max_size=300), st.integers(0, len(URLSET)))
def test_no_bytes_do_more_than_be_refused(rubbish: bytes, cut: int) -> None:
    for read in (sitemap_entries, feed_entries):
        try:
            list(read(URLSET[:cut] + rubbish + URLSET[cut:], PLACE))
        except FetchError:
            continue


def sitemap(*places: str) -> str:
    return f"<urlset {NS}>" + "".join(f"<url><loc>{place}</loc></url>" for place in places) + "</urlset>"


def index(*places: str) -> str:
    return f"<sitemapindex {NS}>" + "".join(f"<sitemap><loc>{p}</loc></sitemap>" for p in places) + "</sitemapindex>"


def test_a_sitemap_among_the_inputs_stands_for_its_pages(web: Web, crawl: Crawl) -> None:
    site = "http://a.example"
    places = [web.put(f"{site}/{number}", reply(f"<p>{number}")) for number in range(4)]
    web.put(f"{site}/index.xml", reply(index("/1.xml", "/2.xml.gz"), Content_Type="application/xml"))
    web.put(f"{site}/1.xml", reply(sitemap(*places[:2]), Content_Type="text/xml"))
    web.put(f"{site}/2.xml.gz", reply(gzip.compress(sitemap(*places[1:3]).encode()), Content_Type="application/gzip"))
    pages = crawl(places[3], Sitemap(f"{site}/index.xml"), places[0])
    assert [page.html for page in pages] == ["<p>3", "<p>0", "<p>1", "<p>2", "<p>0"]


def test_a_feed_among_the_inputs_stands_for_its_entries(web: Web, crawl: Crawl) -> None:
    web.put("http://news.example/feed", reply(RSS.replace(b"https:", b"http:"), Content_Type="application/rss+xml"))
    for path in "abc":
        web.put(f"http://news.example/{path}", reply(f"<p>{path}"))
    assert [page.html for page in crawl(Feed("http://news.example/feed"))] == ["<p>a", "<p>b", "<p>c"]


def test_sitemaps_that_name_each_other_end(web: Web, crawl: Crawl) -> None:
    web.put("http://a.example/1.xml", reply(index("/2.xml")))
    web.put("http://a.example/2.xml", reply(index("/1.xml", "/3.xml", "/2.xml")))
    web.put("http://a.example/3.xml", reply(sitemap("/page")))
    web.put("http://a.example/page", reply("<p>x"))
    assert [page.address for page in crawl(Sitemap("http://a.example/1.xml"))] == ["http://a.example/page"]


def test_a_list_that_fails_is_a_row_with_a_reason_and_the_rest_goes_on(web: Web, crawl: Crawl) -> None:
    web.put("http://a.example/broken.xml", reply(sitemap("/page")[:-5]))
    web.put("http://a.example/page", reply("<p>x"))
    web.put("http://a.example/inside.xml", reply(index("http://127.0.0.1/map.xml")))
    web.put("http://a.example/robots.txt", reply("User-agent: *\nDisallow: /secret"))
    sources = [
        Sitemap("http://a.example/none.xml"),
        Sitemap("http://a.example/broken.xml"),
        Feed("http://a.example/broken.xml"),
        Sitemap("http://a.example/inside.xml"),
        Feed("http://a.example/secret"),
        Feed("file:///etc/passwd"),
        "http://a.example/page",
    ]
    pages = crawl(*sources)
    assert [(page.address[-8:], page.problem and page.problem.reason) for page in pages] == [
        ("none.xml", "bad_status"),
        ("ple/page", None),
        ("oken.xml", "not_a_list"),
        ("/map.xml", "address_refused"),
        ("e/secret", "robots"),
        ("c/passwd", "bad_address"),
        ("ple/page", None),
    ]
