"""The store of paired clients, the dashboard's keys, and the rate limit."""

from pathlib import Path
from typing import Any

import pytest

from detector.errors import UnspunError
from server.clients import MAX_CLIENTS, ClientStore
from server.errors import TooManyError
from server.rate import RateLimit
from server.sessions import Sessions


def test_clients_survive_a_restart(tmp_path: Path, clock: Any) -> None:
    client, token = ClientStore(tmp_path / "data", clock).add("Firefox", "moz-extension://x")
    again = ClientStore(tmp_path / "data", clock)
    assert again.find(token) == client
    assert again.clients() == (client,)
    assert client.paired_at == 1000


def test_a_wrong_token_finds_nobody(tmp_path: Path, clock: Any) -> None:
    store = ClientStore(tmp_path, clock)
    client, token = store.add("Firefox", "moz-extension://x")
    for wrong in ("", token[:-1], token + "x", client.token_sha256, "\ud800"):
        assert store.find(wrong) is None


def test_the_oldest_clients_give_way(tmp_path: Path, clock: Any) -> None:
    store = ClientStore(tmp_path, clock)
    for number in range(MAX_CLIENTS + 2):
        store.add(f"browser {number}", "moz-extension://x")
    names = [client.name for client in store.clients()]
    assert (len(names), names[0]) == (MAX_CLIENTS, "browser 2")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"clients": [{"id": 1}]}', '{"clients": 3}'])
def test_a_damaged_file_says_what_to_do(tmp_path: Path, clock: Any, content: str) -> None:
    (tmp_path / "clients.json").write_text(content, "utf-8")
    with pytest.raises(UnspunError, match="Delete it and pair your browsers again"):
        ClientStore(tmp_path, clock)


def test_a_failed_write_leaves_the_old_file_and_no_scraps(
    tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ClientStore(tmp_path, clock)
    client, _ = store.add("Firefox", "moz-extension://x")

    def full_disk(self: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="disk full"):
        store.add("Chromium", "moz-extension://y")
    assert store.clients() == (client,)
    assert [path.name for path in tmp_path.iterdir()] == ["clients.json"]


def test_there_is_one_unused_key_at_a_time() -> None:
    sessions = Sessions()
    key = sessions.new_key()
    assert key is not None
    assert sessions.new_key() is None
    assert sessions.redeem("wrong") is None
    cookie = sessions.redeem(key)
    assert cookie is not None
    assert sessions.knows(cookie)
    assert not sessions.knows(key)
    assert sessions.new_key() not in (None, key)


def test_an_unknown_cookie_is_not_known_before_or_after_a_login() -> None:
    sessions = Sessions()
    assert not sessions.knows("")
    sessions.redeem(sessions.new_key() or "")
    assert not sessions.knows("")
    assert not sessions.knows("\ud800")


def test_the_rate_limit_refills_evenly_and_per_name(clock: Any) -> None:
    rate = RateLimit(60, clock)
    for _ in range(60):
        rate.spend("one")
    with pytest.raises(TooManyError) as told:
        rate.spend("one")
    assert told.value.headers == {"Retry-After": "1"}
    rate.spend("two")
    clock.now += 1
    rate.spend("one")
    with pytest.raises(TooManyError):
        rate.spend("one")
