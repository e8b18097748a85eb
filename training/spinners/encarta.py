"""The desk-dictionary thesaurus: a random sense, often a phrase ("say you will" for believe)."""

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.15, 0.35)
HABITS = Habits(consistent=False, mends_article=0.3)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner."""
    return from_lexicon(lexicons, "encarta", NATURAL, HABITS, fill=("generic",))
