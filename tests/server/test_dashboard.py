"""The dashboard: the one-time link, its cookie, and what its script may ask."""

from typing import Any

import pytest

HOST = "127.0.0.1:5199"
SPUN = "They were on the incorrect aspect of historical past."


def test_the_link_works_once_and_sets_a_strict_cookie(desk: Any) -> None:
    key = desk.services.sessions.new_key()
    first = desk.call("GET", f"/login?key={key}", Origin="", X_Unspun="")
    assert (first.status_code, first.headers["Location"]) == (303, "/")
    cookie = first.headers["Set-Cookie"]
    assert cookie.startswith("unspun_5199=")
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert desk.call("GET", f"/login?key={key}").status_code == 403


def test_looking_at_the_link_without_opening_it_does_not_use_it_up(desk: Any) -> None:
    key = desk.services.sessions.new_key()
    assert desk.call("HEAD", f"/login?key={key}").status_code == 403
    assert desk.call("GET", f"/login?key={key}").status_code == 303


def test_without_the_cookie_the_page_tells_what_to_do(desk: Any) -> None:
    answer = desk.call("GET", "/", Origin="", X_Unspun="")
    assert answer.status_code == 403
    assert "unspun serve" in answer.text and "<textarea" not in answer.text


def test_a_lost_link_is_replaced_on_the_terminal_once(desk: Any) -> None:
    for _ in range(3):
        desk.call("GET", "/", Origin="", X_Unspun="")
    assert len(desk.said) == 1
    assert desk.said[0].startswith("Dashboard: http://127.0.0.1:5199/login?key=")
    path = desk.said[0].removeprefix("Dashboard: http://127.0.0.1:5199")
    assert desk.call("GET", path).status_code == 303


def test_with_the_cookie_the_dashboard_opens(desk: Any) -> None:
    answer = desk.browser().call("GET", "/", Origin="", X_Unspun="")
    assert answer.status_code == 200
    assert "<textarea" in answer.text


def test_the_page_policy_allows_no_inline_script_or_style_and_no_other_host(desk: Any) -> None:
    policy = desk.browser().call("GET", "/").headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_a_pasted_text_is_checked(desk: Any) -> None:
    found = desk.browser().call("POST", "/dashboard/check", {"text": SPUN}).json
    assert found["text"] == SPUN
    assert found["verdict"]["verdict"] == "spun"
    assert found["summary"] == {
        "headline": "Very likely rewritten by a synonym spinner",
        "explanation": "About 1 in 2,000 human-written articles of this length score this high.",
        "share": "81 % of the text looks spun",
        "family": "pivot (93 % sure)",
    }


def test_an_address_is_fetched_and_its_article_checked(desk: Any) -> None:
    found = desk.browser().call("POST", "/dashboard/check", {"url": "https://news.example/page"}).json
    assert found["title"] == "A headline"
    assert found["verdict"]["extractor"] == "trafilatura-fast"
    assert found["text"][found["verdict"]["evidence"][0]["start"] :].startswith("historical past")


def test_an_address_that_cannot_be_fetched_says_why(desk: Any) -> None:
    answer = desk.browser().call("POST", "/dashboard/check", {"url": "https://gone.example/"})
    assert (answer.status_code, answer.json["reason"]) == (422, "fetch_failed")
    assert answer.json["detail"] == "The site could not be reached."


@pytest.mark.parametrize("body", [{}, {"text": "a", "url": "b"}, {"text": 1}])
def test_the_form_takes_a_text_or_an_address(desk: Any, body: Any) -> None:
    answer = desk.browser().call("POST", "/dashboard/check", body)
    assert (answer.status_code, answer.json["reason"]) == (400, "bad_field")


def test_waiting_codes_and_paired_clients_are_shown(desk: Any) -> None:
    desk.pair(name="Firefox on Linux")
    desk.call("POST", "/v1/pair", {"client": "Chromium on Linux"})
    state = desk.browser().call("GET", "/dashboard/state").json
    assert state["model"] == "fake-1"
    assert [client["name"] for client in state["clients"]] == ["Firefox on Linux"]
    assert "token_sha256" not in state["clients"][0]
    waiting = desk.services.pairings.waiting()[0]
    assert [(one["client"], one["code"]) for one in state["pairings"]] == [("Chromium on Linux", waiting.code)]


def test_a_client_is_revoked_from_the_dashboard(desk: Any) -> None:
    token = desk.pair()
    client_id = desk.services.clients.clients()[0].id
    browser = desk.browser()
    assert browser.call("DELETE", f"/dashboard/clients/{client_id}").status_code == 204
    assert desk.call("GET", "/v1/model", Authorization=f"Bearer {token}").status_code == 401
    assert browser.call("DELETE", f"/dashboard/clients/{client_id}").json["reason"] == "no_such_client"


CALLS = [("POST", "/dashboard/check", {"text": SPUN}), ("GET", "/dashboard/state", None)]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_the_scripts_calls_need_the_cookie(desk: Any, method: str, path: str, body: Any) -> None:
    answer = desk.call(method, path, body, Origin=f"http://{HOST}")
    assert (answer.status_code, answer.json["reason"]) == (403, "no_cookie")


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_the_cookie_alone_is_not_enough(desk: Any, method: str, path: str, body: Any) -> None:
    answer = desk.browser().call(method, path, body, X_Unspun="")
    assert (answer.status_code, answer.json["reason"]) == (403, "no_header")


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:8000", "https://evil.example", "null", "chrome-extension://" + "a" * 32]
)
@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_another_local_server_cannot_use_the_cookie(desk: Any, method: str, path: str, body: Any, origin: str) -> None:
    answer = desk.browser().call(method, path, body, Origin=origin)
    assert (answer.status_code, answer.json["reason"]) == (403, "wrong_origin")


def test_a_change_without_an_origin_is_refused(desk: Any) -> None:
    answer = desk.browser().call("POST", "/dashboard/check", {"text": SPUN}, Origin="")
    assert (answer.status_code, answer.json["reason"]) == (403, "wrong_origin")


def test_the_cookie_reads_the_metrics_and_the_api_document(desk: Any) -> None:
    browser = desk.browser()
    assert browser.call("GET", "/metrics").status_code == 200
    assert browser.call("GET", "/v1/openapi.json").json["openapi"] == "3.1.0"


def test_the_cookie_does_not_score_through_the_api(desk: Any) -> None:
    assert desk.browser().call("POST", "/v1/score", {"text": SPUN}).status_code == 401


@pytest.mark.parametrize("name", ["dashboard.html", "base.html", "..%2fapp.py", "nothing.js", ".css"])
def test_only_the_dashboards_own_static_files_are_given(desk: Any, name: str) -> None:
    assert desk.call("GET", f"/static/{name}").status_code == 404


@pytest.mark.parametrize(
    ("name", "kind"),
    [("dashboard.js", "text/javascript"), ("dashboard.css", "text/css"), ("icon.svg", "image/svg+xml")],
)
def test_static_files_have_their_types(desk: Any, name: str, kind: str) -> None:
    assert desk.call("GET", f"/static/{name}").mimetype == kind
