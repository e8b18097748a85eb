"""Takes the paragraphs out of HTML, DocBook and Mallard pages: running text only, no code, tables or menus."""

from html.parser import HTMLParser

_PARAGRAPHS = frozenset({"p", "dd", "blockquote", "para", "simpara"})
_LEFT_OUT = frozenset(
    "script style pre nav header footer form select button svg math figure programlisting screen".split()
)


def paragraphs_of(page: str, *, tables: bool = False) -> str:
    """The page's paragraphs, joined by blank lines; those in tables only where tables make the page's layout."""
    parser = _Paragraphs(_LEFT_OUT if tables else _LEFT_OUT | {"table"})
    parser.feed(page)
    parser.close()
    return "\n\n".join(parser.found)


class _Paragraphs(HTMLParser):
    """Collects text inside paragraph elements; a new paragraph ends an open one, as in HTML."""

    def __init__(self, left_out: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._skipped = left_out
        self.found: list[str] = []
        self._open = False
        self._left_out = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._skipped:
            self._left_out += 1
        elif tag in _PARAGRAPHS or ("class", "para") in attrs:  # Publican writes <div class="para">
            self._finish()
            self._open = True
        elif tag == "br":
            self._text.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that ends itself holds no text."""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._skipped:
            self._left_out = max(0, self._left_out - 1)
        elif tag in _PARAGRAPHS or tag == "div":
            self._finish()

    def handle_data(self, data: str) -> None:
        if self._open and not self._left_out:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            self.found.append(text)
        self._text, self._open = [], False
