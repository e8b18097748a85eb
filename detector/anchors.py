"""What spinners leave alone: names and numbers. By them copies of one story are found, however they are worded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

Kind = Literal["name", "number"]

_WORD = r"[^\W\d_][\w’'&-]*"
_TOKEN = re.compile(rf"(?P<number>\d[\d.,:/]*\d|\d)(?P<unit>%)?|(?P<word>{_WORD})")
# An opening quotation mark counts: what is quoted mostly begins with a capital, name or not.
_SENTENCE_START = re.compile(r"(?:[.!?:…|\n“‘\"]|\A)[\s\"'“”‘’()\[\]*•·>#–—-]*(?:\d{1,2}[.)]\s+)?\Z")
_STANDS_BEFORE = 12  # characters that are looked at for a sentence's end
_INITIAL_BEFORE = re.compile(r"(?:\b[^\W\d_]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Capt|Sgt|Lt|Rev|Hon))\.\s*\Z")
_THOUSANDS = re.compile(r"[,.](?=\d{3}\b)")
_ME = re.compile(r"I['’]")
_POSSESSIVE = re.compile(r"['’]s?$")
_PARTICIPLE = re.compile(r"(?:ing|ed|ly)$")
# Words that name nothing, whatever their capital: short ones stand so in titles, long ones begin sentences.
_EMPTY = frozenset(
    """a about above across after afterwards again against all almost along also although always am among amongst an and
    another any anybody anyone anything anyway are around as ask at away back be because been before behind being below
    beneath beside besides between beyond both but by can cannot could despite did do does done down during each either
    else elsewhere enough even ever every everybody everyone everything except few fewer first finally for former from
    further furthermore get had half has have he hence her here hers herself him himself his how however i if in indeed
    inside instead into is it its itself just last later least less let like likewise many may maybe me meanwhile might
    mine more moreover most much must my myself near neither never nevertheless next no nobody none nonetheless nor not
    nothing now nowhere of off often on once one only onto or other others otherwise our ours ourselves out outside over
    own past per perhaps please quite rather same second see several shall she should similarly since so some somebody
    someone something sometimes somewhere soon still such than that the their theirs them themselves then there
    thereafter therefore these they this those though three through throughout thus to today together tomorrow too
    toward towards two under underneath unless unlike until up upon us use very via was we well were what whatever when
    whenever where whereas wherever whether which while who whoever whom whose why will with within without would yes
    yesterday yet you your yours yourself don't can't isn't it's that's there's here's what's let's he's she's we're
    they're you're we've they've you've didn't doesn't wasn't weren't won't wouldn't couldn't shouldn't
    mr mrs ms dr prof sir""".split()
)
MIN_HEADING_WORDS = 3


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

    A name: a capitalised word that stands so within a sentence somewhere, and nowhere without its capital; or one that
    begins a sentence right before such a name. Lines in which every word has a capital, as headings do, show nothing.
    """
    tokens = list(_TOKEN.finditer(text))
    names = _names(text, tokens)
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


def names_nothing(word: str) -> bool:
    """Is it one of the words that stand in every text?"""
    return word.replace("’", "'").casefold() in _EMPTY


def _names(text: str, tokens: Sequence[re.Match[str]]) -> set[str]:
    words = [token for token in tokens if token["word"]]
    plain = {_key(token["word"]) for token in words if not _is_capitalised(token)}
    in_sentences = [token for line in _lines(text, words) if not _is_heading(line) for token in line]
    inside = {_key(token["word"]) for token in in_sentences if _may_name(token) and not _begins_sentence(text, token)}
    names = inside - plain
    first_names = set()
    for token, following in pairwise(in_sentences):
        if text[token.end() : following.start()] == " " and _is_capitalised(following):
            is_odd = _may_name(token) and not _PARTICIPLE.search(token["word"])
            if is_odd and _key(following["word"]) in names:
                first_names.add(_key(token["word"]))
    return names | (first_names - plain)


def _lines(text: str, words: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """The words of each line of the text that has any."""
    ends = [match.start() for match in re.finditer(r"\n", text)]
    number = 0
    numbers = []
    for token in words:
        while number < len(ends) and ends[number] < token.start():
            number += 1
        numbers.append(number)
    for _, group in groupby(zip(numbers, words, strict=True), key=lambda pair: pair[0]):
        yield [token for _, token in group]


def _is_heading(line: Sequence[re.Match[str]]) -> bool:
    """Every word of some weight in the line has a capital."""
    weighty = [token for token in line if not names_nothing(token["word"])]
    return len(line) >= MIN_HEADING_WORDS and len(weighty) > 1 and all(map(_is_capitalised, weighty))


def _may_name(token: re.Match[str]) -> bool:
    return _is_capitalised(token) and not names_nothing(token["word"])


def _begins_sentence(text: str, token: re.Match[str]) -> bool:
    before = (text, max(0, token.start() - _STANDS_BEFORE), token.start())
    return _SENTENCE_START.search(*before) is not None and _INITIAL_BEFORE.search(*before) is None


def _is_capitalised(token: re.Match[str]) -> bool:
    word = token["word"] or ""
    return word[:1].isupper() and len(_key(word)) > 1 and not _ME.match(word)


def _key(word: str) -> str:
    return _POSSESSIVE.sub("", word).casefold()
