"""A text as sentences, and sentences as words. All indices are Python string indices."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"\d[\d.,:/]*\d%?|\d%?|[^\W\d_]+(?:['’&-][^\W\d_]+)*")
# Runs of marks are looked at once, from their beginning: else a page of dots would take minutes.
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s)|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Lt|Col|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc|e\.g|i\.e|approx)|\b[A-Z])\.\Z"
)
_LONGEST_ABBREVIATION = 8
# A line this long that stops in mid-sentence was wrapped: text files are, extracted pages are not.
_WRAPPED_LINE = 50


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number. key: the same for the same word whatever its case and apostrophe."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text from its first word to its last mark, with its words."""

    start: int
    end: int
    words: tuple[Word, ...]


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that have words, in order. Headings and list items count as sentences."""
    found = []
    start = 0
    for end in (*_stops(text), len(text)):
        words = tuple(_word(match) for match in _WORD.finditer(text, start, end))
        if words:
            stretch = text[start:end]
            begin = start + len(stretch) - len(stretch.lstrip())
            found.append(Sentence(begin, start + len(stretch.rstrip()), words))
        start = end
    return tuple(found)


def _word(match: re.Match[str]) -> Word:
    return Word(*match.span(), match.group().casefold().replace("’", "'"))


def _stops(text: str) -> list[int]:
    return [stop.end() for stop in _STOP.finditer(text) if not _is_inside_sentence(text, stop)]


def _is_inside_sentence(text: str, stop: re.Match[str]) -> bool:
    if stop.group() == "\n":
        line = text[text.rfind("\n", 0, stop.start()) + 1 : stop.start()]
        goes_on = text[stop.end() : stop.end() + 1].islower()
        return goes_on and len(line) >= _WRAPPED_LINE
    return _ABBREVIATION.search(text, max(0, stop.end() - _LONGEST_ABBREVIATION), stop.end()) is not None
