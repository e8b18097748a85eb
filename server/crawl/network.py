"""One GET over the network: to the address that was checked, within time and size, HTTP/2 where the site speaks it.

It uses httpcore, the engine of httpx, since httpx's client adds what a crawler must not have: cookies, proxies from the
environment, and bodies unpacked without a cap.
"""

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpcore
import httpx

from detector.errors import FetchError
from server.addresses import Resolve, check_public
from server.crawl.settings import PACKINGS
from server.crawl.threads import in_thread
from server.page_errors import PageTooLargeError, PageTooSlowError
from server.unpack import unpack

CONNECT_S = 10.0
KEEP_ALIVE_S = 30.0
KEPT_CONNECTIONS = 250
# A short body that nobody needs is read all the same: that keeps the connection.
SMALL_BODY_BYTES = 16_000


class UnreachableError(FetchError):
    """No connection, or not a proper answer; another try may do better."""


class NoConnectionError(UnreachableError):
    """The host does not answer at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered. `body` is unpacked; it is empty where `wants_body` said no."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one request."""

    time_s: float
    max_bytes: int


WantsBody = Callable[[int, httpx.Headers], bool]


class Network:
    """The connections, one for each site. `resolve` and `backend` are the internet, for tests to replace."""

    def __init__(self, resolve: Resolve, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = CheckedAsyncBackend(resolve, backend)
        self._ssl = ssl.create_default_context()
        self._idle: OrderedDict[tuple[bytes, bytes], httpcore.AsyncConnectionPool] = OrderedDict()

    async def get(self, url: httpx.URL, headers: Mapping[str, str], limits: Limits, wants_body: WantsBody) -> Answer:
        """The answer. `wants_body` may raise FetchError to refuse it. Raises FetchError."""
        try:
            async with asyncio.timeout(limits.time_s), self._connection(url) as pool:
                return await _get(pool, url, headers, limits.max_bytes, wants_body)
        except _UnreadError as exc:
            return exc.answer
        except (TimeoutError, httpcore.ReadTimeout, httpcore.WriteTimeout):
            raise PageTooSlowError(limits.time_s) from None
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
            raise NoConnectionError(f"The site could not be reached ({type(exc).__name__}).") from exc
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as exc:
            raise UnreachableError(f"The site broke off or did not speak HTTP ({type(exc).__name__}).") from exc

    @asynccontextmanager
    async def _connection(self, url: httpx.URL) -> AsyncIterator[httpcore.AsyncConnectionPool]:
        """The site's connection, kept for the next request if all of the answer was read.

        What is left unread would otherwise fill the window of an HTTP/2 connection in the end.
        """
        origin = (url.raw_scheme, url.netloc)
        pool = self._idle.pop(origin, None) or self._new_pool()
        try:
            yield pool
        except BaseException:
            await pool.aclose()
            raise
        self._idle[origin] = pool
        if len(self._idle) > KEPT_CONNECTIONS:
            _, oldest = self._idle.popitem(last=False)
            await oldest.aclose()

    def _new_pool(self) -> httpcore.AsyncConnectionPool:
        # A pool for each site: one for all would look through all connections at every request.
        return httpcore.AsyncConnectionPool(
            ssl_context=self._ssl,
            max_connections=1,
            keepalive_expiry=KEEP_ALIVE_S,
            http2=True,
            network_backend=self._backend,
        )

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._idle.values():
            await pool.aclose()


class _UnreadError(Exception):
    """The answer is known, and its body too long to read for nothing."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class CheckedAsyncBackend(httpcore.AsyncNetworkBackend):
    """Resolves each host itself and connects to the very address it checked: no rebinding in between."""

    def __init__(self, resolve: Resolve, backend: httpcore.AsyncNetworkBackend) -> None:
        self._resolve = resolve
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that answers. Raises AddressRefusedError if any is not public."""
        addresses = await in_thread(lambda: self._resolve(host, port))
        check_public(host, addresses)
        failure: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failure = exc
        raise failure


async def _get(
    pool: httpcore.AsyncConnectionPool,
    url: httpx.URL,
    headers: Mapping[str, str],
    max_bytes: int,
    wants_body: WantsBody,
) -> Answer:
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    sent = [(b"Host", url.netloc), *((name.encode(), value.encode("utf-8")) for name, value in headers.items())]
    extensions = {"timeout": {"connect": CONNECT_S}}
    async with pool.stream("GET", target, headers=sent, extensions=extensions) as response:
        got = httpx.Headers(response.headers)
        if not wants_body(response.status, got):
            answer = Answer(url, response.status, got, b"")
            await _skip(response, answer)
            return answer
        packed = await _read(response, got, max_bytes)
    return Answer(url, response.status, got, unpack(packed, got.get("Content-Encoding", ""), max_bytes, PACKINGS))


async def _skip(response: httpcore.Response, answer: Answer) -> None:
    """Read a body that nobody needs, if it is small."""
    try:
        await _read(response, answer.headers, SMALL_BODY_BYTES)
    except PageTooLargeError:
        raise _UnreadError(answer) from None


async def _read(response: httpcore.Response, headers: httpx.Headers, max_bytes: int) -> bytes:
    if _declared_bytes(headers) > max_bytes:
        raise PageTooLargeError(max_bytes)
    body = bytearray()
    async for chunk in response.aiter_stream():
        body += chunk
        if len(body) > max_bytes:
            raise PageTooLargeError(max_bytes)
    return bytes(body)


def _declared_bytes(headers: httpx.Headers) -> int:
    declared = headers.get("Content-Length", "")
    return int(declared) if declared.isascii() and declared.isdigit() else -1
