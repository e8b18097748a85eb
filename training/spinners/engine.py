"""The engine all dictionary spinners share: find candidates, choose among them, write them in."""

from dataclasses import dataclass
from random import Random

from training.spinners.candidates import find_candidates
from training.spinners.choice import pick
from training.spinners.habits import Habits
from training.spinners.spun import Spun, write_edits
from training.spinners.table import Table
from training.spinners.words import find_words
from training.spinners.writing import make_edits


@dataclass(frozen=True, slots=True)
class TableSpinner:
    """A spinner that is a table and habits."""

    name: str
    family: str
    dictionary: str
    natural: tuple[float, float]
    table: Table
    habits: Habits

    def spin(self, text: str, seed: int, strength: float) -> Spun:
        """See Spinner."""
        rng = Random(f"{self.name}:{seed}")  # noqa: S311 - chance for training data, not for secrets
        words = find_words(text)
        candidates = find_candidates(words, self.table, self.habits, rng)
        chosen = pick(candidates, strength * len(words.starts), self.habits.consistent, rng)
        return write_edits(text, make_edits(words, chosen, self.habits, rng))
