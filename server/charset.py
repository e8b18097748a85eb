"""Bytes to text as browsers do it: byte order mark, HTTP header, the page's own word, UTF-8, Windows-1252."""

import codecs
import re

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
META_WITHIN_BYTES = 4096
# What browsers know; Python knows more, such as "hex" and "unicode_escape", which no page may ask for.
WEB_NAMES = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp(125\d|866|874|932|949)|tis-620|koi8-[ru]|mac-(roman|cyrillic)"
    r"|gbk|gb2312|gb18030|big5(hkscs)?|euc_(jp|kr)|iso2022_jp|shift_jis"
)
# What browsers read under these names (WHATWG Encoding Standard).
REALLY = {"iso8859-1": "cp1252", "ascii": "cp1252"}
FALLBACK = "cp1252"


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page or file; never fails. `content_type` is the HTTP header, if there is one."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    for declared in (_from_header(content_type), _from_meta(body)):
        text = None if declared is None else _try(body, declared, "replace")
        if text is not None:
            return text
    text = _try(body, "utf-8", "strict")
    return body.decode(FALLBACK, "replace") if text is None else text


def _from_header(content_type: str) -> str | None:
    found = HEADER_CHARSET.search(content_type)
    return found[1] if found else None


def _from_meta(body: bytes) -> str | None:
    found = META_CHARSET.search(body[:META_WITHIN_BYTES])
    if found is None:
        return None
    name = found[1].decode("ascii")
    # A page whose meta tag could be read byte by byte is not UTF-16, whatever it says.
    return "utf-8" if name.lower().startswith("utf-16") else name


def _try(body: bytes, name: str, errors: str) -> str | None:
    try:
        real = codecs.lookup(name).name
        return body.decode(REALLY.get(real, real), errors) if WEB_NAMES.fullmatch(real) else None
    except (LookupError, UnicodeDecodeError):
        return None
