"""How often each spinner is drawn for training: as common as on the web, but none so rare that it is not learned."""

from collections.abc import Sequence

from training.examples import SpinnerMix
from training.spinners.spun import Spinner

# The auto-bloggers' pivot is by far the commonest on the web; public thesauri are stand-ins and stay a minority.
_SHARES = {
    "pivot-a": 7.0,
    "pivot-b": 2.5,
    "spinbot": 2.0,
    "tbs": 2.0,
    "tortured": 2.0,
    "backtranslated": 2.0,
    "mixed-thesaurus": 2.0,
    "spinrewriter": 2.0,
    "linkfarm": 1.5,
    "hasactually": 1.5,
    "aswell": 1.5,
    "plank": 1.5,
    "ofyours": 1.5,
    "funcword": 1.5,
    "generic": 0.7,
    "wrong-sense-sqm": 0.7,
    "area-unit": 0.7,
    "wordnet-random": 0.7,
    "moby": 0.7,
    "apertium-spa": 0.4,
    "apertium-cat": 0.4,
    "wordnet-steady": 0.4,
    "mythes": 0.4,
}
_OTHER, _PART, _SPINTAX, _LAYERED = 1.0, 0.3, 0.2, 0.4


def mix(spinners: Sequence[Spinner]) -> SpinnerMix:
    """The spinners with their shares."""
    return SpinnerMix(tuple(spinners), tuple(_share(spinner.name) for spinner in spinners))


def _share(name: str) -> float:
    kinds = {"part": _PART, "spintax": _SPINTAX, "layered": _LAYERED}
    kind, colon, _ = name.partition(":")
    return kinds[kind] if colon else _SHARES.get(name, _OTHER)
