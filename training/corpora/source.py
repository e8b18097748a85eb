"""What a source of human prose is, and what a document taken from it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["pip", "npm", "apt", "dir"]
RawText = tuple[str, str, str]  # id within the source, group, text not cleaned yet
Reader = Callable[[Path], Iterator[RawText]]


@dataclass(frozen=True)
class Document:
    """One cleaned human text. `group` names what must stay on one side of a split: a site, an author, a book."""

    id: str
    source: str
    genre: str
    group: str
    text: str


@dataclass(frozen=True)
class Source:
    """One package that carries human prose, and how to read it.

    `version` is None for Debian packages: point releases replace them, so the one on offer is taken.
    `read` gets the folder the package was unpacked into. For kind `dir`, `package` is that folder: ours or the user's.
    """

    name: str
    genre: str
    kind: Kind
    package: str
    version: str | None
    cap_words: int
    licence_note: str
    read: Reader
