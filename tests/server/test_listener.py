"""The real server on a real socket: what waitress itself answers, and that nothing hangs."""

import json
import socket
from typing import Any

import pytest

from detector.errors import UnspunError
from server.serve import open_socket
from server.settings import Settings

CHROME = "chrome-extension://" + "abcdefghijklmnop" * 2
TIMEOUT_S = 10


@pytest.fixture
def running(serve_desk: Any) -> tuple[Any, int]:
    """A desk that is served with a small limit, and its port."""
    served: tuple[Any, int] = serve_desk(max_body_bytes=5000)
    return served


def talk(port: int, sent: bytes) -> tuple[int, dict[str, str], Any]:
    """Send raw bytes; the answer's status, headers and JSON."""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S) as line:
        line.sendall(sent)
        answer = b""
        while chunk := line.recv(65536):
            answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = dict(item.split(": ", 1) for item in rest)
    return int(first.split()[1]), headers, json.loads(body)


def post(port: int, *headers: str) -> bytes:
    lines = ["POST /v1/pair HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close", f"Origin: {CHROME}"]
    lines += ["X-Unspun: 1", "Content-Type: application/json", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


def test_a_huge_body_is_refused_before_it_is_sent(running: Any) -> None:
    _, port = running
    status, headers, problem = talk(port, post(port, "Content-Length: 100000000"))
    assert (status, headers["Content-Type"]) == (413, "application/problem+json")
    assert (problem["status"], problem["reason"]) == (413, "too_large")


def test_a_client_that_sends_a_huge_body_all_the_same_still_gets_the_answer(running: Any) -> None:
    _, port = running
    status, _, problem = talk(port, post(port, "Content-Length: 3000000") + b"x" * 3_000_000)
    assert (status, problem["reason"]) == (413, "too_large")


def test_a_huge_chunked_body_is_cut_off(running: Any) -> None:
    _, port = running
    chunk = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
    status, _, problem = talk(port, post(port, "Transfer-Encoding: chunked") + chunk * 2)
    assert (status, problem["reason"]) == (413, "too_large")


def test_a_chunked_body_without_a_length_is_read(running: Any) -> None:
    desk, port = running
    body = json.dumps({"client": "Chunky"}).encode()
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:5], body[5:])) + b"0\r\n\r\n"
    status, _, answer = talk(port, post(port, "Transfer-Encoding: chunked") + chunks)
    assert (status, answer["expires_in"]) == (201, 180)
    assert desk.services.pairings.waiting()[0].client == "Chunky"


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /v1/health\x00 HTTP/9.9\r\n\r\n",
        b"canary canary canary\r\n\r\n",
        b"GET /v1/health HTTP/1.1\r\nHost : canary\r\n\r\n",
        b"POST /v1/pair HTTP/1.1\r\nContent-Length: canary\r\n\r\n",
        b"POST /v1/pair HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n",
        b"POST /v1/pair HTTP/1.1\r\nTransfer-Encoding: canary\r\n\r\n",
    ],
)
def test_what_is_no_request_gets_a_problem_that_quotes_nothing(running: Any, sent: bytes) -> None:
    _, port = running
    status, headers, problem = talk(port, sent.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    assert status in (400, 404, 501)
    assert headers["Content-Type"] == "application/problem+json"
    assert "canary" not in json.dumps(problem)


def test_huge_headers_are_refused(running: Any) -> None:
    _, port = running
    status, _, problem = talk(port, b"GET / HTTP/1.1\r\nX-Big: " + b"x" * 300_000 + b"\r\n\r\n")
    assert (status, problem["reason"]) == (431, "headers_too_large")


def test_the_answer_does_not_name_the_server_software(running: Any) -> None:
    _, port = running
    request = f"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    status, headers, _ = talk(port, request.encode())
    assert status == 200
    assert "waitress" not in json.dumps(headers).lower()


def test_a_taken_port_says_what_to_do() -> None:
    with open_socket("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(UnspunError, match=f"Port {port} is taken.*unspun serve --port {port + 1}"):
            open_socket("127.0.0.1", port)


def test_an_address_that_is_not_ours_cannot_be_listened_on() -> None:
    with pytest.raises(UnspunError, match=r"Cannot listen on 192\.0\.2\.1:0"):
        open_socket("192.0.2.1", 0)


def test_the_server_listens_on_loopback_only() -> None:
    with open_socket(Settings().host, 0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"
