"""The paired clients, kept in one private file. Tokens themselves are never stored, only their SHA-256."""

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from detector.errors import UnspunError
from server.whole_file import whole_file

FILE_NAME = "clients.json"
FILE_MODE = 0o600
FOLDER_MODE = 0o700
TOKEN_BYTES = 32
ID_BYTES = 6
MAX_CLIENTS = 50


@dataclass(frozen=True, slots=True)
class Client:
    """One paired browser. `paired_at` is seconds since 1970."""

    id: str
    name: str
    origin: str
    token_sha256: str
    paired_at: int


class ClientStore:
    """The list of paired clients, written whole at every change."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self.path = folder / FILE_NAME
        self._clock = clock
        self._lock = threading.Lock()
        self._clients = _read(self.path)

    def add(self, name: str, origin: str) -> tuple[Client, str]:
        """A new client and its token, which is told only this once. The oldest give way past MAX_CLIENTS."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        client = Client(secrets.token_hex(ID_BYTES), name, origin, _sha256(token), int(self._clock()))
        with self._lock:
            self._keep((*self._clients, client)[-MAX_CLIENTS:])
        return client, token

    def find(self, token: str) -> Client | None:
        """The client whose token this is. Compares with every one, in constant time."""
        digest = _sha256(token)
        found = None
        for client in self._clients:
            if hmac.compare_digest(client.token_sha256, digest):
                found = client
        return found

    def revoke(self, client_id: str) -> bool:
        """Forget a client; False when there is none of that id."""
        with self._lock:
            kept = tuple(client for client in self._clients if client.id != client_id)
            if len(kept) == len(self._clients):
                return False
            self._keep(kept)
            return True

    def clients(self) -> tuple[Client, ...]:
        """Every paired client, oldest first."""
        return self._clients

    def has_origin(self, origin: str) -> bool:
        """Did a client of exactly this origin pair?"""
        return any(client.origin == origin for client in self._clients)

    def _keep(self, clients: tuple[Client, ...]) -> None:
        _write(self.path, clients)
        self._clients = clients


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> tuple[Client, ...]:
    if not path.exists():
        return ()
    try:
        rows = json.loads(path.read_text("utf-8"))
        return tuple(Client(**row) for row in rows["clients"])
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise UnspunError(
            f"{path} cannot be read ({type(exc).__name__}). Delete it and pair your browsers again."
        ) from exc


def _write(path: Path, clients: tuple[Client, ...]) -> None:
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    with whole_file(path, FILE_MODE) as file:
        json.dump({"clients": [asdict(client) for client in clients]}, file, indent=1)
