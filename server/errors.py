"""Every answer that is not a success: one class per case, which owns its status, and the problem+json it becomes.

ProblemError
├── 400 BadHostError, BadJsonError, BadFieldError
├── 401 NoTokenError
├── 403 WrongOriginError, NoHeaderError, WrongCodeError, NoCookieError
├── 404 NoSuchClientError, NoSuchFileError, NoSuchLabelError, NoSuchModelError
├── 409 HistoryOffError, TextsOffError, ModelRefusedError
├── 410 PairingExpiredError
├── 413 TooLargeError
├── 415 NotJsonError
├── 422 UnreadableError
├── 429 TooManyError
└── 503 BusyError, TooSlowError
"""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

PROBLEM_TYPE = "application/problem+json"
RETRY_SOON_S = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """The body of every error answer (RFC 9457). `reason` is one short word for programs."""

    type: str
    title: str
    status: int
    detail: str
    reason: str


class ProblemError(Exception):
    """Root of the answers that are not a success. The text is fit to show to a user."""

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    reason: str = "internal_error"

    def __init__(self, detail: str, retry_after_s: int | None = None, **extra: int | str) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra
        self.headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}

    def as_json(self) -> dict[str, Any]:
        """The problem as plain values."""
        return problem_json(self.status, self.reason, self.detail) | self.extra


class BadHostError(ProblemError):
    """The Host header names another host: the sign of DNS rebinding."""

    status = HTTPStatus.BAD_REQUEST
    reason = "bad_host"


class BadJsonError(ProblemError):
    """The body is not a JSON object."""

    status = HTTPStatus.BAD_REQUEST
    reason = "bad_json"


class BadFieldError(ProblemError):
    """A field is missing or of the wrong type."""

    status = HTTPStatus.BAD_REQUEST
    reason = "bad_field"


class NoTokenError(ProblemError):
    """The token is missing or not known."""

    status = HTTPStatus.UNAUTHORIZED
    reason = "not_paired"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.headers["WWW-Authenticate"] = "Bearer"


class WrongOriginError(ProblemError):
    """The request does not come from where this token or cookie lives."""

    status = HTTPStatus.FORBIDDEN
    reason = "wrong_origin"


class NoHeaderError(ProblemError):
    """The header that makes a web page ask first is missing."""

    status = HTTPStatus.FORBIDDEN
    reason = "no_header"


class NoCookieError(ProblemError):
    """The dashboard's cookie is missing or not known."""

    status = HTTPStatus.FORBIDDEN
    reason = "no_cookie"


class WrongCodeError(ProblemError):
    """The six digits are not the ones that were shown."""

    status = HTTPStatus.FORBIDDEN
    reason = "wrong_code"


class NoSuchClientError(ProblemError):
    """No paired client has this id."""

    status = HTTPStatus.NOT_FOUND
    reason = "no_such_client"


class NoSuchFileError(ProblemError):
    """The dashboard has no file of this name."""

    status = HTTPStatus.NOT_FOUND
    reason = "not_found"


class NoSuchLabelError(ProblemError):
    """There is no label or labelled text of this id, or it is another client's."""

    status = HTTPStatus.NOT_FOUND
    reason = "no_such_label"


class NoSuchModelError(ProblemError):
    """There is no model of this id."""

    status = HTTPStatus.NOT_FOUND
    reason = "no_such_model"


class HistoryOffError(ProblemError):
    """The server was started without its history."""

    status = HTTPStatus.CONFLICT
    reason = "history_off"


class TextsOffError(ProblemError):
    """The server was started so that it keeps no texts."""

    status = HTTPStatus.CONFLICT
    reason = "texts_off"


class ModelRefusedError(ProblemError):
    """The model cannot be made the active one."""

    status = HTTPStatus.CONFLICT
    reason = "model_refused"


class PairingExpiredError(ProblemError):
    """The pairing is over: too late, too many tries, or never begun."""

    status = HTTPStatus.GONE
    reason = "pairing_expired"


class TooLargeError(ProblemError):
    """The body is larger than the limit."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    reason = "too_large"


class NotJsonError(ProblemError):
    """The body is declared as something other than JSON."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    reason = "not_json"


class UnreadableError(ProblemError):
    """An address could not be fetched, or its page holds no article. `reason` is the input error's own."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, detail: str, reason: str) -> None:
        super().__init__(detail)
        self.reason = reason


class TooManyError(ProblemError):
    """One client asks too often."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    reason = "too_many_requests"


class BusyError(ProblemError):
    """Every thread is taken and the queue is full."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    reason = "busy"

    def __init__(self) -> None:
        super().__init__("The server is busy. Try again in a moment.", retry_after_s=RETRY_SOON_S)


class TooSlowError(ProblemError):
    """One text or address took longer than it may."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    reason = "too_slow"


def problem_json(status: HTTPStatus, reason: str, detail: str) -> dict[str, Any]:
    """The members of RFC 9457, and our `reason`."""
    return {
        "type": f"urn:unspun:problem:{reason}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "reason": reason,
    }


def problem_bytes(problem: dict[str, Any]) -> bytes:
    """The problem as an ASCII body: lone surrogates in it stay valid JSON."""
    return json.dumps(problem).encode("ascii")
