"""SpinBot and its kin: a large thesaurus, one click, every sense alike, names and headings left alone."""

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.2, 0.4)
HABITS = Habits(consistent=False, headings=False, mends_article=0.8)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner, filled up with the general thesaurus."""
    return from_lexicon(lexicons, "spinbot", NATURAL, HABITS, fill=("generic",))
