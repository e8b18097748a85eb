"""Swaps found by comparing, as lines for a dictionary of one's own, which the next training reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from comparison.result import Change, Comparison, Row, Side
from detector.errors import InputError

HEADER = "original\tspun\tpos\tweight\tseen"
# Nobody has judged these yet: unusual wording of an unknown part of speech, seen once.
JUDGED = "any\t0.4\t1"
# A swap is noted only from rows that surely say the same, and of a few words for a few.
MIN_ROW_SIMILARITY = 0.5
MAX_WORDS = 3


@dataclass(frozen=True, slots=True)
class NewPair:
    """The natural wording, and what the tool wrote for it."""

    original: str
    spun: str


def new_pairs(comparison: Comparison, spun: Side) -> tuple[NewPair, ...]:
    """The sure swaps of a spun copy, each once, in the order found; none of any other answer.

    spun: the side that was spun; the other is the original.
    """
    if comparison.answer != "spun copy":
        return ()
    swaps = (change for row in comparison.rows if _is_sure(row) for change in row.changes)
    found = (_pair(change, spun) for change in swaps if change.sure and not change.quoted)
    return tuple(dict.fromkeys(pair for pair in found if _is_wording(pair.original) and _is_wording(pair.spun)))


def pairs_file(existing: str, pairs: Iterable[NewPair]) -> tuple[str, int]:
    """The file's text with the pairs that it lacks at its end, and how many these are. existing: "" for a new file.

    Raises InputError when the file is not a dictionary.
    """
    lines = existing.splitlines() or [HEADER]
    if lines[0] != HEADER:
        raise InputError(
            f"The file begins with {lines[0][:40]!r}, not with the header of a dictionary: "
            f"{' '.join(HEADER.split())}, with tabs between. Name another file."
        )
    known = {tuple(line.split("\t")[:2]) for line in lines}
    new = [f"{pair.original}\t{pair.spun}\t{JUDGED}" for pair in pairs if (pair.original, pair.spun) not in known]
    return "\n".join([*lines, *new]) + "\n", len(new)


def _is_sure(row: Row) -> bool:
    return row.similarity is not None and row.similarity >= MIN_ROW_SIMILARITY


def _pair(change: Change, spun: Side) -> NewPair:
    original, written = (change.a, change.b) if spun == "b" else (change.b, change.a)
    return NewPair(_plain(original.text), _plain(written.text))


def _plain(wording: str) -> str:
    return " ".join(wording.casefold().replace("’", "'").split())


def _is_wording(wording: str) -> bool:
    words = wording.replace("'", "").replace("-", " ").split()
    return 0 < len(words) <= MAX_WORDS and all(word.isalpha() for word in words)
