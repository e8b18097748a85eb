"""Synthetic inputs of the batch benchmark.

Texts are the sentences of tests/pages/*-sample.txt, shuffled anew for each article, one in fifty spun. Pages wrap such
an article in navigation, a sidebar, comments and scripts.
"""

import gzip
import html
import json
import random
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = (
    "La reunión de ayer terminó tarde y nadie quiso hablar de lo que se había decidido. ",
    "Der Zug kam erst am Abend an, und die Reisenden waren müde von der langen Fahrt. ",
    "Вчера вечером мы долго сидели у реки и говорили о том, что будет завтра. ",
    "Le marché ouvre tôt le samedi et les habitants du quartier y viennent à pied. ",
)
ENGLISH_SHARE = 0.45  # about what Common Crawl has


def sentences(name: str) -> list[str]:
    """The sentences of a sample."""
    text = (ROOT / "tests" / "pages" / name).read_text("utf-8")
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def articles(count: int, chars: int) -> Iterator[str]:
    """Articles of about `chars` characters, one in fifty spun."""
    chance = random.Random(1)
    honest, spun = sentences("honest-sample.txt"), sentences("spun-sample.txt")
    for number in range(count):
        source = spun if number % 50 == 0 else honest
        text = ""
        while len(text) < chars:
            text += " ".join(chance.sample(source, min(8, len(source)))) + "\n\n"
        yield text[:chars]


def page(text: str, number: int) -> str:
    """A web page round an article, about 40 KB."""
    links = "".join(f'<li><a href="/section/{i}">Section {i} of the paper</a></li>' for i in range(150))
    body = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    comments = "".join(
        f'<div class="comment"><b>reader{i}</b><p>I read this twice, and liked it.</p></div>' for i in range(60)
    )
    script = f"<script>{'var a = 1;' * 900}</script>"
    return (
        f'<!doctype html><html lang="en"><head><title>Article {number}</title>{script}'
        f'<link rel="canonical" href="https://site{number % 50}.example/{number}"></head>'
        f"<body><nav><ul>{links}</ul></nav>"
        f"<main><article><h1>Article {number}</h1>{body}</article></main><aside>{links}</aside>{comments}</body></html>"
    )


def wet_record(text: str, number: int) -> bytes:
    """One record of a WET archive, packed by itself."""
    body = text.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://site{number % 50}.example/{number}\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def write_jsonl(path: Path, field: str, texts: Iterator[str]) -> int:
    """One object a line; the bytes of the texts."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            size += len(text)
            file.write(
                json.dumps({"id": number, "url": f"https://site{number % 50}.example/{number}", field: text}) + "\n"
            )
    return size


def write_parquet(path: Path, texts: Iterator[str]) -> None:
    """One column, 2,000 rows a group."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("text", pa.string())])
    with parquet.ParquetWriter(path, schema) as file:
        while group := list(islice(texts, 2_000)):
            file.write_table(pa.table({"text": group}, schema))


def mixed(texts: Iterable[str]) -> Iterator[str]:
    """The same, as mixed in language as a crawl: ENGLISH_SHARE of them stay as they are."""
    chance = random.Random(2)
    for text in texts:
        yield text if chance.random() < ENGLISH_SHARE else (chance.choice(FOREIGN) * 70)[: len(text)]


def write_wet(folder: Path, texts: Iterator[str], files: int, records: int) -> int:
    """Packed archives of the texts; their size unpacked."""
    folder.mkdir()
    size = 0
    for number in range(files):
        with (folder / f"{number}.wet.gz").open("wb") as file:
            for record, text in enumerate(islice(texts, records)):
                content = wet_record(text, record)
                size += len(content)
                file.write(gzip.compress(content, 6))
    return size
