"""POST /v1/score: the verdict, and every kind of bad input."""

import json
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

SPUN = "They were on the incorrect aspect of historical past."


def score(desk: Any, body: Any) -> Any:
    return desk.call("POST", "/v1/score", body, Authorization=f"Bearer {desk.pair()}")


def test_a_spun_text_gets_the_whole_verdict(desk: Any) -> None:
    assert score(desk, {"text": SPUN, "url": "https://a.example/", "title": "A"}).json == {
        "verdict": "spun",
        "reason": None,
        "score": 7.3,
        "probability": 0.998,
        "false_alarm_rate": 0.0005,
        "words": 9,
        "spun_share": 0.81,
        "family": {"name": "pivot", "confidence": 0.93, "pairs": []},
        "evidence": [
            {
                "start": 37,
                "end": 52,
                "text": "historical past",
                "weight": 1.9,
                "why": "dictionary swap",
                "likely_original": "history",
            }
        ],
        "windows": [{"start": 0, "end": 37, "score": -1.0}, {"start": 37, "end": 52, "score": 4.0}],
        "model": "fake-1",
        "marks": [],
        "extractor": None,
        "api": 1,
        "near": [],
    }


def test_evidence_none_is_passed_on_to_the_detector(desk: Any) -> None:
    assert score(desk, {"text": SPUN, "evidence": "none"}).json["evidence"] == []


def test_an_empty_text_is_unscorable_not_an_error(desk: Any) -> None:
    answer = score(desk, {"text": ""})
    assert (answer.status_code, answer.json["verdict"], answer.json["reason"]) == (200, "unscorable", "too_short")


@pytest.mark.parametrize(
    ("body", "reason", "detail"),
    [
        (b"", "bad_json", "The body is not valid JSON."),
        (b"{", "bad_json", "The body is not valid JSON."),
        (b"\xff\xfe", "bad_json", "The body is not valid UTF-8."),
        (b'{"text": "\xed\xa0\x80"}', "bad_json", "The body is not valid UTF-8."),
        (b"[" * 200_000, "bad_json", "The JSON is nested too deeply."),
        (b'{"text":' * 100_000, "bad_json", "The JSON is nested too deeply."),
        (b"9" * 10_000, "bad_json", "The body is not valid JSON."),
        (b"[]", "bad_json", 'The body must be a JSON object, such as {"text": "..."}.'),
        (b"null", "bad_json", 'The body must be a JSON object, such as {"text": "..."}.'),
        ({}, "bad_field", '"text" is missing. It must be a string.'),
        ({"text": None}, "bad_field", '"text" must be a string.'),
        ({"text": ["a"]}, "bad_field", '"text" must be a string.'),
        ({"text": "a", "url": 1}, "bad_field", '"url" must be a string or null.'),
        ({"text": "a", "evidence": "some"}, "bad_field", '"evidence" must be "all" or "flagged" or "none".'),
        ({"text": "a", "evidence": []}, "bad_field", '"evidence" must be "all" or "flagged" or "none".'),
    ],
)
def test_a_bad_body_is_a_problem_that_says_what_was_wanted(desk: Any, body: Any, reason: str, detail: str) -> None:
    answer = score(desk, body)
    assert answer.content_type == "application/problem+json"
    assert answer.json == {
        "type": f"urn:unspun:problem:{reason}",
        "title": "Bad Request",
        "status": 400,
        "detail": detail,
        "reason": reason,
    }


@pytest.mark.parametrize("text", ["\ud800 lone one two three", "\x00 one two three four", "a\u202eb c d e f"])
def test_strange_characters_reach_the_detector_and_come_back_as_json(desk: Any, text: str) -> None:
    answer = score(desk, {"text": text})
    assert answer.status_code == 200
    assert desk.detector.texts == [text]
    answer.data.decode("ascii")


def test_a_lone_surrogate_in_a_finding_stays_valid_json(desk: Any) -> None:
    token = desk.pair()
    data = b'{"pairing": "\\ud800", "code": "\\udfff"}'
    assert desk.call("POST", "/v1/pair", data).status_code == 410
    body = b'{"text": "a b c d \\ud800 historical past"}'
    answer = desk.call("POST", "/v1/score", body, Authorization=f"Bearer {token}")
    assert json.loads(answer.data)["evidence"][0]["start"] == 10


def test_offsets_count_utf16_units_past_astral_characters(desk: Any) -> None:
    assert score(desk, {"text": "😀 one two historical past"}).json["evidence"][0]["start"] == 11


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(body=st.binary(max_size=200))
def test_any_bytes_get_a_verdict_or_a_problem(make_desk: Any, body: bytes) -> None:
    answer = score(make_desk(), body)  # a desk of its own: pairing is limited to so many a minute
    assert answer.status_code in (200, 400)
    json.loads(answer.data)


def test_a_full_queue_is_told_to_come_back(make_desk: Any) -> None:
    desk = make_desk(threads=1, queue=0)
    token = desk.pair()
    desk.detector.may_end.clear()
    first = threading.Thread(
        target=lambda: desk.call("POST", "/v1/score", {"text": SPUN}, Authorization=f"Bearer {token}")
    )
    first.start()
    assert desk.detector.started.wait(5)
    answer = desk.call("POST", "/v1/score", {"text": SPUN}, Authorization=f"Bearer {token}")
    desk.detector.may_end.set()
    first.join(5)
    assert (answer.status_code, answer.json["reason"], answer.headers["Retry-After"]) == (503, "busy", "1")


def test_a_text_that_takes_too_long_is_given_up(make_desk: Any) -> None:
    desk = make_desk(job_time_s=1)
    desk.detector.may_end.clear()
    answer = score(desk, {"text": SPUN})
    assert (answer.status_code, answer.json["reason"]) == (503, "too_slow")


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v1/nowhere", 404), ("PUT", "/v1/score", 405)])
def test_unknown_paths_and_methods_are_problems(desk: Any, method: str, path: str, status: int) -> None:
    answer = desk.call(method, path)
    assert answer.status_code == status
    assert answer.json["status"] == status
    assert answer.content_type == "application/problem+json"


def test_the_model_summary_holds_the_manifest(desk: Any) -> None:
    token = desk.pair()
    assert desk.call("GET", "/v1/model", Authorization=f"Bearer {token}").json == {
        "id": "fake-1",
        "manifest": {"thresholds": {"suspicious": 0.01, "spun": 0.001}, "words": 12},
    }


def test_metrics_count_requests_and_verdicts(desk: Any) -> None:
    score(desk, {"text": SPUN})
    text = desk.call("GET", "/metrics", Authorization=f"Bearer {desk.pair()}").text
    assert 'unspun_requests_total{method="POST",route="/v1/score",status="200"} 1' in text.splitlines()
    assert 'unspun_verdicts_total{verdict="spun"} 1' in text.splitlines()
