"""Which sentences stand for which."""

import numpy as np

from comparison.alignment import Aligned, align
from comparison.similarity import Similarities


def similar(one_one: list[list[float]], one_two: object = None, two_one: object = None) -> Similarities:
    single = np.array(one_one, np.float32)
    n, m = single.shape
    blank = [np.zeros((n, m - 1), np.float32), np.zeros((n - 1, m), np.float32)]
    given = [
        zeros if values is None else np.array(values, np.float32)
        for zeros, values in zip(blank, (one_two, two_one), strict=True)
    ]
    return Similarities(single, *given)


def steps(path: tuple[Aligned, ...]) -> list[tuple[int, int, int, int]]:
    return [(step.first_a, step.end_a, step.first_b, step.end_b) for step in path]


def test_sentences_are_matched_in_order() -> None:
    assert steps(align(similar([[0.9, 0.1], [0.1, 0.8]]))) == [(0, 1, 0, 1), (1, 2, 1, 2)]


def test_a_sentence_without_a_partner_stands_alone() -> None:
    found = align(similar([[0.9, 0.1], [0.1, 0.1], [0.2, 0.8]]))
    assert steps(found) == [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2)]
    assert [step.similarity is None for step in found] == [False, True, False]


def test_weak_likeness_is_no_match() -> None:
    assert all(step.similarity is None for step in align(similar([[0.29, 0.1], [0.0, 0.2]])))


def test_one_sentence_is_matched_with_two_that_say_it_together() -> None:
    assert steps(align(similar([[0.6, 0.5]], one_two=[[0.9]]))) == [(0, 1, 0, 2)]


def test_a_match_does_not_swallow_a_neighbour_that_adds_nothing() -> None:
    assert steps(align(similar([[0.9], [0.1]], two_one=[[0.85]]))) == [(0, 1, 0, 1), (1, 2, 1, 1)]
