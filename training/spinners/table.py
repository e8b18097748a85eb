"""Substitution tables: lexicons compiled, once, into what the engine looks up word by word."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Protocol

from training.inflect import inflect_pair
from training.lexicon import Entry, Lexicon

# A real tool's favourite is more often met than its other choices: each time an entry was seen counts.
SEEN_BONUS = 0.5


@dataclass(frozen=True, slots=True)
class Option:
    """One wording; `participle` replaces it after have/be."""

    spun: str
    odds: float
    weight: float
    pos: str
    participle: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """All wordings for one phrase. `weight` is that of the most telling."""

    options: tuple[Option, ...]
    bounds: tuple[float, ...]
    weight: float

    def choose(self, rng: Random) -> Option:
        """One wording, by the odds."""
        point = rng.random() * self.bounds[-1]
        return next(option for option, bound in zip(self.options, self.bounds, strict=True) if point <= bound)


class Table(Protocol):
    """What the engine asks: how long phrases beginning with a word can be, and what a phrase becomes."""

    def reach(self, word: str) -> int:
        """Words in the longest phrase that begins with `word`, 0 for none."""

    def find(self, phrase: str) -> Match | None:
        """The wordings for the lower-case phrase."""


class PhraseTable:
    """A compiled lexicon."""

    def __init__(self, options: dict[str, list[Option]]) -> None:
        self._matches = {phrase: match_of(each) for phrase, each in options.items()}
        self._reach: dict[str, int] = {}
        for phrase in self._matches:
            words = phrase.replace("-", " ").split()
            self._reach[words[0]] = max(len(words), self._reach.get(words[0], 0))

    def reach(self, word: str) -> int:
        """See Table."""
        return self._reach.get(word, 0)

    def find(self, phrase: str) -> Match | None:
        """See Table."""
        return self._matches.get(phrase)


def match_of(options: Iterable[Option]) -> Match:
    """A Match of these options."""
    kept = tuple(options)
    return Match(kept, tuple(accumulate(option.odds for option in kept)), max(option.weight for option in kept))


def compile_table(lexicon: Lexicon, *under: Lexicon, sharpness: float = 1.0) -> PhraseTable:
    """The table of a lexicon. `under` fill in, in order, for phrases the lexicon has nothing for.

    sharpness: exponent on the odds; 1 follows the weights, larger sticks to the favourite.
    """
    table: dict[str, list[Option]] = {}
    for each in (lexicon, *under):
        for phrase, options in _options(each, sharpness).items():
            table.setdefault(phrase, options)
    return PhraseTable(table)


def _options(lexicon: Lexicon, sharpness: float) -> dict[str, list[Option]]:
    """Options by phrase; an entry written out wins over one made by inflection."""
    written: dict[str, list[Option]] = {}
    derived: dict[str, list[Option]] = {}
    for entry in lexicon.entries:
        odds = (entry.weight * (1 + SEEN_BONUS * min(entry.seen, 6))) ** sharpness
        original = entry.original.lower().replace("’", "'")
        written.setdefault(original, []).append(Option(entry.spun, odds, entry.weight, entry.pos))
        for form, option in _derived(entry, original, odds):
            derived.setdefault(form, []).append(option)
    return derived | written


def _derived(entry: Entry, original: str, odds: float) -> list[tuple[str, Option]]:
    forms = inflect_pair(original, entry.spun, entry.pos)
    return [
        (f.original, Option(f.spun, odds, entry.weight, f.pos, f.participle)) for f in forms if f.original != f.spun
    ]
