"""Waitress, made to answer its own refusals (too large, malformed) as problem+json like the rest."""

import socket
from http import HTTPStatus
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from server.errors import PROBLEM_TYPE, problem_bytes, problem_json
from server.settings import Settings

SPARE_THREADS = 2  # health and the dashboard still answer while every place in the queue is taken
IDLE_S = 20
CONNECTIONS = 100
LINGER_BYTES = 8_000_000
REASONS = {
    413: ("too_large", "The body is larger than this server takes. Send less text."),
    431: ("headers_too_large", "The headers are larger than this server takes."),
    500: ("internal_error", "The server made a mistake. Its log says where."),
}
BAD_REQUEST = ("bad_request", "This is not a well-formed HTTP request.")


class ProblemTask(ErrorTask):  # type: ignore[misc]  # waitress ships no types
    """Waitress's error answer, as problem+json and without its text: that can quote the request."""

    def execute(self) -> None:
        """Write the answer and close the connection."""
        status = HTTPStatus(self.request.error.code)
        reason, detail = REASONS.get(status.value, BAD_REQUEST)
        body = problem_bytes(problem_json(status, reason, detail))
        self.status = f"{status.value} {status.phrase}"
        self.response_headers.append(("Content-Type", PROBLEM_TYPE))
        self.response_headers.append(("X-Content-Type-Options", "nosniff"))
        self.channel.lingers = True
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class ProblemChannel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """A connection whose error answers are problem+json, and arrive.

    A socket closed while the client still sends is reset, and the answer is lost with it. After an error answer this
    one only ends its own side, and throws away what still comes, up to a cap and the idle time.
    """

    error_task_class = ProblemTask
    lingers = False
    _left: int | None = None

    def handle_close(self) -> None:
        """Begin to linger after an error answer; else, or the second time, close."""
        if not self.lingers or self._left is not None or not self._end_own_side():
            super().handle_close()

    def _end_own_side(self) -> bool:
        self.will_close = False
        self._left = LINGER_BYTES
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            return False
        return True

    def readable(self) -> bool:
        """Read on while lingering."""
        return self._left is not None or bool(super().readable())

    def received(self, data: bytes) -> bool:
        """Throw away what comes while lingering."""
        if self._left is None:
            return bool(super().received(data))
        self._left -= len(data)
        if self._left < 0:
            self.handle_close()
        return False


def listen(app: Any, settings: Settings, listening: socket.socket, connections: dict[int, Any] | None = None) -> Any:
    """A waitress server on an open socket; `.run()` serves until Ctrl-C. `connections` is where it keeps them."""
    server = create_server(
        app,
        map=connections,
        sockets=[listening],
        threads=settings.threads + settings.queue + SPARE_THREADS,
        max_request_body_size=settings.max_body_bytes + 1,
        channel_timeout=IDLE_S,
        cleanup_interval=IDLE_S // 2,
        connection_limit=CONNECTIONS,
        ident=None,
        expose_tracebacks=False,
    )
    server.channel_class = ProblemChannel
    return server
