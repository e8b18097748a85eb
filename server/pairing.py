"""Pairing by a six-digit code: who asked, which code was shown, how many tries are left. Nothing is stored."""

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from server.errors import PairingExpiredError, TooManyError, WrongCodeError, WrongOriginError

LIFE_S = 180
TRIES = 5
MAX_PENDING = 8
CODE_DIGITS = 6
ID_BYTES = 16
EXPIRED = "This pairing is over. Start again to get a new code."


@dataclass(frozen=True, slots=True)
class Pairing:
    """One client that waits for its user to type the code."""

    id: str
    code: str
    client: str
    origin: str
    ends_at: float
    tries_left: int = TRIES


class Pairings:
    """The pairings that wait, at most one per origin."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: dict[str, Pairing] = {}
        self._lock = threading.Lock()

    def start(self, client: str, origin: str) -> Pairing:
        """A new pairing; an earlier one of the same origin is dropped."""
        with self._lock:
            self._drop(lambda old: old.origin == origin)
            if len(self._waiting) >= MAX_PENDING:
                raise TooManyError("Too many pairings are waiting. Try again in a minute.", retry_after_s=60)
            code = str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS)
            ends_at = self._clock() + LIFE_S
            pairing = Pairing(secrets.token_urlsafe(ID_BYTES), code, client, origin, ends_at)
            self._waiting[pairing.id] = pairing
            return pairing

    def finish(self, pairing_id: str, code: str, origin: str) -> Pairing:
        """The pairing whose code this is; it is over then. Raises what stands in the way."""
        with self._lock:
            self._drop(lambda _: False)
            pairing = self._waiting.get(pairing_id)
            if pairing is None or pairing.tries_left == 0:
                raise PairingExpiredError(EXPIRED)
            if pairing.origin != origin:
                raise WrongOriginError("Another client began this pairing.")
            if not hmac.compare_digest(pairing.code.encode(), code.encode("utf-8", "replace")):
                self._count_try(pairing)
            del self._waiting[pairing_id]
            return pairing

    def waiting(self) -> tuple[Pairing, ...]:
        """The pairings a code can still finish, oldest first."""
        with self._lock:
            self._drop(lambda _: False)
            return tuple(pairing for pairing in self._waiting.values() if pairing.tries_left)

    def seconds_left(self, pairing: Pairing) -> int:
        """How long the code still lives."""
        return max(0, round(pairing.ends_at - self._clock()))

    def _count_try(self, pairing: Pairing) -> None:
        left = pairing.tries_left - 1
        self._waiting[pairing.id] = replace(pairing, tries_left=left)
        raise WrongCodeError(f"That is not the code. Tries left: {left}.", tries_left=left)

    def _drop(self, unwanted: Callable[[Pairing], bool]) -> None:
        now = self._clock()
        self._waiting = {
            key: pairing for key, pairing in self._waiting.items() if pairing.ends_at > now and not unwanted(pairing)
        }
