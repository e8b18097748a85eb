"""A reader for folders of plain text files."""

from collections.abc import Iterator
from pathlib import Path

from training.corpora.source import RawText, Reader


def text_files(*folders: str) -> Reader:
    """A reader of every .txt file right in these folders of a package, a group each."""

    def read(home: Path) -> Iterator[RawText]:
        for folder in folders:
            for path in sorted((home / folder).glob("*.txt")):
                yield path.stem, path.stem, path.read_text("utf-8", "replace")

    return read
