"""Pairing by code, over HTTP and on its own."""

import re
from typing import Any

import pytest

from server.errors import PairingExpiredError, TooManyError, WrongCodeError, WrongOriginError
from server.pairing import Pairings

CHROME = "chrome-extension://" + "abcdefghijklmnop" * 2
FIREFOX = "moz-extension://0f0e0d0c-0b0a-4908-8706-050403020100"


def other_than(code: str) -> str:
    return "000000" if code != "000000" else "000001"


def test_the_code_is_printed_and_trades_for_a_token(desk: Any) -> None:
    started = desk.call("POST", "/v1/pair", {"client": "Chromium on Linux"})
    assert started.status_code == 201
    assert started.json["expires_in"] == 180
    found = re.search(r"Pairing code: (\d{6})", desk.said[0])
    assert found
    done = desk.call("POST", "/v1/pair", {"pairing": started.json["pairing"], "code": found[1]})
    assert done.status_code == 200
    assert re.fullmatch(r"[\w-]{43}", done.json["token"])
    assert [client.id for client in desk.services.clients.clients()] == [done.json["client_id"]]


def test_five_wrong_codes_end_the_pairing(desk: Any) -> None:
    started = desk.call("POST", "/v1/pair", {"client": "x"}).json
    code = desk.services.pairings.waiting()[0].code
    body = {"pairing": started["pairing"], "code": other_than(code)}
    answers = [desk.call("POST", "/v1/pair", body) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert [answer.json["reason"] for answer in answers] == ["wrong_code"] * 5
    assert [answer.json["tries_left"] for answer in answers] == [4, 3, 2, 1, 0]
    late = desk.call("POST", "/v1/pair", {"pairing": started["pairing"], "code": code})
    assert (late.status_code, late.json["reason"]) == (410, "pairing_expired")


def test_a_pairing_works_once(desk: Any) -> None:
    started = desk.call("POST", "/v1/pair", {"client": "x"}).json
    body = {"pairing": started["pairing"], "code": desk.services.pairings.waiting()[0].code}
    assert [desk.call("POST", "/v1/pair", body).status_code for _ in range(2)] == [200, 410]


@pytest.mark.parametrize("body", [{}, {"client": 1}, {"pairing": "x"}, {"pairing": "x", "code": 123456}])
def test_a_pairing_request_without_its_fields_is_refused(desk: Any, body: Any) -> None:
    answer = desk.call("POST", "/v1/pair", body)
    assert (answer.status_code, answer.json["reason"]) == (400, "bad_field")


def test_a_code_lives_three_minutes(clock: Any) -> None:
    pairings = Pairings(clock)
    pairing = pairings.start("x", CHROME)
    clock.now += 179
    assert pairings.waiting() == (pairing,)
    clock.now += 1
    assert pairings.waiting() == ()
    with pytest.raises(PairingExpiredError):
        pairings.finish(pairing.id, pairing.code, CHROME)


def test_another_origin_cannot_end_a_pairing(clock: Any) -> None:
    pairings = Pairings(clock)
    pairing = pairings.start("x", CHROME)
    with pytest.raises(WrongOriginError):
        pairings.finish(pairing.id, pairing.code, FIREFOX)
    assert pairings.finish(pairing.id, pairing.code, CHROME) == pairing


def test_asking_again_gives_a_new_code_and_drops_the_old(clock: Any) -> None:
    pairings = Pairings(clock)
    old, new = pairings.start("x", CHROME), pairings.start("x", CHROME)
    assert pairings.waiting() == (new,)
    with pytest.raises(PairingExpiredError):
        pairings.finish(old.id, old.code, CHROME)


def test_only_eight_pairings_wait_at_a_time(clock: Any) -> None:
    pairings = Pairings(clock)
    for number in range(8):
        pairings.start("x", f"origin {number}")
    with pytest.raises(TooManyError):
        pairings.start("x", "origin 8")


def test_the_code_is_compared_whole(clock: Any) -> None:
    pairings = Pairings(clock)
    pairing = pairings.start("x", CHROME)
    for code in ("", pairing.code[:5], pairing.code + "0", f" {pairing.code}"):
        with pytest.raises(WrongCodeError):
            pairings.finish(pairing.id, code, CHROME)
