"""General thesaurus spinners: plain synonyms by part of speech, as the better-known desktop and web tools write."""

from training.inflect import CLOSED
from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.1, 0.35)
CAREFUL = Habits(consistent=False, mends_article=1.0, knows_pos=True)
STEADY = Habits(consistent=True, mends_article=0.8)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner for each general dictionary that is there."""
    return [
        *from_lexicon(lexicons, "generic", NATURAL, CAREFUL, drop=CLOSED),
        *from_lexicon(lexicons, "mixed-thesaurus", NATURAL, STEADY, drop=CLOSED, fill=("generic",)),
        *from_lexicon(lexicons, "spinrewriter", NATURAL, CAREFUL, fill=("generic",)),
        *from_lexicon(lexicons, "quillbot", NATURAL, CAREFUL, fill=("generic",)),
        *from_lexicon(lexicons, "wordnet", NATURAL, STEADY),
    ]
