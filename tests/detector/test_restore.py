from detector.restore import Segment, restore
from detector.verdict import Evidence


def swap(start: int, end: int, text: str, original: str | None) -> Evidence:
    return Evidence(start, end, text, 1.0, "dictionary swap", original)


def test_suggestions_are_applied_and_marked() -> None:
    text = "The mud and dust of historical past."
    assert restore(text, (swap(0, 7, "The mud", None), swap(20, 35, "historical past", "history"))) == (
        Segment("The mud and dust of "),
        Segment("history", "historical past"),
        Segment("."),
    )


def test_offsets_are_utf16_units() -> None:
    text = "😀 folks 😀"
    assert restore(text, (swap(3, 8, "folks", "people"),)) == (
        Segment("😀 "),
        Segment("people", "folks"),
        Segment(" 😀"),
    )


def test_a_text_without_suggestions_is_one_segment() -> None:
    assert restore("As it was.", ()) == (Segment("As it was."),)
    assert restore("", ()) == ()


def test_no_segment_is_empty_where_suggestions_touch() -> None:
    evidence = (swap(0, 5, "folks", "people"), swap(5, 6, "s", "z"))
    assert restore("folkss", evidence) == (Segment("people", "folks"), Segment("z", "s"))
