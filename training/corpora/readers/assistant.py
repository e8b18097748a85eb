"""Prose as language models write it. Fluent and even, it is nobody's spun copy: it must not be flagged.

The texts were written for unspun by one model. They cover its manner in many kinds of text, not every model's manner.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from training.corpora.source import RawText, Source

TEXTS = Path(__file__).resolve().parent.parent / "texts"


def read_assistant(folder: Path) -> Iterator[RawText]:
    """One text a line; those that were written together are a group."""
    for line in (folder / "assistant.jsonl").read_text("utf-8").splitlines():
        text = json.loads(line)
        yield text["id"], text["group"], text["text"]


SOURCES = (
    Source("assistant", "assistant prose", "dir", str(TEXTS), None, 200_000, "written for unspun", read_assistant),
)
