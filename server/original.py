"""Where to look for the original: an address of the reader's own search engine, which only the reader opens."""

import re
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from detector import Verdict
from detector.errors import WrongUse
from detector.trace import search_query

ENGINES = {
    "duckduckgo": "https://duckduckgo.com/?q=%s",
    "google": "https://www.google.com/search?q=%s",
    "bing": "https://www.bing.com/search?q=%s",
    "brave": "https://search.brave.com/search?q=%s",
    "startpage": "https://www.startpage.com/sp/search?query=%s",
    "ecosia": "https://www.ecosia.org/search?q=%s",
    "mojeek": "https://www.mojeek.com/search?q=%s",
}
_OWN_ENGINE = re.compile(r"https?://[^\s/?#%]+[/?#]\S*?%s\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OriginalFound:
    """What to search for, and the address that does so. Both are empty when nothing in the text stands out."""

    query: str
    address: str


def engine_address(search: str) -> str:
    """The engine's address, with %s where the words go. Raises WrongUse when the setting names no engine."""
    chosen = search.strip()
    address = ENGINES.get(chosen.lower(), chosen)
    if _OWN_ENGINE.fullmatch(address) is None:
        raise WrongUse(
            f"search is {search!r}; write one of {', '.join(ENGINES)}, or an address with %s where the words go."
        )
    return address


def find_original(text: str, verdict: Verdict, engine: str, title: str | None, url: str | None) -> OriginalFound:
    """The words and the address for a text and its verdict. engine: as engine_address() gives. Opens nothing."""
    query = search_query(text, verdict.evidence, title, host_of(url))
    return OriginalFound(query, engine.replace("%s", quote_plus(query, errors="replace")) if query else "")


def host_of(url: str | None) -> str | None:
    """The host that an address names, if any."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:  # such as an address with a stray bracket
        return None
