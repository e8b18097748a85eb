"""The active model as runs of bytes, for the engine that runs in the browser (extension/engine/packed.js reads them).

Eight bytes of magic; for each array its bytes an item and its number of items (uint32 each); then the arrays, each
padded to eight bytes. All little-endian. One model always gives the same bytes.
"""

import hashlib
from http import HTTPStatus
from typing import Any

import numpy as np
from flask import Response
from numpy.typing import NDArray

from detector.model import Tables
from detector.wording import LOG_STEP, Wording
from server.services import Services

TABLES_MAGIC, WORDING_MAGIC = b"unspunT1", b"unspunW1"
ALIGNMENT = 8
MODEL_HEADER, DIGEST_HEADER = "X-Unspun-Model", "X-Unspun-Sha256"


def tables(services: Services) -> Response:
    """What the active model weighs, with its id and the sha256 of the bytes in the headers."""
    detector = services.detector()
    return _answer(detector.id, pack_tables(detector.tables))


def wording(services: Services) -> Response:
    """The active model's wording tables, in the same way; no content for a model that has none."""
    detector = services.detector()
    found = detector.wording
    return _answer(detector.id, pack_wording(found)) if found else Response(status=HTTPStatus.NO_CONTENT)


def _answer(model: str, blob: bytes) -> Response:
    answer = Response(blob, content_type="application/octet-stream")
    answer.headers[MODEL_HEADER] = model
    answer.headers[DIGEST_HEADER] = hashlib.sha256(blob).hexdigest()
    return answer


def pack_tables(tables: Tables) -> bytes:
    """The tables in the order of detector/artefact.py, packed."""
    return _pack(
        TABLES_MAGIC,
        tables.char_codes,
        tables.char_book,
        tables.word_entries,
        tables.word_book,
        tables.phrase_keys,
        tables.phrase_families,
        _lines(tables.originals),
    )


def pack_wording(wording: Wording) -> bytes:
    """The wording tables, phrases sorted by key, packed."""
    return _pack(
        WORDING_MAGIC,
        wording.keys,
        _steps(wording.left_alone),
        np.diff(wording.firsts).astype(np.uint8),
        wording.candidates.astype(np.uint32),
        _steps(wording.rates),
        wording.speakers,
        _lines(wording.originals),
        wording.reference.entries,
        np.array([wording.reference.words], np.uint32),
    )


def _steps(logs: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Log chances as they are stored: the bytes they were made from."""
    return np.rint(logs / -LOG_STEP).astype(np.uint8)


def _lines(texts: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _pack(magic: bytes, *arrays: NDArray[Any]) -> bytes:
    header = np.array([(array.itemsize, array.size) for array in arrays], "<u4").tobytes()
    return b"".join((magic, header, *map(_padded, arrays)))


def _padded(array: NDArray[Any]) -> bytes:
    blob = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    return blob + bytes(-len(blob) % ALIGNMENT)
