"""Invented prose for the corpus tests."""

import random

import pytest

_NOUNS = "garden harbour kitchen letter market orchard picture river station village window winter".split()
_VERBS = "admired avoided described crossed entered found left painted reached remembered".split()
_PEOPLE = "Agnes Bertram Clara Dorothy Edmund Florence Gilbert Harriet Isaac Julia".split()


def _sentence(number: int) -> str:
    pick = random.Random(number)
    noun, other, third = pick.sample(_NOUNS, 3)
    verb, second = pick.sample(_VERBS, 2)
    one, two = pick.sample(_PEOPLE, 2)
    return (
        f"In week {number} of that year {one} {verb} the {noun} and the {other}, "
        f"but {two} {second} it for the {third} they had."
    )


@pytest.fixture
def make_prose():
    """Writes so many sentences of about twenty words, all different for different starts."""

    def make(sentences: int = 5, start: int = 0) -> str:
        return " ".join(_sentence(start + number) for number in range(sentences))

    return make
