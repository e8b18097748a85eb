"""Why an address gave no page: one class per reason, for the fetcher of one page and for the crawler alike.

FetchError (detector/errors.py)
├── AddressRefusedError, NoSuchHostError (server/addresses.py)
└── BadAddressError, NotAPageError, PageTooLargeError, PageTooSlowError, BadStatusError, UnpackError
"""

from detector.errors import FetchError


class BadAddressError(FetchError):
    """This is not an http or https address."""

    reason = "bad_address"


class NotAPageError(FetchError):
    """The address holds something other than a web page or plain text."""

    reason = "not_a_page"


class PageTooLargeError(FetchError):
    """The page is larger than the cap."""

    reason = "too_large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"The page is larger than {max_bytes:,} bytes.")


class PageTooSlowError(FetchError):
    """The page did not come in time."""

    reason = "too_slow"

    def __init__(self, time_s: float) -> None:
        super().__init__(f"The page did not come within {time_s:g} s.")


class BadStatusError(FetchError):
    """The site answered with an error."""

    reason = "bad_status"


class UnpackError(FetchError):
    """The page is packed (gzip, br, zstd) and cannot be unpacked."""
