"""Packed bodies: unpacked to the cap and no further, refused when broken, cut, or not asked for."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import FetchError
from server.page_errors import NotAPageError, PageTooLargeError, UnpackError
from server.unpack import MAX_GZIP_MEMBERS, unpack

ALL = "gzip, br, zstd"
PAGE = b"<p>hello" * 50


def test_a_body_that_is_not_packed_is_itself_up_to_the_cap() -> None:
    assert unpack(PAGE, "", 400, ALL) == unpack(PAGE, " Identity ", 400, ALL) == PAGE
    with pytest.raises(PageTooLargeError):
        unpack(PAGE, "", 399, ALL)


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("X-GZIP", gzip.compress), ("br", brotli.compress)]
)
def test_the_cap_is_on_what_comes_out(name: str, pack: object) -> None:
    assert callable(pack)
    assert unpack(pack(PAGE), name, 400, ALL) == PAGE
    with pytest.raises(PageTooLargeError, match="larger than 399 bytes"):
        unpack(pack(PAGE), name, 399, ALL)


def test_several_gzip_files_in_a_row_are_one_and_padding_is_none() -> None:
    assert unpack(gzip.compress(b"one ") + gzip.compress(b"two") + bytes(100), "gzip", 400, ALL) == b"one two"


def test_no_more_gzip_files_are_read_than_a_page_may_have() -> None:
    assert unpack(gzip.compress(b"x") * 5_000, "gzip", 10_000, ALL) == b"x" * MAX_GZIP_MEMBERS


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_body_that_is_cut_short_is_refused(name: str, pack: object) -> None:
    assert callable(pack)
    with pytest.raises(UnpackError, match="cut short"):
        unpack(pack(PAGE)[:-3], name, 400, ALL)


@pytest.mark.parametrize("name", ["compress", "deflate", "gzip, gzip", "nonsense", "br"])
def test_a_packing_that_was_not_asked_for_is_refused(name: str) -> None:
    with pytest.raises(NotAPageError, match="which was not asked for"):
        unpack(PAGE, name, 400, "gzip")


@given(st.binary(max_size=200), st.sampled_from(["gzip", "br", "zstd"]))
def test_no_bytes_do_more_than_be_refused(body: bytes, name: str) -> None:
    try:
        assert len(unpack(body, name, 1_000, ALL)) <= 1_000
    except FetchError:
        return
