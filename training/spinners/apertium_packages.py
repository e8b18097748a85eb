"""Apertium's programs and dictionaries by package name.

Debian's packages are unpacked in the cache and run from there, so that nothing is installed; where they cannot be had
or do not run, an installed Apertium is used.
"""

import logging
import os
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from detector.errors import InputError, UnspunError
from training.corpora.fetch import fetch
from training.corpora.source import Source
from training.spinners.apertium_programs import Step, Trip

LANGUAGES = ("spa", "cat")
PROGRAMS = (
    *"apertium lttoolbox apertium-lex-tools apertium-anaphora apertium-separable cg3".split(),
    *"libapertium3 liblttoolbox3 libapertium-lex-tools1 libirstlm1 libcg3-1 libicu72 libxml2".split(),
)
DATA = "usr/share/apertium"
TRIAL = "The old man bought a large house near the river."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Installation:
    """Where Apertium lies: folders that each stand for the root of the file system and hold some of its files."""

    roots: tuple[Path, ...]

    def steps(self, mode: str, unknown: str) -> list[Step]:
        """The programs of a mode such as `eng-spa`. `unknown`: -g marks unknown words, -n does not.

        Raises InputError when no root holds the mode.
        """
        root = next((root for root in self.roots if _mode_file(root, mode).exists()), None)
        if root is None:
            raise InputError(f"none of the unpacked packages holds the mode {mode}.")
        line = _mode_file(root, mode).read_text("utf-8").strip()
        line = line.replace("$1", unknown).replace("$2", "").replace(f"/{DATA}", str(root / DATA))
        # -z: answer at the end of each sentence rather than at the end of all input.
        return [(program, "-z", *options) for program, *options in map(shlex.split, line.split("|"))]

    def environment(self) -> dict[str, str]:
        """Environment variables by which the programs and their libraries are found."""
        libraries = [str(folder) for root in self.roots for folder in sorted(root.glob("usr/lib/*-linux-gnu*"))]
        programs = [*(str(root / "usr/bin") for root in self.roots), os.defpath]
        return {"PATH": ":".join(programs), "LD_LIBRARY_PATH": ":".join(libraries), "LC_ALL": "C.UTF-8"}


def fetch_round_trips(cache: Path) -> dict[str, Trip]:
    """Round trips by language, each tried on a sentence; one that cannot be had here is logged and left out."""
    trips = {}
    for language in LANGUAGES:
        try:
            trips[language] = _trip(language, cache)
        except UnspunError as exc:
            _log.warning("Spinners without back-translation through %s: %s", language, exc)
    return trips


def _trip(language: str, cache: Path) -> Trip:
    try:
        unpacked = tuple(fetch(_package(name), cache, {}) for name in (*PROGRAMS, f"apertium-eng-{language}"))
        return tried_trip(Installation(unpacked), language)
    except UnspunError:
        if not shutil.which("apertium-transfer") or not _mode_file(Path("/"), f"eng-{language}").exists():
            raise
    return tried_trip(Installation((Path("/"),)), language)


def tried_trip(installation: Installation, language: str) -> Trip:
    """The round trip through a language; raises InputError when it brings no sentence back."""
    steps = (*installation.steps(f"eng-{language}", "-n"), *installation.steps(f"{language}-eng", "-g"))
    trip = Trip(steps, installation.environment())
    (answer,) = trip([TRIAL])
    if "river" not in answer:
        raise InputError(f"of a trial sentence with the word river came back: {answer!r}.")
    return trip


def _mode_file(root: Path, mode: str) -> Path:
    return root / DATA / "modes" / f"{mode}.mode"


def _package(name: str) -> Source:
    # Not locked: compiled code differs by processor, and apt itself checks the signed lists.
    return Source(name, "translator", "apt", name, None, 0, "GPL; fetched, never passed on", lambda _: iter(()))
