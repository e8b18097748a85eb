"""The gate: what a challenger must not make worse."""

from collections.abc import Sequence

import numpy as np

from training.gate import LABELS, Flags, compare, paired_interval, reasons


def flags(before: Sequence[int], after: Sequence[int], spun: Sequence[int], kind: str = "news") -> Flags:
    return Flags(
        np.array(before, bool),
        np.array(after, bool),
        np.array(spun, bool),
        np.full(len(spun), kind),
        np.arange(len(spun)),
    )


SPUN = [1] * 200 + [0] * 200
PERFECT = SPUN
BETTER_LABELS = flags([0] * 400, PERFECT, SPUN, "")


def test_a_model_that_finds_more_of_the_labels_and_nothing_less_passes() -> None:
    assert reasons(compare(flags(PERFECT, PERFECT, SPUN), BETTER_LABELS, 0)) == []


def test_lost_hits_on_frozen_pages_are_a_reason() -> None:
    found = reasons(compare(flags(PERFECT, [0] * 20 + [1] * 180 + [0] * 200, SPUN), BETTER_LABELS, 0))
    assert "hits on all frozen pages: 100.00% before, 90.00% now (200 pages)" in found


def test_more_false_alarms_in_one_genre_are_a_reason() -> None:
    found = reasons(compare(flags(PERFECT, [1] * 200 + [1] * 8 + [0] * 192, SPUN, "legal"), BETTER_LABELS, 0))
    assert "false alarms on legal: 0.00% before, 4.00% now (200 pages)" in found


def test_one_page_more_or_less_is_noise() -> None:
    one_lost = [0] + [1] * 199 + [0] * 200
    one_alarm = [1] * 200 + [1] + [0] * 199
    assert reasons(compare(flags(PERFECT, one_lost, SPUN), BETTER_LABELS, 0)) == []
    assert reasons(compare(flags(PERFECT, one_alarm, SPUN), BETTER_LABELS, 0)) == []


def test_a_model_that_gains_nothing_on_the_labels_is_refused() -> None:
    found = reasons(compare(flags(PERFECT, PERFECT, SPUN), flags(PERFECT, PERFECT, SPUN, ""), 0))
    assert found == ["nothing was gained: on labels of unseen sites it flags no more spun and no fewer honest pages"]


def test_fewer_false_alarms_on_the_labels_are_a_gain() -> None:
    alarms = flags([1] * 400, PERFECT, SPUN, "")
    assert reasons(compare(flags(PERFECT, PERFECT, SPUN), alarms, 0)) == []


def test_every_kind_of_page_is_checked() -> None:
    kinds = {(check.measure, check.kind) for check in compare(flags(PERFECT, PERFECT, SPUN), BETTER_LABELS, 0)}
    assert ("hits", "news") in kinds
    assert ("false alarms", LABELS) in kinds


def test_pages_that_belong_together_are_drawn_together() -> None:
    change = np.array([1] * 50 + [0] * 50)
    apart = paired_interval(change, np.arange(100), 0)
    together = paired_interval(change, np.repeat([0, 1], 50), 0)
    assert together == (0.0, 1.0)
    assert 0.3 < apart[0] < apart[1] < 0.7
