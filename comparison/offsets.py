"""Python string indices to UTF-16 code units, which JavaScript counts."""

from bisect import bisect_left

_LAST_SINGLE_UNIT = "\uffff"


class Offsets:
    """The offsets of one text."""

    def __init__(self, text: str) -> None:
        plain = text.isascii() or max(text, default="") <= _LAST_SINGLE_UNIT
        self._doubles = [] if plain else [index for index, char in enumerate(text) if char > _LAST_SINGLE_UNIT]

    def of(self, index: int) -> int:
        """The code units before a string index."""
        return index + bisect_left(self._doubles, index)
