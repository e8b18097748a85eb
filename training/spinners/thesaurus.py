"""Public thesauri as tables: any form of a word is looked up by its lemma, and the synonym is inflected alike."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from training.inflect import CLOSED, inflect_word, readings
from training.spinners.table import Match, Option, match_of

# (lemma, part of speech n v adj adv) -> (synonym, odds), in the thesaurus' own order
Synonyms = Callable[[str, str], Iterable[tuple[str, float]]]

# A public thesaurus offers far more than a tool shows: what is further down the list is cut.
MAX_OPTIONS = 24
WEIGHT = 1.0
_POS_OF_TAG = {"N": "n", "V": "v", "J": "adj", "R": "adv"}


class ThesaurusTable:
    """A Table of single words that asks a thesaurus when a word is first met."""

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self.find = lru_cache(maxsize=200_000)(self._find)

    def reach(self, word: str) -> int:
        """See Table."""
        return 0 if len(word) < 3 or word in CLOSED else 1

    def _find(self, phrase: str) -> Match | None:
        options: dict[str, Option] = {}
        for lemma, tag in readings(phrase):
            if tag == "VBN" and (lemma, "VBD") in readings(phrase):
                continue  # the option made for the past holds the participle as well
            for synonym, odds in self._synonyms(lemma, _POS_OF_TAG[tag[0]]):
                spun = _inflected(synonym, tag)
                if spun and spun != phrase and not _is_variant(spun, phrase):
                    participle = _inflected(synonym, "VBN") if tag == "VBD" else None
                    options.setdefault(spun, Option(spun, odds, WEIGHT, _POS_OF_TAG[tag[0]], participle))
        return match_of(list(options.values())[:MAX_OPTIONS]) if options else None


def _inflected(synonym: str, tag: str) -> str | None:
    """The synonym in that form, at its head: the first word of a verb, the last of another."""
    if tag in ("NN", "VB", "JJ", "RB"):
        return synonym
    if any(not part.isalpha() for part in synonym.split()):
        return None
    words = synonym.split()
    head = 0 if tag.startswith("V") else len(words) - 1
    form = inflect_word(words[head], tag)
    return form and " ".join([*words[:head], form, *words[head + 1 :]])


def _is_variant(spun: str, phrase: str) -> bool:
    """Another spelling of the same word is no swap a tool would boast of."""
    return spun.replace(" ", "").replace("-", "").lower() == phrase
