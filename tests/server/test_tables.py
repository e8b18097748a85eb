"""GET /v1/model/tables: the bytes that the engine in the browser reads."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detector.artefact import load_wording
from detector.model import Tables
from server.tables import pack_tables, pack_wording

MODEL = Path(__file__).parents[1] / "contract" / "model"

TINY = Tables(
    char_codes=np.array([1, 2, 3], np.uint8),
    char_book=np.array([0.5, -1.0], np.float32),
    word_entries=np.array([0x0102], np.uint16),
    word_book=np.array([2.0], np.float32),
    phrase_keys=np.array([7, 9], np.uint32),
    phrase_families=np.array([[1, -1], [2, -2]], np.int8),
    originals=("é", ""),
)
PACKED = bytes.fromhex(
    "756e7370756e5431"  # unspunT1
    "0100000003000000 0400000002000000 0200000001000000 0400000001000000"
    "0400000002000000 0100000004000000 0100000003000000"
    "0102030000000000 0000003f000080bf 0201000000000000 0000004000000000"
    "0700000009000000 01ff02fe00000000 c3a90a0000000000"
)


@pytest.fixture
def token(desk: Any) -> str:
    desk.detector.tables = TINY
    desk.detector.wording = None
    return str(desk.pair())


def test_the_tables_are_packed_as_the_browsers_engine_reads_them() -> None:
    assert pack_tables(TINY) == PACKED


def test_a_paired_browser_gets_the_tables_with_their_digest_and_model(desk: Any, token: str) -> None:
    answer = desk.call("GET", "/v1/model/tables", Authorization=f"Bearer {token}")
    assert answer.status_code == 200
    assert answer.data == PACKED
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["X-Unspun-Model"] == "fake-1"
    assert answer.headers["X-Unspun-Sha256"] == hashlib.sha256(PACKED).hexdigest()


def test_firefox_may_read_the_digest_and_a_reports_name(desk: Any, token: str) -> None:
    answer = desk.call("GET", "/v1/model/tables", Authorization=f"Bearer {token}")
    assert {"content-disposition", "x-unspun-model", "x-unspun-sha256"} <= set(
        answer.headers["Access-Control-Expose-Headers"].replace(" ", "").split(",")
    )


@pytest.mark.usefixtures("token")
def test_nobody_else_gets_them(desk: Any) -> None:
    assert desk.call("GET", "/v1/model/tables").status_code == 401


def test_a_model_without_wording_tables_has_none_to_send(desk: Any, token: str) -> None:
    answer = desk.call("GET", "/v1/model/wording", Authorization=f"Bearer {token}")
    assert (answer.status_code, answer.data) == (204, b"")


def test_the_wording_tables_are_sent_packed_with_their_digest(desk: Any, token: str) -> None:
    desk.detector.wording = load_wording(MODEL)
    answer = desk.call("GET", "/v1/model/wording", Authorization=f"Bearer {token}")
    assert answer.data == pack_wording(desk.detector.wording)
    assert answer.data.startswith(b"unspunW1")
    assert answer.headers["X-Unspun-Sha256"] == hashlib.sha256(answer.data).hexdigest()
