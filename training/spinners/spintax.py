"""Spintax left in the text: some swaps stand as `{original|spun}` or in single braces, unread by the tool."""

from dataclasses import dataclass
from random import Random

from training.spinners.spun import Edit, Spinner, Spun, Swap, edits_of, unspin, write_edits

MAX_LEFT = 4  # more would make a text no site puts online
BOTH_WORDINGS = 0.4


@dataclass(frozen=True, slots=True)
class Spintax:
    """Another spinner whose braces were not all read."""

    spinner: Spinner

    @property
    def name(self) -> str:
        """The inner name, marked."""
        return f"spintax:{self.spinner.name}"

    @property
    def family(self) -> str:
        """See Spinner."""
        return self.spinner.family

    @property
    def dictionary(self) -> str:
        """See Spinner."""
        return self.spinner.dictionary

    @property
    def natural(self) -> tuple[float, float]:
        """See Spinner."""
        return self.spinner.natural

    def spin(self, text: str, seed: int, strength: float) -> Spun:
        """See Spinner."""
        rng = Random(f"spintax:{seed}")  # noqa: S311 - chance for training data
        spun = self.spinner.spin(text, seed, strength)
        braced = set(rng.sample(range(len(spun.swaps)), min(len(spun.swaps), rng.randint(1, MAX_LEFT))))
        pairs = zip(edits_of(spun), spun.swaps, strict=True)
        edits = [_braced(edit, swap, rng) if at in braced else edit for at, (edit, swap) in enumerate(pairs)]
        return write_edits(unspin(spun), edits)


def _braced(edit: Edit, swap: Swap, rng: Random) -> Edit:
    inside = f"{swap.original}|{swap.spun}" if rng.random() < BOTH_WORDINGS else swap.spun
    return Edit(edit.start, edit.end, "{" + inside + "}")
