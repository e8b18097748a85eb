"""Prepositions, pronouns, conjunctions and the order of words: `since three years`, `my brother he is`."""

from random import Random

from training.learner_errors.essay import Essay, tags
from training.learner_errors.rule import BE, DETERMINERS, HAVE, JOINING, MODALS, PRONOUNS, QUANTITIES, Trigger
from training.spinners.spun import Edit

ADVERBS = frozenset(
    "always often never usually also sometimes really already still just only probably certainly finally".split()
)
MIXED_UP = {
    "in": ("on", "at", "in the"), "on": ("in", "at"), "at": ("in", "on"), "to": ("for", "in", "at"),
    "for": ("to", "of"), "of": ("from", "for", "in"), "by": ("from", "with"), "with": ("by", "of"),
    "from": ("of", "since"), "about": ("of", "on"), "into": ("in", "to"), "during": ("in", "while"),
    "between": ("among", "in"), "through": ("by",), "among": ("between",), "within": ("in",),
}  # fmt: skip
PERIODS = frozenset("year years month months week weeks day days hour hours minutes decades".split())


def wrong_preposition(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`in Monday`, `on the city`."""
    if essay.word(at) == "to" and "VB" in essay.tags(at + 1):
        return None
    return essay.edit(at, 1, chance.choice(MIXED_UP[essay.word(at)])) if essay.follows(at) else None


def lost_preposition(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`listen to music` -> `listen music`."""
    after_verb = essay.tags(at - 1) & {"VB", "VBZ", "VBD", "VBG"} and "NN" not in essay.tags(at - 1)
    return essay.drop(at) if after_verb and essay.follows(at - 1) and "VB" not in essay.tags(at + 1) else None


def since_for(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`for three years` -> `since three years`, `since 1990` -> `from 1990`."""
    if essay.word(at) == "since":
        year = essay.word(at + 1).isdigit() or essay.word(at + 1) in ("last", "childhood", "then")
        return essay.edit(at, 1, chance.choice(("from", "for"))) if year else None
    period = PERIODS & {essay.word(at + 2), essay.word(at + 3)} and essay.word(at + 1) in DETERMINERS | QUANTITIES
    counted = essay.word(at + 1).isdigit() and essay.word(at + 2) in PERIODS
    return essay.edit(at, 1, chance.choice(("since", "since", "from", "during"))) if period or counted else None


def moved_adverb(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`we always go` -> `we go always`, `always we go`; `is always` -> `always is`."""
    adverb, before, after = essay.word(at), essay.word(at - 1), essay.word(at + 1)
    if before in BE | MODALS | HAVE:
        return essay.edit(at - 1, 2, f"{adverb} {before}")
    if not tags(after) & {"VB", "VBZ", "VBD"} or before not in PRONOUNS | {"who", "people"}:
        return None
    if chance.random() < 0.6 or before == "i":
        return essay.edit(at, 2, f"{after} {adverb}")
    return essay.edit(at - 1, 2, f"{adverb} {before}")


def unturned_question(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`what it is` -> `what is it`; `why do you` -> `why you`."""
    one, two = essay.word(at + 1), essay.word(at + 2)
    if one in PRONOUNS - {"i"} and two in BE | MODALS and essay.word(at - 1) not in ("that", "all"):
        return essay.edit(at, 3, f"{essay.word(at)} {two} {one}")
    if one in ("do", "does", "did") and two in PRONOUNS:
        return essay.edit(at, 3, f"{essay.word(at)} {essay.word(at + 2)}")
    if one in BE | MODALS and two in PRONOUNS:
        return essay.edit(at, 3, f"{essay.word(at)} {essay.word(at + 2)} {one}")
    return None


def early_enough(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`good enough` -> `enough good`."""
    return essay.edit(at - 1, 2, f"enough {essay.word(at - 1)}") if "JJ" in essay.tags(at - 1) else None


def double_subject(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`My brother is` -> `My brother he is`, `The people are` -> `The people they are`."""
    opens = essay.starts_sentence(at) and essay.word(at) in ("the", "my", "our", "this", "these", "their", "his", "her")
    verb, noun = essay.word(at + 2), essay.word(at + 1)
    if not opens or verb not in BE | MODALS | HAVE or not tags(noun) & {"NN", "NNS"}:
        return None
    males = ("brother", "father", "man", "boy", "husband", "son", "uncle", "king", "president")
    females = ("sister", "mother", "woman", "girl", "wife", "daughter", "aunt", "queen")
    plural = "NNS" in tags(noun) or noun in ("people", "children")
    again = "they" if plural else "he" if noun in males else "she" if noun in females else "it"
    return essay.edit(at, 3, f"{essay.word(at)} {noun} {again} {verb}")


def no_subject(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`It is important` -> `Is important`, `because it is` -> `because is`."""
    fits = essay.word(at + 1) in ("is", "was", "can", "has", "will", "seems", "makes")
    before = essay.starts_sentence(at) or essay.word(at - 1) in JOINING
    return essay.drop(at) if fits and before else None


def mixed_up_pronoun(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`people who` -> `people which`, `that` -> `what`, `his` -> `her`."""
    word, before = essay.word(at), essay.word(at - 1)
    if word == "who":
        return essay.edit(at, 1, chance.choice(("which", "that", "what"))) if essay.follows(at - 1) else None
    if word == "which":
        return essay.edit(at, 1, chance.choice(("who", "what", "that")))
    if word == "that" and before in ("all", "everything", "something", "thing", "things", "anything"):
        return essay.edit(at, 1, "what")
    swapped = {"he": "she", "she": "he", "his": "her", "their": "his", "its": "his", "they": "he", "them": "it"}
    return essay.edit(at, 1, swapped[word]) if word in swapped and chance.random() < 0.3 else None


def both_conjunctions(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`Although it rained, we went` -> `Although it rained, but we went`."""
    if not essay.starts_sentence(at):
        return None
    linked = "so" if essay.word(at) in ("because", "since", "as") else "but"
    for last in range(at + 2, min(at + 14, len(essay.names) - 1)):
        gap = essay.text[essay.ends[last] : essay.starts[last + 1]]
        if gap == ", ":
            start = essay.starts[last + 1]
            return Edit(start - 1, start, f" {linked} ")
        if gap != " ":
            return None
    return None


RULES = (
    Trigger("tense", since_for, frozenset(("for", "since"))),
    Trigger("preposition", wrong_preposition, frozenset(MIXED_UP)),
    Trigger("preposition", lost_preposition, frozenset("to for at of on in".split())),
    Trigger("order", moved_adverb, ADVERBS),
    Trigger("order", unturned_question, frozenset("what why how where who when".split())),
    Trigger("order", early_enough, frozenset(("enough",))),
    Trigger("pronoun", double_subject, frozenset("the my our this these their his her".split())),
    Trigger("pronoun", no_subject, frozenset(("it", "there", "this"))),
    Trigger("pronoun", mixed_up_pronoun, frozenset("who which that he she his their its they them".split())),
    Trigger("pronoun", both_conjunctions, frozenset("although though because since while".split())),
)
