"""The one text that an INPUT holds, for commands that are about a single article."""

import sys
from dataclasses import dataclass

from detector.errors import InputError, WrongUse
from server.extract import Article, extract_article
from unspun.inputs import read_inputs
from unspun.rows import Readers, article_of


@dataclass(frozen=True, slots=True)
class OneText:
    """An article, and the address it comes from where there is one."""

    article: Article
    url: str | None


def read_one(name: str) -> OneText:
    """The text of an address, a file or - for standard input. Raises WrongUse for several, InputError for none."""
    items = list(read_inputs((name,), sys.stdin.buffer))
    if len(items) != 1:
        raise WrongUse(f"{name} holds {len(items)} texts; this command takes one. Name a file that holds one.")
    if items[0].failure is not None:
        raise InputError(f"{name}: {items[0].failure.detail}")
    try:
        return OneText(article_of(items[0], Readers(_read_address, extract_article)), items[0].url)
    except InputError as exc:
        raise InputError(f"{name}: {exc}") from exc


def _read_address(address: str) -> Article:
    from server.reading import read_address  # httpx: only those who fetch pay

    return read_address(address)
