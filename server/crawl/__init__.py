"""Fetching many addresses with the manners of a crawler. What other rooms use is named here."""

from server.crawl.expand import Unlisted
from server.crawl.fetched import Fetched, Headers, Problem
from server.crawl.fetching import Crawl, Internet, Source, fetch_all, fetched_pages
from server.crawl.lists import Feed, Sitemap
from server.crawl.settings import CrawlSettings

__all__ = [
    "Crawl",
    "CrawlSettings",
    "Feed",
    "Fetched",
    "Headers",
    "Internet",
    "Problem",
    "Sitemap",
    "Source",
    "Unlisted",
    "fetch_all",
    "fetched_pages",
]
