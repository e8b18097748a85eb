"""How a crawl behaves towards the sites it visits, and the caps that keep any one address from holding it up."""

from dataclasses import dataclass
from pathlib import Path

from server.version import APP_NAME, VERSION

MAX_REDIRECTS = 5
PACKINGS = "gzip, br, zstd"
FAILURES_UNTIL_DOWN = 5
LONGEST_PAUSE_S = 60.0
NO_CONTACT = "looks for re-written articles, for the person who runs it"


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """What a crawl may do. Times are seconds.

    `pause_s` lies between the end of one request to a host and the start of the next; a site's own Crawl-delay counts
    when it is longer. `contact` is the address of a page that tells site owners who is crawling. `cache` is a file of
    pages fetched before; None keeps nothing. `page_s` caps all requests and waits for one address together.
    An error that may pass is asked about again after `back_off_s`, then twice that, `retries` times in all.
    `look_ahead` addresses are under way at most, and no more than `hold_bytes` of finished pages wait for their turn.
    """

    pause_s: float = 1.0
    concurrency: int = 32
    contact: str = ""
    cache: Path | None = None
    timeout_s: float = 20.0
    page_s: float = 90.0
    retries: int = 2
    back_off_s: float = 1.0
    max_bytes: int = 5_000_000
    look_ahead: int = 2_000
    hold_bytes: int = 64_000_000

    @property
    def user_agent(self) -> str:
        """What the crawler calls itself. robots.txt files address it by the name before the slash."""
        return f"{APP_NAME}/{VERSION} ({f'+{self.contact}' if self.contact else NO_CONTACT})"
