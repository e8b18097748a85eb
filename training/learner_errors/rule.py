"""Closed classes of words that the rules look for, and what a rule is."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from training.learner_errors.essay import Essay
from training.spinners.spun import Edit

Rule = Callable[[Essay, int, Random], Edit | None]

SUBJECTS_S = frozenset("he she it who which that this everyone everybody someone nobody".split())
SUBJECTS = frozenset("i you we they people".split())
PRONOUNS = SUBJECTS | frozenset("he she it".split())
BE = frozenset("am is are was were be been being".split())
HAVE = frozenset("have has had".split())
MODALS = frozenset("can could will would should may might must".split())
DETERMINERS = frozenset(
    """a an the this that these those my your his her its our their some any each every no another such what which
    whose much many more most less few several all both one two three""".split()
)
PREPOSITIONS = frozenset(
    "of in on at for with about by from to between against into without through during after before about as".split()
)
JOINING = frozenset("and or but because if that when while so than although as".split())
QUANTITIES = frozenset(
    """many several these those two three four five six seven eight nine ten some few all other different various
    most both more hundred thousand of""".split()
)
# Words that begin a sentence and can stand inside one in lower case.
OPENERS = frozenset(
    """the it this that there he she we they people in many some if when but and so my our his her their these i you
    because for at also then after""".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A rule, its kind of error, and the words or parts of speech at which it is tried."""

    kind: str
    rule: Rule
    words: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
