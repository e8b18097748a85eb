"""Legal prose: software licences by many drafters, chapters of a trade agreement."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from training.corpora.readers.textfiles import text_files
from training.corpora.source import RawText, Source

_BLANK = re.compile(r"<[^<>\n]{1,60}>")  # a name to be filled in


def read_licences(folder: Path) -> Iterator[RawText]:
    """Licence texts, grouped by family: near copies share the first part of their name."""
    for path in sorted((folder / "package/licenses").glob("*.json")):
        text = json.loads(path.read_text("utf-8"))["licenseText"]
        yield path.stem, path.stem.split("-")[0], _BLANK.sub("the holder", text)


SOURCES = (
    Source(
        "legal-licences", "legal", "npm", "spdx-license-list", "6.12.0", 100_000,
        "each licence's own terms; package CC0", read_licences,
    ),
    Source(
        "legal-trade", "legal", "npm", "nlp-corpus", "3.3.0", 50_000,
        "public document; package MIT", text_files("package/src/legal"),
    ),
)  # fmt: skip
