"""Back-translation by a translator proper: sentences go from English through another language and back (Apertium).

A sentence with words the way back did not know, or with names that got lost, is kept as it was.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from detector.errors import InputError
from training.spinners.spun import Edit, Spun, write_edits

# Sentences, in order, to what came back of each. An asterisk marks a word that the way back did not know.
RoundTrip = Callable[[Sequence[str]], list[str]]

NATURAL = (0.4, 1.0)
MIN_WORDS, MAX_WORDS = 4, 60
# What comes back is seldom much shorter or longer; where it is, a clause was dropped or a word stuttered.
MIN_GROWTH, MAX_GROWTH = 0.7, 1.5
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.MULTILINE)
_UNSAFE = re.compile(r"[\[\]{}^$@/<>\\*#~|_+=\x00-\x1f]")  # signs that mean something else inside the translator
_LEFT_OVER = re.compile(r"[\[\]{}^$@/<>\\*#~|_+=]")
_UNKNOWN = re.compile(r"\*([^\W_][\w'’.-]*)")
_NAME = re.compile(r"(?<=\s)[A-Z][\w’'-]*\w")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class BackTranslated:
    """Strength is the share of sentences that make the round trip; some of them come back as they went."""

    name: str
    dictionary: str
    round_trip: RoundTrip
    family: str = "back-translated"
    natural: tuple[float, float] = NATURAL

    def spin(self, text: str, seed: int, strength: float) -> Spun:
        """See Spinner."""
        rng = Random(f"{self.name}:{seed}")  # noqa: S311 - chance for training data, not for secrets
        sentences = [match for match in _SENTENCE.finditer(text) if _can_travel(match.group())]
        count = min(len(sentences), max(1, round(strength * len(sentences))))
        chosen = sorted(rng.sample(sentences, count), key=lambda sentence: sentence.start())
        try:
            returned = self.round_trip([sentence.group().replace("’", "'") for sentence in chosen])
        except InputError:  # Apertium's programs crash on a rare sentence: the text is left as it is
            return write_edits(text, [])
        edits: list[Edit] = []
        for sentence, answer in zip(chosen, returned, strict=True):
            spun = as_english(sentence.group(), answer)
            if spun is not None:
                edits += _edits(text, sentence.start(), sentence.end(), spun)
        return write_edits(text, edits)


def build(round_trips: Mapping[str, RoundTrip]) -> list[BackTranslated]:
    """One spinner for each language, by its code."""
    return [BackTranslated(f"apertium-{language}", "apertium", trip) for language, trip in round_trips.items()]


def as_english(original: str, answer: str) -> str | None:
    """What came back, in order; None where it is no English sentence, or lacks a name."""
    known = {word.strip("\"'“”‘’(),.;:!?-").casefold() for word in original.replace("’", "'").split()}
    text = _UNKNOWN.sub(lambda found: found[1] if _is_known(found[1], known) else found[0], answer)
    if _LEFT_OVER.search(text):
        return None
    text = _tidy(text)
    growth = len(text.split()) / len(original.split())
    whole = text[-1:] == original[-1:] and text[:1].isupper() == original[:1].isupper()
    if not whole or not MIN_GROWTH <= growth <= MAX_GROWTH or not _names(original) <= _names(text):
        return None
    return text.replace("'", "’") if "’" in original else text


def _can_travel(sentence: str) -> bool:
    return MIN_WORDS <= len(sentence.split()) <= MAX_WORDS and sentence.isprintable() and not _UNSAFE.search(sentence)


def _is_known(word: str, known: set[str]) -> bool:
    """Did the word stand in the original? Names do, and what neither dictionary knows."""
    return word.strip("'’.-").casefold() in known


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,.;:!?)”])", r"\1", re.sub(r"([(“])\s+", r"\1", text))
    return " ".join(text.split())


def _names(sentence: str) -> set[str]:
    return {re.sub(r"['’]s?$", "", name) for name in _NAME.findall(sentence)}


def _edits(text: str, start: int, end: int, spun: str) -> Iterator[Edit]:
    """The changes, word by word where a run was replaced by one of as many words."""
    before = [(start + found.start(), start + found.end()) for found in _WORD.finditer(text[start:end])]
    after = spun.split()
    for i, j, k, m in _changes([text[left:right] for left, right in before], after):
        yield Edit(before[i][0], before[j - 1][1], " ".join(after[k:m]))


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of words that differ, never empty on either side: one that is takes in a word beside it."""
    runs: list[list[int]] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            left, right = (0, 0) if i < j and k < m else (1, 0) if i > 0 else (0, 1)
            if runs and i - left < runs[-1][1]:
                runs[-1][1], runs[-1][3] = j + right, m + right
            else:
                runs.append([i - left, j + right, k - left, m + right])
    for i, j, k, m in runs:
        if j - i == m - k:
            yield from (
                (i + at, i + at + 1, k + at, k + at + 1) for at in range(j - i) if before[i + at] != after[k + at]
            )
        else:
            yield i, j, k, m
