"""Spinners that speak a lexicon of training/lexicons/."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from training.inflect import CLOSED
from training.lexicon import Entry, Lexicon
from training.spinners.engine import TableSpinner
from training.spinners.habits import Habits
from training.spinners.table import compile_table

Lexicons = Mapping[str, Lexicon]
# Up to this weight a swap is one that a human editor might make as well.
PLAIN_WEIGHT = 0.4


def from_lexicon(
    lexicons: Lexicons,
    dictionary: str,
    natural: tuple[float, float],
    habits: Habits,
    *,
    also: tuple[str, ...] = (),
    fill: tuple[str, ...] = (),
    sharpness: float = 1.0,
    drop: frozenset[str] = frozenset(),
) -> list[TableSpinner]:
    """The spinner of one dictionary, named after it; none when the dictionary is not among the lexicons.

    Real tools know far more words than we have seen of them, so others help out where this one knows nothing:
    also: dictionaries of kindred tools, but for grammatical words, whose swaps mark one tool;
    fill: general dictionaries, of which only the plain synonyms are taken.
    drop: originals the dictionary's own entries of which are not wanted.
    """
    lexicon = lexicons.get(dictionary)
    if lexicon is None:
        return []
    kindred = [_only(lexicons[name], lambda e: e.original not in CLOSED) for name in also if name in lexicons]
    plain = [_only(lexicons[name], _is_plain) for name in fill if name in lexicons]
    own = _only(lexicon, lambda entry: entry.original not in drop)
    table = compile_table(own, *kindred, *plain, sharpness=sharpness)
    return [TableSpinner(dictionary, lexicon.family, dictionary, natural, table, habits)]


def _is_plain(entry: Entry) -> bool:
    return entry.weight <= PLAIN_WEIGHT and entry.original not in CLOSED


def _only(lexicon: Lexicon, wanted: Callable[[Entry], bool]) -> Lexicon:
    """The wanted entries. Braces left in a text are a slip of the tool, not a wording: spintax.py makes them."""
    kept = tuple(each for each in lexicon.entries if "{" not in each.spun and wanted(each))
    return replace(lexicon, entries=kept)
