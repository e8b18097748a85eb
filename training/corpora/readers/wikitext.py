"""Strips MediaWiki mark-up to running text; templates, tables, files and references are dropped."""

import re

_NESTED = re.compile(r"\{\{[^{}]*\}\}|\{\|[^{}]*?\|\}|\[\[(?:File|Image|Category):[^\[\]]*\]\]")
_LINK = re.compile(r"\[\[(?!(?:File|Image|Category):)(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_MEASURE = re.compile(r"\{\{convert\|([^|{}]*)\|([^|{}]*)[^{}]*\}\}")
_RULES = tuple(
    (re.compile(pattern, re.DOTALL | re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"<!--.*?-->", ""),
        (r"<ref[^<>]*/>|<ref[^<>]*>.*?</ref>", ""),
        (r"<(math|gallery|code|pre|timeline|table)\b.*?</\1>", ""),
        (r"\[https?:\S+ ([^\[\]]*)\]", r"\1"),
        (r"\[https?:\S+\]", ""),
        (r"'{2,5}", ""),
        (r"^=+[^\n]*=+\s*$", ""),
        (r"^[*#:;|!][^\n]*$", ""),
        (r"\(\s*[,;]\s*|\(\s*\)", ""),
    )
)


def strip_wikitext(text: str) -> str:
    """Plain paragraphs, one a line."""
    previous = ""
    text = _MEASURE.sub(r"\1 \2", text)
    while previous != text:
        previous, text = text, _NESTED.sub("", _LINK.sub(r"\1", text))
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
