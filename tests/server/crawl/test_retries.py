"""Retry-After: what sites say, and how long that is."""

import httpx
import pytest

from server.crawl.retries import retry_after_s

NOW = 1_772_532_000.0  # Tue, 03 Mar 2026 10:00:00 GMT


@pytest.mark.parametrize(
    ("said", "wait_s"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("9" * 5000, 999_999_999.0),
        ("Tue, 03 Mar 2026 10:01:30 GMT", 90.0),
        ("Tue, 03 Mar 2026 09:00:00 GMT", 0.0),
        ("Tue, 03 Mar 2026 12:00:00 +0200", 0.0),
        ("Tue, 03 Mar 99999 10:00:00 GMT", None),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("²", None),
    ],
)
def test_seconds_and_dates_are_understood(said: str, wait_s: float | None) -> None:
    assert retry_after_s(503, httpx.Headers([(b"Retry-After", said.encode())]), NOW) == wait_s


def test_other_answers_name_no_time() -> None:
    assert retry_after_s(500, httpx.Headers({"Retry-After": "120"}), NOW) is None
