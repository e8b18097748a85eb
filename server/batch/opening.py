"""Files by path or by address (s3://, gs://, https://, through fsspec), unpacked when they end in .gz."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from detector.errors import WrongUse
from server.batch.http_files import http_options

REMOTE_BUFFER_BYTES = 1 << 20


def is_remote(path: str) -> bool:
    """Is this an address of a file rather than a path on this machine?"""
    return "://" in path


@contextmanager
def opened(path: str, unpack: bool = True) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked if the name ends in .gz and `unpack`. Raises OSError."""
    with _raw(path) as raw:
        if unpack and path.lower().endswith(".gz"):
            with gzip.open(raw) as file:
                yield cast(BinaryIO, file)
        else:
            yield raw


def _raw(path: str) -> BinaryIO:
    if not is_remote(path):
        return Path(path).open("rb")
    system, inner = filesystem(path)
    # fsspec's own files read whole lines only, of whatever length.
    return io.BufferedReader(system.open(inner, "rb"), REMOTE_BUFFER_BYTES)


def filesystem(path: str) -> tuple[Any, str]:
    """fsspec's file system for an address, and the path within it.

    Raises WrongUse when a package is missing, and AddressRefusedError for an http address that is not public.
    """
    try:
        import fsspec

        options = http_options(path) if path.lower().startswith("http") else {}
        found: tuple[Any, str] = fsspec.core.url_to_fs(path, **options)
    except ImportError as exc:
        raise WrongUse(
            f"Files at {path.partition('://')[0]}:// need a package that is not installed ({exc}). "
            "Install it: pip install 'unspun[cluster]', and s3fs or gcsfs for s3:// or gs://."
        ) from exc
    return found


def size_and_time(path: str) -> tuple[int, str]:
    """A file's size in bytes and what changes when it is written again. Raises OSError."""
    if not is_remote(path):
        stat = Path(path).stat()
        return stat.st_size, str(stat.st_mtime_ns)
    system, inner = filesystem(path)
    info = system.info(inner)
    return int(info.get("size") or 0), str(info.get("ETag") or info.get("LastModified") or info.get("mtime") or "")
