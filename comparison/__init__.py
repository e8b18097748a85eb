"""Two texts side by side: text in, Comparison out. No network, no files, no web framework, no printing.

>>> from comparison import compare
>>> compare("...", "...").answer
"""

from comparison.compare import Score, compare
from comparison.pairs import NewPair, new_pairs, pairs_file
from comparison.result import Answer, Change, Comparison, Figures, Passage, Row, Side

__all__ = [
    "Answer",
    "Change",
    "Comparison",
    "Figures",
    "NewPair",
    "Passage",
    "Row",
    "Score",
    "Side",
    "compare",
    "new_pairs",
    "pairs_file",
]
