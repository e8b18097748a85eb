"""Pivot A: WordPress auto-bloggers. Fluent, a phrase dictionary, one swap all through a text, names too."""

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.22, 0.4)
# "a superb", "an agency" for "a company": the tool seldom mends an article.
HABITS = Habits(consistent=True, names=0.7, mends_article=0.15)
# One word nearly always gets the same swap, whatever the text.
SHARPNESS = 2.0


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner."""
    return from_lexicon(lexicons, "pivot-a", NATURAL, HABITS, sharpness=SHARPNESS)
