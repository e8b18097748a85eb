"""Back-translation and paraphrase tools: what remains of them in the wording ("on the off chance that").

Clause order is not rebuilt here, only phrases; a translator proper would be needed for that.
"""

from training.inflect import CLOSED
from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits

NATURAL = (0.2, 0.5)
HABITS = Habits(consistent=False, names=0.2, mends_article=1.0)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """Two dictionaries."""
    return [
        *from_lexicon(lexicons, "backtranslated", NATURAL, HABITS, also=("mixed-backtranslated",), fill=("generic",)),
        *from_lexicon(lexicons, "mixed-backtranslated", NATURAL, HABITS, drop=CLOSED, fill=("generic",)),
    ]
