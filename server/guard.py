"""Who may ask: the checks every request passes before its route runs, and the CORS headers of its answer.

A route is refused unless its `access` lets it through:
open       anyone on this machine
pair       a browser extension, with our header and JSON
client     a paired extension: its token, from its own origin, with our header
dashboard  the dashboard's own script: the cookie, our header, our own origin
reader     a token or the cookie, for reading only
"""

import re
from collections.abc import Callable
from typing import Literal

from flask import Request, Response

from server.clients import Client, ClientStore
from server.errors import (
    BadHostError,
    NoCookieError,
    NoHeaderError,
    NotJsonError,
    NoTokenError,
    WrongOriginError,
)
from server.rate import RateLimit
from server.sessions import Sessions
from server.settings import Settings

Access = Literal["open", "pair", "client", "dashboard", "reader"]

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
HTTP_PORT = 80
EXTENSION_ORIGIN = re.compile(r"chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
IP_LITERAL = re.compile(r"\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\]")
ANY_EXTENSION_PATHS = frozenset({"/v1/health", "/v1/pair"})
API_PREFIX = "/v1/"
OUR_HEADER = "X-Unspun"
CORS_HEADERS = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "authorization, content-type, x-unspun",
    "Access-Control-Expose-Headers": "content-disposition, retry-after, x-unspun-model, x-unspun-sha256",
    "Access-Control-Max-Age": "600",
}
SAFE_METHODS = frozenset({"GET", "HEAD"})


class Guard:
    """The checks, with what they need to know."""

    def __init__(
        self, settings: Settings, clients: ClientStore, sessions: Sessions, clock: Callable[[], float]
    ) -> None:
        self._allow_remote = settings.allow_remote
        self._hosts = _with_port(LOOPBACK_NAMES, settings.port)
        self._port = settings.port
        self._clients = clients
        self._sessions = sessions
        self._rate = RateLimit(settings.rate, clock)
        self._pair_rate = RateLimit(settings.pair_rate, clock)

    def check_host(self, request: Request) -> None:
        """Refuse a Host that is not this machine: a page whose name was rebound to it."""
        if self._is_our_host(request.headers.get("Host", "").lower()):
            return
        raise BadHostError(f"This server answers only to http://127.0.0.1:{self._port}. Use that address.")

    def check_access(self, access: Access, request: Request) -> Client | None:
        """Let the request through or raise; the paired client when there is one."""
        if access == "pair":
            self._check_pairing(request)
        elif access == "client":
            return self._check_client(request)
        elif access == "dashboard":
            self._check_dashboard(request)
        elif access == "reader" and not self.has_cookie(request):
            return self._spend(self._client_of(request))
        return None

    def has_cookie(self, request: Request) -> bool:
        """Did this browser use the one-time link?"""
        return self._sessions.knows(request.cookies.get(self.cookie_name(), ""))

    def cookie_name(self) -> str:
        """Cookies do not know ports: two servers on one machine need two names."""
        return f"unspun_{self._port}"

    def allows_cors(self, path: str, origin: str | None) -> bool:
        """May a script of this origin read the answer?"""
        if origin is None or not path.startswith(API_PREFIX):
            return False
        if path in ANY_EXTENSION_PATHS:
            return EXTENSION_ORIGIN.fullmatch(origin) is not None
        return self._clients.has_origin(origin)

    def add_cors(self, path: str, origin: str | None, response: Response) -> None:
        """Name the one origin that may read the answer, if any."""
        if path.startswith(API_PREFIX):
            response.vary.add("Origin")
        if origin is not None and self.allows_cors(path, origin):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers.update(CORS_HEADERS)

    def _check_pairing(self, request: Request) -> None:
        if EXTENSION_ORIGIN.fullmatch(request.headers.get("Origin", "")) is None:
            raise WrongOriginError("Only a browser extension can pair.")
        _check_header(request)
        _check_json(request)
        self._pair_rate.spend("pair")

    def _check_client(self, request: Request) -> Client:
        client = self._client_of(request)
        origin = request.headers.get("Origin")
        # Browsers may leave Origin out of a GET; they never do for other methods.
        if origin != client.origin and not (origin is None and request.method in SAFE_METHODS):
            raise WrongOriginError("This token belongs to another client. Pair again.")
        _check_header(request)
        if request.method == "POST":
            _check_json(request)
        return self._spend(client)

    def _client_of(self, request: Request) -> Client:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NoTokenError("This call needs the token of a paired client. Pair first.")
        client = self._clients.find(token.strip())
        if client is None:
            raise NoTokenError("This token is not known, or was revoked. Pair again.")
        return client

    def _spend(self, client: Client) -> Client:
        self._rate.spend(client.id)
        return client

    def _check_cookie(self, request: Request) -> None:
        if not self.has_cookie(request):
            raise NoCookieError("Open the link that `unspun serve` printed on its terminal.")

    def _check_dashboard(self, request: Request) -> None:
        self._check_cookie(request)
        # A page of another local server (same site, other port) would carry the cookie too: our own origins only.
        origin = request.headers.get("Origin")
        is_ours = origin is not None and self._is_our_host(origin.removeprefix("http://"))
        if not is_ours and not (origin is None and request.method in SAFE_METHODS):
            raise WrongOriginError("Only the dashboard itself may do this.")
        _check_header(request)
        if request.method == "POST":
            _check_json(request)
        self._rate.spend("dashboard")

    def _is_our_host(self, host: str) -> bool:
        if host in self._hosts:
            return True
        name, _, port = host.rpartition(":")
        # A literal address cannot be rebound, so remote use may have one.
        return self._allow_remote and port == str(self._port) and IP_LITERAL.fullmatch(name) is not None


def _with_port(names: tuple[str, ...], port: int) -> frozenset[str]:
    bare = names if port == HTTP_PORT else ()
    return frozenset((*bare, *(f"{name}:{port}" for name in names)))


def _check_header(request: Request) -> None:
    if request.headers.get(OUR_HEADER) != "1":
        raise NoHeaderError(f"This call needs the header {OUR_HEADER}: 1.")


def _check_json(request: Request) -> None:
    if request.mimetype != "application/json":
        found = request.mimetype or "none"
        raise NotJsonError(f"The content type is {found}; it must be application/json.")
