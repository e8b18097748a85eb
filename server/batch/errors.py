"""What stops a whole run. Everything that befalls one input is a row instead."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from detector.errors import UnspunError


class OutputError(UnspunError):
    """The rows cannot be written."""


@contextmanager
def telling_of_writing(name: str) -> Iterator[None]:
    """Turns the OSError of a write into OutputError, in plain words."""
    try:
        yield
    except OSError as exc:
        what = "The disk is full" if exc.errno in (errno.ENOSPC, errno.EDQUOT) else f"Writing failed ({exc.strerror})"
        raise OutputError(
            f"{what}: {name}. What is finished is kept. Make room, then run the same command with --resume."
        ) from exc
