"""Pivot B: a second machine-made phrase dictionary ("apprehensive gadget", "withinside the"), steady within a text."""

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.2, 0.4)
HABITS = Habits(consistent=True, names=0.3, mends_article=0.3)
SHARPNESS = 1.5


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner."""
    return from_lexicon(lexicons, "pivot-b", NATURAL, HABITS, sharpness=SHARPNESS)
