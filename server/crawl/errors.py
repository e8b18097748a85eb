"""Why the crawler left an address alone; the other reasons are those of any fetch.

FetchError (detector/errors.py)
└── RobotsError, RobotsUnreachableError, CrawlDelayError, HostDownError, ComeBackLaterError, TooManyRedirectsError
"""

from detector.errors import FetchError
from server.crawl.settings import LONGEST_PAUSE_S, MAX_REDIRECTS


class RobotsError(FetchError):
    """The site's robots.txt forbids the address."""

    reason = "robots"

    def __init__(self) -> None:
        super().__init__("The site's robots.txt asks programs not to fetch this address.")


class RobotsUnreachableError(FetchError):
    """The site's robots.txt could not be read, so nothing is known to be allowed (RFC 9309)."""

    reason = "robots_unreachable"


class CrawlDelayError(FetchError):
    """The site asks for a longer pause than a crawl can wait."""

    reason = "crawl_delay"

    def __init__(self, pause_s: float) -> None:
        detail = f"The site asks for {pause_s:g} s between pages; at most {LONGEST_PAUSE_S:g} s are waited."
        super().__init__(detail)


class HostDownError(FetchError):
    """The host failed several times in a row."""

    reason = "host_down"

    def __init__(self, failures: int) -> None:
        super().__init__(f"The site did not answer {failures} times in a row, so the rest of it was left alone.")


class ComeBackLaterError(FetchError):
    """The site asked for a longer wait than a crawl can give it."""

    reason = "come_back_later"

    def __init__(self, status: int, wait_s: float) -> None:
        super().__init__(f"The site answered {status} and asks to come back in {wait_s:,.0f} s.")


class TooManyRedirectsError(FetchError):
    """The address leads on and on."""

    reason = "redirects"

    def __init__(self) -> None:
        super().__init__(f"The address redirects more than {MAX_REDIRECTS} times.")
