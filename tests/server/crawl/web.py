"""A small internet on this machine: many host names, one asyncio server that can also misbehave, and its log."""

import asyncio
import ipaddress
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpcore

from server.addresses import NoSuchHostError
from server.crawl import Internet

HTML = "text/html; charset=utf-8"


@dataclass(slots=True)
class Seen:
    """One request as the server saw it. Times are of the monotonic clock."""

    host: str
    path: str
    headers: dict[str, str]
    began: float
    ended: float | None = None


@dataclass(slots=True)
class Exchange:
    """One request and the means to answer it."""

    seen: Seen
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    earlier: int  # requests for the same address before this one

    async def send(self, data: bytes) -> None:
        if self.reader.at_eof():
            raise ConnectionResetError("the crawler has hung up")
        self.writer.write(data)
        await self.writer.drain()


Answer = Callable[[Exchange], Awaitable[bool]]  # True keeps the connection


def reply(body: bytes | str = b"", status: int = 200, **headers: str) -> Answer:
    """An orderly answer. `_` in header names stands for `-`; an empty value leaves the header out."""
    sent = body.encode() if isinstance(body, str) else body
    named = {"Content_Type": HTML, "Content_Length": str(len(sent)), **headers}
    lines = [f"HTTP/1.1 {status} Said", *(f"{name.replace('_', '-')}: {text}" for name, text in named.items() if text)]

    async def answer(exchange: Exchange) -> bool:
        await exchange.send("\r\n".join([*lines, "", ""]).encode() + sent)
        return "Content-Length" in {name.replace("_", "-") for name, text in named.items() if text}

    return answer


def in_turn(*answers: Answer) -> Answer:
    """The first answer for the first request, and so on; the last for all later ones."""

    async def answer(exchange: Exchange) -> bool:
        return await answers[min(exchange.earlier, len(answers) - 1)](exchange)

    return answer


class Wire(httpcore.AsyncNetworkBackend):
    """Stands for the internet: whatever address is dialled, the test's own server answers, unless it is down."""

    def __init__(self, port: int) -> None:
        self.dialled: list[str] = []
        self.down: set[str] = set()
        self.port = port

    async def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        self.dialled.append(f"{host}:{port}")
        if host in self.down:
            raise httpcore.ConnectError("refused")
        return await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", self.port, *args, **kwargs)


@dataclass(slots=True)
class Web:
    """Pages by host and path. Every host named in `pages` has a public address of its own."""

    pages: dict[tuple[str, str], Answer] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    log: list[Seen] = field(default_factory=list)
    wire: Wire = field(init=False)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _server: asyncio.Server = field(init=False)
    _thread: threading.Thread = field(init=False)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def start(self) -> "Web":
        self._server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.wire = Wire(self._server.sockets[0].getsockname()[1])
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        return self

    def stop(self) -> None:
        async def end() -> None:
            self._server.close()
            rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def put(self, address: str, answer: Answer) -> str:
        """Serve the answer at the address, which is given back."""
        host, _, path = address.removeprefix("http://").partition("/")
        self.pages[host, f"/{path}"] = answer
        self.name(host)
        return address

    def name(self, host: str, *addresses: str) -> None:
        """Let the host name lead to these addresses, or to a public one of its own."""
        number = len(self.names)
        if addresses or host not in self.names:
            self.names[host] = addresses or (f"93.184.{number // 250}.{number % 250 + 1}",)

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        with suppress(ValueError):
            return (str(ipaddress.ip_address(host)),)
        if host not in self.names:
            raise NoSuchHostError(f"There is no host {host}. Check the address.")
        return self.names[host]

    def internet(self) -> Internet:
        return Internet(self.resolve, self.wire)

    def paths(self, host: str) -> list[str]:
        """What was asked of the host, in order."""
        return [seen.path for seen in self.log if seen.host == host]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):  # the crawler may hang up
            while await self._answer(reader, writer):
                pass
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name: text for name, _, text in (line.partition(": ") for line in lines if line)}
        seen = Seen(headers.get("Host", "").partition(":")[0], first.split(" ")[1], headers, time.monotonic())
        self.log.append(seen)
        key = (seen.host, seen.path)
        earlier = self._counts.get(key, 0)
        self._counts[key] = earlier + 1
        answer = self.pages.get(key, reply("<p>Not here", 404))
        keeps = await answer(Exchange(seen, reader, writer, earlier))
        seen.ended = time.monotonic()
        return keeps
