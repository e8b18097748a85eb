"""What became of one address: a page or the reason why there is none. Every address that goes in comes out as one."""

from dataclasses import dataclass

from detector.errors import FetchError


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no page: a short word for programs, and a sentence."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of an answer that matter later; None where the site did not send one."""

    content_type: str | None = None
    content_language: str | None = None
    last_modified: str | None = None
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One address. Either `html` or `problem` is None.

    `final_address` is where redirects led, `status` the last answer's (both None when there was no answer).
    `is_html` is False for plain text, which `html` then holds.
    """

    address: str
    final_address: str | None = None
    status: int | None = None
    html: str | None = None
    is_html: bool = True
    problem: Problem | None = None
    headers: Headers = Headers()
    from_cache: bool = False


def problem_of(error: FetchError) -> Problem:
    """The error as a value."""
    return Problem(error.reason, str(error))
