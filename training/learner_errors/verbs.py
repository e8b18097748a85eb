"""Verbs: agreement, tense and form: `he go`, `didn't went`, `must to go`, `I am having two brothers`."""

from random import Random

from training.learner_errors.essay import Essay, form, lemma, tags
from training.learner_errors.rule import (
    BE,
    DETERMINERS,
    HAVE,
    JOINING,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECTS,
    SUBJECTS_S,
    Trigger,
)
from training.spinners.spun import Edit

OBJECTS = frozenset("me him her us them you it people".split())
STATIVE = frozenset("have know want like understand need believe own contain love see hear think hope live".split())
GERUND_AFTER = frozenset("enjoy avoid suggest finish keep mind consider practice stop recommend start".split())
FEELINGS = {
    "interested": "interesting", "bored": "boring", "excited": "exciting", "confused": "confusing",
    "tired": "tiring", "surprised": "surprising", "worried": "worrying", "disappointed": "disappointing",
    "interesting": "interested", "boring": "bored", "exciting": "excited", "confusing": "confused",
    "surprising": "surprised", "tiring": "tired", "frustrated": "frustrating", "satisfied": "satisfying",
}  # fmt: skip


def drop_s(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`he goes` -> `he go`, `he has` -> `he have`, `it doesn't` -> `it don't`."""
    word, before = essay.word(at), essay.word(at - 1)
    noun = "NN" in tags(before) and "NNS" not in tags(before) and essay.word(at - 2) in DETERMINERS
    if not essay.follows(at - 1) or not (before in SUBJECTS_S or noun) or word in ("is", "was"):
        return None
    base = {"has": "have", "does": "do", "doesn't": "don't", "hasn't": "haven't"}.get(word) or lemma(word, "VBZ")
    return essay.edit(at, 1, base) if base else None


def add_s(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`they go` -> `they goes`, `people are` -> `people is`."""
    word, before = essay.word(at), essay.word(at - 1)
    if (
        before not in SUBJECTS - {"i"}
        or not essay.follows(at - 1)
        or essay.word(at - 2) in {"do", "did", "make", "let"}
    ):
        return None
    spoken = {"have": "has", "do": "does", "don't": "doesn't", "are": "is", "were": "was"}.get(word)
    return essay.edit(at, 1, spoken or form(word, "VBZ") or word)


def number_of_be(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`there are many` -> `there is many`, `the results were` -> `the results was`."""
    plural = essay.word(at - 1) in ("there", "they", "we", "people") or "NNS" in essay.tags(at - 1)
    single = essay.word(at - 1) in ("everyone", "everybody") or essay.word(at - 2) in ("one", "each")
    word = essay.word(at)
    wrong = (
        {"are": "is", "were": "was"}.get(word) if plural else {"is": "are", "was": "were"}.get(word) if single else None
    )
    return essay.edit(at, 1, wrong) if wrong and essay.follows(at - 1) else None


def past_after_did(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`didn't go` -> `didn't went`, `does not go` -> `does not goes`."""
    word = essay.word(at)
    gap = 2 if essay.word(at + 1) == "not" else 1
    verb = essay.word(at + gap)
    wrong = form(verb, "VBD" if word.startswith("did") else "VBZ") if "VB" in tags(verb) else None
    if wrong is None or wrong == verb or (gap == 1 and not word.endswith("n't")):
        return None
    return essay.edit(at, gap + 1, " ".join([*(essay.word(i) for i in range(at, at + gap)), wrong]))


def to_after_modal(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`must go` -> `must to go`, `can went`, `can goes`."""
    verb = essay.word(at + 1)
    if "VB" not in tags(verb) or "RB" in tags(verb) or verb in ("be", "have"):
        return None
    wrong = chance.choice((f"to {verb}", f"to {verb}", form(verb, "VBD"), form(verb, "VBZ"), form(verb, "VBG")))
    return essay.edit(at, 2, f"{essay.word(at)} {wrong}") if wrong else None


def base_after_preposition(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`without asking` -> `without ask`, `for making` -> `for make`, `to make`."""
    word = essay.word(at)
    base = lemma(word, "VBG") if essay.word(at - 1) in PREPOSITIONS - {"to"} and "NN" not in tags(word) else None
    return essay.edit(at, 1, chance.choice((base, base, f"to {base}"))) if base else None


def infinitive_for_gerund(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`enjoys going` -> `enjoys to go`."""
    base = lemma(essay.word(at), "VBG")
    leads = any((lemma(essay.word(at - 1), tag) or essay.word(at - 1)) in GERUND_AFTER for tag in ("VBZ", "VBD", "VBG"))
    return essay.edit(at, 1, f"to {base}") if base and leads else None


def wrong_infinitive(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`to see` -> `for see`, `for to see`, `to seeing`, `to saw`, `see`."""
    verb = essay.word(at + 1)
    if "VB" not in tags(verb) or not essay.tags(at - 1) & {"VB", "VBD", "VBZ", "NN", "JJ", "VBN"}:
        return None
    choices = (f"for {verb}", f"for to {verb}", f"to {form(verb, 'VBG')}", f"to {form(verb, 'VBD')}", verb, verb)
    return essay.edit(at, 2, chance.choice(choices))


def to_after_make(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`make us think` -> `make us to think`."""
    verb = essay.word(at + 2)
    if essay.word(at + 1) not in OBJECTS or "VB" not in tags(verb) or "JJ" in tags(verb):
        return None
    return essay.edit(at, 3, f"{essay.word(at)} {essay.word(at + 1)} to {verb}")


def past_for_participle(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`have gone` -> `have went`, `have worked` -> `have work`."""
    word = essay.word(at)
    base = lemma(word, "VBN") if essay.word(at - 1) in HAVE | BE and word not in BE | HAVE else None
    if not base:
        return None
    past = form(base, "VBD")
    return essay.edit(at, 1, base if past == word or past is None else chance.choice((past, base)))


def broken_progressive(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`is going` -> `is go`, `going`."""
    base = lemma(essay.word(at + 1), "VBG")
    if not base or "NN" in essay.tags(at + 1):
        return None
    return essay.drop(at) if chance.random() < 0.5 else essay.edit(at, 2, f"{essay.word(at)} {base}")


def will_after_if(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`if it rains` -> `if it will rain`."""
    verb = essay.word(at + 2)
    base = lemma(verb, "VBZ") or (verb if "VB" in tags(verb) else None)
    if essay.word(at + 1) not in PRONOUNS or not base or verb in MODALS | BE | HAVE:
        return None
    return essay.edit(at, 3, f"{essay.word(at)} {essay.word(at + 1)} will {base}")


def mixed_up_feeling(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`I am interested` -> `I am interesting`."""
    near = {essay.word(at - 1), essay.word(at - 2)}
    return essay.edit(at, 1, FEELINGS[essay.word(at)]) if near & (BE | {"feel", "get", "more"}) else None


def no_copula(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`he is very happy` -> `he very happy`."""
    fits = essay.word(at - 1) in PRONOUNS | {"this", "that", "there"} or essay.tags(at - 1) & {"NN", "NNS"}
    return essay.drop(at) if fits and essay.follows(at - 1) and essay.word(at + 1) not in JOINING else None


def present_for_past(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`we went` -> `we go`."""
    word, before = essay.word(at), essay.word(at - 1)
    base = None if word in BE or before in BE | HAVE else lemma(word, "VBD")
    is_subject = before in PRONOUNS | {"who", "and", "then"} or "VBN" not in tags(word) or tags(before) & {"NN", "NNS"}
    if not base or base == word or not is_subject or not essay.follows(at - 1):
        return None
    third = before in SUBJECTS_S and chance.random() < 0.4
    return essay.edit(at, 1, (form(base, "VBZ") if third else base) or base)


def perfect_for_past(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`I saw him` -> `I have seen him`, `I had seen him`."""
    before = essay.word(at - 1)
    base = None if essay.word(at) in BE else lemma(essay.word(at), "VBD")
    participle = form(base, "VBN") if base and before in PRONOUNS and essay.follows(at - 1) else None
    have = "has" if before in SUBJECTS_S else "have"
    return essay.edit(at, 1, f"{chance.choice((have, have, 'had'))} {participle}") if participle else None


def progressive_stative(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`I have two brothers` -> `I am having two brothers`."""
    word, before = essay.word(at), essay.word(at - 1)
    base = lemma(word, "VBZ") or word
    running = form(base, "VBG") if base in STATIVE and before in PRONOUNS and essay.follows(at - 1) else None
    if not running or (base == "have" and essay.tags(at + 1) & {"VBN", "VBD"}) or essay.word(at + 1) == "to":
        return None
    be = {"i": "am", "he": "is", "she": "is", "it": "is"}.get(before, "are")
    return essay.edit(at, 1, f"{be} {running}")


RULES = (
    Trigger("agreement", drop_s, frozenset(("doesn't", "hasn't")), frozenset(("VBZ",))),
    Trigger("agreement", add_s, frozenset(("don't", "are", "were")), frozenset(("VB",))),
    Trigger("agreement", number_of_be, frozenset("is are was were".split())),
    Trigger("verb", past_after_did, frozenset("did didn't does doesn't".split())),
    Trigger("verb", to_after_modal, MODALS),
    Trigger("verb", base_after_preposition, tags=frozenset(("VBG",))),
    Trigger("verb", infinitive_for_gerund, tags=frozenset(("VBG",))),
    Trigger("verb", wrong_infinitive, frozenset(("to",))),
    Trigger("verb", to_after_make, frozenset("make makes made let lets".split())),
    Trigger("verb", past_for_participle, tags=frozenset(("VBN",))),
    Trigger("verb", broken_progressive, BE),
    Trigger("verb", will_after_if, frozenset("if when unless until".split())),
    Trigger("verb", mixed_up_feeling, frozenset(FEELINGS)),
    Trigger("copula", no_copula, frozenset("is are was were am".split())),
    Trigger("tense", present_for_past, tags=frozenset(("VBD",))),
    Trigger("tense", perfect_for_past, tags=frozenset(("VBD",))),
    Trigger("stative", progressive_stative, tags=frozenset(("VB", "VBZ"))),
)
