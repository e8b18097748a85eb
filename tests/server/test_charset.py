"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.charset import decode


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("naïve café".encode(), "", "naïve café"),
        ("naïve café".encode("cp1252"), "", "naïve café"),
        (b"\x93quoted\x94", "text/html; charset=iso-8859-1", "“quoted”"),
        (b"\x93quoted\x94", 'text/html; charset="US-ASCII"', "“quoted”"),
        ("\ufeffmarked".encode(), "text/html; charset=latin-1", "marked"),
        ("wide".encode("utf-16"), "", "wide"),
        ("wide".encode("utf-16-le"), "text/html; charset=utf-16le", "wide"),
        ("<meta charset='shift_jis'>日本".encode("shift_jis"), "", "<meta charset='shift_jis'>日本"),
        ("<meta charset=utf-16>é".encode(), "", "<meta charset=utf-16>é"),
        ("<meta charset=koi8-r>é".encode(), "text/html; charset=utf-8", "<meta charset=koi8-r>é"),
        (
            b'<META http-equiv="x" content="text/html; charset=windows-1251">\xcf',
            "",
            '<META http-equiv="x" content="text/html; charset=windows-1251">П',
        ),
        (b"caf\xc3\xa9", "text/html; charset=nonsense", "café"),
        (b"caf\xc3\xa9", "text/html; charset=hex", "café"),
        (b"ab\xff", "text/html; charset=utf-8", "ab\ufffd"),
        (b"", "", ""),
    ],
)
def test_bytes_are_read_as_browsers_read_them(body: bytes, content_type: str, text: str) -> None:
    assert decode(body, content_type) == text


@given(
    body=st.binary(max_size=50),
    name=st.sampled_from(
        ["idna", "punycode", "undefined", "unicode_escape", "utf-7", "rot13", "zlib", "mbcs", "utf-32"]
    ),
)
def test_no_bytes_and_no_declared_name_make_it_fail(body: bytes, name: str) -> None:
    assert isinstance(decode(body, f"text/html; charset={name}"), str)
    assert isinstance(decode(b"<meta charset=" + name.encode() + b">" + body), str)
