"""Counts for Prometheus: requests by route and status, verdicts, seconds. Never texts or addresses."""

import threading
from collections import Counter

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counters since the start."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds = 0.0
        self._verdicts: Counter[str] = Counter()

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds += seconds

    def count_verdict(self, verdict: str) -> None:
        """Count one verdict."""
        with self._lock:
            self._verdicts[verdict] += 1

    def as_text(self) -> str:
        """Prometheus' text format."""
        with self._lock:
            lines = ["# HELP unspun_requests_total Answered requests.", "# TYPE unspun_requests_total counter"]
            for (method, route, status), count in sorted(self._requests.items()):
                labels = f'method="{method}",route="{route}",status="{status}"'
                lines.append(f"unspun_requests_total{{{labels}}} {count}")
            lines += [
                "# HELP unspun_request_seconds_total Time spent on answering.",
                "# TYPE unspun_request_seconds_total counter",
                f"unspun_request_seconds_total {self._seconds:.6f}",
                "# HELP unspun_verdicts_total Texts scored.",
                "# TYPE unspun_verdicts_total counter",
            ]
            for verdict, count in sorted(self._verdicts.items()):
                lines.append(f'unspun_verdicts_total{{verdict="{verdict}"}} {count}')
            return "\n".join(lines) + "\n"
