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
        *from_lexicon(lexicons, "wordai", NATURAL, CAREFUL),
        *from_lexicon(lexicons, "wordnet", NATURAL, STEADY),
    ]


def build_others(lexicons: Lexicons) -> list[TableSpinner]:
    """A spinner for each of these dictionaries, whose tools have no habits of their own here."""
    return [spinner for name in lexicons for spinner in from_lexicon(lexicons, name, NATURAL, STEADY)]
