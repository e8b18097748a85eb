"""Fetch ONE page that a person asked for: public addresses, web pages and plain text only, with caps on everything."""

import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpcore
import httpx

from detector.errors import FetchError
from server.addresses import CheckedBackend, Resolve, resolve
from server.charset import decode
from server.page_errors import BadAddressError, BadStatusError, PageTooLargeError, PageTooSlowError
from server.unpack import unpack
from server.version import APP_NAME, VERSION
from server.webpage import check_type, checked_address, is_html
from server.workers import run_within

TIMEOUT_S = 10.0
MAX_REDIRECTS = 5
MAX_PAGE_BYTES = 5_000_000
USER_AGENT = f"{APP_NAME}/{VERSION} (reads one page for a person who asked)"
PACKING = "gzip"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8",
    "Accept-Language": "en",
    "Accept-Encoding": PACKING,
}


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
        checked = checked_address(address)
        ends_at = time.monotonic() + self._timeout_s
        try:
            return run_within(lambda: self._fetch(checked, ends_at), self._timeout_s)
        except (TimeoutError, httpcore.TimeoutException):
            raise PageTooSlowError(self._timeout_s) from None
        except httpx.TooManyRedirects:
            raise FetchError(f"The address redirects more than {MAX_REDIRECTS} times.") from None
        except (httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol, httpx.InvalidURL):
            raise BadAddressError("The address redirects to something other than http or https.") from None
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as exc:
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
            content_type = response.headers.get("Content-Type", "text/html")
            check_type(content_type)
            packed = self._read(response, ends_at)
        body = unpack(packed, response.headers.get("Content-Encoding", ""), self._max_bytes, PACKING)
        return Page(str(response.url), decode(body, content_type), is_html(content_type, body))

    def _read(self, response: httpx.Response, ends_at: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > self._max_bytes:
                raise PageTooLargeError(self._max_bytes)
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


def _check_status(response: httpx.Response) -> None:
    if not response.is_success:
        raise BadStatusError(f"The site answered {response.status_code} {response.reason_phrase}.")
