"""Fetch ONE page that a person asked for: public addresses, web pages and plain text only, with caps on everything."""

import re
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import httpcore
import httpx

from detector.errors import FetchError
from server.addresses import CheckedBackend, Resolve, resolve
from server.charset import decode
from server.version import APP_NAME, VERSION
from server.workers import run_within

TIMEOUT_S = 10.0
MAX_REDIRECTS = 5
MAX_PAGE_BYTES = 5_000_000
MAX_ADDRESS_CHARS = 4_000
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain"})
USER_AGENT = f"{APP_NAME}/{VERSION} (reads one page for a person who asked)"
HOST = re.compile(r"[^\s%/]+")  # httpx keeps a broken host by escaping it with %
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip",
}
GZIP_WINDOW_BITS = zlib.MAX_WBITS | 16


class BadAddressError(FetchError):
    """This is not an http or https address."""

    reason = "bad_address"


class NotAPageError(FetchError):
    """The address holds something other than a web page or plain text."""

    reason = "not_a_page"


class PageTooLargeError(FetchError):
    """The page is larger than the cap."""

    reason = "too_large"


class PageTooSlowError(FetchError):
    """The page did not come in time."""

    reason = "too_slow"


class BadStatusError(FetchError):
    """The site answered with an error."""

    reason = "bad_status"


@dataclass(frozen=True, slots=True)
class Page:
    """What an address holds. `is_html` is False for plain text. `address` is where the redirects led."""

    address: str
    text: str
    is_html: bool


class Fetcher:
    """Fetches pages; `resolve` and `backend` are the network, for tests to replace."""

    def __init__(
        self,
        resolve: Resolve = resolve,
        backend: httpcore.NetworkBackend | None = None,
        timeout_s: float = TIMEOUT_S,
        max_bytes: int = MAX_PAGE_BYTES,
    ) -> None:
        self._backend = CheckedBackend(resolve, backend or httpcore.SyncBackend())
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes

    def fetch(self, address: str) -> Page:
        """The page at the address. Raises FetchError. All in all it takes no longer than the timeout."""
        checked = _checked(address)
        ends_at = time.monotonic() + self._timeout_s
        try:
            return run_within(lambda: self._fetch(checked, ends_at), self._timeout_s)
        except (TimeoutError, httpcore.TimeoutException):
            raise PageTooSlowError(f"The page did not come within {self._timeout_s:g} s.") from None
        except httpx.TooManyRedirects:
            raise FetchError(f"The address redirects more than {MAX_REDIRECTS} times.") from None
        except (httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol, httpx.InvalidURL):
            raise BadAddressError("The address redirects to something other than http or https.") from None
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, zlib.error, OSError) as exc:
            raise FetchError(f"The site could not be reached ({type(exc).__name__}).") from exc

    def _fetch(self, address: httpx.URL, ends_at: float) -> Page:
        with (
            httpx.Client(
                transport=CheckedTransport(self._backend),
                headers=HEADERS,
                timeout=self._timeout_s,
                follow_redirects=True,
                max_redirects=MAX_REDIRECTS,
                trust_env=False,
            ) as client,
            client.stream("GET", address) as response,
        ):
            _check_status(response)
            is_html = _check_type(response)
            body = self._read(response, ends_at)
        return Page(str(response.url), decode(body, response.headers.get("Content-Type", "")), is_html)

    def _read(self, response: httpx.Response, ends_at: float) -> bytes:
        body = bytearray()
        for chunk in _inflated(response, self._max_bytes):
            body += chunk
            if len(body) > self._max_bytes:
                raise PageTooLargeError(f"The page is larger than {self._max_bytes:,} bytes.")
            if time.monotonic() > ends_at:
                raise TimeoutError
        return bytes(body)


class CheckedTransport(httpx.BaseTransport):
    """httpx over a pool that opens connections only through the checked backend."""

    def __init__(self, backend: CheckedBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; redirects come through here again, and are checked again."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _checked(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address.strip()[: MAX_ADDRESS_CHARS + 1])
    except (httpx.InvalidURL, UnicodeError):
        raise BadAddressError("This is not an address. It should look like https://example.org/page") from None
    if len(address) > MAX_ADDRESS_CHARS or url.scheme not in ("http", "https") or not HOST.fullmatch(url.host):
        raise BadAddressError("Only http and https addresses can be fetched, such as https://example.org/page")
    if url.userinfo:
        raise BadAddressError("The address holds a name or password. Remove it.")
    return url


def _check_status(response: httpx.Response) -> None:
    if not response.is_success:
        raise BadStatusError(f"The site answered {response.status_code} {response.reason_phrase}.")


def _check_type(response: httpx.Response) -> bool:
    kind = response.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower()
    if kind not in HTML_TYPES | TEXT_TYPES:
        raise NotAPageError(f"The address holds {kind or 'an unknown type'}, not a web page or plain text.")
    return kind in HTML_TYPES


def _inflated(response: httpx.Response, max_bytes: int) -> Iterator[bytes]:
    """The body's bytes, never more than the cap at once: httpx itself inflates whole chunks (gzip bombs)."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip"):
        raise NotAPageError(f"The page is packed with {encoding}, which was not asked for.")
    inflate = zlib.decompressobj(GZIP_WINDOW_BITS)
    for chunk in response.iter_raw():
        yield inflate.decompress(chunk, max_bytes + 1)
