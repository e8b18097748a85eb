"""How often a client may ask: one token bucket per name."""

import math
import threading
from collections.abc import Callable

from server.errors import TooManyError

SECONDS_PER_MINUTE = 60


class RateLimit:
    """A bucket of `per_minute` requests for each name, refilled evenly."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._size = float(per_minute)
        self._per_second = per_minute / SECONDS_PER_MINUTE
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def spend(self, name: str) -> None:
        """Take one request from the bucket. Raises TooManyError with the seconds to wait."""
        with self._lock:
            now = self._clock()
            left, since = self._buckets.get(name, (self._size, now))
            left = min(self._size, left + (now - since) * self._per_second)
            if left < 1:
                self._buckets[name] = (left, now)
                wait_s = math.ceil((1 - left) / self._per_second)
                raise TooManyError(f"Too many requests. Wait {wait_s} s and try again.", retry_after_s=wait_s)
            self._buckets[name] = (left - 1, now)
