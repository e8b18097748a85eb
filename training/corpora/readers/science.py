"""Research papers in computational linguistics, 2004-2022, by authors from all over the world."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from training.corpora.source import RawText, Source

_MARK = re.compile(r"\s*\[\d+(?:,\s*\d+)*\]|\s*\((?:see )?(?:Figure|Table|Eq\.?|Section) \d[\d.]*\)")
_LOOSE_MARK = re.compile(r" (?=[,.;:](?:\s|$))")
_FORMULA = re.compile(r"[=∑∈≤≥∀∏∂√∞λθσ∼→{}]|EQUATION|\bFORMULA\b")


def read_papers(folder: Path) -> Iterator[RawText]:
    """Papers, a group each; paragraphs that hold formulas are dropped."""
    for path in sorted((folder / "aclsum/dataset/paper_jsons").glob("*.json")):
        paper = json.loads(path.read_text("utf-8"))
        parsed = paper["pdf_parse"]
        paragraphs = (part["text"] for part in [*parsed["abstract"], *parsed["body_text"]])
        prose = (_LOOSE_MARK.sub("", _MARK.sub("", text)) for text in paragraphs if not _FORMULA.search(text))
        yield path.stem, path.stem, "\n\n".join(prose)


SOURCES = (
    Source(
        "papers-linguistics", "science", "pip", "aclsum", "0.1.2", 800_000,
        "CC BY 4.0 (ACL Anthology)", read_papers,
    ),
)  # fmt: skip
