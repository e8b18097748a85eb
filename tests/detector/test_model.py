import dataclasses
import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import Detector
from detector.model import read
from detector.verdict import Verdict
from training.build import BuildSettings, Built, draft_detector


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def test_a_spun_text_is_flagged_and_its_original_is_not(
    tiny_detector: Detector, human_text: str, spun_text: str
) -> None:
    assert tiny_detector.score(human_text).verdict == "clean"
    verdict = tiny_detector.score(spun_text)
    assert verdict.verdict == "spun"
    assert verdict.false_alarm_rate is not None and verdict.false_alarm_rate <= 0.001
    assert verdict.family is not None and verdict.family.name == "pivot"
    assert verdict.spun_share == 1.0


def test_evidence_names_swapped_words_where_they_stand(tiny_detector: Detector, spun_text: str) -> None:
    evidence = tiny_detector.score("😀 " + spun_text).evidence
    found = {piece.text for piece in evidence}
    assert {"historical past", "folks", "youngsters"} & found
    for piece in evidence:
        assert utf16("😀 " + spun_text)[2 * piece.start : 2 * piece.end].decode("utf-16-le") == piece.text


def test_evidence_does_not_overlap_and_stands_in_order(tiny_detector: Detector, spun_text: str) -> None:
    evidence = tiny_detector.score(spun_text).evidence
    assert len(evidence) >= 15
    assert all(one.end <= other.start for one, other in itertools.pairwise(evidence))


def test_evidence_is_looked_for_as_asked(tiny_detector: Detector, human_text: str, spun_text: str) -> None:
    assert tiny_detector.score(spun_text, evidence="none").evidence == ()
    assert tiny_detector.score(human_text, evidence="flagged").evidence == ()
    assert tiny_detector.score(spun_text, evidence="all").evidence == tiny_detector.score(spun_text).evidence


def test_the_fast_path_is_the_pipelines_decision_function(tiny_built: Built) -> None:
    chance = random.Random(3)
    words = "the a historical past company agency folks people went to see that story with money, it is. You".split()
    texts = [" ".join(chance.choices(words, k=chance.randint(20, 300))) for _ in range(200)]
    slow = tiny_built.fitted.pipeline.decision_function(texts)
    detector = draft_detector(tiny_built.fitted, BuildSettings())
    fast = np.array([detector.text_score(text) for text in texts])
    assert np.abs(fast - slow).max() <= 1e-5 * slow.std()


def test_repeating_a_text_adds_no_new_contributions(tiny_detector: Detector, spun_text: str) -> None:
    once = tiny_detector.contributions(read(spun_text + ".")).sum()
    twice = tiny_detector.contributions(read(spun_text + ".\n" + spun_text + ".")).sum()
    per_word = tiny_detector.manifest["per_word"] * len(read(spun_text).words)
    assert twice - once == pytest.approx(per_word, abs=abs(once) * 0.05)


def test_a_text_spun_in_one_part_is_found(tiny_detector: Detector, human_text: str, spun_text: str) -> None:
    verdict = tiny_detector.score(human_text + "\n" + spun_text + "\n" + human_text)
    assert verdict.verdict != "clean"
    assert verdict.spun_share is not None and 0.25 < verdict.spun_share < 0.6
    assert max(verdict.windows, key=lambda window: window.score).start > 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "too_short"),
        ("word", "too_short"),
        ("The quick brown fox jumps over the lazy dog. " * 3, "too_short"),
        ("\x00\x01\x02" * 400, "too_short"),
        (
            "Der schnelle braune Fuchs springt jeden Tag einmal und auch noch zweimal durch den Garten. " * 12,
            "not_english",
        ),
        (
            "El presidente de la empresa dijo que los trabajadores no quieren volver a la oficina ahora. " * 12,
            "not_english",
        ),
        (
            "Le président de la société a dit que les salariés ne veulent pas revenir au bureau demain. " * 12,
            "not_english",
        ),
        ("敏捷的棕色狐狸每天都跳过懒狗。" * 60, "not_english"),
        ("الثعلب البني السريع يقفز فوق الكلب الكسول كل يوم " * 30, "not_english"),
        ("for (let i = 0; i < n; i++) { total += rows[i].cost * (1 + tax); } // sum\n" * 20, "not_prose"),
        ("apples, pears, 12 kg, plums, 3 kg, cherries, jam, 7 jars, tea, 2 boxes, " * 12, "not_prose"),
    ],
)
def test_what_cannot_be_judged_says_why(tiny_detector: Detector, text: str, reason: str) -> None:
    verdict = tiny_detector.score(text)
    assert (verdict.verdict, verdict.reason) == ("unscorable", reason)
    assert (verdict.score, verdict.probability, verdict.false_alarm_rate, verdict.evidence) == (None, None, None, ())


def test_look_alike_letters_do_not_hide_a_spun_text(tiny_detector: Detector, spun_text: str) -> None:
    disguised = spun_text.replace("a", "а").replace("o", "о")  # Cyrillic
    assert tiny_detector.score(disguised).score == pytest.approx(tiny_detector.score(spun_text).score)
    assert tiny_detector.score(disguised).marks == ("look-alike letters",)


def test_a_huge_text_is_scored(tiny_detector: Detector, human_text: str) -> None:
    assert tiny_detector.score(human_text * 2000).words > 300_000


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=2000))
def test_no_text_makes_it_fail(tiny_detector: Detector, text: str) -> None:
    verdict = tiny_detector.score(text + " the people in the city asked for it and that was it " * 12, evidence="all")
    assert isinstance(verdict, Verdict)
    size = len(utf16(text)) // 2 + 52 * 12
    assert all(0 <= piece.start < piece.end <= size + 20 for piece in verdict.evidence)


def test_a_verdict_is_plain_json(tiny_detector: Detector, spun_text: str) -> None:
    verdict = tiny_detector.score(spun_text)
    row = verdict.as_json()
    assert list(row) == [field.name for field in dataclasses.fields(Verdict)]
    assert row["evidence"][0].keys() == {"start", "end", "text", "weight", "why", "likely_original"}
