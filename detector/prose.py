"""Whether a text can be judged at all: long enough, in English, and prose rather than code or lists."""

import numpy as np

from detector.ngrams import Words, words_of
from detector.text import ENGLISH_MARKERS, OTHER_LETTER, Symbols, symbolise
from detector.verdict import Reason

# English prose, spun or not, has 18 % or more of these words in any 50; other languages under 5 % (measured on the
# training texts and on Debian's translated manuals).
MIN_ENGLISH_SHARE = 0.10
# Prose is above .93 on the same measure; program code .45-.80.
MIN_LETTER_SHARE = 0.80
# Lists and tables put a comma, line or bar after every second word.
MIN_WORDS_A_PHRASE = 2.5
MAX_FOREIGN_SHARE = 0.3

_MARKER_BITS = 16


def _marker_table() -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    table = np.zeros(1 << _MARKER_BITS, np.bool_)
    table[words_of(symbolise(" ".join(sorted(ENGLISH_MARKERS)))).hashes >> (32 - _MARKER_BITS)] = True
    return table


_MARKERS = _marker_table()


def reason_not_to_judge(symbols: Symbols, words: Words, counted: int, min_words: int) -> Reason | None:
    """Why a text of `counted` words cannot be judged, or None when it can."""
    letters = int(np.count_nonzero(symbols.row))
    if letters and np.count_nonzero(symbols.row == OTHER_LETTER) > MAX_FOREIGN_SHARE * letters:
        return "not_english"
    if min(len(words), counted) < min_words:
        return "too_short"
    ink = int(np.count_nonzero(symbols.units > ord(" ")))
    if letters < MIN_LETTER_SHARE * ink:
        return "not_prose"
    markers = np.count_nonzero(_MARKERS.take(words.hashes >> (32 - _MARKER_BITS)))
    if markers >= MIN_ENGLISH_SHARE * len(words):
        return None
    phrases = int(words.ends_phrase.sum()) + 1
    return "not_prose" if len(words) < MIN_WORDS_A_PHRASE * phrases else "not_english"
