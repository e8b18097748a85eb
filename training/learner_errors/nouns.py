"""Articles and number: `house` for `the house`, `informations`, `many problem`, `every students`."""

import re
from random import Random

from training.learner_errors.essay import Essay, form, lemma, tags
from training.learner_errors.rule import (
    BE,
    HAVE,
    JOINING,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    QUANTITIES,
    SUBJECTS_S,
    Trigger,
)
from training.spinners.spun import Edit

# After one of these a noun stands without an article, so a learner may put one there.
BARE_BEFORE = PREPOSITIONS | JOINING | BE | frozenset("like love have need want get enjoy study learn".split())
ABSTRACT = frozenset(
    """life society nature education technology people children love happiness freedom peace war history science
    music art culture religion health money time work success knowledge communication information pollution
    transportation globalization democracy government industry agriculture tourism poverty unemployment crime
    violence politics economics mathematics literature philosophy psychology medicine sport television internet
    friendship marriage death truth beauty justice experience research students teachers parents women men
    animals computers cars books friends food water air electricity energy traffic weather heat space mankind
    humanity language english development progress competition advertising research learning school university
    work hospital prison church bed home most smoking""".split()
)
MASS = frozenset(
    """information advice equipment furniture research homework knowledge software staff feedback evidence luggage
    traffic scenery progress stuff vocabulary data media criteria jewelry machinery accommodation legislation
    literature hair work transport behavior behaviour training news baggage luck weather permission
    assistance attention clothing content pollution violence damage help support interest experience health
    education music fun rubbish garbage paper bread fruit food rice""".split()
)
NO_A = MASS - frozenset("news data media criteria".split())
DOUBLE_PLURALS = {word: word + "s" for word in "people children feet teeth mice data media criteria phenomena".split()}
DOUBLE_PLURALS |= {"women": "womans", "men": "mans"}
WRONG_DETERMINERS = {"these": "this", "those": "that", "many": "much", "much": "many", "fewer": "less", "few": "little"}
PLURAL_ONLY = frozenset(
    """news data media criteria politics economics mathematics physics series species means people police clothes
    glasses trousers scissors thanks always perhaps besides sometimes his this its was has is does yes less us plus
    thus across unless""".split()
)


def drop_article(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`the house` -> `house`."""
    return None if essay.word(at + 1) in ("few", "little", "lot", "the") else essay.drop(at)


def swap_article(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`a house` -> `the house`, `the house` -> `a house`, `an apple` -> `a apple`."""
    word, after = essay.word(at), essay.word(at + 1)
    if after in ("few", "little", "lot") or not essay.follows(at):
        return None
    if word == "the":
        if chance.random() < 0.6:  # a learner rather leaves `the` out
            return None
        single = "NN" in tags(after) and "NNS" not in tags(after) and not essay.is_name(at + 1)
        return essay.edit(at, 1, "an" if after[0] in "aeio" else "a") if single else None
    return essay.edit(at, 1, "a" if word == "an" and chance.random() < 0.4 else "the")


def add_the(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`in life` -> `in the life`."""
    before = essay.word(at - 1)
    if essay.starts_sentence(at):
        bare = essay.word(at + 1) in BE | MODALS | HAVE
    else:
        bare = before in BARE_BEFORE and essay.follows(at - 1)
    return essay.edit(at, 1, f"the {essay.word(at)}") if bare else None


def add_a(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`some advice` -> `an advice`, `of research` -> `of a research`."""
    before, word = essay.word(at - 1), essay.word(at)
    article = "an" if word[0] in "aeiou" else "a"
    if before == "some":
        return essay.edit(at - 1, 2, f"{article} {word}")
    return essay.edit(at, 1, f"{article} {word}") if before in BARE_BEFORE and essay.follows(at - 1) else None


def mass_plural(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`information` -> `informations`, where it is no part of a compound."""
    word = essay.word(at)
    compound = essay.follows(at) and tags(essay.word(at + 1)) & {"NN", "NNS"}
    verb = essay.word(at - 1) in PRONOUNS | MODALS | {"to"}
    return None if compound or verb or word.endswith("s") else essay.edit(at, 1, re.sub("y$", "ie", word) + "s")


def double_plural(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`children` -> `childrens`."""
    return essay.edit(at, 1, DOUBLE_PLURALS[essay.word(at)])


def drop_plural(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`many problems` -> `many problem`; elsewhere half as readily."""
    word, before = essay.word(at), essay.word(at - 1)
    single = None if word in PLURAL_ONLY else lemma(word, "NNS")
    likely = before in QUANTITIES or before.isdigit() or essay.tags(at - 1) & {"JJ"} or chance.random() < 0.5
    verb = before in SUBJECTS_S
    return essay.edit(at, 1, single) if single and likely and not verb and single != word else None


def plural_after_each(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`every student` -> `every students`."""
    after = essay.word(at + 1)
    plural = form(after, "NNS") if "NN" in tags(after) and not tags(after) & {"JJ", "RB"} else None
    return essay.edit(at, 2, f"{essay.word(at)} {plural}") if plural and plural != after else None


def one_of(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`one of the problems` -> `one of the problem`."""
    if essay.word(at + 1) != "of":
        return None
    for last in (at + 3, at + 4):
        single = lemma(essay.word(last), "NNS")
        if single and single != essay.word(last):
            kept = [essay.word(i) for i in range(at, last)]
            return essay.edit(at, last - at + 1, " ".join([*kept, single]))
    return None


def number_of_determiner(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`these problems` -> `this problems`, `many` -> `much`."""
    word, after = essay.word(at), essay.tags(at + 1)
    fits = "NN" in after and "NNS" not in after if word == "much" else "NNS" in after
    return essay.edit(at, 1, WRONG_DETERMINERS[word]) if fits and essay.follows(at) else None


RULES = (
    Trigger("article", drop_article, frozenset(("the", "a", "an"))),
    Trigger("article", swap_article, frozenset(("the", "a", "an"))),
    Trigger("added article", add_the, ABSTRACT),
    Trigger("added article", add_a, NO_A),
    Trigger("mass", mass_plural, MASS),
    Trigger("mass", double_plural, frozenset(DOUBLE_PLURALS)),
    Trigger("number", drop_plural, tags=frozenset(("NNS",))),
    Trigger("number", plural_after_each, frozenset(("every", "each", "another"))),
    Trigger("number", one_of, frozenset(("one",))),
    Trigger("number", number_of_determiner, frozenset(WRONG_DETERMINERS)),
)
