"""The Best Spinner: inflated compounds, broken collocations, several wordings for one word within a text."""

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.12, 0.35)
HABITS = Habits(consistent=False, mends_article=0.9)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner, filled up with the general thesaurus."""
    return from_lexicon(lexicons, "tbs", NATURAL, HABITS, fill=("generic",))
