"""Start the server: load the active model, bind, say what to do next, serve until stopped."""

import errno
import logging
import os
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from detector import load_detector
from detector.errors import UnspunError, WrongUse
from server.app import create_app
from server.clients import ClientStore
from server.dashboard import offer_login
from server.extract import Article
from server.guard import Guard
from server.listener import listen
from server.metrics import Metrics
from server.models import ModelShelf, Scorer
from server.original import engine_address
from server.pairing import Pairings
from server.services import ReadArticle, Services
from server.sessions import Sessions
from server.settings import LOOPBACK, REPOSITORY, Settings
from server.store.database import open_database
from server.store.history import History
from server.store.labels import LabelStore
from server.store.opening import label_store
from server.store.pages import PageStore
from server.version import APP_NAME, VERSION
from server.workers import Workers

EXTENSION_FOLDER = REPOSITORY / "dist" / "extension"
REMOTE_WARNING = (
    "Warning: other machines can reach this server, and what they send is not encrypted. "
    "Every call still needs a token, but use this only in a network you trust."
)


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. Raises WrongUse, UnspunError or ModelError when it cannot begin."""
    check_bind(settings, say)
    logging.basicConfig(level=logging.INFO if settings.verbose else logging.WARNING, format="%(message)s")
    logging.getLogger("waitress").setLevel(logging.ERROR)  # below that it logs paths
    shelf = ModelShelf(settings.models_path, load_detector)
    listening = open_socket(settings.host, settings.port)
    settings = replace(settings, port=listening.getsockname()[1])
    services = make_services(settings, shelf.active, _read_article, say)
    server = listen(create_app(settings, services), settings, listening)
    _say_next_steps(settings, services, shelf.active(), say)
    server.run()


def check_bind(settings: Settings, say: Callable[[str], None]) -> None:
    """Refuse any address but 127.0.0.1 without allow_remote; with it, warn."""
    if settings.host == LOOPBACK:
        return
    if not settings.allow_remote:
        raise WrongUse(
            f"The address {settings.host} would let other machines reach your server. "
            f"Leave it at {LOOPBACK}, or add --allow-remote if you mean it."
        )
    say(REMOTE_WARNING)


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket. Raises UnspunError when the port is taken or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as exc:
        if exc.errno == errno.EADDRINUSE:
            raise UnspunError(
                f"Port {port} is taken. If unspun runs already, use that one; "
                f"else choose another port: unspun serve --port {port + 1}"
            ) from exc
        raise UnspunError(f"Cannot listen on {host}:{port}: {os.strerror(exc.errno or 0)}.") from exc


def make_services(
    settings: Settings, detector: Callable[[], Scorer], read_article: ReadArticle, say: Callable[[str], None]
) -> Services:
    """What the routes work with, for these settings."""
    clients = ClientStore(settings.data_path, time.time)
    sessions = Sessions()
    history, labels = _open_stores(settings, say)
    return Services(
        detector=detector,
        clients=clients,
        pairings=Pairings(time.monotonic),
        sessions=sessions,
        guard=Guard(settings, clients, sessions, time.monotonic),
        workers=Workers(settings.threads, settings.queue, settings.job_time_s),
        metrics=Metrics(),
        read_article=read_article,
        history=history,
        labels=labels,
        models=settings.models_path,
        announce=say,
        login_link=lambda key: f"{address_of(settings)}/login?key={key}",
        search_engine=engine_address(settings.search),
    )


def _open_stores(settings: Settings, say: Callable[[str], None]) -> tuple[History | None, LabelStore]:
    """The history, if it is on, and the labels; both in one database. Without a history a first label makes it."""
    database = cache(lambda: open_database(settings.data_path, say))
    history = History(PageStore(database()), settings.history_days, time.time) if settings.history else None
    labels = label_store(settings, database)
    if settings.history:
        labels.drop_old()
    return history, labels


def address_of(settings: Settings) -> str:
    """The server's address for a browser on this machine."""
    host = LOOPBACK if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - only compared
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _read_article(address: str) -> Article:
    from server.reading import read_address  # httpx and trafilatura: only those who fetch pay

    return read_address(address)


def _say_next_steps(settings: Settings, services: Services, detector: Scorer, say: Callable[[str], None]) -> None:
    say(f"{APP_NAME} {VERSION} serves model {detector.id} on {address_of(settings)}")
    offer_login(services)
    if EXTENSION_FOLDER.is_dir():
        say(f"Extension: load {EXTENSION_FOLDER} unpacked in your browser, then pair it with the code shown here.")
    say("Stop with Ctrl-C.")
