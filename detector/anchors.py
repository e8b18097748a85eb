"""What spinners leave alone: names and numbers. By them copies of one story are found, however they are worded."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "number"]

_WORD = r"[^\W\d_][\w’'&-]*"
_TOKEN = re.compile(rf"(?P<number>\d[\d.,:/]*\d|\d)(?P<unit>%)?|(?P<word>{_WORD})")
_SENTENCE_START = re.compile(r"(?:[.!?:\n]|\A)[\s\"'“”‘’()\[\]]*\Z")
_THOUSANDS = re.compile(r"[,.](?=\d{3}\b)")
_ME = re.compile(r"I['’]")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One name or number. start, end: Python string indices. key: what two texts that mean the same have in common."""

    start: int
    end: int
    text: str
    kind: Kind
    key: str


def find_anchors(text: str) -> tuple[Anchor, ...]:
    """All numbers and names, in text order.

    A name: a capitalised word that stands so within a sentence somewhere, and nowhere without its capital.
    """
    tokens = list(_TOKEN.finditer(text))
    plain = {token["word"] for token in tokens if token["word"] and not _is_capitalised(token)}
    inside = {_key(token["word"]) for token in tokens if _is_capitalised(token) and not _begins_sentence(text, token)}
    names = inside - plain
    anchors = []
    for token in tokens:
        if token["number"]:
            key = _THOUSANDS.sub("", token["number"]) + (token["unit"] or "")
            anchors.append(Anchor(*token.span(), token.group(), "number", key))
        elif _is_capitalised(token) and _key(token["word"]) in names:
            anchors.append(Anchor(*token.span(), token.group(), "name", _key(token["word"])))
    return tuple(anchors)


def anchor_keys(text: str) -> frozenset[str]:
    """The distinct keys of a text's names and numbers."""
    return frozenset(anchor.key for anchor in find_anchors(text))


def _begins_sentence(text: str, token: re.Match[str]) -> bool:
    return _SENTENCE_START.search(text, max(0, token.start() - 8), token.start()) is not None


def _is_capitalised(token: re.Match[str]) -> bool:
    word = token["word"] or ""
    return word[:1].isupper() and len(word) > 1 and not _ME.match(word)


def _key(word: str) -> str:
    return _POSSESSIVE.sub("", word).casefold()
