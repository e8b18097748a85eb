"""The "of yours" spinner: possessives and adjectives turned behind their noun."""

import re
from random import Random

from training.inflect import readings
from training.spinners.engine import TableSpinner
from training.spinners.from_lexicon import Lexicons, from_lexicon
from training.spinners.habits import Habits, Rule

NATURAL = (0.15, 0.25)
_OWNERS = {"your": "yours", "my": "mine", "our": "ours", "their": "theirs", "his": "his", "her": "hers"}
_TURNED = (
    "healthy good great bad new important safe natural effective perfect easy strong professional personal "
    "financial physical mental successful excellent ideal balanced regular proper whole free beautiful"
).split()
# The noun must end its phrase here, or its own noun would be lost ("your body weight").
_PHRASE_END = (
    r"(?=[.,;:!?)]|\s+(?:and|or|but|is|are|was|were|will|can|to|for|with|in|on|at|from|by|of|as"
    r"|if|when|that|which|while|because|should|may)\b)"
)


def build(lexicons: Lexicons) -> list[TableSpinner]:
    """One spinner."""
    return from_lexicon(lexicons, "ofyours", NATURAL, HABITS, fill=("generic",))


def _of_yours(match: re.Match[str], _: Random) -> str | None:
    owner, noun = match.groups()
    if not _is_noun(noun):
        return None
    return f"{'The' if owner[0].isupper() else 'the'} {noun} of {_OWNERS[owner.lower()]}"


def _which_is(match: re.Match[str], rng: Random) -> str | None:
    adjective, noun = match.groups()
    if not _is_noun(noun):
        return None
    link = rng.choice(
        ("which is", "that is", "that's", "which are") if noun.endswith("s") else ("which is", "that is", "that's")
    )
    return f"{noun} {link} {adjective}"


def _is_noun(word: str) -> bool:
    tags = {tag for _, tag in readings(word)}
    return bool(tags & {"NN", "NNS"}) and not tags & {"RB", "JJ"}


RULES = (
    Rule(re.compile(rf"\b([Yy]our|[Mm]y|[Oo]ur|[Tt]heir) ([a-z]+){_PHRASE_END}"), _of_yours, 0.8),
    Rule(re.compile(rf"\b({'|'.join(_TURNED)}) ([a-z]+){_PHRASE_END}"), _which_is, 0.3),
)
HABITS = Habits(consistent=False, mends_article=0.9, rules=RULES)
