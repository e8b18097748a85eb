"""Back-translation: sentences make a round trip through another language, and only sound ones are taken."""

import os
import pickle
import shutil
import stat
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import InputError
from training.spinners.apertium import BackTranslated, as_english, build
from training.spinners.apertium_packages import Installation, tried_trip
from training.spinners.apertium_programs import Programs, Trip
from training.spinners.spun import unspin

ANSWERS = {
    "The old man bought a large house.": "The old man bought  a big home .",
    "His children often visit him there.": "His boys often *levisitan there.",
    "Mr Brown went to Boston by train.": "Mister Brown went to *Boston in train.",
    "Well, the garden is quite small.": "The garden of the house is quite small.",
}
PAGE = (
    "The old man bought a large house. His children often visit him there.\n\n"
    "Mr Brown went to Boston by train. It costs $5 [sic] or so. Well, the garden is quite small."
)


class Translator:
    """Looks its answers up, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, sentences: Sequence[str]) -> list[str]:
        self.asked += sentences
        return [ANSWERS[sentence] for sentence in sentences]


def spinner(translator: Translator) -> BackTranslated:
    (made,) = build({"spa": translator})
    return made


def test_every_sentence_makes_the_trip_at_full_strength_but_those_with_signs_of_the_translators_own() -> None:
    translator = Translator()
    spinner(translator).spin(PAGE, 1, 1.0)
    assert translator.asked == list(ANSWERS)


def test_what_comes_back_is_written_in_and_a_sentence_with_an_untranslated_word_stays() -> None:
    spun = spinner(Translator()).spin(PAGE, 1, 1.0)
    assert spun.text == (
        "The old man bought a big home. His children often visit him there.\n\n"
        "Mister Brown went to Boston in train. It costs $5 [sic] or so. The garden of the house is quite small."
    )
    assert [(swap.original, swap.spun) for swap in spun.swaps] == [
        ("large", "big"),
        ("house.", "home."),
        ("Mr", "Mister"),
        ("by", "in"),
        ("Well,", "The garden of"),
        ("garden", "house"),
    ]


def test_a_round_trip_can_be_undone() -> None:
    assert unspin(spinner(Translator()).spin(PAGE, 1, 1.0)) == PAGE


WORDS = st.lists(st.sampled_from(["red", "blue", "green"]), min_size=3, max_size=8).map(" ".join)


@given(WORDS, WORDS)
def test_any_round_trip_can_be_undone_and_no_swap_is_empty(before: str, after: str) -> None:
    page = f"First {before} last."
    spun = BackTranslated("any", "any", lambda _: [f"First {after} last."]).spin(page, 1, 1.0)
    assert unspin(spun) == page
    assert all(swap.original and swap.spun for swap in spun.swaps)
    assert spun.text in (page, f"First {after} last.")


def test_strength_is_the_share_of_sentences_sent_and_the_seed_decides_which() -> None:
    sent = []
    for seed in range(6):
        translator = Translator()
        first = spinner(translator).spin(PAGE, seed, 0.5)
        assert first == spinner(Translator()).spin(PAGE, seed, 0.5)
        sent.append(tuple(translator.asked))
    assert {len(sentences) for sentences in sent} == {2}
    assert len(set(sent)) > 1


def test_a_text_without_a_sentence_that_can_travel_stays_as_it_is() -> None:
    assert spinner(Translator()).spin("No.\n\n<b>", 1, 1.0).swaps == ()


@pytest.mark.parametrize(
    ("original", "answer", "wanted"),
    [
        (
            "We met Ann Lee in the old town.",
            "We met *Ann *Lee in the ancient town.",
            "We met Ann Lee in the ancient town.",
        ),
        ("We met Ann Lee in the old town.", "We met Ann in the ancient town.", None),  # a name is lost
        ("We met them in the old town.", "We met them in the #ancient town.", None),  # a word that has no form
        ("We met them in the old town.", "We town.", None),  # most of it is lost
        ("We met them in the old town.", "we met them in the ancient town.", None),  # it begins in lower case
        ("We met them in the old town.", "We met them in the ancient town", None),  # the full stop is lost
        ("It’s all that we don’t know.", "It's all that we don't ignore.", "It’s all that we don’t ignore."),
        ("He said “we know” (soon).", "He said “ we ignore ” ( soon ).", "He said “we ignore” (soon)."),
    ],
)
def test_an_answer_is_taken_only_when_it_is_a_whole_sentence(original: str, answer: str, wanted: str | None) -> None:
    assert as_english(original, answer) == wanted


def program(folder: Path, name: str, code: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexec {code}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def trip(tmp_path: Path) -> Trip:
    """Three programs that put one word for another, the second in the tagger's place."""
    unbuffered = "sed -z -u"
    program(tmp_path, "first", f"{unbuffered} s/river/rio/")
    program(tmp_path, "apertium-tagger", "sed -z s/rio/RIO/")
    program(tmp_path, "last", f"{unbuffered} s/RIO/stream/")
    return Trip((("first",), ("apertium-tagger",), ("last",)), {"PATH": f"{tmp_path}:{os.defpath}"})


def test_sentences_go_through_the_programs_in_order(trip: Trip) -> None:
    sentences = [f"Sentence {number} by the river, " + "word " * 200 for number in range(30)]
    assert trip(sentences) == [sentence.replace("river", "stream") for sentence in sentences]
    assert trip(["The river."]) == ["The stream."]
    assert trip([]) == []


def test_a_trip_works_in_worker_processes_too(trip: Trip) -> None:
    trip(["The river."])
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(trip, [[f"River {number}, river."] for number in range(8)])) == [
            [f"River {number}, stream."] for number in range(8)
        ]
    assert pickle.loads(pickle.dumps(trip))(["The river."]) == ["The stream."]


def test_a_program_that_stops_is_told(tmp_path: Path) -> None:
    program(tmp_path, "broken", "head -c 3")
    broken = Programs((("broken",),), {"PATH": f"{tmp_path}:{os.defpath}"})
    with pytest.raises(InputError, match="broken, or a program after it, stopped after 0 of 1 sentences"):
        broken.ask(["The river."])


def test_the_programs_of_a_mode_are_found_in_unpacked_packages(tmp_path: Path) -> None:
    modes = tmp_path / "usr/share/apertium/modes"
    modes.mkdir(parents=True)
    (modes / "eng-spa.mode").write_text(
        "lt-proc '/usr/share/apertium/a.bin' | apertium-tagger -g $2 | lt-proc $1 'b'\n"
    )
    assert Installation((tmp_path / "other", tmp_path)).steps("eng-spa", "-n") == [
        ("lt-proc", "-z", f"{tmp_path}/usr/share/apertium/a.bin"),
        ("apertium-tagger", "-z", "-g"),
        ("lt-proc", "-z", "-n", "b"),
    ]
    with pytest.raises(InputError, match="holds the mode spa-eng"):
        Installation((tmp_path,)).steps("spa-eng", "-g")


@pytest.mark.skipif(
    not shutil.which("apertium-transfer") or not Path("/usr/share/apertium/modes/eng-spa.mode").exists(),
    reason="apertium-eng-spa is not installed",
)
def test_apertium_itself_brings_a_page_back_re_written() -> None:
    (made,) = build({"spa": tried_trip(Installation((Path("/"),)), "spa")})
    page = "The old man bought a large house near the river. It was built by his own father a long time ago."
    spun = made.spin(page, 1, 1.0)
    assert spun.swaps
    assert unspin(spun) == page
    assert "*" not in spun.text


def test_a_text_that_crashes_the_programs_is_left_as_it_is() -> None:
    def crash(sentences: Sequence[str]) -> list[str]:
        raise InputError("stopped")

    text = "The old man bought a large house near the river."
    assert BackTranslated("apertium-spa", "apertium", crash).spin(text, 1, 1.0).text == text
