"""The words of a text as spinners see them: where they start and end, and which a tool keeps its hands off."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTE = re.compile(r"“[^”]{1,600}”|\"[^\"\n]{1,600}\"")
_HEADING = re.compile(r"^[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
MAX_HEADING_WORDS = 12
I_WORDS = frozenset(("I", "I'm", "I've", "I'll", "I'd", "I’m", "I’ve", "I’ll", "I’d"))
_SENTENCE_END = ".!?:…\n"
_SKIPPED_BACK = " \t\"'“”‘’()[]*•-–—"
# A full stop after one of these does not end a sentence.
_TITLES = frozenset("mr mrs ms dr st prof sen gov rep gen col lt sgt inc jr sr vs no".split())


@dataclass(frozen=True, slots=True)
class Words:
    """A text, its lower-case twin of equal length, and the words as parallel lists."""

    text: str
    low: str
    starts: list[int]
    ends: list[int]
    names: list[str]


def find_words(text: str) -> Words:
    """The words of the text; apostrophes inside a word belong to it."""
    low = lower(text)
    found = list(_WORD.finditer(low))
    return Words(text, low, [m.start() for m in found], [m.end() for m in found], [m.group() for m in found])


def lower(text: str) -> str:
    """Lower case with straight apostrophes, never longer or shorter than the text."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'")


def quote_spans(text: str) -> list[tuple[int, int]]:
    """Stretches between quotation marks."""
    return [m.span() for m in _QUOTE.finditer(text)]


def heading_spans(text: str) -> list[tuple[int, int]]:
    """Lines that are short and do not end like a sentence; a text of one line has none."""
    lines = list(_HEADING.finditer(text))
    if len(lines) < 2:
        return []
    return [m.span(1) for m in lines if m[1][-1] not in '.!?:;,”"' and len(m[1].split()) <= MAX_HEADING_WORDS]


def starts_sentence(text: str, at: int) -> bool:
    """Is the word at this place the first of its sentence?"""
    before = text[max(0, at - 40) : at].rstrip(_SKIPPED_BACK)
    if not before:
        return True
    if before[-1] not in _SENTENCE_END:
        return "\n" in text[max(0, at - 3) : at]
    last = re.split(r"[\s.]", before[:-1])[-1].lower()
    return before[-1] != "." or not (last in _TITLES or (len(last) == 1 and last != "i"))


def is_glued(text: str, start: int, end: int) -> bool:
    """Is the stretch part of something longer: a hyphenated word, an address, a tag, an abbreviation?"""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before and before in "-@/#_\\&$":
        return True
    if before == "." and start > 1 and text[start - 2].isalnum():
        return True
    return bool(after) and (after[0] in "-@/_\\&" or (after[0] == "." and after[1:].isalnum()))
