"""The saved pages: one folder each, with page.html and, where it has any, its frames.

Prose stands in them as marks that are filled in when they are read, so that the files stay small:
`{{+60}}` is a paragraph of about 60 words that belongs to the article, `{{-60}}` one that does not, `{{+4w}}` four
words without a full stop. The expected text is all that was marked with a plus; a page without any holds no article.
"""

import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.pages.prose import phrase, prose

FOLDER = Path(__file__).parent
MARK = re.compile(r"\{\{([+-])(\d+)(w?)\}\}")
FINAL_PAGES = 15  # kept out of sight while the reader was tuned

HOSTS = {"not-mail-reading-pane": "webmail.localhost", "not-bank-account": "banking.localhost"}


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as a browser gets it. files: by name, page.html among them; expected: the article's text, "" for none."""

    slug: str
    files: dict[str, str]
    expected: str
    is_final: bool

    @property
    def host(self) -> str:
        """The host it is served from; all of them lead to this machine."""
        return HOSTS.get(self.slug, "pages.localhost")


def saved_pages() -> list[SavedPage]:
    """All cases, by name. Which are final was drawn once, before the reader was tuned, by a seeded lot."""
    slugs = sorted(path.parent.name for path in FOLDER.glob("*/page.html"))
    final = set(random.Random("final").sample(slugs, FINAL_PAGES))
    return [saved_page(slug, slug in final) for slug in slugs]


def saved_page(slug: str, is_final: bool = False) -> SavedPage:
    """One case, its prose filled in."""
    expected: list[str] = []
    files = {path.name: fill(path.read_text("utf-8"), f"{slug}/{path.name}", expected) for path in html_files(slug)}
    return SavedPage(slug, files, "\n\n".join(expected), is_final)


def html_files(slug: str) -> list[Path]:
    return sorted((FOLDER / slug).glob("*.html"))


def fill(html: str, seed: str, expected: list[str]) -> str:
    """The page with its prose; what belongs to the article is appended to `expected`."""

    def text_of(mark: re.Match[str]) -> str:
        sign, size, kind = mark.groups()
        text = (phrase if kind else prose)(int(size), f"{seed}@{mark.start()}")
        if sign == "+":
            expected.append(text)
        return text

    return MARK.sub(text_of, html)


def token_f1(found: str, expected: str) -> float:
    """How well two texts agree, as bags of words: 1 is the same words as often."""
    ours, theirs = (Counter(re.findall(r"\w+", text.lower())) for text in (found, expected))
    common = (ours & theirs).total()
    return 2 * common / max(1, ours.total() + theirs.total())
