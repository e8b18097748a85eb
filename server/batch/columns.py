"""Which columns of a table hold the text, the page, the address and the id: named by the user, or guessed."""

from collections.abc import Sequence
from dataclasses import dataclass

from detector.errors import InputError
from server.batch.shard import Columns

TEXT_NAMES = ("text", "content", "body", "article", "article_text", "maintext", "raw_content", "plain_text")
HTML_NAMES = ("html", "raw_html", "page")
URL_NAMES = ("url", "link", "address", "uri", "source_url", "loc")
ID_NAMES = ("id", "doc_id", "key")


class NoColumnError(InputError):
    """A table lacks a column that is needed."""

    reason = "no_column"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns' numbers, from 0; None where there is none."""

    text: int | None
    html: int | None
    url: int | None
    id: int | None


def choose(header: Sequence[str], columns: Columns) -> Chosen:
    """The columns of a table. Raises NoColumnError when one that was named is missing, or none can be scored."""
    chosen = Chosen(
        _find(header, columns.text, TEXT_NAMES),
        _find(header, columns.html, HTML_NAMES),
        _find(header, columns.url, URL_NAMES),
        _find(header, columns.id, ID_NAMES),
    )
    if chosen.text is None and chosen.html is None and chosen.url is None:
        raise NoColumnError(
            f"No column looks like a text or an address. The columns are {_listed(header)}. "
            "Name one: --text-column NAME or --url-column NAME."
        )
    return chosen


def guesses(header: Sequence[str], columns: Columns) -> str:
    """What was guessed, in words; empty when every column in use was named."""
    chosen = choose(header, columns)
    said = [
        f"{what} from column {header[number]!r}"
        for what, number, named in (
            ("text", chosen.text, columns.text),
            ("HTML", chosen.html if chosen.text is None else None, columns.html),
            ("address", chosen.url, columns.url),
        )
        if number is not None and named is None
    ]
    return ", ".join(said)


def _find(header: Sequence[str], named: str | None, usual: Sequence[str]) -> int | None:
    if named is not None:
        if named not in header:
            raise NoColumnError(f"There is no column {named!r}. The columns are {_listed(header)}.")
        return header.index(named)
    lowered = [name.strip().lower() for name in header]
    return next((lowered.index(name) for name in usual if name in lowered), None)


def _listed(header: Sequence[str]) -> str:
    return ", ".join(repr(name[:40]) for name in header[:20]) or "not there"
