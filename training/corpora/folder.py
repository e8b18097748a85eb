"""A folder of the user's own texts as a source: every .txt file a document, every subfolder a group."""

from collections.abc import Iterator
from pathlib import Path

from detector.errors import InputError
from training.corpora.source import RawText, Source

CAP_WORDS = 5_000_000  # the user's own choice of text: only a guard against a whole disk


def folder_source(folder: Path) -> Source:
    """The source for one folder; raises InputError when it holds no .txt file."""
    if not any(folder.rglob("*.txt")):
        raise InputError(f"{folder}: found no .txt file; give a folder with one text per .txt file.")
    name = f"folder-{folder.resolve().name}"
    return Source(name, "own", "dir", str(folder), None, CAP_WORDS, "the user's own texts", read_folder)


def read_folder(folder: Path) -> Iterator[RawText]:
    """Every .txt file; files right in the folder are a group each."""
    for path in sorted(folder.rglob("*.txt")):
        inside = path.relative_to(folder)
        group = inside.parts[0] if len(inside.parts) > 1 else inside.stem
        yield str(inside), group, path.read_text(encoding="utf-8", errors="replace")
