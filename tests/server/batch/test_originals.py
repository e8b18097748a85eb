"""Flagged pages that retell one original, found by their names and numbers."""

from pathlib import Path
from typing import Any

from server.batch.originals import Copy, anchors_of, shared_originals
from server.batch.tally import MAX_KEPT_ANCHORS, Tally

PAGES = Path(__file__).parents[2] / "pages"


def copy(page: str, anchors: Any, site: str = "a.example") -> Copy:
    return Copy(site, page, frozenset(anchors))


def test_pages_with_mostly_the_same_names_share_an_original_whatever_their_order() -> None:
    copies = [
        copy("b", range(10), "b.example"),
        copy("a", range(1, 11)),
        copy("c", range(100, 110)),
        copy("d", [*range(5), *range(200, 210)]),
    ]
    (group,) = shared_originals(copies)
    assert (group.pages, group.sites) == (("a", "b"), ("a.example", "b.example"))
    assert shared_originals(reversed(copies)) == [group]


def test_one_address_that_was_read_twice_is_no_copy() -> None:
    assert shared_originals([copy("a", range(10)), copy("a", range(10))]) == []


def test_a_thousand_copies_and_a_name_that_all_pages_have_are_one_group() -> None:
    strangers = [copy(f"x{number}", [0, *range(100 * number, 100 * number + 9)]) for number in range(1, 700)]
    copies = [copy(f"y{number:04}", [0, *range(90_000, 90_020)]) for number in range(1000)]
    (group,) = shared_originals([*strangers, *copies])
    assert len(group.pages) == 1000


def test_a_text_with_few_names_tells_no_story() -> None:
    assert anchors_of("He went home. It was late, and nobody saw him.") == frozenset()
    assert len(anchors_of((PAGES / "spun-sample.txt").read_text("utf-8"))) >= 6


def test_more_pages_than_can_be_kept_are_counted_and_survive_the_disk() -> None:
    part = Tally(copies=[copy("a", range(10))])
    again = Tally.from_json(part.as_json())
    assert again.copies == part.copies
    whole = Tally()
    whole.add(Tally(copies=[copy("big", range(MAX_KEPT_ANCHORS - 5))]))
    whole.add(again)
    assert [one.page for one in whole.copies] == ["big"]
    assert whole.uncompared == 1
