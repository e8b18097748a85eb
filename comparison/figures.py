"""The figures of a comparison, counted from its rows."""

from collections.abc import Sequence

from comparison.alignment import Aligned
from comparison.result import Figures, Row
from comparison.sentences import Sentence, split_sentences
from comparison.similarity import stem_of

# Shorter words are in every text; the share of longer ones tells of the subject.
LONG_WORD_CHARS = 6


def figures_of(
    rows: Sequence[Row],
    a: Sequence[Sentence],
    b: Sequence[Sentence],
    path: Sequence[Aligned],
    anchors_a: frozenset[str],
    anchors_b: frozenset[str],
) -> Figures:
    """All figures. path: as align() gives it, one for each row. anchors_a, anchors_b: as anchor_keys() gives them."""
    matches = [step for step in path if step.similarity is not None]
    words_a, words_b = (sum(len(sentence.words) for sentence in side) for side in (a, b))
    matched_a = sum(len(sentence.words) for step in matches for sentence in a[step.first_a : step.end_a])
    matched_b = sum(len(sentence.words) for step in matches for sentence in b[step.first_b : step.end_b])
    changes = [change for row in rows for change in row.changes]
    kinds = [change.kind for change in changes]
    changed_a = sum(_words_in(change.a.text) for change in changes)
    shared = anchors_a & anchors_b
    matched_share = max(matched_a / words_a, matched_b / words_b)
    same_words = 1 - changed_a / matched_a if matched_a else 0.0
    swaps = kinds.count("swap")
    return Figures(
        words_a=words_a,
        words_b=words_b,
        anchors_a=len(anchors_a),
        anchors_b=len(anchors_b),
        shared_anchors=len(shared),
        anchor_share=_share(anchors_a, anchors_b),
        matched_share=matched_share,
        same_words=same_words,
        copied_share=matched_share * same_words,
        wording_share=_share(_long_words(a), _long_words(b)),
        swaps=swaps,
        swaps_per_100=100 * swaps / matched_a if matched_a else 0.0,
        altered_names=kinds.count("name"),
        altered_numbers=kinds.count("number"),
        altered_quotations=sum(change.quoted for change in changes),
        only_in_a=sum(row.b is None for row in rows),
        only_in_b=sum(row.a is None for row in rows),
    )


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _long_words(sentences: Sequence[Sentence]) -> frozenset[str]:
    words = (word.key for sentence in sentences for word in sentence.words)
    return frozenset(stem_of(word) for word in words if len(word) >= LONG_WORD_CHARS)


def _words_in(text: str) -> int:
    return sum(len(sentence.words) for sentence in split_sentences(text))
