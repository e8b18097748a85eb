"""Addresses out of sitemaps (XML, gz, indexes, plain text) and feeds (RSS, Atom): read as data, entities unexpanded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urljoin

from lxml import etree

from detector.errors import FetchError
from server.page_errors import PageTooLargeError
from server.unpack import GZIP_MARK, unpack

CHUNK_BYTES = 65_536
MAX_LIST_BYTES = 52_428_800  # sitemaps.org
MAX_FEED_BYTES = 10_000_000
SAFELY = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP_ENTRIES = frozenset({"url", "sitemap"})
FEED_ENTRIES = frozenset({"item", "entry"})
ROOTS = frozenset({"urlset", "sitemapindex", "rss", "RDF", "feed"})


class NotAListError(FetchError):
    """The address holds no sitemap or feed, or one that breaks off."""

    reason = "not_a_list"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The address of a sitemap, or of an index of sitemaps; as an input it stands for all pages it lists."""

    address: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The address of an RSS or Atom feed; as an input it stands for all entries it links to."""

    address: str


Listed: TypeAlias = str | Sitemap


def sitemap_entries(body: bytes, address: str) -> Iterator[Listed]:
    """The pages, and in an index the further sitemaps, in order. Raises FetchError, where the list breaks off."""
    text = _plain(body)
    if not text.lstrip(b"\xef\xbb\xbf\x00\xff\xfe \t\r\n").startswith(b"<"):
        yield from _text_entries(text)
        return
    _check_entities(text)
    for element in _sitemap_elements(text):
        place = _text(element, "loc")
        if place:
            found = _joined(address, place)
            yield Sitemap(found) if _name(element) == "sitemap" else found


def feed_entries(body: bytes, address: str) -> Iterator[str]:
    """The address of each entry that has one, in order. Raises FetchError when it is no feed.

    Feeds are often slightly broken: what can be read is.
    """
    text = _plain(body)
    _check_entities(text)
    for element in _feed_elements(text):
        place = _atom_link(element) if _name(element) == "entry" else _rss_link(element)
        if place:
            yield _joined(_joined(address, element.base or ""), place)


def _joined(base: str, place: str) -> str:
    try:
        return urljoin(base, place)
    except ValueError:  # no address; fetching it will say so
        return place


def _plain(body: bytes) -> bytes:
    return unpack(body, "gzip", MAX_LIST_BYTES, "gzip") if body.startswith(GZIP_MARK) else body


def _text_entries(text: bytes) -> Iterator[str]:
    places = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
    if not any(place.startswith(("http://", "https://")) for place in places):
        raise NotAListError("The address holds no sitemap.")
    yield from (place for place in places if place)


def _check_entities(text: bytes) -> None:
    if b"<!ENTITY" in text:
        raise NotAListError("The list defines entities, which no sitemap or feed needs, so it was not read.")


def _sitemap_elements(text: bytes) -> Iterator[Any]:
    """Each entry, emptied after use: a list of any length takes little memory."""
    parser = etree.XMLPullParser(events=("start", "end"), **SAFELY)
    for event, element in _events(parser, text):
        if element.getparent() is None:
            _check_root(element)
        elif event == "end" and _name(element) in SITEMAP_ENTRIES:
            yield element
            _drop(element)


def _events(parser: Any, text: bytes) -> Iterator[tuple[str, Any]]:
    """What the parser finds, up to where the list breaks."""
    try:
        for start in range(0, len(text), CHUNK_BYTES):
            try:
                parser.feed(text[start : start + CHUNK_BYTES])
            finally:
                yield from parser.read_events()
        parser.close()
    except etree.XMLSyntaxError as exc:
        raise NotAListError(f"The list is broken at line {exc.lineno}; the rest of it is not known.") from exc


def _feed_elements(text: bytes) -> Iterator[Any]:
    """Each entry. Mending what is broken needs the whole tree, so feeds have a lower cap."""
    if len(text) > MAX_FEED_BYTES:
        raise PageTooLargeError(MAX_FEED_BYTES)
    try:
        root = etree.fromstring(text, etree.XMLParser(recover=True, **SAFELY))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise NotAListError("The address holds no RSS or Atom feed.")
    _check_root(root)
    yield from (element for element in root.iter() if _name(element) in FEED_ENTRIES)


def _check_root(element: Any) -> None:
    if _name(element) not in ROOTS:
        raise NotAListError(f"The address holds <{_name(element)}>, no sitemap or feed.")


def _drop(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None and element.getparent() is not None:
        del element.getparent()[0]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Any, name: str) -> str:
    """The text of the child of this name that has the element's own namespace."""
    namespace = str(element.tag).rpartition("}")[0]
    child = element.find(f"{namespace}}}{name}" if namespace else name)
    return (child.text or "").strip() if child is not None else ""


def _rss_link(item: Any) -> str:
    guid = item.find("guid")
    is_link = guid is not None and guid.get("isPermaLink", "true").lower() != "false"
    named = (guid.text or "").strip() if is_link else ""
    return _text(item, "link") or (named if named.startswith("http") else "")


def _atom_link(entry: Any) -> str:
    for link in entry.iter(f"{{{ATOM}}}link"):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link.get("href")).strip()
    return ""
