"""The Moby thesaurus: long lists without senses or parts of speech, so the swaps are wild."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from training.inflect import readings
from training.spinners.engine import TableSpinner
from training.spinners.habits import Habits
from training.spinners.thesaurus import ThesaurusTable

NATURAL = (0.1, 0.3)
HABITS = Habits(consistent=False, mends_article=0.3, knows_pos=True)
# Moby lists run to 1,400 entries from A to Z; a step through them keeps the mixture.
MAX_SYNONYMS = 40


def build(path: Path) -> list[TableSpinner]:
    """One spinner."""
    lists = _read(path)
    table = ThesaurusTable(lambda lemma, pos: _synonyms(lists, lemma, pos))
    return [TableSpinner("moby", "thesaurus", "moby", NATURAL, table, HABITS)]


def _read(path: Path) -> dict[str, str]:
    """The list of a word, still joined by commas: 2.5 million strings would fill the memory."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {word: rest for word, _, rest in (line.partition(",") for line in lines) if " " not in word}


def _synonyms(lists: dict[str, str], lemma: str, pos: str) -> Iterator[tuple[str, float]]:
    fitting = [word for word in lists.get(lemma, "").split(",") if word and pos in _parts_of_speech(word)]
    step = max(1, len(fitting) // MAX_SYNONYMS)
    yield from ((word, 1.0) for word in fitting[::step])


@lru_cache(maxsize=100_000)
def _parts_of_speech(phrase: str) -> frozenset[str]:
    tags = {tag for lemma, tag in readings(phrase.split()[-1]) if tag in ("NN", "VB", "JJ", "RB")}
    return frozenset({"NN": "n", "VB": "v", "JJ": "adj", "RB": "adv"}[tag] for tag in tags)
