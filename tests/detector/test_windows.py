import numpy as np
import pytest

from detector.windows import prefix_sums, score_windows, share_above


def test_a_short_text_is_one_window() -> None:
    windows = score_windows(prefix_sums(np.array([1.0, 2.0, 1.0, 0.0])), 10, 5, -0.5)
    assert (windows.starts.tolist(), windows.ends.tolist()) == ([0], [4])
    assert windows.scores.tolist() == pytest.approx([4 / 2 - 0.5])


def test_the_last_window_ends_with_the_text() -> None:
    windows = score_windows(prefix_sums(np.ones(11)), 4, 3, 0.0)
    assert windows.starts.tolist() == [0, 3, 6, 7]
    assert windows.ends.tolist() == [4, 7, 10, 11]
    assert windows.scores.tolist() == pytest.approx([2.0] * 4)


def test_a_word_counts_as_spun_when_half_of_its_windows_are_above() -> None:
    windows = score_windows(prefix_sums(np.concatenate((np.zeros(6), np.ones(4)))), 4, 2, 0.0)
    assert windows.scores.tolist() == pytest.approx([0, 0, 1, 2])  # over words 0-3, 2-5, 4-7, 6-9
    assert share_above(windows, 1.9, 10) == pytest.approx(0.4)
    assert share_above(windows, 0.9, 10) == pytest.approx(0.6)
    assert share_above(windows, 9.0, 10) == 0.0
