"""A folder of files written whole: on this machine by renaming, far away by one upload of a finished file."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from server.batch.opening import filesystem, is_remote

TEMPORARY = ".part-"
BUFFER_BYTES = 1 << 20


class Folder(Protocol):
    """Where the parts of a run are kept. Names may hold one slash."""

    def make(self) -> None:
        """See to it that the folder is there, without what a killed run left half written."""

    def names(self) -> frozenset[str]:
        """The files that are there."""

    def read(self, name: str) -> bytes:
        """A file's content. Raises OSError."""

    def open(self, name: str) -> BinaryIO:
        """A file to read. Raises OSError."""

    def writing(self, name: str) -> Any:
        """A context that gives a file to write; it is there, whole and safe from power cuts, when the block ends."""

    def delete(self, name: str) -> None:
        """Remove a file."""

    def delete_all(self) -> None:
        """Remove the folder and every file in it."""


def folder_at(path: str) -> Folder:
    """The folder at a path or an address."""
    return RemoteFolder(path) if is_remote(path) else LocalFolder(Path(path))


class LocalFolder:
    """A folder on this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def make(self) -> None:
        """Make it, and remove temporary files."""
        self._path.mkdir(parents=True, exist_ok=True)
        for left in self._path.glob(f"{TEMPORARY}*"):
            left.unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        """The files in it."""
        try:
            return frozenset(entry.name for entry in os.scandir(self._path) if entry.is_file())
        except FileNotFoundError:
            return frozenset()

    def read(self, name: str) -> bytes:
        """A file's content."""
        return (self._path / name).read_bytes()

    def open(self, name: str) -> BinaryIO:
        """A file to read."""
        return (self._path / name).open("rb")

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A temporary file that takes the name when it is on the disk."""
        with whole_binary_file(self._path / name) as file:
            yield file

    def delete(self, name: str) -> None:
        """Remove a file."""
        (self._path / name).unlink(missing_ok=True)

    def delete_all(self) -> None:
        """Remove the files, then the folder."""
        for name in self.names():
            self.delete(name)
        self._path.rmdir()


class RemoteFolder:
    """A folder in a store that fsspec reaches."""

    def __init__(self, path: str) -> None:
        self._system, self._path = filesystem(path.rstrip("/"))

    def make(self) -> None:
        """Stores of objects have no folders; others do."""
        self._system.makedirs(self._path, exist_ok=True)

    def names(self) -> frozenset[str]:
        """The files in it."""
        self._system.invalidate_cache()
        try:
            found = self._system.ls(self._path, detail=False)
        except FileNotFoundError:
            return frozenset()
        return frozenset(str(name).rsplit("/", 1)[-1] for name in found)

    def read(self, name: str) -> bytes:
        """A file's content."""
        return cast(bytes, self._system.cat_file(f"{self._path}/{name}"))

    def open(self, name: str) -> BinaryIO:
        """A file to read."""
        return cast(BinaryIO, self._system.open(f"{self._path}/{name}", "rb"))

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A file on this machine that is sent in one piece: a store never shows half of it."""
        with tempfile.NamedTemporaryFile() as file:
            yield cast(BinaryIO, file)
            file.flush()
            self._system.put_file(file.name, f"{self._path}/{name}")

    def delete(self, name: str) -> None:
        """Remove a file."""
        self._system.rm_file(f"{self._path}/{name}")

    def delete_all(self) -> None:
        """Remove everything in it."""
        self._system.rm(self._path, recursive=True)


@contextmanager
def whole_binary_file(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A file that takes the place of `path`, and is safe from power cuts, when the block ends without an error."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        os.fchmod(handle, mode)
        with os.fdopen(handle, "wb", BUFFER_BYTES) as file:
            yield file
            file.flush()
            os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
