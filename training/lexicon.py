"""Lexicons: what a spinning tool writes for what, read from training/lexicons/ and checked line by line.

A lexicon is one tab-separated file `<dictionary>.tsv` with the header `original spun pos weight seen`;
families.tsv beside it says which family each dictionary belongs to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detector.errors import InputError

HEADER = ("original", "spun", "pos", "weight", "seen")
FAMILIES_FILE = "families.tsv"
FAMILIES_HEADER = ("dictionary", "family")
POS = frozenset(("n", "v", "adj", "adv", "prep", "conj", "det", "pron", "fn", "phrase", "any"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One substitution. `weight` in (0, 1] says how telling it is, `seen` how often real spun pages had it."""

    original: str
    spun: str
    pos: str
    weight: float
    seen: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All substitutions of one dictionary."""

    dictionary: str
    family: str
    entries: tuple[Entry, ...]


def load_lexicon(path: Path, family: str | None = None) -> Lexicon:
    """The lexicon in `path`, named after the file; raises InputError naming the first bad line."""
    entries = tuple(_entry(path, number, cells) for number, cells in _rows(path, HEADER))
    _refuse_repeats(path, entries)
    return Lexicon(path.stem, family or path.stem, entries)


def load_all(folder: Path) -> dict[str, Lexicon]:
    """Every lexicon of a folder by dictionary name, with its family from families.tsv."""
    families = load_families(folder / FAMILIES_FILE)
    paths = sorted(path for path in folder.glob("*.tsv") if path.name != FAMILIES_FILE)
    orphans = [path.stem for path in paths if path.stem not in families]
    if orphans:
        raise InputError(
            f"{folder / FAMILIES_FILE} has no family for: {', '.join(orphans)}. "
            "Add a line `dictionary<TAB>family` for each."
        )
    return {path.stem: load_lexicon(path, families[path.stem]) for path in paths}


def load_families(path: Path) -> dict[str, str]:
    """Family by dictionary."""
    return {cells[0]: cells[1] for _, cells in _rows(path, FAMILIES_HEADER)}


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"{path} could not be read as UTF-8 text: {exc}. Restore the file.") from exc
    if not lines or tuple(lines[0].split("\t")) != header:
        found = lines[0] if lines else "an empty file"
        raise InputError(f"{path}:1: found {found!r}, wanted the header {' '.join(header)!r} with tabs between.")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(header) or not (cells[0].strip() and cells[1].strip()):
            raise InputError(
                f"{path}:{number}: found {line!r}, wanted {len(header)} columns with tabs "
                "between, the first two filled."
            )
        yield number, cells


def _entry(path: Path, number: int, cells: list[str]) -> Entry:
    original, spun, pos, weight, seen = cells
    pos = pos or "any"
    where = f"{path}:{number}"
    if original == spun:
        raise InputError(f"{where}: {original!r} is swapped for itself. Remove the line.")
    if not POS.issuperset(pos.split("/")):
        raise InputError(
            f"{where}: found part of speech {pos!r}, wanted one or more (n/v) of: {' '.join(sorted(POS))}."
        )
    if not _is_weight(weight):
        raise InputError(f"{where}: found weight {weight!r}, wanted a number above 0 and at most 1.")
    if not seen.isdecimal():
        raise InputError(f"{where}: found seen {seen!r}, wanted a whole number of pages.")
    return Entry(original, spun, pos, float(weight), int(seen))


def _is_weight(text: str) -> bool:
    try:
        return 0 < float(text) <= 1
    except ValueError:
        return False


def _refuse_repeats(path: Path, entries: tuple[Entry, ...]) -> None:
    lines: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(entries, start=2):
        first = lines.setdefault((entry.original, entry.spun), number)
        if first != number:
            raise InputError(
                f"{path}:{number}: {entry.original!r} -> {entry.spun!r} stands in line {first} already. Keep one."
            )
