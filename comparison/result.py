"""What a comparison says, in frozen dataclasses; the same in Python and JSON.

Offsets (`start`, `end`) count UTF-16 code units of the side's whole text, end exclusive, as in a Verdict.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Answer = Literal["copy", "spun copy", "same topic", "unrelated"]
Side = Literal["a", "b"]
ChangeKind = Literal["swap", "name", "number", "reworded", "left_out", "put_in"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one side's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What stands in a, and what stands in b instead; one of them is empty where words were left out or put in.

    swap: a few words for a few words. name, number: one was altered. reworded: more than a few words.
    quoted: whether a has it within quotation marks, where nobody may change a word.
    sure: whether it is the swap of one wording: one word at least on one side, the same words before and after it, in
    one sentence for one.
    """

    kind: ChangeKind
    a: Passage
    b: Passage
    quoted: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One or two sentences of a beside those of b that say the same; a or b is None where there are none.

    similarity: from 0 to 1, of names, numbers, words and their order. None where one side is missing.
    """

    a: Passage | None
    b: Passage | None
    similarity: float | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the answer rests on. Shares are from 0 to 1.

    shared_anchors: names and numbers that both texts have; anchor_share: their share of the text that has fewer.
    matched_share: words in matched sentences, as a share of the text that has more of its words matched.
    same_words: of the words in matched sentences, the share that stands in both, in the same order.
    copied_share: the two multiplied: what one text has of the other word for word, sentence by sentence.
    wording_share: longer words that both texts have, as a share of the text that has fewer.
    swaps_per_100: swaps of a few words for a few, in 100 matched words.
    altered_quotations: changes of any kind within quotation marks. only_in_a, only_in_b: sentences without a match.
    """

    words_a: int
    words_b: int
    anchors_a: int
    anchors_b: int
    shared_anchors: int
    anchor_share: float
    matched_share: float
    same_words: float
    copied_share: float
    wording_share: float
    swaps: int
    swaps_per_100: float
    altered_names: int
    altered_numbers: int
    altered_quotations: int
    only_in_a: int
    only_in_b: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What unspun says of two texts.

    likely_spun: which side of a spun copy reads as the spun one, by the detector's score; None when no model was asked,
    it cannot tell, or neither is a spun copy.
    score_a, score_b: the detector's scores. rows: both texts from beginning to end.
    """

    answer: Answer
    reason: str
    likely_spun: Side | None
    score_a: float | None
    score_b: float | None
    figures: Figures
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, in the order of the fields."""
        return asdict(self)
