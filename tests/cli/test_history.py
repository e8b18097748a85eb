"""`unspun history` and `unspun forget`, with and without a running server."""

import json
import re
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from detector import Verdict
from detector.errors import WrongUse
from server.store.database import open_database
from server.store.history import History
from server.store.pages import PageStore

Run = Callable[..., Result]


@pytest.fixture
def seen(environment: dict[str, str]) -> None:
    """Three pages of two sites."""
    database = open_database(Path(environment["UNSPUN_DATA_DIR"]), print)
    moments = iter(range(1_790_000_000, 1_790_000_100, 10))
    history = History(PageStore(database), 90, lambda: float(next(moments)))
    for label, url, title in (
        ("clean", "https://news.example/a", "A plain headline"),
        ("spun", "https://www.news.example/b", "Evil\x1b[2Jtitle"),
        ("spun", "https://copy.example/c", None),
    ):
        verdict: Any = Verdict(label, None, 1.0, 0.5, 0.1, 200, 0.0, None, (), (), "m")  # type: ignore[arg-type]
        history.remember("A text.", verdict, url, title)
    history.remember("A text.", verdict, url, None)
    database.close()


def test_pages_are_listed_with_the_last_seen_first(run: Run, seen: None) -> None:
    lines = run("history").stdout.splitlines()
    assert len(lines) == 7
    assert re.fullmatch(r"SPUN        2026-09-\d\d \d\d:\d\d  copy\.example  \(judged 2 times\)", lines[0])
    assert lines[1] == "            https://copy.example/c"
    assert lines[2].endswith("Evil [2Jtitle")
    assert lines[4].startswith("CLEAN")
    assert lines[6] == "3 pages."


def test_pages_are_listed_by_site_and_verdict_as_json(run: Run, seen: None) -> None:
    rows = json.loads(run("history", "--site", "www.news.example", "--verdict", "spun", "--format", "json").stdout)
    assert [(row["url"], row["verdict"], row["words"]) for row in rows] == [("https://www.news.example/b", "spun", 200)]
    assert "2 of 3 pages; --limit shows more." in run("history", "--limit", "2").stdout


def test_without_a_history_nothing_is_listed_and_no_file_is_made(run: Run, environment: dict[str, str]) -> None:
    assert run("history").stdout == "No such pages in the history.\n"
    assert run("history", "--format", "json").stdout == "[]\n"
    assert run("forget", "--all").stdout == "No such pages in the history.\n"
    assert not Path(environment["UNSPUN_DATA_DIR"]).exists()


def test_forgetting_asks_first(run: Run, seen: None) -> None:
    refused = run("forget", "--site", "news.example", stdin="n\n")
    assert "Forget every page of news.example (2 pages)? This cannot be undone. [y/N]" in refused.stdout
    assert refused.exit_code == 1
    assert "3 pages." in run("history").stdout
    assert "Forgotten: 2 pages." in run("forget", "--site", "https://www.news.example/b", stdin="y\n").stdout
    assert "1 page." in run("history").stdout


def test_everything_is_forgotten_without_a_question_when_told_so(
    run: Run, seen: None, environment: dict[str, str]
) -> None:
    assert run("forget", "--all", "--yes").stdout == "Forgotten: 3 pages.\n"
    assert run("history").stdout == "No such pages in the history.\n"
    files = Path(environment["UNSPUN_DATA_DIR"]).iterdir()
    assert not [file for file in files if b"news.example" in file.read_bytes()]


@pytest.mark.parametrize("arguments", [(), ("--all", "--site", "news.example")])
def test_what_to_forget_must_be_said(run: Run, seen: None, arguments: tuple[str, ...]) -> None:
    assert isinstance(run("forget", *arguments, "--yes").exception, WrongUse)


def test_a_running_server_need_not_be_stopped(run: Run, seen: None, start: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    process = start("serve", "--port", str(port), "--history-days", "9999")
    assert any(line.startswith("Stop with Ctrl-C") for line in process.stdout)
    assert run("forget", "--site", "news.example", "--yes").stdout == "Forgotten: 2 pages.\n"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert "1 page." in run("history").stdout


def test_a_server_started_without_history_makes_no_file(start: Callable[..., Any], environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    process = start("serve", "--port", str(port), "--no-history")
    assert any(line.startswith("Stop with Ctrl-C") for line in process.stdout)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert not (Path(environment["UNSPUN_DATA_DIR"]) / "unspun.sqlite").exists()
