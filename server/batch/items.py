"""One thing to score, and why a thing could not be scored."""

import re
from dataclasses import dataclass
from typing import Literal

# A longer row, or record of an archive, is refused: it would be held in memory whole, several times over.
MAX_ROW_BYTES = 16_000_000
MAX_FILE_BYTES = 50_000_000
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an input has no verdict: a short word, a sentence, and, in a file of many, where ("line 7", "byte 512")."""

    reason: str
    detail: str
    file: str | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to score. Exactly one of text, html, a fetchable url, and failure decides what happens.

    listing: the url is a sitemap or a feed, which stands for the pages it lists.
    """

    input: str
    id: str | int | None = None
    url: str | None = None
    text: str | None = None
    html: str | None = None
    failure: Failure | None = None
    date: str | None = None
    language: str | None = None
    listing: Literal["sitemap", "feed"] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a row stands: `unit` is line, row or byte."""

    file: str
    unit: str
    number: int

    @property
    def input(self) -> str:
        """The place as the row names it."""
        return f"{self.file}:{self.number}"

    def failed(self, reason: str, detail: str, id: str | int | None = None) -> Item:
        """The row that says what went wrong here."""
        return Item(self.input, id=id, failure=Failure(reason, detail, self.file, f"{self.unit} {self.number}"))


def failed_file(name: str, reason: str, detail: str) -> Item:
    """The row of a file that cannot be read at all."""
    return Item(name, failure=Failure(reason, detail, name))
