"""The dashboard's one-time link and cookie. Kept in memory: a restart asks for the new link."""

import hashlib
import hmac
import secrets
import threading

KEY_BYTES = 32
MAX_SESSIONS = 50


class Sessions:
    """At most one unused key, and the browsers that used one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: str | None = None
        self._cookies: tuple[bytes, ...] = ()

    def new_key(self) -> str | None:
        """A key for a login link, or None while an earlier one waits to be used."""
        with self._lock:
            if self._key is not None:
                return None
            self._key = secrets.token_urlsafe(KEY_BYTES)
            return self._key

    def redeem(self, key: str) -> str | None:
        """The cookie for a browser that brings the key, once; None for any other key."""
        with self._lock:
            if self._key is None or not hmac.compare_digest(self._key.encode(), key.encode("utf-8", "replace")):
                return None
            self._key = None
            cookie = secrets.token_urlsafe(KEY_BYTES)
            self._cookies = (*self._cookies, _digest(cookie))[-MAX_SESSIONS:]
            return cookie

    def knows(self, cookie: str) -> bool:
        """Was this cookie given out by this run of the server?"""
        digest = _digest(cookie)
        return any(hmac.compare_digest(known, digest) for known in self._cookies)


def _digest(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).digest()
