"""Wrong-sense thesauri: "plutocrat" for money, "square measure" for are. One swap for one word, grammar kept."""

from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

PLUTOCRAT_NATURAL = (0.08, 0.2)
PLUTOCRAT = Habits(consistent=True, headings=False, mends_article=0.0)
UNIT_NATURAL = (0.25, 0.4)
# Sentences begin in lower case where their first word was swapped.
UNIT = Habits(consistent=False, mends_article=0.4, lower_starts=0.6)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """Three dictionaries; the unit ones are two renderings of one tool."""
    return [
        *from_lexicon(lexicons, "wrong-sense-plutocrat", PLUTOCRAT_NATURAL, PLUTOCRAT, sharpness=2.0),
        *from_lexicon(lexicons, "wrong-sense-sqm", UNIT_NATURAL, UNIT, fill=("generic",)),
        *from_lexicon(lexicons, "area-unit", UNIT_NATURAL, UNIT, fill=("generic",)),
    ]
