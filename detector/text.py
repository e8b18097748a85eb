"""From a string to symbols: the alphabet in which unspun reads, and the checks of whether a text can be judged.

A text becomes one row of 5-bit symbols, one for each run of like characters that matters: letters folded to a-z,
one symbol for any digit, one for a letter of another script. Everything else separates. Offsets are UTF-16 code
units throughout, as in JavaScript.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

TEXT_VERSION = 1

SPACE, FIRST_LETTER, DIGIT, OTHER_LETTER = 0, 1, 27, 28
SYMBOL = 31  # the bits of a symbol; those above say more about it:
BREAK = 32  # a separator that ends a phrase
DROPPED = 64  # not there at all, like an invisible character
BORROWED = 128  # added to the symbol of a letter that is another alphabet's look-alike
LOOK_ALIKE_LETTERS, INVISIBLE_CHARACTERS = "look-alike letters", "invisible characters"
MIN_DISGUISED = 3  # fewer are slips of a keyboard or of a copy
CODE_UNITS = 1 << 16

# Punctuation after which the next word belongs to another phrase. Apostrophes, hyphens and line ends only separate:
# plain-text files wrap their lines anywhere.
_PHRASE_ENDS = '.,;:!?()[]{}"“”„«»—–…|•'
# Written by software that hides letters from filters, or by careless copying: they carry no sound.
_INVISIBLE = (
    0x00AD,
    0x034F,
    0x061C,
    0x180E,
    0xFEFF,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
)
# Letters of other alphabets that are drawn like ours (Unicode TR39 confusables, the commonest lower and upper case).
_LOOK_ALIKES = {
    **dict(zip("аеорсухіјѕһԁԛԝьӏ", "aeopcyxijshdqwbl", strict=True)),
    **dict(zip("АВЕКМНОРСТУХІЈЅԚԜ", "abekmhopctyxijsqw", strict=True)),
    **dict(zip("αβεικνορτυχγ", "abeiknoptuxy", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx", strict=True)),
    "ı": "i",
}
# Not a look-alike table but plain Latin letters that Unicode does not decompose.
_UNDECOMPOSED = {
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "æ": "a",
    "œ": "o",
    "ß": "s",
    "þ": "t",
    "ð": "d",
}

# Asking Unicode about all 65,536 units takes 50 ms; the large blocks of Chinese and Korean letters need no asking.
_VARIED = ((0, 0x3400), (0xA000, 0xAC00), (0xD7A4, 0xD800), (0xF900, CODE_UNITS))
_SURROGATES_AND_PRIVATE = slice(0xD800, 0xF900)

_ENGLISH = """the and to that for it with his be by not are but from have they which you were their been would has
this these those there who when what if more about can could should than then them her she some other into such its
your our because while also many most only over after before between through where how any each same being made very
much just even did does do must may might we us he him i my me""".split()
# Words of the list above that are also common in Dutch, German, French, Spanish, Italian or the Scandinavian tongues.
_SHARED_WITH_NEIGHBOURS = {"he", "me", "do", "does", "i", "we", "us", "can", "over", "most", "made", "den"}
ENGLISH_MARKERS = frozenset(_ENGLISH) - _SHARED_WITH_NEIGHBOURS


@dataclass(frozen=True, slots=True)
class Symbols:
    """A text as symbols.

    row: uint8 (m,), 0 for each run of separators; padded with one separator before and four after.
    breaks: uint8 (m,), BREAK at a separator that ends a phrase, other bits elsewhere.
    places: intp (m - 5,), the UTF-16 offsets of row[1:-4]; units: uint16, the text's code units.
    marks: signs that letters were disguised.
    """

    row: NDArray[np.uint8]
    breaks: NDArray[np.uint8]
    places: NDArray[np.intp]
    units: NDArray[np.uint16]
    marks: tuple[str, ...]

    def count_words(self) -> int:
        """How many words a person would count: runs without white space."""
        inked = self.units > ord(" ")
        return int(np.count_nonzero(inked[1:] & ~inked[:-1])) + bool(len(inked) and inked[0])

    def spans(self, first: NDArray[np.intp], last: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """UTF-16 offsets of stretches: where row positions `first` start and `last` end. Neither is padding."""
        return self.places.take(first - 1), self.places.take(last - 1) + 1


@lru_cache(maxsize=1)
def symbol_table() -> NDArray[np.uint8]:
    """uint8 (65536,): the symbol of each UTF-16 code unit, plus BORROWED for another alphabet's look-alike letter."""
    table = np.full(CODE_UNITS, OTHER_LETTER, np.uint8)
    table[_SURROGATES_AND_PRIVATE] = SPACE
    for first, last in _VARIED:
        table[first:last] = [_symbol_of(chr(unit)) for unit in range(first, last)]
    return table


def _symbol_of(char: str) -> int:
    if "a" <= char <= "z":
        return FIRST_LETTER + ord(char) - ord("a")
    if char in _PHRASE_ENDS:
        return BREAK
    if char < "\x80":
        return _symbol_of(char.lower()) if char.isalpha() else DIGIT if char.isdigit() else SPACE
    if char in _LOOK_ALIKES:
        return BORROWED + _symbol_of(_LOOK_ALIKES[char])
    if ord(char) in _INVISIBLE or unicodedata.category(char) == "Mn":
        return DROPPED
    if char.lower() in _UNDECOMPOSED:
        return _symbol_of(_UNDECOMPOSED[char.lower()])
    base = unicodedata.normalize("NFKD", char)[0].lower()
    if base.isascii() and base.isalnum():
        return _symbol_of(base)
    category = unicodedata.category(char)
    return OTHER_LETTER if category[0] == "L" else DIGIT if category == "Nd" else SPACE


def symbolise(text: str) -> Symbols:
    """The symbols of a text. Any str will do: lone surrogates, NULs and right-to-left marks included."""
    units = np.frombuffer(_encode(text), np.uint16)
    raw = symbol_table().take(units)
    if not len(raw) or np.maximum.reduce(raw) < DROPPED:
        return Symbols(*_collapse(raw), units, ())
    marks = _marks(raw, units)
    present = np.flatnonzero(raw != DROPPED)
    raw &= np.uint8(BORROWED - 1)
    row, breaks, places = _collapse(raw.take(present))
    return Symbols(row, breaks, present.take(places), units, marks)


def _encode(text: str) -> bytes:
    try:
        return text.encode("utf-16-le")
    except UnicodeEncodeError:  # a lone surrogate, as a page's script may send; the lenient encoder is 3 times slower
        return text.encode("utf-16-le", "surrogatepass")


def _collapse(raw: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.intp]]:
    """Keep the first separator of each run, none at either end; pad."""
    letters = raw & np.uint8(SYMBOL)
    kept = letters != 0
    kept[1:] |= kept[:-1].copy()
    (places,) = kept.nonzero()
    if len(places) and not letters[places[-1]]:
        places = places[:-1]
    kinds = np.zeros(len(places) + 5, np.uint8)
    raw.take(places, out=kinds[1:-4], mode="clip")
    return kinds & np.uint8(SYMBOL), kinds, places


def _marks(raw: NDArray[np.uint8], units: NDArray[np.uint16]) -> tuple[str, ...]:
    """Another alphabet's letters inside English words, or invisible characters inside them."""
    letter = (raw >= FIRST_LETTER) & (raw < DIGIT)
    inside = np.zeros(len(raw), np.bool_)
    inside[1:-1] = letter[:-2] | letter[2:]
    marks = []
    if np.count_nonzero(inside & (raw > BORROWED)) >= MIN_DISGUISED:
        marks.append(LOOK_ALIKE_LETTERS)
    # Accents are also dropped, and are no disguise; they lie below U+0370 or are spelled out in other scripts.
    hidden = (raw == DROPPED) & ((units == 0x00AD) | (units >= 0x200B))
    if np.count_nonzero(inside & hidden) >= MIN_DISGUISED:
        marks.append(INVISIBLE_CHARACTERS)
    return tuple(marks)
