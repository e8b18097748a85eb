"""Every spinner there is: one for each dictionary, then the mixtures of them."""

from training.spinners import (
    apertium,
    backtranslated,
    encarta,
    essay,
    for_you_to,
    funcword,
    general,
    hasactually,
    linkfarm,
    moby,
    mythes,
    ofyours,
    pivot_a,
    pivot_b,
    spinbot,
    tbs,
    tortured,
    wordnet,
    wrong_sense,
)
from training.spinners.from_lexicon import Lexicons
from training.spinners.layered import Layered
from training.spinners.part import PartOfPage
from training.spinners.resources import Resources
from training.spinners.spintax import Spintax
from training.spinners.spun import Spinner

FAMILIES = (
    pivot_a,
    pivot_b,
    spinbot,
    tbs,
    linkfarm,
    hasactually,
    ofyours,
    funcword,
    wrong_sense,
    essay,
    encarta,
    for_you_to,
    tortured,
    backtranslated,
    general,
)
LAYERED = (
    ("tbs", "generic"),
    ("hasactually", "hasactually"),
    ("spinbot", "pivot-a"),
    ("pivot-a", "pivot-b"),
    ("generic", "ofyours"),
    ("wordnet-steady", "tbs"),
)
IN_PART = ("pivot-a", "pivot-b", "tbs", "spinbot", "hasactually", "mixed-thesaurus", "backtranslated")
IN_BRACES = ("pivot-a", "tbs", "generic")


def build_spinners(lexicons: Lexicons, resources: Resources) -> list[Spinner]:
    """All spinners the lexicons and the public thesauri at hand allow; mixtures have a colon in their name."""
    plain = {spinner.name: spinner for spinner in _plain(lexicons, resources)}
    return [
        *plain.values(),
        *(Layered(plain[one], plain[two]) for one, two in LAYERED if one in plain and two in plain),
        *(PartOfPage(plain[name]) for name in IN_PART if name in plain),
        *(Spintax(plain[name]) for name in IN_BRACES if name in plain),
    ]


def _plain(lexicons: Lexicons, resources: Resources) -> list[Spinner]:
    spinners: list[Spinner] = [spinner for family in FAMILIES for spinner in family.build(lexicons)]
    spoken = {spinner.dictionary for spinner in spinners}
    spinners += general.build_others({name: each for name, each in lexicons.items() if name not in spoken})
    if resources.wordnet:
        spinners += wordnet.build(resources.wordnet)
    if resources.moby:
        spinners += moby.build(resources.moby)
    if resources.mythes:
        spinners += mythes.build(resources.mythes)
    spinners += apertium.build(resources.round_trips)
    return spinners
