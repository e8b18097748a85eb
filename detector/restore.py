"""The whole text "unspun": the likely originals of a verdict's evidence in place, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from detector.verdict import Evidence


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the restored text. spun: what stood there, None where nothing was changed."""

    text: str
    spun: str | None = None


def restore(text: str, evidence: Sequence[Evidence]) -> tuple[Segment, ...]:
    """The text with every suggestion applied: segments that, joined, give all of it. None of them is empty.

    text: the very text that was judged. evidence: in text order, not overlapping, as a Verdict holds it.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    segments = []
    done = 0
    for one in evidence:
        if one.likely_original:
            segments += [Segment(_decode(units, done, one.start)), Segment(one.likely_original, one.text)]
            done = one.end
    segments.append(Segment(_decode(units, done, len(units) // 2)))
    return tuple(segment for segment in segments if segment.text)


def _decode(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
