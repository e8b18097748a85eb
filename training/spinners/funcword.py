"""The function-word spinner of hacked casino pages: and, the, with, for are swapped as often as nouns."""

import re

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits, Rule

NATURAL = (0.3, 0.55)
RULES = (
    Rule(re.compile(r"[$£€](?=\d)"), lambda match, rng: "?", 0.3),
    Rule(re.compile(r"(?<=[a-z]),(?= )"), lambda match, rng: " ,", 0.04),
    Rule(re.compile(r"\bU\.S\.(?!\w)"), lambda match, rng: "You.S.", 0.5),
)
HABITS = Habits(consistent=False, names=0.5, mends_article=0.7, rules=RULES)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner."""
    return from_lexicon(lexicons, "funcword", NATURAL, HABITS, fill=("generic",))
