"""Looking phrases up in a list, as screeners for tortured phrases do: listed phrases per 100 words are the score."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Words = tuple[str, ...]
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase that counts where it stands, given that the text holds all of `needs` and none of `bars`."""

    phrase: Words
    needs: tuple[Words, ...] = ()
    bars: tuple[Words, ...] = ()


class PhraseList:
    """Rules, ready to be looked up. Capitals and punctuation make no difference."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[Words, list[Rule]] = {}
        for rule in rules:
            if rule.phrase:
                self._rules.setdefault(rule.phrase, []).append(rule)
        self._lengths = sorted({len(phrase) for phrase in self._rules}, reverse=True)
        self._first = {phrase[0] for phrase in self._rules}

    def __len__(self) -> int:
        """How many phrases it lists."""
        return len(self._rules)

    def found(self, text: str) -> list[str]:
        """The listed phrases in the text, in order; where several begin at a word the longest."""
        words = words_of(text)
        joined = f" {' '.join(words)} "
        found = []
        at = 0
        while at < len(words):
            phrase = self._at(words, at, joined) if words[at] in self._first else ()
            if phrase:
                found.append(" ".join(phrase))
            at += len(phrase) or 1
        return found

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Listed phrases per 100 words of each text."""
        return np.array([100 * len(self.found(text)) / max(1, len(text.split())) for text in texts])

    def _at(self, words: Words, at: int, joined: str) -> Words:
        for length in self._lengths:
            phrase = words[at : at + length]
            if any(_holds(rule, joined) for rule in self._rules.get(phrase, ())):
                return phrase
        return ()


def words_of(text: str) -> Words:
    """The words of a text, without capitals."""
    return tuple(_TOKEN.findall(text.lower()))


def read_rules(lines: Iterable[str]) -> list[Rule]:
    """The published list's lines: a phrase, perhaps with `AND phrase` or `NOT phrase`; those with `OR` are left out."""
    rules = []
    for line in dict.fromkeys(line.strip() for line in lines):
        if " OR " not in line:
            phrase, *conditions = re.split(r" (AND|NOT) ", line)
            pairs = list(zip(conditions[::2], conditions[1::2], strict=True))
            needs, bars = (tuple(words_of(what) for kind, what in pairs if kind == wanted) for wanted in ("AND", "NOT"))
            rules.append(Rule(words_of(phrase), needs, bars))
    return rules


def _holds(rule: Rule, joined: str) -> bool:
    needed = all(f" {' '.join(words)} " in joined for words in rule.needs)
    return needed and not any(f" {' '.join(words)} " in joined for words in rule.bars)
