"""One address to the article it holds: fetch, then extract."""

from server.extract import Article, extract_article
from server.fetch import Fetcher


def read_address(address: str, fetcher: Fetcher | None = None) -> Article:
    """The article at an address. Raises FetchError or ExtractError."""
    page = (fetcher or Fetcher()).fetch(address)
    return extract_article(page.text) if page.is_html else Article(page.text, None, None)
