"""A spinner let loose on a part of the page only: the rest stays as its author wrote it."""

import re
from dataclasses import dataclass
from random import Random

from training.spinners.spun import Spinner, Spun, Swap

MIN_SHARE, MAX_SHARE = 0.2, 0.6
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PartOfPage:
    """Spins one run of sentences, 20 to 60 % of the page; `strength` counts within that run."""

    spinner: Spinner

    @property
    def name(self) -> str:
        """The inner name, marked."""
        return f"part:{self.spinner.name}"

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
        """See Spinner; `part` of the result is the run in the spun text."""
        start, end = _run(text, Random(f"part:{seed}"))  # noqa: S311 - chance for training data
        inner = self.spinner.spin(text[start:end], seed, strength)
        swaps = tuple(Swap(s.start + start, s.end + start, s.original, s.spun) for s in inner.swaps)
        return Spun(text[:start] + inner.text + text[end:], swaps, (start, start + len(inner.text)))


def _run(text: str, rng: Random) -> tuple[int, int]:
    """Start and end of a run of whole sentences that makes up about the drawn share of the text."""
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    if not sentences:
        return 0, len(text)
    wanted = len(text) * rng.uniform(MIN_SHARE, MAX_SHARE)
    starts = [start for start, _ in sentences if len(text) - start >= wanted] or [sentences[0][0]]
    start = rng.choice(starts)
    return start, next((end for _, end in sentences if end - start >= wanted), sentences[-1][1])
