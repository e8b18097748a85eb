import numpy as np
import pytest

from detector.guesses import guess_originals
from detector.model import read
from detector.reference import Reference, pair_keys, single_keys, tokens_of, triple_keys
from detector.wording import Wording, phrase_keys, run_keys, wording_from_arrays
from training.corpora import Document
from training.examples import Example
from training.human_counts import fill_buckets
from training.lexicon import Entry, Lexicon
from training.wording import build_wording

HUMAN = (
    "They were on the wrong side of history. A side of bacon is on the table. The vast aspect ratio was wrong. "
    "The history of the town is long. It was the wrong answer to the question of history. "
    "One company of many companies."
)
SPUN = "They were on the incorrect aspect of historical past. "
SWAPS = (("incorrect", "wrong"), ("aspect", "side"), ("historical past", "history"))


def documents() -> list[Document]:
    return [Document(f"d{i}", "made-up", "news", f"g{i}", HUMAN) for i in range(40)]


def examples() -> list[Example]:
    return [Example(SPUN * 4, "g", "news", "made-up", "pivot", "pivot-a", SWAPS * 4) for _ in range(40)]


LEXICONS = {"pivot-a": Lexicon("pivot-a", "pivot", (Entry("company", "agency", "n", 1.0, 3),))}


@pytest.fixture(scope="module")
def wording() -> Wording:
    return wording_from_arrays(build_wording(documents(), examples(), LEXICONS))


def guesses(text: str, wording: Wording) -> dict[str, str]:
    reading = read(text)
    found = guess_originals(reading.words, np.arange(len(reading.words) + 1.0), wording)
    words = text.rstrip(".").split()
    return {
        " ".join(words[first:end]): wording.originals[row]
        for first, end, row, swapped in zip(found.firsts, found.ends, found.originals, found.swapped, strict=True)
        if swapped > 0.5
    }


def test_a_broken_phrase_is_put_right_as_a_whole(wording: Wording) -> None:
    assert guesses("They were on the incorrect aspect of historical past.", wording) == {
        "incorrect": "wrong",
        "aspect": "side",
        "historical past": "history",
    }


def test_wording_that_fits_where_it_stands_is_left_alone(wording: Wording) -> None:
    assert "aspect" not in guesses("The vast aspect ratio was incorrect.", wording)


def test_inflected_forms_of_a_listed_pair_are_known(wording: Wording) -> None:
    assert set(phrase_keys(["agency", "agencies"])) <= set(wording.keys.tolist())


def test_what_may_not_be_learned_is_not() -> None:
    arrays = build_wording(documents(), examples(), LEXICONS, lambda original, spun: original != "side")
    assert b"side" not in arrays["originals"].tobytes().split(b"\n")
    assert b"history" in arrays["originals"].tobytes().split(b"\n")


def test_contractions_are_no_spinners_wording() -> None:
    swaps = (("we're", "we are"), *SWAPS)
    spun = [Example(SPUN, "g", "news", "made-up", "pivot", "pivot-a", swaps) for _ in range(20)]
    assert b"we're" not in build_wording(documents(), spun, {})["phrases"].tobytes()


def test_a_name_keeps_its_capital_and_a_sentence_start_does_not() -> None:
    swaps = (("Chinese language", "Chinese"), ("Historical past", "History"), ("historical past", "history"))
    spun = [Example(SPUN, "g", "news", "made-up", "pivot", "pivot-a", swaps) for _ in range(20)]
    assert build_wording(documents(), spun, {})["originals"].tobytes().decode().split("\n") == ["Chinese", "history"]


def test_counts_of_words_pairs_and_triples_are_found_again(wording: Wording) -> None:
    tokens, _ = tokens_of(read("the wrong side of history").words)
    first, second, third = tokens[2:5, None]
    counts = wording.reference.log_counts(
        np.concatenate((single_keys(second), pair_keys(first, second), triple_keys(first, second, third)))
    )
    # Each stands 40 or 80 times; levels are a factor of 1.55 apart.
    assert np.exp(counts) == pytest.approx([120, 80, 40], rel=0.3)


def test_ngrams_that_nobody_wrote_have_no_count(wording: Wording) -> None:
    tokens, _ = tokens_of(read("history wrong").words)
    assert wording.reference.log_counts(pair_keys(tokens[2:3], tokens[3:4])).tolist() == pytest.approx(
        [-1.204], abs=0.01
    )


def test_a_full_bucket_keeps_the_commonest() -> None:
    keys = np.array([0x123000, 0x123010, 0x123020], np.uint32)
    reference = Reference(fill_buckets(keys, np.array([900, 50, 2])), 1000)
    assert (reference.log_counts(keys) > 0).tolist() == [True, True, False]


def test_a_phrase_has_the_key_of_its_words_in_a_text() -> None:
    tokens, places = tokens_of(read("Well, it was on the other hand fine.").words)
    keys = list(run_keys(tokens))
    assert keys[3][places[3]] == phrase_keys(["a", "on the other hand", "b"])[1]


def test_phrases_do_not_run_across_punctuation() -> None:
    tokens, _ = tokens_of(read("It was on. The other hand is fine.").words)
    assert phrase_keys(["on the other hand"])[0] not in list(run_keys(tokens))[3]
