"""Turns a raw text of any source into clean English paragraphs, or into None when it is not fit to learn from."""

import html
import re
import unicodedata

from training.corpora.detokenise import detokenise, looks_tokenised
from training.corpora.english import is_english
from training.corpora.paragraphs import is_prose, split_paragraphs

MIN_WORDS = 50  # shorter texts teach layout, not wording
MAX_DAMAGE = 1  # marks lost to `?` that are forgiven
MAX_CAPITAL_SHARE = 0.3  # of letters: shouted text

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,600}>|<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/?(?:p|div|li|t[dr]|table|h[1-6]))\b[^<>]{0,80}>", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe]|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]")
_DAMAGE = re.compile(r"[a-z]\?[a-z]|\"\?|\ufffd|\w\"(?:s|t|re|ve|ll)\b| \? [a-z]")
_LOST_BREAK = re.compile(r"(?<=[a-z]{2}[.?!])(?=[A-Z][a-z])|(?<=[a-z][.?!]\")(?=[A-Z][a-z])")
_ADDRESS = re.compile(r"(?:https?|ftp)://([\w-]+(?:\.[\w-]+)+)(?:[:/?#](?:[^\s<>\"')\]]*[\w/=&#-])?)?")


def clean(text: str) -> str | None:
    """Clean paragraphs joined by blank lines; None when fewer than 50 words of English prose are left."""
    text = _plain(text)
    if looks_tokenised(text):
        text = detokenise(text)
    prose = "\n\n".join(paragraph for paragraph in split_paragraphs(text) if is_prose(paragraph))
    return prose if _is_fit(prose) else None


def _plain(text: str) -> str:
    """The text without mark-up, entities, invisible characters, mis-decoded letters and the tails of addresses."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text:
        text = _TAG.sub(" ", _BREAK.sub("\n", text))
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if _MOJIBAKE.search(text):
        text = _mend(text)
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " "))
    return _LOST_BREAK.sub(" ", _ADDRESS.sub(r"\1", _INVISIBLE.sub("", text)))


def _mend(text: str) -> str:
    """Undoes UTF-8 that was read as Windows-1252, where that is what happened."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _is_fit(prose: str) -> bool:
    letters = sum(map(str.isalpha, prose))
    capitals = sum(map(str.isupper, prose))
    return (
        len(prose.split()) >= MIN_WORDS
        and 0 < capitals <= MAX_CAPITAL_SHARE * letters
        and len(_DAMAGE.findall(prose)) <= MAX_DAMAGE
        and is_english(prose)
    )
