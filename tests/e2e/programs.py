"""What a browser test needs beside the browser: unspun's server, a site, and a listener in the server's place."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[2]
DEADLINE_S = 20.0
T = TypeVar("T")


def wait_for(what: str, look: Callable[[], T | None]) -> T:
    """The first true answer of `look`; fails after a while, saying what was awaited."""
    ends = time.monotonic() + DEADLINE_S
    while time.monotonic() < ends:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {DEADLINE_S:.0f} s in vain for {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`unspun serve` as a user starts it, with a data folder of its own."""

    def __init__(self, data_dir: Path, models: Path = ROOT / "models") -> None:
        self.port = free_port()
        self._data_dir = data_dir
        self._models = models
        self._lines: list[str] = []
        self._codes_used = 0
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "unspun", "serve", "--port", str(self.port)]
        env = {**os.environ, "UNSPUN_DATA_DIR": str(self._data_dir), "UNSPUN_MODELS_DIR": str(self._models)}
        env |= {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            command, env=env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()
        wait_for(f"the server; it said {self._lines}", self.is_up)

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=DEADLINE_S)
        self._process = None

    def is_up(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def pairing_code(self) -> str:
        """The code that the server showed last, and that nobody asked for before."""
        code = wait_for("a pairing code", self._new_code)
        self._codes_used = len(self._codes())
        return code

    def _new_code(self) -> str | None:
        return "".join(self._codes()[self._codes_used :][-1:]) or None

    def _codes(self) -> list[str]:
        return re.findall(r"Pairing code: (\d{6})", "\n".join(self._lines))

    def _read(self, stream: Any) -> None:
        with stream:
            for line in stream:
                self._lines.append(line)


class Site:
    """A web site on this machine: pages by path."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        site = self

        class Handler(QuietHandler):
            def do_GET(self) -> None:
                html = site.pages.get(self.path)
                kind = "application/pdf" if self.path.endswith(".pdf") else "text/html; charset=utf-8"
                self.answer(404 if html is None else 200, kind, html or "not here")

        self._http = run_http(Handler, 0)
        self.origin = f"http://127.0.0.1:{self._http.server_port}"

    def put(self, path: str, html: str) -> str:
        """The address at which the page now is."""
        self.pages[path] = html
        return self.origin + path

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()


class Listener:
    """Stands on the server's port and notes every request, to prove that none came."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        listener = self

        class Handler(QuietHandler):
            def do_GET(self) -> None:
                listener.requests.append(f"{self.command} {self.path}")
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.answer(503, "application/problem+json", '{"title": "busy", "status": 503}')

            do_POST = do_OPTIONS = do_DELETE = do_GET  # noqa: N815 - the names http.server looks for

        self._http = run_http(Handler, 0)
        self.port = self._http.server_port

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()


class QuietHandler(BaseHTTPRequestHandler):
    """Answers in one call and logs nothing."""

    def answer(self, status: int, kind: str, body: str) -> None:
        payload = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_: object) -> None:
        pass


def run_http(handler: type[BaseHTTPRequestHandler], port: int) -> ThreadingHTTPServer:
    http = ThreadingHTTPServer(("127.0.0.1", port), handler)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True).start()
    return http
