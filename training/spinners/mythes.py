"""The MyThes thesaurus of word processors: synonyms by sense, mixed with broader and related terms."""

from collections import defaultdict
from pathlib import Path

from training.spinners.engine import TableSpinner
from training.spinners.habits import Habits
from training.spinners.thesaurus import ThesaurusTable

NATURAL = (0.1, 0.3)
HABITS = Habits(consistent=True, mends_article=0.6, knows_pos=True)
# A true synonym is a likelier pick than a broader or related term.
ODDS_SYNONYM, ODDS_OTHER = 1.0, 0.15
_POS = {"(noun)": "n", "(verb)": "v", "(adj)": "adj", "(adv)": "adv"}

Senses = dict[tuple[str, str], list[tuple[str, float]]]


def build(path: Path) -> list[TableSpinner]:
    """One spinner."""
    senses = read_senses(path)
    table = ThesaurusTable(lambda lemma, pos: senses.get((lemma, pos), ()))
    return [TableSpinner("mythes", "thesaurus", "mythes", NATURAL, table, HABITS)]


def read_senses(path: Path) -> Senses:
    """Synonyms with odds by word and part of speech; antonyms left out."""
    senses: Senses = defaultdict(list)
    word = ""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        head, *synonyms = line.split("|")
        if not head.startswith("("):
            word = head
        elif " " not in word and head in _POS:
            senses[word, _POS[head]] += [_synonym(each) for each in synonyms if "(antonym)" not in each]
    return dict(senses)


def _synonym(cell: str) -> tuple[str, float]:
    text, mark, _ = cell.partition(" (")
    return text, ODDS_OTHER if mark else ODDS_SYNONYM
