"""Two texts to one Comparison: split, match the sentences, find what was changed, answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comparison.alignment import Aligned, align
from comparison.answer import answer_of, reason_of
from comparison.changes import Marks, WordChange, find_changes
from comparison.figures import figures_of
from comparison.offsets import Offsets
from comparison.result import Change, Comparison, Passage, Row, Side
from comparison.sentences import Sentence, Word, split_sentences
from comparison.similarity import Codes, similarities
from detector.anchors import find_anchors
from detector.errors import InputError

Score = Callable[[str], float | None]

# Time and memory grow with the product of the two texts' lengths: at these limits 1.3 s and 100 MB.
MAX_SENTENCES, MAX_WORDS = 1000, 20_000
# Scores closer than this do not tell which of the two was spun.
MIN_SCORE_GAP = 1.0


def compare(a: str, b: str, score: Score | None = None) -> Comparison:
    """The comparison of two texts. score: a detector's score of a text, higher for spun; None where it cannot tell.

    Raises InputError for a text without words, or with more than MAX_SENTENCES sentences or MAX_WORDS words.
    """
    one, two = _Text.of(a, "first"), _Text.of(b, "second")
    codes = Codes()
    path = align(similarities(one.sentences, two.sentences, one.anchor_keys | two.anchor_keys, codes))
    rows = tuple(_row(one, two, codes, aligned) for aligned in path)
    figures = figures_of(rows, one.sentences, two.sentences, path, one.anchor_keys, two.anchor_keys)
    answer = answer_of(figures)
    scores = (score(a), score(b)) if score is not None else (None, None)
    likely = _likelier(*scores) if answer == "spun copy" else None
    return Comparison(answer, reason_of(answer, figures), likely, *scores, figures, rows)


@dataclass(frozen=True, slots=True)
class _Text:
    """One side, taken apart."""

    text: str
    sentences: tuple[Sentence, ...]
    anchor_keys: frozenset[str]
    marks: Marks
    offsets: Offsets

    @classmethod
    def of(cls, text: str, which: str) -> "_Text":
        sentences = split_sentences(text)
        if not sentences:
            raise InputError(f"The {which} text has no words. Give an article of a few sentences at least.")
        _refuse_more_than(MAX_SENTENCES, len(sentences), "sentences", which)
        _refuse_more_than(MAX_WORDS, sum(len(sentence.words) for sentence in sentences), "words", which)
        anchors = find_anchors(text)
        keys = frozenset(anchor.key for anchor in anchors)
        return cls(text, sentences, keys, Marks.of(text, anchors), Offsets(text))

    def passage(self, start: int, end: int) -> Passage:
        """A stretch by string indices."""
        return Passage(self.offsets.of(start), self.offsets.of(end), self.text[start:end])

    def words_passage(self, words: Sequence[Word], first: int, end: int) -> Passage:
        """A run of words; where there are none, the empty place before the next or after the last."""
        if first < end:
            return self.passage(words[first].start, words[end - 1].end)
        place = words[first].start if first < len(words) else words[-1].end
        return self.passage(place, place)


def _refuse_more_than(limit: int, found: int, what: str, which: str) -> None:
    if found > limit:
        raise InputError(f"The {which} text has {found:,} {what}; at most {limit:,} are compared. Give a part of it.")


def _row(a: _Text, b: _Text, codes: Codes, aligned: Aligned) -> Row:
    ours, theirs = a.sentences[aligned.first_a : aligned.end_a], b.sentences[aligned.first_b : aligned.end_b]
    passages = [text.passage(side[0].start, side[-1].end) if side else None for text, side in ((a, ours), (b, theirs))]
    if not ours or not theirs:
        return Row(passages[0], passages[1], None, ())
    words_a, words_b = ([word for sentence in side for word in sentence.words] for side in (ours, theirs))
    line_a, line_b = ("".join(codes.line(sentence) for sentence in side) for side in (ours, theirs))
    found = find_changes(words_a, words_b, line_a, line_b, a.marks, b.marks)
    one_to_one = len(ours) == len(theirs) == 1
    changes = tuple(_change(a, b, words_a, words_b, change, one_to_one) for change in found)
    return Row(passages[0], passages[1], aligned.similarity, changes)


def _change(
    a: _Text, b: _Text, words_a: Sequence[Word], words_b: Sequence[Word], change: WordChange, one_to_one: bool
) -> Change:
    return Change(
        change.kind,
        a.words_passage(words_a, change.first_a, change.end_a),
        b.words_passage(words_b, change.first_b, change.end_b),
        change.quoted,
        change.sure and one_to_one,
    )


def _likelier(score_a: float | None, score_b: float | None) -> Side | None:
    if score_a is None or score_b is None or abs(score_a - score_b) < MIN_SCORE_GAP:
        return None
    return "a" if score_a > score_b else "b"
