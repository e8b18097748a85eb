"""A text as the rules for learners' errors see it: words by number, what they can be, and edits that keep capitals."""

import re
from functools import lru_cache

from training.inflect import inflect_word, readings
from training.spinners.spun import Edit
from training.spinners.words import I_WORDS, find_words, is_glued, starts_sentence

_I = re.compile(r"(?<![\w'])i(?!\w)")


@lru_cache(maxsize=100_000)
def tags(word: str) -> frozenset[str]:
    """The Penn tags that the word can have."""
    return frozenset(tag for _, tag in readings(word))


@lru_cache(maxsize=100_000)
def lemma(word: str, tag: str) -> str | None:
    """The base form of the word read as `tag`."""
    found = [base for base, each in readings(word) if each == tag]
    return found[0] if found else None


def form(base: str, tag: str) -> str | None:
    """The base form inflected; None when it is no such word."""
    return inflect_word(base, tag)


class Essay:
    """The words of a text by number; a number outside the text gives an empty word."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = find_words(text)
        self.names = found.names
        self.starts = found.starts
        self.ends = found.ends

    def word(self, at: int) -> str:
        """The word in lower case."""
        return self.names[at] if 0 <= at < len(self.names) else ""

    def tags(self, at: int) -> frozenset[str]:
        """What the word can be."""
        return tags(self.word(at))

    def follows(self, at: int) -> bool:
        """Is there nothing but a blank between this word and the next?"""
        return 0 <= at < len(self.names) - 1 and self.text[self.ends[at] : self.starts[at + 1]] == " "

    def written(self, at: int) -> str:
        """The word as it stands in the text."""
        return self.text[self.starts[at] : self.ends[at]]

    def starts_sentence(self, at: int) -> bool:
        """Is the word the first of its sentence?"""
        return starts_sentence(self.text, self.starts[at])

    def is_name(self, at: int) -> bool:
        """Has the word capitals or digits of its own, so that it must stay as it is?"""
        word = self.written(at)
        if word in I_WORDS or word.islower():
            return any(map(str.isdigit, word))
        return not (self.starts_sentence(at) and word[1:] == word[1:].lower() and word[0].isalpha())

    def drop(self, at: int) -> Edit | None:
        """The word taken out, the next one, which may be a name, kept."""
        if not self.follows(at) or self.is_name(at) or is_glued(self.text, self.starts[at], self.ends[at]):
            return None
        start, kept = self.starts[at], self.starts[at + 1]
        letter = self.text[kept]
        return Edit(start, kept + 1, letter.upper() if self.text[start].isupper() else letter)

    def edit(self, at: int, count: int, new: str) -> Edit | None:
        """`count` words from `at` replaced; None where a name or half a compound would be touched."""
        last = at + count - 1
        if last >= len(self.names) or not all(map(self.follows, range(at, last))):
            return None
        start, end = self.starts[at], self.ends[last]
        if any(map(self.is_name, range(at, last + 1))) or is_glued(self.text, start, end):
            return None
        new = _I.sub("I", new)
        if self.text[start].isupper() and self.starts_sentence(at):
            new = new[0].upper() + new[1:]
        return Edit(start, end, new)
