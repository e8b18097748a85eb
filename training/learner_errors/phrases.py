"""Phrases and words that learners write for others, from phrases.tsv and spelling.tsv.

In phrases.tsv a word marked `*` stands for all forms of a verb; `who` names the first languages that lead to the
error: language families, or the Englishes of South Asia and Africa.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from training.inflect import VERB_TAGS, inflect_word

FOLDER = Path(__file__).parent
EVERYBODY = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """What is right, as words, and what is written for it."""

    kind: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    who: frozenset[str]

    def said_by(self, origin: str) -> bool:
        """Do learners of this origin write so?"""
        return origin in self.who or EVERYBODY in self.who


@cache
def phrases_by_first_word() -> dict[str, tuple[Phrase, ...]]:
    """All phrases, the longer first, by the first word of what is right."""
    found: dict[str, list[Phrase]] = {}
    for phrase in (*_phrases(), *_spellings()):
        found.setdefault(phrase.right[0], []).append(phrase)
    return {word: tuple(sorted(each, key=lambda phrase: -len(phrase.right))) for word, each in found.items()}


def _phrases() -> Iterator[Phrase]:
    for kind, right, wrong, who in _rows(FOLDER / "phrases.tsv"):
        for tag in ("VB", *VERB_TAGS) if "*" in right else ("VB",):
            inflected = _in_form(right, tag)
            choices = [each for each in (_in_form(one, tag) for one in wrong.split("|")) if each and each != inflected]
            if inflected and choices:
                yield Phrase(kind, tuple(inflected.split()), tuple(choices), frozenset(who.split()))


def _spellings() -> Iterator[Phrase]:
    for right, wrong in _rows(FOLDER / "spelling.tsv"):
        yield Phrase("spelling", (right,), tuple(wrong.split("|")), frozenset((EVERYBODY,)))


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")


def _in_form(phrase: str, tag: str) -> str | None:
    """The phrase with its marked words in this form; None when one has no such form, or nothing is marked to change."""
    words = [inflect_word(word[1:], tag) if word[0] == "*" else word for word in phrase.split()]
    if None in words or (tag != "VB" and "*" not in phrase):
        return None
    return " ".join(word for word in words if word)
