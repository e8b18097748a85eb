"""Inflection of substitutions: one base entry (study -> learn) serves every form (studied -> learned).

The part of speech of an entry decides which forms are made; a phrase is inflected at its head: the first verb of a
verb phrase, the last noun of a noun phrase. Forms come from lemminflect's tables, never from its guesses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import lemminflect

VERB_TAGS = ("VBZ", "VBG", "VBD", "VBN")
# Words with a grammatical job: an entry for one of them holds for that very form only.
CLOSED = frozenset(
    """a an the this that these those my your his her its our their some any each every no both all half
    i you he she it we they me him us them who whom whose which what where when why how
    am is are was were be been being do does did done have has had having can could
    will would shall should may might must need dare ought
    to of in on at by for with from into onto over under about after before between through during
    without within against among upon as than if or and but nor so yet because while since until although though
    not there here more most less least much many few little one two three""".split()
)
MASS = frozenset(
    """information knowledge equipment advice money cash research software hardware furniture evidence traffic luggage
    music health weather merchandise staff feedback content clothing homework machinery jewelry news progress education
    electricity wealth safety privacy commerce laughter transportation accommodation folks people""".split()
)
# Nouns do not end where these begin: the head of `course of action` is `course`.
_AFTER_HEAD = frozenset("of for in to with on at from by about and or that".split())
_SUPPLETIVE = frozenset("good bad well ill far much many little old late".split())


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected pair; `participle` is what stands after have/be where that differs (got chosen, chose)."""

    original: str
    spun: str
    pos: str
    participle: str | None = None


def inflect_pair(original: str, spun: str, pos: str) -> list[Form]:
    """Every further form of the pair, the pair as given not included."""
    if original.lower() in CLOSED:
        return []
    seen: dict[tuple[str, str], Form] = {}
    for form in _forms(original, spun, pos):
        if form.original != original:
            seen.setdefault((form.original, form.spun), form)
    return list(seen.values())


@lru_cache(maxsize=200_000)
def inflect_word(word: str, tag: str) -> str | None:
    """The word in the form `tag` (Penn tag), None when the tables do not hold it."""
    if tag == "NNS" and word in MASS:
        return word
    upos = {"N": "NOUN", "V": "VERB", "J": "ADJ", "R": "ADV"}[tag[0]]
    tables = _tables(word) if tag in _tables(word) else dict(lemminflect.getAllInflections(word, upos))
    forms = tables.get(tag) or (tables.get("VBD") if tag == "VBN" else None)
    return str(forms[0]) if forms else None


@lru_cache(maxsize=200_000)
def readings(word: str) -> tuple[tuple[str, str], ...]:
    """Every (lemma, Penn tag) that the word can be the form of."""
    found = []
    for upos, lemmas in sorted(lemminflect.getAllLemmas(word).items()):
        for lemma in lemmas:
            forms = lemminflect.getAllInflections(lemma, upos)
            found += [(lemma, tag) for tag, words in sorted(forms.items()) if word in words and tag != "VBP"]
            # The tables list the participle of irregular verbs only.
            if word in forms.get("VBD", ()) and "VBN" not in forms:
                found.append((lemma, "VBN"))
    # `market` stands among the plurals of market too, but nobody means that one.
    if any(tag == "NN" for _, tag in found):
        found = [(lemma, tag) for lemma, tag in found if tag != "NNS" or lemma != word]
    return tuple(found)


@lru_cache(maxsize=200_000)
def _tables(word: str) -> dict[str, tuple[str, ...]]:
    return dict(lemminflect.getAllInflections(word))


def _forms(original: str, spun: str, pos: str) -> Iterator[Form]:
    parts = set(pos.split("/"))
    if parts & {"n", "any", "phrase"}:
        yield from _plurals(original, spun, guessed="n" not in parts)
    if parts & {"v", "any", "phrase"}:
        yield from _verb_forms(original, spun)
    if parts & {"adj", "any"}:
        yield from _comparisons(original, spun)


def _plurals(original: str, spun: str, guessed: bool) -> Iterator[Form]:
    if guessed and any(word in CLOSED for word in original.split()):
        return
    plural, spun_plural = _plural(original), _plural(spun)
    if plural and spun_plural and plural != original:
        yield Form(plural, spun_plural, "n")


def _plural(phrase: str) -> str | None:
    words = phrase.split()
    head = next((at - 1 for at, word in enumerate(words) if at and word in _AFTER_HEAD), len(words) - 1)
    if "NN" not in _tables(words[head]):
        return None
    form = inflect_word(words[head], "NNS")
    return form and " ".join([*words[:head], form, *words[head + 1 :]])


def _verb_forms(original: str, spun: str) -> Iterator[Form]:
    made = {tag: (_conjugate(original, tag), _conjugate(spun, tag)) for tag in VERB_TAGS}
    for tag, (left, right) in made.items():
        if left is None or right is None:
            continue
        past, participle = made["VBD"], made["VBN"][1]
        ambiguous = tag == "VBD" and left == made["VBN"][0] and participle != past[1]
        yield Form(left, right, "v", participle if ambiguous else None)


def _conjugate(phrase: str, tag: str) -> str | None:
    words = phrase.split()
    for at, word in enumerate(words[:2]):
        if word in CLOSED:
            return None
        if "VB" in _tables(word) and not (word.endswith("ly") and len(words) > 1):
            form = inflect_word(word, tag)
            return form and " ".join([*words[:at], form, *words[at + 1 :]])
    return None


def _comparisons(original: str, spun: str) -> Iterator[Form]:
    """Only where both have forms of their own (bigger, larger): tools leave `highest` alone rather than say `most`."""
    if original in _SUPPLETIVE or spun in _SUPPLETIVE:
        return
    for tag in ("JJR", "JJS"):
        left, right = _tables(original).get(tag), _tables(spun).get(tag)
        if left and right:
            yield Form(left[0], right[0], "adj")
