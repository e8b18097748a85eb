import pytest

from detector.calibration import Calibration

LADDER = Calibration(
    lengths=(100, 400),
    rates=(0.1, 0.01, 0.001),
    scores=((0.0, 1.0, 2.0), (1.0, 3.0, 5.0)),
    logistic=((1.0, -1.0), (2.0, -2.0)),
    prior=0.5,
    suspicious=0.01,
    spun=0.001,
)


def test_a_score_on_a_rung_has_the_rungs_rate() -> None:
    assert LADDER.false_alarm_rate(1.0, 100) == pytest.approx(0.01)
    assert LADDER.false_alarm_rate(3.0, 400) == pytest.approx(0.01)


def test_between_rungs_the_rate_falls_evenly_on_a_log_scale() -> None:
    assert LADDER.false_alarm_rate(1.5, 100) == pytest.approx(10**-2.5)


def test_between_lengths_the_ladders_are_mixed_on_a_log_scale() -> None:
    assert LADDER.false_alarm_rate(2.0, 200) == pytest.approx(0.01)


def test_lengths_beyond_the_ladder_take_its_ends() -> None:
    assert LADDER.false_alarm_rate(1.0, 20) == pytest.approx(0.01)
    assert LADDER.false_alarm_rate(3.0, 90_000) == pytest.approx(0.01)


def test_a_rate_is_never_below_the_last_rung_and_low_scores_are_everybodys() -> None:
    assert LADDER.false_alarm_rate(99.0, 100) == 0.001
    assert LADDER.false_alarm_rate(-5.0, 100) == 1.0


def test_labels_begin_at_their_thresholds() -> None:
    assert [LADDER.label(rate) for rate in (0.011, 0.01, 0.0011, 0.001)] == [
        "clean",
        "suspicious",
        "suspicious",
        "spun",
    ]


def test_the_probability_is_the_logistic_at_the_prior() -> None:
    assert LADDER.probability(1.0, 100) == pytest.approx(0.5)
    assert LADDER.probability(1e9, 100) == pytest.approx(1.0)
