"""What counts as the address of a page, and as a page: the rules every fetch shares."""

import re

import httpx

from server.page_errors import BadAddressError, NotAPageError

MAX_ADDRESS_CHARS = 4_000
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain"})
HOST = re.compile(r"[^\s%/]+")  # httpx keeps a broken host by escaping it with %
# How files that are no pages begin, whatever their Content-Type says.
FILE_MARKS = {
    b"%PDF-": "a PDF file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "an image or a sound",
    b"PK\x03\x04": "a zip file",
    b"\x1f\x8b": "a gzip file",
    b"\x7fELF": "a program",
}
HTML_START = re.compile(rb"\s*(<!--.{0,500}?-->\s*)?<(!doctype html|html)\b", re.IGNORECASE | re.DOTALL)


def checked_address(address: str) -> httpx.URL:
    """The address, if it is an http or https one without a name or password in it. Raises BadAddressError."""
    try:
        url = httpx.URL(address.strip()[: MAX_ADDRESS_CHARS + 1])
    except (httpx.InvalidURL, UnicodeError):
        raise BadAddressError("This is not an address. It should look like https://example.org/page") from None
    if len(address) > MAX_ADDRESS_CHARS or url.scheme not in ("http", "https") or not HOST.fullmatch(url.host):
        raise BadAddressError("Only http and https addresses can be fetched, such as https://example.org/page")
    if url.userinfo:
        raise BadAddressError("The address holds a name or password. Remove it.")
    return url


def check_type(content_type: str) -> None:
    """Raises NotAPageError when the header tells of something other than a web page or plain text."""
    kind = _kind(content_type)
    if kind not in HTML_TYPES | TEXT_TYPES:
        raise NotAPageError(f"The address holds {kind or 'an unknown type'}, not a web page or plain text.")


def is_html(content_type: str, body: bytes) -> bool:
    """Is it HTML, rather than plain text? Raises NotAPageError when the bytes are plainly neither."""
    for mark, name in FILE_MARKS.items():
        if body.startswith(mark):
            raise NotAPageError(f"The address says it holds a page, and holds {name}.")
    return _kind(content_type) in HTML_TYPES or HTML_START.match(body) is not None


def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
