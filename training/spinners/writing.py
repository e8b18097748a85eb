"""Writes the chosen swaps: which wording, in which form and casing, with the article before it mended."""

from random import Random

from training.spinners.candidates import Candidate
from training.spinners.casing import article_before, carry_case, title_words
from training.spinners.habits import Habits
from training.spinners.spun import Edit
from training.spinners.table import Match, Option
from training.spinners.words import I_WORDS, Words, starts_sentence

_HAVE_BE = frozenset(
    "have has had having 've be been being is are was were am get gets got "
    "getting isn't aren't wasn't weren't hasn't haven't".split()
)
_VERB_NEXT = frozenset("will would can could should may might must shall can't won't i you we they he she who".split())
_NOUN_NEXT = frozenset("a an the this these those my your his our their its every each of in".split())
_DETERMINERS = frozenset("a an the this that these those my your his her its our their any some every each".split())


def make_edits(words: Words, chosen: list[Candidate], habits: Habits, rng: Random) -> list[Edit]:
    """The edits, in order; a candidate whose wording does not fit its neighbours is left as it was."""
    edits: list[Edit] = []
    memory: dict[str, Option] = {}
    apostrophe = "’" if words.text.count("’") > words.text.count("'") else "'"
    for each in sorted(chosen, key=lambda candidate: candidate.start):
        spun = each.match if isinstance(each.match, str) else _wording(words, each, habits, memory, rng)
        if spun is not None and spun != words.text[each.start : each.end] and not _stutters(words, each, spun, edits):
            spun = _without_doubled_comma(spun.replace("'", apostrophe), words.text[each.end : each.end + 1])
            edits.append(_with_article(words.text, each, spun, edits, habits, rng))
    return edits


def _wording(words: Words, candidate: Candidate, habits: Habits, memory: dict[str, Option], rng: Random) -> str | None:
    assert isinstance(candidate.match, Match)
    before = words.low[max(0, candidate.start - 16) : candidate.start].split(" ")
    previous = before[-2] if len(before) > 1 and not before[-1] else ""
    option = memory.get(candidate.phrase)
    if option is None or not habits.consistent:
        option = memory[candidate.phrase] = candidate.match.choose(rng)
    if habits.knows_pos and _clashes(option.pos, previous):
        return None
    spun = option.participle if option.participle and previous in _HAVE_BE else option.spun
    return _cased(words.text, candidate, spun, habits, rng)


def _without_doubled_comma(spun: str, after: str) -> str:
    """Some swaps bring a comma along ("what's more,"), which is one too many before a mark."""
    return spun.removesuffix(",") if after and after in ",.;:!?" else spun


def _stutters(words: Words, candidate: Candidate, spun: str, edits: list[Edit]) -> bool:
    """Would a word or a determiner stand twice in a row ("if you you", "a the")? Tools seldom write that."""
    before = words.text[max(0, candidate.start - 24) : candidate.start]
    if edits and edits[-1].end == candidate.start - 1:
        before = edits[-1].spun + " "
    after = words.text[candidate.end : candidate.end + 24]
    left = before.split()[-1:] if before.endswith(" ") else []
    right = after.split()[:1] if after.startswith(" ") else []
    inside = spun.split()
    return _repeats(left, inside[:1]) or _repeats(inside[-1:], right)


def _repeats(left: list[str], right: list[str]) -> bool:
    ends = {word.lower() for word in (*left, *right)}
    return len(left) == len(right) == 1 and (len(ends) == 1 or ends <= _DETERMINERS)


def _clashes(pos: str, previous: str) -> bool:
    return (pos == "v" and previous in _NOUN_NEXT) or (pos in ("n", "adj") and previous in _VERB_NEXT)


def _cased(text: str, candidate: Candidate, spun: str, habits: Habits, rng: Random) -> str:
    original = text[candidate.start : candidate.end]
    starting = original[0].isupper() and starts_sentence(text, candidate.start)
    if original.split()[0] in I_WORDS and not starting:
        return spun
    if starting and habits.lower_starts and rng.random() < habits.lower_starts:
        return spun
    if original.islower() and habits.stray_capitals and rng.random() < habits.stray_capitals:
        return spun[0].upper() + spun[1:]
    cased = carry_case(original, spun)
    return title_words(cased) if original[0].isupper() and not starting else cased


def _with_article(text: str, candidate: Candidate, spun: str, edits: list[Edit], habits: Habits, rng: Random) -> Edit:
    mended = article_before(text, candidate.start, spun)
    free_from = edits[-1].end if edits else 0
    if mended is None or mended[0] < free_from or rng.random() >= habits.mends_article:
        return Edit(candidate.start, candidate.end, spun)
    return Edit(mended[0], candidate.end, mended[1] + spun)
