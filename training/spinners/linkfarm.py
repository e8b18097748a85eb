"""Link-farm blogs: light swaps on short texts, stray capitals, words split in two, "copyright" for crypto."""

import re
from random import Random

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits, Rule

NATURAL = (0.1, 0.25)
_SPLIT = re.compile(r"\b(them|him|her|your|my|it)(self|selves)\b|\b(every)(thing)\b|\b(with)(out)\b|\b([Ww]eb)(site)\b")


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner."""
    return from_lexicon(lexicons, "linkfarm", NATURAL, HABITS, fill=("generic",))


def _split(match: re.Match[str], _: Random) -> str:
    return " ".join(part for part in match.groups() if part)


def _copyright(match: re.Match[str], _: Random) -> str:
    return "Copyright" if match[0][0].isupper() else "copyright"


RULES = (
    Rule(_SPLIT, _split, 0.25),
    # A filter of the whole network overwrites the word.
    Rule(re.compile(r"\b[Cc]rypto(?:currency|currencies)?\b"), _copyright, 0.9),
    Rule(re.compile(r"\b[Tt]housands\b"), lambda match, rng: "1000s", 0.5),
    Rule(re.compile(r" ?[–—] ?"), lambda match, rng: "??", 0.3),
    Rule(re.compile(r"(?<=[a-z])\. (?=[A-Z])"), lambda match, rng: ".", 0.05),
)
HABITS = Habits(consistent=False, mends_article=0.8, stray_capitals=0.06, rules=RULES)
