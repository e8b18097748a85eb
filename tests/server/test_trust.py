"""The trust rules: each test fails when its rule is broken."""

import json
import logging
import re
import stat
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from detector.errors import WrongUse
from server.serve import check_bind
from server.settings import Settings

CHROME = "chrome-extension://" + "abcdefghijklmnop" * 2
OTHER_CHROME = "chrome-extension://" + "p" * 32
FIREFOX = "moz-extension://0f0e0d0c-0b0a-4908-8706-050403020100"
TEXT = {"text": "They were on the incorrect aspect of historical past."}
FUZZ = hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "localhost", "::1", "127.0.0.2", ""])
def test_any_address_but_loopback_needs_the_flag(host: str) -> None:
    with pytest.raises(WrongUse, match="--allow-remote"):
        check_bind(Settings(host=host), lambda line: None)


def test_the_flag_lets_other_machines_in_and_warns() -> None:
    said: list[str] = []
    check_bind(Settings(host="0.0.0.0", allow_remote=True), said.append)
    assert said[0].startswith("Warning: other machines can reach this server")


def test_loopback_is_the_default_and_silent() -> None:
    said: list[str] = []
    check_bind(Settings(), said.append)
    assert said == []


@pytest.mark.parametrize("host", ["127.0.0.1:5199", "localhost:5199", "LOCALHOST:5199", "[::1]:5199"])
def test_our_own_names_are_answered(desk: Any, host: str) -> None:
    assert desk.call("GET", "/v1/health", Host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example:5199", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:5199.evil.example", "192.168.1.5:5199", "localhost."],
)
@pytest.mark.parametrize("path", ["/v1/health", "/", "/login?key=x", "/static/dashboard.css", "/metrics", "/nowhere"])
def test_a_foreign_host_name_is_refused_everywhere(desk: Any, host: str, path: str) -> None:
    answer = desk.call("GET", path, Host=host)
    assert (answer.status_code, answer.json["reason"]) == (400, "bad_host")


@FUZZ
@given(host=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40))
def test_no_host_but_ours_passes_the_guard(desk: Any, host: str) -> None:
    if host.strip().lower() in ("127.0.0.1:5199", "localhost:5199", "[::1]:5199"):
        return
    assert desk.call("GET", "/v1/health", Host=host or " ").status_code == 400


def test_remote_use_takes_literal_addresses_but_no_names(make_desk: Any) -> None:
    desk = make_desk(host="0.0.0.0", allow_remote=True)
    assert desk.call("GET", "/v1/health", Host="192.168.1.5:5199").status_code == 200
    assert desk.call("GET", "/v1/health", Host="evil.example:5199").status_code == 400


CLIENT_CALLS = [("POST", "/v1/score"), ("GET", "/v1/model"), ("DELETE", "/v1/pair"), ("GET", "/metrics")]


@pytest.mark.parametrize(("method", "path"), [*CLIENT_CALLS, ("GET", "/v1/openapi.json")])
@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", "Basic abc", "Bearer \xff"])
def test_every_call_but_health_needs_a_token(desk: Any, method: str, path: str, header: str) -> None:
    desk.pair()
    answer = desk.call(method, path, TEXT if method == "POST" else None, Authorization=header)
    assert (answer.status_code, answer.json["reason"]) == (401, "not_paired")


def test_every_route_is_either_open_on_purpose_or_guarded(desk: Any) -> None:
    """A new route that anyone may call has to be written down here."""
    found = set()
    for rule in desk.app.url_map.iter_rules():
        for method in rule.methods - {"HEAD"}:
            path = re.sub(r"<(int:)?\w+>", lambda part: "1" if part[1] else "x.css", rule.rule)
            problem = desk.call(method, path, {}, Origin="").get_json(force=True, silent=True) or {}
            if problem.get("reason") not in ("not_paired", "no_cookie", "wrong_origin"):
                found.add((method, rule.rule))
    pages = {("GET", path) for path in ("/", "/login", "/static/<name>", "/history", "/compare", "/labels", "/models")}
    assert found == {("GET", "/v1/health")} | pages


@pytest.mark.parametrize("origin", ["", OTHER_CHROME, FIREFOX, "null", "https://evil.example", "http://127.0.0.1:5199"])
def test_a_token_works_only_from_the_origin_that_paired(desk: Any, origin: str) -> None:
    token = desk.pair(CHROME)
    answer = desk.call("POST", "/v1/score", TEXT, Authorization=f"Bearer {token}", Origin=origin)
    assert (answer.status_code, answer.json["reason"]) == (403, "wrong_origin")
    assert desk.detector.texts == []


def test_a_get_may_come_without_an_origin_but_not_with_a_foreign_one(desk: Any) -> None:
    token = desk.pair(CHROME)
    assert desk.call("GET", "/v1/model", Authorization=f"Bearer {token}", Origin="").status_code == 200
    assert desk.call("GET", "/v1/model", Authorization=f"Bearer {token}", Origin=OTHER_CHROME).status_code == 403


def test_the_file_of_pairings_is_private_and_holds_no_token(desk: Any) -> None:
    token = desk.pair()
    file = desk.services.clients.path
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert token not in file.read_text("utf-8")
    assert len(token) == 43


def test_a_revoked_token_is_worth_nothing(desk: Any) -> None:
    token = desk.pair()
    assert desk.call("DELETE", "/v1/pair", Authorization=f"Bearer {token}").status_code == 204
    assert desk.call("POST", "/v1/score", TEXT, Authorization=f"Bearer {token}").status_code == 401


def test_revoking_one_client_leaves_the_others(desk: Any) -> None:
    first, second = desk.pair(CHROME), desk.pair(FIREFOX)
    desk.call("DELETE", "/v1/pair", Authorization=f"Bearer {first}")
    answer = desk.call("POST", "/v1/score", TEXT, Authorization=f"Bearer {second}", Origin=FIREFOX)
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_that_is_not_declared_json_is_refused(desk: Any, kind: str) -> None:
    token = desk.pair()
    headers = {"Authorization": f"Bearer {token}", "Content_Type": kind}
    answer = desk.call("POST", "/v1/score", TEXT, **headers)
    assert (answer.status_code, answer.json["reason"]) == (415, "not_json")
    assert desk.call("POST", "/v1/pair", {"client": "x"}, Content_Type=kind).status_code == 415


@pytest.mark.parametrize("value", ["", "0", "true"])
def test_our_own_header_is_needed(desk: Any, value: str) -> None:
    token = desk.pair()
    for method, path, body in [("POST", "/v1/score", TEXT), ("GET", "/v1/model", None), ("DELETE", "/v1/pair", None)]:
        answer = desk.call(method, path, body, Authorization=f"Bearer {token}", X_Unspun=value)
        assert (answer.status_code, answer.json["reason"]) == (403, "no_header")
    assert desk.call("POST", "/v1/pair", {"client": "x"}, X_Unspun=value).status_code == 403


def preflight(desk: Any, path: str, origin: str) -> Any:
    asked = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Private_Network": "true"}
    return desk.call("OPTIONS", path, Origin=origin, X_Unspun="", Content_Type="", **asked)


def test_a_preflight_names_only_the_origin_that_paired(desk: Any) -> None:
    assert preflight(desk, "/v1/score", CHROME).status_code == 403
    desk.pair(CHROME)
    answer = preflight(desk, "/v1/score", CHROME)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == CHROME
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization, content-type, x-unspun"
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("path", ["/v1/health", "/v1/pair", "/v1/score", "/v1/nowhere", "/", "/dashboard/check"])
@pytest.mark.parametrize(
    "origin",
    [
        OTHER_CHROME.upper(),
        "https://evil.example",
        "null",
        "*",
        "chrome-extension://short",
        CHROME + ".evil.example",
        "moz-extension://x",
        "http://127.0.0.1:5199",
    ],
)
def test_no_web_page_is_ever_let_in(desk: Any, path: str, origin: str) -> None:
    desk.pair(CHROME)
    for answer in (preflight(desk, path, origin), desk.call("GET", path, Origin=origin)):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Private-Network" not in answer.headers


@pytest.mark.parametrize("path", ["/v1/health", "/v1/pair"])
@pytest.mark.parametrize("origin", [CHROME, OTHER_CHROME, FIREFOX])
def test_any_extension_may_ask_for_health_and_begin_to_pair(desk: Any, path: str, origin: str) -> None:
    assert preflight(desk, path, origin).headers["Access-Control-Allow-Origin"] == origin


def test_an_extension_that_did_not_pair_may_not_read_scores(desk: Any) -> None:
    desk.pair(CHROME)
    assert "Access-Control-Allow-Origin" not in preflight(desk, "/v1/score", FIREFOX).headers


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "http://127.0.0.1:5199"])
def test_only_an_extension_can_pair(desk: Any, origin: str) -> None:
    answer = desk.call("POST", "/v1/pair", {"client": "x"}, Origin=origin)
    assert (answer.status_code, answer.json["reason"]) == (403, "wrong_origin")
    assert desk.said == []


def test_a_body_over_the_limit_is_refused(make_desk: Any) -> None:
    desk = make_desk(max_body_bytes=1000)
    token = desk.pair()
    answer = desk.call("POST", "/v1/score", {"text": "x" * 1000}, Authorization=f"Bearer {token}")
    assert (answer.status_code, answer.json["reason"]) == (413, "too_large")


def test_too_many_requests_are_told_when_to_come_back(make_desk: Any) -> None:
    desk = make_desk(rate=2)
    token = desk.pair()
    statuses = [desk.call("POST", "/v1/score", TEXT, Authorization=f"Bearer {token}").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    answer = desk.call("POST", "/v1/score", TEXT, Authorization=f"Bearer {token}")
    assert answer.headers["Retry-After"] == "30"


def test_pairing_is_limited_for_all_clients_together(make_desk: Any) -> None:
    desk = make_desk(pair_rate=1)
    assert desk.call("POST", "/v1/pair", {"client": "x"}, Origin=CHROME).status_code == 201
    answer = desk.call("POST", "/v1/pair", {"client": "x"}, Origin=FIREFOX)
    assert (answer.status_code, answer.json["reason"]) == (429, "too_many_requests")


def test_a_bug_tells_the_client_and_the_log_nothing_of_the_text(desk: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = desk.pair()
    desk.detector.error = RuntimeError("canary-in-message")
    answer = desk.call("POST", "/v1/score", {"text": "canary-in-text"}, Authorization=f"Bearer {token}")
    assert (answer.status_code, answer.json["reason"]) == (500, "internal_error")
    assert "Traceback" not in answer.text and "canary" not in answer.text
    assert "A bug: RuntimeError at " in caplog.text and "canary" not in caplog.text


def test_logs_hold_no_text_address_query_or_token(desk: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = desk.pair()
    body = {"text": "canary one two three four", "url": "https://canary.example/", "title": "canary"}
    desk.call("POST", "/v1/score", body, Authorization=f"Bearer {token}")
    desk.call("GET", "/canary/path?canary=1")
    desk.call("GET", "/login?key=canary")
    desk.browser().call("POST", "/dashboard/check", {"url": "https://canary.example/"})
    assert "POST /v1/score 200" in caplog.text
    assert "canary" not in caplog.text
    assert token not in caplog.text


def test_a_client_name_cannot_steer_the_terminal(desk: Any) -> None:
    desk.call("POST", "/v1/pair", {"client": "evil\x1b[2J\nPairing code: 000000\u202e" + "x" * 500})
    line = desk.said[-1]
    assert line.isprintable()
    assert len(line) < 250


def test_answers_are_never_cached_or_sniffed(desk: Any) -> None:
    headers = desk.call("GET", "/v1/health").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_health_tells_what_the_contract_says(desk: Any) -> None:
    assert json.loads(desk.call("GET", "/v1/health", Origin="", X_Unspun="").text) == {
        "app": "unspun",
        "version": "0.1.0",
        "api": 1,
        "model": "fake-1",
        "thresholds": {"suspicious": 0.01, "spun": 0.001},
    }
