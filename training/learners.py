"""Human text with the errors of people who write English as a second language: extra examples of what is NOT spun.

Each text gets a writer: an origin, which decides the errors that come easily, and a level, 3 to 10 errors in 100
words. Errors are placed where a rule or a table knows one; names and numbers stay, and words are never exchanged
for synonyms at large. An error in a word or phrase tends to be made again in the same text.
"""

import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from random import Random

from training.corpora.source import Document
from training.learner_errors import function_words, nouns, verbs, writing
from training.learner_errors.essay import Essay, tags
from training.learner_errors.phrases import Phrase, phrases_by_first_word
from training.learner_errors.rule import Trigger
from training.spinners.spun import Edit, write_edits

# How often each kind of error is made, as weights: set by judgement, in the order that learner corpora report.
KINDS = {
    "article": 18.0, "added article": 6.0, "number": 9.0, "mass": 3.0, "agreement": 9.0, "verb": 10.0, "tense": 7.0,
    "copula": 2.0, "stative": 1.5, "preposition": 13.0, "wording": 9.0, "order": 4.0, "pronoun": 4.0, "comma": 7.0,
    "spelling": 7.0, "slip": 4.0, "link": 2.0, "emphasis": 0.2, "local": 0.6,
}  # fmt: skip
# What people of an origin do more or less often than others.
ORIGINS: dict[str, dict[str, float]] = {
    "romance": {"added article": 2, "article": 0.6, "pronoun": 2, "wording": 1.6, "comma": 1.4, "slip": 1.3},
    "germanic": {"order": 2, "comma": 1.5, "article": 0.4, "wording": 1.3, "number": 0.7, "tense": 1.2},
    "slavic": {"article": 2, "copula": 1.5, "comma": 1.5, "order": 1.3},
    "eastasian": {"article": 1.6, "number": 2, "agreement": 1.5, "tense": 2, "copula": 1.5, "link": 2},
    "southasian": {"stative": 4, "local": 12, "emphasis": 8, "article": 1.3, "tense": 0.7, "spelling": 0.7},
    "african": {"local": 8, "stative": 2, "number": 1.2, "emphasis": 3},
    "arabic": {"pronoun": 2, "comma": 2, "spelling": 2, "slip": 1.6, "copula": 2, "article": 1.3},
}
ERRORS_PER_100_WORDS = (3.0, 10.0)
# The chance that a phrase got wrong once is got wrong at another place, and at how many places at most.
AGAIN, MOST_TIMES = 0.6, 4
RULES = (*nouns.RULES, *verbs.RULES, *function_words.RULES, *writing.RULES)

Error = Trigger | Phrase
Sites = dict[str, dict[Error, list[int]]]  # by kind, each error with the numbers of the words where it may be made


def write_as_learner(text: str, seed: int, rate: float) -> str:
    """The text as a learner of English might have written it; the same for the same seed.

    rate: 1.0 for the usual number of errors, 0.5 for half as many.
    """
    chance = Random(seed)  # noqa: S311 - a sample, not a secret
    origin = chance.choice(list(ORIGINS))
    low, high = ERRORS_PER_100_WORDS
    level = low + (high - low) * chance.betavariate(1.6, 2.2)
    essay = Essay(text)
    wanted = math.floor(rate * level * len(essay.names) / 100 + chance.random())
    return write_edits(text, _errors(essay, origin, wanted, chance)).text


def as_learners(documents: Iterable[Document], share: float, seed: int) -> list[Document]:
    """That share of the documents, drawn, as learners might have written them; group, genre and source stay."""
    chance = Random(seed)  # noqa: S311
    drawn = [(document, chance.randrange(1 << 32)) for document in documents if chance.random() < share]
    return [
        replace(document, id=f"{document.id}~learner", text=write_as_learner(document.text, own_seed, 1.0))
        for document, own_seed in drawn
    ]


def _errors(essay: Essay, origin: str, wanted: int, chance: Random) -> list[Edit]:
    """Edits that do not touch one another, as many as wanted where there is room for them."""
    sites = _sites(essay, origin, chance)
    weights = {kind: weight * ORIGINS[origin].get(kind, 1.0) for kind, weight in KINDS.items()}
    edits: list[Edit] = []
    taken: list[tuple[int, int]] = []
    while sites and len(edits) < wanted:
        for edit in _tried(essay, sites, weights, chance):
            if _is_free(taken, edit):
                insort(taken, (edit.start, edit.end))
                edits.append(edit)
    return edits


def _sites(essay: Essay, origin: str, chance: Random) -> Sites:
    """Every place where an error may be made, in a shuffled order."""
    found: Sites = {}
    phrases = phrases_by_first_word()
    for at, word in enumerate(essay.names):
        for trigger in _triggers(word):
            found.setdefault(trigger.kind, {}).setdefault(trigger, []).append(at)
        for phrase in phrases.get(word, ()):
            if phrase.said_by(origin) and tuple(essay.names[at : at + len(phrase.right)]) == phrase.right:
                found.setdefault(phrase.kind, {}).setdefault(phrase, []).append(at)
    for places in found.values():
        for each in places.values():
            chance.shuffle(each)
    return found


@lru_cache(maxsize=100_000)
def _triggers(word: str) -> tuple[Trigger, ...]:
    return tuple(rule for rule in RULES if word in rule.words or rule.tags & tags(word))


def _tried(essay: Essay, sites: Sites, weights: dict[str, float], chance: Random) -> Iterator[Edit]:
    """An error, drawn: a rule at one place, a phrase with one wrong wording at several. Its places are used up."""
    kinds = list(sites)
    kind = chance.choices(kinds, [weights[each] for each in kinds])[0]
    errors = list(sites[kind])
    error = chance.choices(errors, [_odds(each, len(sites[kind][each])) for each in errors])[0]
    places = sites[kind][error]
    if isinstance(error, Phrase):
        wrong = chance.choice(error.wrong)
        kept = [place for place in places[1:MOST_TIMES] if chance.random() < AGAIN]
        edits = [essay.edit(place, len(error.right), wrong) for place in (places[0], *kept)]
        places.clear()
    else:
        edits = [error.rule(essay, places.pop(), chance)]
    if not places:
        del sites[kind][error]
    if not sites[kind]:
        del sites[kind]
    yield from (edit for edit in edits if edit)


def _odds(error: Error, places: int) -> float:
    """Such that neither the words nor the rules that fit everywhere leave the others no room."""
    if isinstance(error, Trigger):
        return math.sqrt(places)
    return 1.0 if len(error.right) > 1 or error.kind == "spelling" else 0.4


def _is_free(taken: list[tuple[int, int]], edit: Edit) -> bool:
    at = bisect_left(taken, (edit.start, edit.end))
    after = at == len(taken) or taken[at][0] >= edit.end
    return after and (at == 0 or taken[at - 1][1] <= edit.start)
