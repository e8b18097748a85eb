"""Words to look for the original with: what spinners leave alone, and the wording they most likely replaced."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from detector.anchors import Anchor, find_anchors, names_nothing
from detector.verdict import Evidence

MAX_TERMS = 10
MAX_TERM_CHARS = 40  # longer ones are no words
# Names and figures first; the other wording has the places they leave, and a few of its own.
MAX_NAMES, MAX_FIGURES, MAX_UNSPUN = 6, 2, 2
EARLY_SHARE = 1 / 3  # a story names its subject at its beginning
EARLY, IN_TITLE = 1.5, 2.0  # how much more a name counts there
MIN_RARE_LETTERS = 5
MIN_UNSPUN_LETTERS = 7  # what spinners replace is common; short words of it stand in every text
MIN_FIGURE_DIGITS = 3
MIN_SITE_LETTERS = 3

_LETTERS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TITLE_TAIL = re.compile(r".*\s[|–—·:-]\s(?P<site>[^|–—·]{2,40})", re.DOTALL)
_CALENDAR = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat
    sun""".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query. key: without regard to capitals and endings; weight: the more the more telling."""

    text: str
    key: str
    weight: float


def search_query(text: str, evidence: Sequence[Evidence], title: str | None = None, site: str | None = None) -> str:
    """At most ten terms, the most telling first; empty when nothing in the text stands out.

    evidence: the findings of the text. title: the page's, in which names count double. site: its host; the site's own
    name says nothing of the story.
    """
    own = _site_keys(title, site)
    spun = {key for one in evidence for key in _keys(one.text)}
    anchors = find_anchors(text)
    parts_of_names = {key for anchor in anchors for key in _keys(anchor.text)}
    groups = (
        _names(text, anchors, title or "", own, evidence),
        islice(_figures(anchors), MAX_FIGURES),
        islice(_unspun(evidence, own), MAX_UNSPUN),
        _rare(text, own | spun | parts_of_names),
    )
    terms: dict[str, Term] = {}
    for term in chain.from_iterable(groups):
        if len(term.text) <= MAX_TERM_CHARS:
            terms.setdefault(term.key, term)
    return " ".join(term.text for term in list(terms.values())[:MAX_TERMS])


def _names(
    text: str, anchors: Sequence[Anchor], title: str, own: set[str], evidence: Sequence[Evidence]
) -> Iterator[Term]:
    """Names that come often, early and in the title, full names together; no calendar's, and none a spinner wrote."""
    written = {key for one in evidence if one.likely_original for key in _keys(one.text)}
    kept = {key for one in evidence for key in _keys(one.likely_original or "")}
    useless = own | _CALENDAR | (written - kept)
    names = [anchor for anchor in anchors if anchor.kind == "name" and anchor.key not in useless]
    counts = Counter(anchor.key for anchor in names)
    first = {anchor.key: anchor for anchor in reversed(names)}
    titled = set(_keys(title))
    weights = {key: _name_weight(counts[key], first[key], len(text), key in titled) for key in counts}
    best = sorted(weights, key=lambda key: -weights[key])[:MAX_NAMES]
    runs = [[anchor.key for anchor in run if anchor.key in best] for run in _runs(text, names)]
    for key in best:
        for mate in max((run for run in runs if key in run), key=len):
            yield Term(_bare(first[mate].text), mate, weights[mate])


def _runs(text: str, names: Sequence[Anchor]) -> list[list[Anchor]]:
    """Names that stand side by side, as full names do."""
    runs: list[list[Anchor]] = []
    for anchor in names:
        if runs and text[runs[-1][-1].end : anchor.start] == " ":
            runs[-1].append(anchor)
        else:
            runs.append([anchor])
    return runs


def _name_weight(count: int, first: Anchor, length: int, is_titled: bool) -> float:
    early = EARLY if first.start < length * EARLY_SHARE else 1.0
    return float(count) * early * (IN_TITLE if is_titled else 1.0)


def _figures(anchors: Sequence[Anchor]) -> Iterator[Term]:
    """Exact figures, those of most digits first; years last, for every text of a subject has them."""
    found: dict[str, Term] = {}
    for anchor in anchors:
        digits = sum(char.isdigit() for char in anchor.text)
        is_exact = digits >= MIN_FIGURE_DIGITS or (digits > 1 and "." in anchor.text)
        if anchor.kind == "number" and is_exact:
            weight = 1.0 if _YEAR.fullmatch(anchor.key) else 1.0 + digits
            found.setdefault(anchor.key, Term(anchor.text, anchor.key, weight))
    yield from _heaviest(found.values())


def _unspun(evidence: Sequence[Evidence], own: set[str]) -> Iterator[Term]:
    """The words that most likely stood in the original, of the heaviest findings first."""
    for one in sorted(evidence, key=lambda one: -one.weight):
        for word in map(_bare, _LETTERS.findall(one.likely_original or "")):
            if len(word) >= MIN_UNSPUN_LETTERS and not names_nothing(word) and word.casefold() not in own:
                yield Term(word, word.casefold(), one.weight)


def _rare(text: str, useless: set[str]) -> Iterator[Term]:
    """Other words, those that stand often and are long first: what a text is about, and rarely swapped every time."""
    words = [word.casefold() for word in _LETTERS.findall(text)]
    counts = Counter(word for word in words if len(word) >= MIN_RARE_LETTERS and word not in useless)
    found = [Term(word, word, count * (len(word) - 3)) for word, count in counts.items() if not names_nothing(word)]
    yield from _heaviest(found)


def _heaviest(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: -term.weight)


def _site_keys(title: str | None, site: str | None) -> set[str]:
    """The words of the site's own name: of its host, and of the end of the page's title where that names the site."""
    host = (site or "").casefold().removeprefix("www.").split(".")
    tail = _TITLE_TAIL.fullmatch(title or "")
    named = _keys(tail["site"]) if tail else []
    # A title may also end with what the story is about: where the host is known, the two must share a word.
    is_site = not site or any(len(word) >= MIN_SITE_LETTERS and word in "".join(host) for word in named)
    return {*host[:-1], *((*named, "".join(named)) if is_site else ())} - {""}


def _keys(text: str) -> list[str]:
    return [_bare(word).casefold() for word in _LETTERS.findall(text)]


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)
