"""Tortured phrases in papers: fixed compounds broken word by word, abbreviations, figures and headings kept."""

from training.inflect import CLOSED
from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.2, 0.45)
HABITS = Habits(consistent=False, headings=False, mends_article=0.9, names=0.2)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """The phrases, filled up with what real papers show for plain words."""
    kindred = ("mixed-tortured", "mixed-backtranslated")
    return [
        *from_lexicon(lexicons, "tortured", NATURAL, HABITS, also=kindred, fill=("generic",)),
        *from_lexicon(lexicons, "mixed-tortured", NATURAL, HABITS, drop=CLOSED, fill=("generic",)),
    ]
