"""Text from elsewhere, made fit for a terminal: one line, no control or direction characters."""


def printable(text: str, max_chars: int) -> str:
    """The text's first characters without what could steer a terminal or forge a line."""
    kept = "".join(char if char.isprintable() else " " for char in text[: 4 * max_chars])
    line = " ".join(kept.split())
    return line if len(line) <= max_chars else line[: max_chars - 1] + "…"
