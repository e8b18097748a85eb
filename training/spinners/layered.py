"""Two spinners over one text, as pages are that were copied from a spun copy."""

from dataclasses import dataclass

from training.spinners.spun import Spinner, Spun, compose

# Each layer gets this part of the strength: together they come near the whole.
LAYER_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Layered:
    """`second` spins what `first` wrote; the family is that of the layer a reader sees, the second."""

    first: Spinner
    second: Spinner

    @property
    def name(self) -> str:
        """Both names."""
        return f"layered:{self.first.name}+{self.second.name}"

    @property
    def family(self) -> str:
        """See Spinner."""
        return self.second.family

    @property
    def dictionary(self) -> str:
        """Both dictionaries, joined by a plus."""
        return "+".join(dict.fromkeys((self.first.dictionary, self.second.dictionary)))

    @property
    def natural(self) -> tuple[float, float]:
        """See Spinner."""
        low, high = zip(self.first.natural, self.second.natural, strict=True)
        return sum(low) / 2, min(1.0, sum(high) * LAYER_SHARE)

    def spin(self, text: str, seed: int, strength: float) -> Spun:
        """See Spinner."""
        share = strength if strength >= 1 else strength * LAYER_SHARE
        first = self.first.spin(text, seed, share)
        return compose(first, self.second.spin(first.text, seed + 1, share))
