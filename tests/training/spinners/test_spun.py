"""Swaps point at the spun words, and the original can always be had back."""

from hypothesis import given
from hypothesis import strategies as st

from training.spinners.spun import Edit, Spun, Swap, compose, edits_of, unspin, write_edits

TEXT = "The process of history is long."


@st.composite
def spun_texts(draw: st.DrawFn, text: str) -> Spun:
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return write_edits(text, [Edit(start, end, draw(st.text("xyz ", min_size=1, max_size=5))) for start, end in spans])


def test_swaps_hold_their_place_in_the_spun_text() -> None:
    spun = write_edits(TEXT, [Edit(15, 22, "historical past"), Edit(4, 11, "course of")])
    assert spun.text == "The course of of historical past is long."
    assert spun.swaps == (Swap(4, 13, "process", "course of"), Swap(17, 32, "history", "historical past"))


@given(spun_texts(TEXT))
def test_every_spin_can_be_undone(spun: Spun) -> None:
    assert unspin(spun) == TEXT
    assert write_edits(TEXT, edits_of(spun)) == spun


@given(st.data())
def test_two_spins_over_one_another_can_be_undone_as_one(data: st.DataObject) -> None:
    first = data.draw(spun_texts(TEXT))
    second = data.draw(spun_texts(first.text))
    both = compose(first, second)
    assert both.text == second.text
    assert unspin(both) == TEXT
    assert all(both.text[swap.start : swap.end] == swap.spun for swap in both.swaps)


def test_a_word_swapped_twice_is_one_swap() -> None:
    first = write_edits("a fast car", [Edit(2, 6, "quick")])
    both = compose(first, write_edits(first.text, [Edit(2, 11, "speedy auto")]))
    assert both.swaps == (Swap(2, 13, "fast car", "speedy auto"),)
