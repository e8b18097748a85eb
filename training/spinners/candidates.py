"""The stretches of a text that a tool could swap: by its rules, and by its table, longest phrase first."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from training.spinners.habits import Habits
from training.spinners.table import Match, Table
from training.spinners.words import I_WORDS, Words, heading_spans, is_glued, quote_spans, starts_sentence

# First words of place names, which even tools that rewrite names leave whole (New York, United States).
_PLACE_WORDS = frozenset("new north south east west great united los san saint st fort mount lake cape".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that could be swapped: by a table match, or by what a rule wrote."""

    start: int
    end: int
    phrase: str
    words: int
    rate: float
    match: Match | str


def find_candidates(words: Words, table: Table, habits: Habits, rng: Random) -> list[Candidate]:
    """All candidates without overlap: rules first, the earlier before the later, then the table."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for each in _by_rule(words, habits, rng):
        if taken.isdisjoint(range(each.start, each.end)):
            taken.update(range(each.start, each.end))
            found.append(each)
    matches = _by_table(words, table, habits)
    return found + [each for each in matches if not taken or taken.isdisjoint(range(each.start, each.end))]


def _by_rule(words: Words, habits: Habits, rng: Random) -> list[Candidate]:
    found = []
    for rule in habits.rules:
        for match in rule.pattern.finditer(words.text):
            written = rule.write(match, rng)
            if written is not None and written != match[0]:
                count = max(1, len(match[0].split()))
                found.append(Candidate(match.start(), match.end(), match[0].lower(), count, rule.rate, written))
    return found


def _by_table(words: Words, table: Table, habits: Habits) -> list[Candidate]:
    quotes = [] if habits.quotes else quote_spans(words.text)
    headings = heading_spans(words.text)
    kept = quotes if habits.headings else sorted(quotes + headings)
    found = []
    for start, end, count, match in _matches(words, table):
        if (kept and _inside(kept, start)) or is_glued(words.text, start, end):
            continue
        rate = _name_rate(words.text, start, end, habits, headings) * match.weight**0.5
        if rate:
            found.append(Candidate(start, end, words.low[start:end], count, rate, match))
    return found


def _matches(words: Words, table: Table) -> Iterator[tuple[int, int, int, Match]]:
    """Longest matches from left to right: start, end, word count, match."""
    low, starts, ends, names = words.low, words.starts, words.ends, words.names
    at, total = 0, len(starts)
    while at < total:
        name = names[at]
        reach = table.reach(name[:-2] if name.endswith("'s") and not table.reach(name) else name)
        for count in range(min(reach, total - at), 0, -1):
            start, end = starts[at], ends[at + count - 1]
            match = table.find(low[start:end])
            if match is None and low.endswith("'s", start, end):
                end -= 2
                match = table.find(low[start:end])
            if match is not None:
                yield start, end, count, match
                at += count - 1
                break
        at += 1


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    index = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]


def _name_rate(text: str, start: int, end: int, habits: Habits, headings: list[tuple[int, int]]) -> float:
    original = text[start:end]
    if original.islower() or original in I_WORDS:
        return 1.0
    words = original.split()
    in_heading = bool(headings) and _inside(headings, start)
    if any(len(word) > 1 and word.isupper() for word in words):
        return 1.0 if in_heading and text[start - 1 : end + 1].isupper() else 0.0
    if words[0].lower() in _PLACE_WORDS and text[end : end + 2].strip()[:1].isupper() and not in_heading:
        return 0.0
    named = words[1:] if starts_sentence(text, start) else words
    if in_heading or not any(word[0].isupper() and word not in I_WORDS for word in named):
        return 1.0
    return habits.names
