"""When to ask again: which answers are worth it, and after how long."""

import email.utils
import time
from datetime import UTC

import httpx

TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
NAMES_A_TIME = frozenset({429, 503})


def retry_after_s(status: int, headers: httpx.Headers, now: float | None = None) -> float | None:
    """How long the site asks to be left alone, in seconds from `now` (a Unix time); None if it does not say."""
    said = headers.get("Retry-After", "").strip() if status in NAMES_A_TIME else ""
    if said.isascii() and said.isdigit():
        return float(said[:9])  # more digits are centuries
    try:
        date = email.utils.parsedate_to_datetime(said)
        until = date.replace(tzinfo=date.tzinfo or UTC).timestamp()
    except (ValueError, OverflowError):
        return None
    return max(0.0, until - (time.time() if now is None else now))
