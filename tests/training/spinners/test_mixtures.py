"""Layered spins, spins of a part of the page, and spintax left in the text."""

import pytest

from training.lexicon import Entry, Lexicon
from training.spinners.engine import TableSpinner
from training.spinners.habits import Habits
from training.spinners.layered import Layered
from training.spinners.part import PartOfPage
from training.spinners.spintax import Spintax
from training.spinners.spun import unspin
from training.spinners.table import compile_table

PAGE = "\n\n".join(
    f"Paragraph number {at} is about a fast car. The car is a fast one, and people like it." for at in range(20)
)


def spinner(name: str, *pairs: tuple[str, str]) -> TableSpinner:
    lexicon = Lexicon(name, name, tuple(Entry(one, other, "any", 1.0, 0) for one, other in pairs))
    return TableSpinner(name, name, name, (0.1, 0.3), compile_table(lexicon), Habits())


FIRST = spinner("first", ("fast", "quick"), ("people", "folks"))
SECOND = spinner("second", ("quick", "speedy"), ("car", "automobile"))


def test_the_second_layer_spins_what_the_first_wrote() -> None:
    spun = Layered(FIRST, SECOND).spin("A fast car.", 1, 1.0)
    assert spun.text == "A speedy automobile."
    assert [(swap.original, swap.spun) for swap in spun.swaps] == [("fast", "speedy"), ("car", "automobile")]


def test_a_layered_spin_can_be_undone() -> None:
    assert unspin(Layered(FIRST, SECOND).spin(PAGE, 4, 0.2)) == PAGE


def test_a_layered_spinner_names_both_dictionaries_and_the_outer_family() -> None:
    both = Layered(FIRST, SECOND)
    assert (both.name, both.family, both.dictionary) == ("layered:first+second", "second", "first+second")


@pytest.mark.parametrize("seed", range(8))
def test_only_the_stated_part_of_a_page_is_spun(seed: int) -> None:
    spun = PartOfPage(FIRST).spin(PAGE, seed, 1.0)
    assert spun.part is not None
    start, end = spun.part
    assert spun.swaps
    assert all(start <= swap.start and swap.end <= end for swap in spun.swaps)
    assert unspin(spun) == PAGE
    assert "fast" not in spun.text[start:end]
    assert PAGE.startswith(spun.text[:start])
    assert PAGE.endswith(spun.text[end:])
    assert 0.15 < (end - start) / len(spun.text) < 0.75


@pytest.mark.parametrize("text", ["", "   ", "fast", "A fast car"])
def test_short_pages_are_spun_whole_or_left(text: str) -> None:
    assert unspin(PartOfPage(FIRST).spin(text, 1, 1.0)) == text


def test_a_few_swaps_are_left_in_braces() -> None:
    spun = Spintax(FIRST).spin(PAGE, 1, 1.0)
    braced = [swap for swap in spun.swaps if swap.spun.startswith("{")]
    assert 1 <= len(braced) <= 4
    assert {swap.spun for swap in braced} <= {"{fast|quick}", "{quick}", "{people|folks}", "{folks}"}
    assert unspin(spun) == PAGE
