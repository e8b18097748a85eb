"""Essay mills: synset names in one slot ("research worker"), spaces inside brackets, names and citations kept."""

import re

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits, Rule

NATURAL = (0.2, 0.35)
RULES = (
    Rule(re.compile(r"\((?=\w)"), lambda match, rng: "( ", 0.6),
    Rule(re.compile(r"(?<=\w)\)"), lambda match, rng: " )", 0.6),
    Rule(re.compile(r"(?<=\w);"), lambda match, rng: " ;", 0.5),
    Rule(re.compile(r"[–—]"), lambda match, rng: "-", 0.8),
)
HABITS = Habits(consistent=False, mends_article=0.2, rules=RULES)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner, filled up with synset names of other WordNet tools."""
    return from_lexicon(lexicons, "essay", NATURAL, HABITS, also=("wordnet",))
