"""The "for you to" spinner: function words and small words inflated, pronouns doubled."""

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.2, 0.4)
HABITS = Habits(consistent=False, mends_article=0.5)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner, filled up with the general thesaurus."""
    return from_lexicon(lexicons, "for-you-to", NATURAL, HABITS, fill=("generic",))
