"""HTTP/2 with sites that speak it. TLS is left out: the wire says that h2 was agreed on, and speaks it in the clear."""

import asyncio
import gzip
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import h2.config
import h2.connection
import h2.events
import httpcore
import pytest

from server.crawl import CrawlSettings, Internet, fetched_pages


class Agreed:
    """Stands for the TLS layer, after both sides chose h2."""

    def selected_alpn_protocol(self) -> str:
        return "h2"


class Clear(httpcore.AsyncNetworkStream):
    """A stream that claims to be encrypted."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self.read, self.write, self.aclose = stream.read, stream.write, stream.aclose  # type: ignore[method-assign]

    async def start_tls(self, *args: Any, **kwargs: Any) -> "Clear":
        return self

    def get_extra_info(self, info: str) -> Any:
        return Agreed() if info == "ssl_object" else self._stream.get_extra_info(info)


class Wire(httpcore.AsyncNetworkBackend):
    def __init__(self, port: int) -> None:
        self.port = port
        self.dials = 0

    async def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        self.dials += 1
        return Clear(await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", self.port))


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    speech = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
    speech.initiate_connection()
    writer.write(speech.data_to_send())
    with suppress(OSError, asyncio.CancelledError):
        while data := await reader.read(65_536):
            for event in speech.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    _answer(speech, event)
            writer.write(speech.data_to_send())
    writer.close()


def _answer(speech: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
    asked = dict(event.headers or [])
    stream = event.stream_id
    assert stream is not None
    if asked[":path"] == "/robots.txt":
        speech.send_headers(stream, [(":status", "404")], end_stream=True)
    elif asked[":path"] == "/reset":
        speech.reset_stream(stream)
    elif asked[":path"] == "/pdf":
        speech.send_headers(stream, [(":status", "200"), ("content-type", "application/pdf")])
        speech.send_data(stream, b"%PDF" * 4_000)
    else:
        headers = [(":status", "200"), ("content-type", "text/html"), ("content-encoding", "gzip")]
        speech.send_headers(stream, headers)
        speech.send_data(stream, gzip.compress(f"<p>{asked[':authority']}{asked[':path']}".encode()), end_stream=True)


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A server that speaks HTTP/2 only."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield Wire(server.sockets[0].getsockname()[1])

    async def end() -> None:
        server.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    asyncio.run_coroutine_threadsafe(end(), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


def test_pages_come_over_one_http2_connection(wire: Wire) -> None:
    internet = Internet(lambda host, port: ("93.184.215.14",), wire)
    settings = CrawlSettings(pause_s=0.01, retries=0)
    places = [f"https://news.example/{path}" for path in ("a", "b", "reset")]
    pages = list(fetched_pages(places, settings, internet))
    assert [page.html for page in pages] == ["<p>news.example/a", "<p>news.example/b", None]
    assert [page.problem and page.problem.reason for page in pages] == [None, None, "fetch_failed"]
    assert wire.dials == 1


def test_what_is_refused_does_not_clog_the_connection(wire: Wire) -> None:
    internet = Internet(lambda host, port: ("93.184.215.14",), wire)
    places = [f"https://news.example/{path}" for path in ("a", *["pdf"] * 5, "b")]
    pages = list(fetched_pages(places, CrawlSettings(pause_s=0.01, retries=0), internet))
    assert [page.problem and page.problem.reason for page in pages] == [None, *["not_a_page"] * 5, None]
    assert wire.dials == 1 + 5
