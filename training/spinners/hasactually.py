"""The "has actually" spinner: verbs and linking words inflated, synonyms of the topic word cycling."""

import re
from random import Random

from training.inflect import readings
from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits, Rule

NATURAL = (0.15, 0.35)
IN_FACT = 0.12
# The rules below know where these belong, the dictionary does not.
BY_RULE = frozenset(("has", "have", "had", "will"))


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner."""
    return from_lexicon(lexicons, "hasactually", NATURAL, HABITS, fill=("generic",), drop=BY_RULE)


def _actually(match: re.Match[str], rng: Random) -> str | None:
    verb, participle = match.groups()
    if not any(tag == "VBN" for _, tag in readings(participle)):
        return None
    return f"{verb} {'in fact' if rng.random() < IN_FACT else 'actually'} {participle}"


def _certainly(match: re.Match[str], _: Random) -> str:
    return f"{match[1]} certainly"


RULES = (
    Rule(re.compile(r"\b([Hh]as|[Hh]ave|[Hh]ad) ([a-z]+)\b"), _actually, 0.85),
    Rule(re.compile(r"\b([Ww]ill)(?= (?!not\b|certainly\b)[a-z]+)"), _certainly, 0.4),
)
HABITS = Habits(consistent=False, headings=False, mends_article=0.9, rules=RULES)
