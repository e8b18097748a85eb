"""How a tool goes about its work, besides what its dictionary says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True, slots=True)
class Rule:
    """A habit no dictionary holds: a pattern, how to write it anew (None: leave it), and how often it is applied."""

    pattern: re.Pattern[str]
    write: Callable[[re.Match[str], Random], str | None]
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How a tool uses its dictionary. Rates are shares between 0 and 1.

    consistent: one phrase is treated alike all through a text.
    names: rate for capitalised words inside a sentence. quotes, headings: does it rewrite there?
    mends_article: rate of putting a/an right. knows_pos: leaves nouns after pronouns and verbs after articles alone.
    lower_starts: rate of losing the capital at a sentence start. stray_capitals: rate of gaining one inside.
    """

    consistent: bool = True
    names: float = 0.0
    quotes: bool = True
    headings: bool = True
    mends_article: float = 1.0
    knows_pos: bool = False
    lower_starts: float = 0.0
    stray_capitals: float = 0.0
    rules: tuple[Rule, ...] = field(default=())
