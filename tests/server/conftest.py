"""Fakes and helpers for the server's tests: a detector, a clock, an application, a paired client."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from detector import Evidence, Family, Verdict, Window
from detector.errors import FetchError
from server.app import create_app
from server.dashboard import offer_login
from server.extract import Article
from server.listener import listen
from server.serve import make_services, open_socket
from server.services import Services
from server.settings import Settings

CHROME = "chrome-extension://" + "abcdefghijklmnop" * 2
FIREFOX = "moz-extension://0f0e0d0c-0b0a-4908-8706-050403020100"
PORT = 5199
HOST = f"127.0.0.1:{PORT}"
FAMILY = Family("pivot", 0.93)


class FakeDetector:
    """Calls any text with "historical past" spun, and texts under five words too short."""

    def __init__(self, model_id: str = "fake-1") -> None:
        self.id = model_id
        self.manifest: dict[str, Any] = {"thresholds": {"suspicious": 0.01, "spun": 0.001}, "words": 12}
        self.texts: list[str] = []
        self.started = threading.Event()
        self.may_end = threading.Event()
        self.may_end.set()
        self.error: Exception | None = None

    def score(self, text: str, evidence: str = "flagged") -> Verdict:
        self.texts.append(text)
        self.started.set()
        self.may_end.wait(5)
        if self.error is not None:
            raise self.error
        words = len(text.split())
        if words < 5:
            return Verdict("unscorable", "too_short", None, None, None, words, None, None, (), (), self.id)
        at = text.find("historical past")
        if at < 0:
            return Verdict("clean", None, -3.5, 0.001, 0.4, words, 0.0, None, (), (), self.id)
        start = len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
        found = Evidence(start, start + 15, "historical past", 1.9, "dictionary swap", "history")
        shown = () if evidence == "none" else (found,)
        windows = (Window(0, start, -1.0), Window(start, start + 15, 4.0))
        return Verdict("spun", None, 7.3, 0.998, 0.0005, words, 0.81, FAMILY, shown, windows, self.id)


@dataclass
class FakeClock:
    """Time that moves only when told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """One application and everything behind it."""

    app: Flask
    services: Services
    detector: FakeDetector
    said: list[str]

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """One request with the headers the extension sends; a header given as "" is left out."""
        sent = {"Host": HOST, "X-Unspun": "1", "Origin": CHROME, "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        kept = {name: value for name, value in sent.items() if value}
        return self.client().open(path, method=method, data=data, headers=kept)

    def pair(self, origin: str = CHROME, name: str = "Chromium on Linux") -> str:
        """The token of a newly paired client."""
        started = self.call("POST", "/v1/pair", {"client": name}, Origin=origin).json
        code = self.services.pairings.waiting()[-1].code
        done = self.call("POST", "/v1/pair", {"pairing": started["pairing"], "code": code}, Origin=origin)
        assert done.status_code == 200
        token = done.json["token"]
        assert isinstance(token, str)
        return token

    def browser(self) -> "Browser":
        """A browser that used the one-time link."""
        offer_login(self.services)
        link = [line for line in self.said if line.startswith("Dashboard: ")][-1].removeprefix("Dashboard: ")
        browser = Browser(self.client())
        assert browser.call("GET", link.removeprefix(f"http://{HOST}")).status_code == 303
        return browser


@dataclass
class Browser:
    """A browser with its cookies, and the dashboard's script in it."""

    client: FlaskClient

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """One request as the dashboard's script sends it; a header given as "" is left out."""
        sent = {"X-Unspun": "1", "Origin": f"http://{HOST}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in sent.items() if value}
        data = None if body is None else json.dumps(body).encode()
        return self.client.open(path, base_url=f"http://{HOST}", method=method, data=data, headers=kept)


MakeDesk = Callable[..., Desk]


def read_article(address: str) -> Article:
    """A web of one page."""
    if address != "https://news.example/page":
        raise FetchError("The site could not be reached.")
    return Article("We were on the incorrect aspect of historical past today.", "A headline", "trafilatura-fast")


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    """Builds desks with settings of choice; ends what they left waiting."""
    detectors = []

    def make(**settings: Any) -> Desk:
        detector = FakeDetector()
        detectors.append(detector)
        chosen = Settings(**{"port": PORT, "data_dir": str(tmp_path / "data"), **settings})
        said: list[str] = []
        services = make_services(chosen, lambda: detector, read_article, said.append)
        return Desk(create_app(chosen, services), services, detector, said)

    yield make
    for detector in detectors:
        detector.may_end.set()


@pytest.fixture
def serve_desk(make_desk: MakeDesk) -> Iterator[Callable[..., tuple[Desk, int]]]:
    """Serves desks on real sockets; gives each with its port."""
    ending = threading.Event()
    threads = []

    def serve(**settings: Any) -> tuple[Desk, int]:
        listening = open_socket("127.0.0.1", 0)
        port = listening.getsockname()[1]
        desk = make_desk(port=port, **settings)
        connections: dict[int, Any] = {}
        server = listen(desk.app, Settings(port=port, **settings), listening, connections)
        threads.append(threading.Thread(target=loop_until, args=(ending, server, connections)))
        threads[-1].start()
        return desk, port

    yield serve
    ending.set()
    for thread in threads:
        thread.join(5)


def loop_until(ending: threading.Event, server: Any, connections: dict[int, Any]) -> None:
    """Waitress's loop, ended from within: closing its sockets from another thread is a race."""
    while not ending.is_set():
        server.asyncore.loop(timeout=0.05, map=connections, count=1)
    server.task_dispatcher.shutdown()
    for connection in list(connections.values()):
        connection.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """An application with the default settings."""
    return make_desk()


@pytest.fixture
def clock() -> FakeClock:
    """Time that moves only when told to."""
    return FakeClock()
