"""Turns lines into paragraphs, and tells which paragraphs are prose: not headings, tables, code or lists."""

import re
from statistics import median

MIN_PROSE_WORDS = 6
WRAPPED_LINE_CHARACTERS = (45, 90)  # the usual widths of hard-wrapped text
MAX_DIGIT_SHARE = 0.15  # of what is not space, like the next two
MAX_SYMBOL_SHARE = 0.06
MIN_LETTER_SHARE = 0.8
MAX_CAPITALISED_SHARE = 0.7  # lists of names and titles

_BLANK = re.compile(r"\n[ \t\f]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_BULLET = re.compile(r"^\s*(?:[-*•·◦▪–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_SYMBOLS = re.compile(r"[{}<>|=_\\^~#@+*$\[\]/]")
_MAIL_ADDRESS = re.compile(r"\S@\w[\w-]*\.\w")
_GAP = re.compile(r"\b(?:to|of|at|about|around|the|an?|and|is|was|by|in) [.,;)]")  # a formula or template was cut out
_HYPHENATED = re.compile(r"(?<=[a-z])-\n\s*(?=[a-z])")


def split_paragraphs(text: str) -> list[str]:
    """Paragraphs on one line each; hard-wrapped lines are joined, other lines stand alone."""
    paragraphs = []
    for block in _BLANK.split(text.strip()):
        if _is_wrapped(block):
            paragraphs.append(_join(block))
        else:
            paragraphs += [_join(line) for line in block.split("\n")]
    return [paragraph for paragraph in paragraphs if paragraph]


def is_prose(paragraph: str) -> bool:
    """True for running text of at least one whole sentence."""
    words = paragraph.split()
    if len(words) < MIN_PROSE_WORDS or not _SENTENCE_END.search(paragraph) or _starts_midway(paragraph):
        return False
    size = sum(map(len, words))
    letters = sum(map(str.isalpha, paragraph))
    digits = sum(map(str.isdigit, paragraph))
    capitalised = sum(word[0].isupper() for word in words)
    return (
        not _MAIL_ADDRESS.search(paragraph)
        and not _GAP.search(paragraph)
        and letters >= MIN_LETTER_SHARE * size
        and digits <= MAX_DIGIT_SHARE * size
        and len(_SYMBOLS.findall(paragraph)) <= MAX_SYMBOL_SHARE * size
        and capitalised <= MAX_CAPITALISED_SHARE * len(words)
    )


def _starts_midway(paragraph: str) -> bool:
    """True for the rest of a sentence whose beginning was cut off."""
    return next(filter(str.isalpha, paragraph), "A").islower()


def _is_wrapped(block: str) -> bool:
    """True when the lines were cut at a width: of one length, and few of them ending a sentence."""
    lines = [line.strip() for line in block.split("\n")]
    if len(lines) < 2:
        return True
    low, high = WRAPPED_LINE_CHARACTERS
    inner = lines[:-1]
    ended = sum(bool(_SENTENCE_END.search(line)) for line in inner)
    bullets = sum(bool(_BULLET.match(line)) for line in lines)
    return low <= median(map(len, inner)) <= high and ended * 2 <= len(inner) and bullets * 3 <= len(lines)


def _join(block: str) -> str:
    return " ".join(_HYPHENATED.sub("-", _BULLET.sub("", block)).split())
