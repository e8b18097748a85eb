"""One SQLite file: opened privately, brought up to date, shared by threads and by other processes of the same user."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from detector.errors import UnspunError
from server.store.migrations import MIGRATIONS

FILE_NAME = "unspun.sqlite"
FILE_MODE, FOLDER_MODE = 0o600, 0o700
BUSY_TIMEOUT_S = 5.0  # another process writes for milliseconds
BUSY_PAUSE_S = 0.02
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# SQLite keeps these beside the file. A lost one could be laid over the next file of the same name.
COMPANIONS = ("", "-wal", "-shm")


class Database:
    """One connection, used by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, this thread's alone."""
        with self._lock:
            yield self._connection

    @contextmanager
    def writing(self, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """The connection within a transaction: kept when the block ends, undone when it raises.

        durable: outlives a power cut too, for what somebody took the trouble to say; it waits for the disk.
        """
        with self._lock:
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            with _transaction(self._connection):
                yield self._connection

    def wipe_traces(self) -> None:
        """Take what was deleted out of SQLite's log too."""
        with self._lock:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """End the connection."""
        with self._lock:
            self._connection.close()


def open_database(
    folder: Path, say: Callable[[str], None], migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> Database:
    """The database of a data folder, made where there is none. A damaged file is set aside, and `say` tells where.

    Raises UnspunError for a file that a newer unspun wrote, or that cannot be opened.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        try:
            return Database(_open(path, migrations))
        except sqlite3.DatabaseError as exc:
            if exc.sqlite_errorcode & 0xFF not in DAMAGE:
                raise
            aside = _set_aside(path)
            say(f"{path} is damaged. It was renamed to {aside.name}, and an empty one takes its place.")
            return Database(_open(path, migrations))
    except (OSError, sqlite3.Error) as exc:
        raise UnspunError(
            f"{path} cannot be opened ({exc}). Make its folder writable, or start without it: unspun serve --no-history"
        ) from exc


def _open(path: Path, migrations: Sequence[Sequence[str]]) -> sqlite3.Connection:
    # Made before SQLite does, so that it is never readable by others; SQLite's own files copy its mode.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))
    path.chmod(FILE_MODE)
    connection = sqlite3.connect(path, BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # forgotten addresses are overwritten, not only unlinked
        _check(connection)
        _migrate(connection, path, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite does not wait for other processes here, whatever its time-out says."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(BUSY_PAUSE_S)


def _check(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        error = sqlite3.DatabaseError("the check of its pages failed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Sequence[str]]) -> None:
    if _version(connection) == len(migrations):
        return
    with _transaction(connection):
        version = _version(connection)  # read again: another process may have been faster
        if version > len(migrations):
            raise UnspunError(
                f"{path} was written by a newer unspun (version {version}; this one knows {len(migrations)}). "
                "Update unspun, or start without it: unspun serve --no-history"
            )
        for step in migrations[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for companion in COMPANIONS:
        found = Path(f"{path}{companion}")
        if found.exists():
            found.rename(f"{aside}{companion}")
    return aside
