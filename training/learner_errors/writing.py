"""How it is put on paper: comma splices, spelling slips, stock openings, `itself` and `only` for emphasis."""

from random import Random

from training.learner_errors.essay import Essay
from training.learner_errors.rule import OPENERS, Trigger
from training.spinners.spun import Edit

LINKS = (
    "in my opinion", "nowadays", "as we know", "as we all know", "first of all", "as for me", "actually",
    "from my point of view", "i think", "i think that", "also", "besides", "so", "and", "but", "of course",
    "in fact", "in addition", "in conclusion", "to sum up", "as a result", "on the other hand", "i believe that",
    "moreover", "furthermore", "needless to say", "as far as i know", "for example", "at last", "last but not least",
    "in nowadays", "in my country", "it is known that", "we can say that", "generally speaking", "what's more",
)  # fmt: skip


def comma_splice(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`. It` -> `, it`."""
    gap = essay.text[essay.ends[at - 1] : essay.starts[at]] if at else ""
    if gap != ". " or essay.is_name(at) or essay.is_name(at - 1) or not essay.starts_sentence(at):
        return None
    start, end = essay.ends[at - 1], essay.starts[at]
    first = essay.text[end] if essay.word(at) == "i" else essay.text[end].lower()
    return Edit(start, end + 1, f", {first}" if chance.random() < 0.8 else f" and {first}")


def changed_comma(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`However, it` -> `However it`; `think that` -> `think, that`; `word, word` -> `word ,word`."""
    start, end = essay.ends[at], essay.starts[at + 1] if at + 1 < len(essay.starts) else 0
    gap = essay.text[start:end]
    if gap == ", ":
        return Edit(start, end, chance.choice((" ", " ", " ", " , ", ",", " ,")))
    if gap == " " and essay.word(at + 1) in ("that", "because", "which", "when", "if"):
        return Edit(start, end, ", ")
    return None


def small_i(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`I` -> `i`."""
    return Edit(essay.starts[at], essay.starts[at] + 1, "i") if essay.written(at)[0] == "I" else None


def lost_apostrophe(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`don't` -> `dont`; `the country's` -> `the countrys`."""
    return essay.edit(at, 1, essay.word(at).replace("'", "")) if "'" in essay.word(at) else None


def slip(essay: Essay, at: int, chance: Random) -> Edit | None:
    """A double letter written once, or a single one twice, in a longish word."""
    word = essay.word(at)
    if len(word) < 6 or not word.isascii():
        return None
    doubled = [i for i in range(1, len(word)) if word[i] == word[i - 1]]
    if doubled:
        i = chance.choice(doubled)
        return essay.edit(at, 1, word[:i] + word[i + 1 :])
    single = [
        i for i in range(2, len(word) - 2) if word[i] in "lmnprst" and word[i - 1] in "aeiou" and word[i + 1] in "aeiou"
    ]
    if single and chance.random() < 0.5:
        i = chance.choice(single)
        return essay.edit(at, 1, word[:i] + word[i] + word[i:])
    for right, wrong in (("tion", "sion"), ("ance", "ence"), ("ence", "ance"), ("able", "ible"), ("ible", "able"),
                         ("ely", "ly"), ("ie", "ei"), ("ei", "ie"), ("ph", "f"), ("ough", "ogh")):  # fmt: skip
        if right in word:
            return essay.edit(at, 1, word.replace(right, wrong, 1))
    return None


def added_link(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`The city is` -> `In my opinion, the city is`."""
    if essay.is_name(at) or not essay.starts_sentence(at) or not essay.written(at)[0].isupper():
        return None
    link = chance.choice(LINKS)
    comma = "" if link.endswith(("that", "think", "and", "but", "so")) or chance.random() < 0.35 else ","
    word = essay.written(at) if essay.word(at) == "i" else essay.word(at)
    link = " ".join("I" if part == "i" else part for part in link.split())
    return Edit(essay.starts[at], essay.ends[at], f"{link[0].upper()}{link[1:]}{comma} {word}")


def emphasis(essay: Essay, at: int, chance: Random) -> Edit | None:
    """`in the school` -> `in the school itself`, `a man.` -> `a man only.`, `right.` -> `right, isn't it.`"""
    after = essay.text[essay.ends[at] : essay.ends[at] + 2]
    if after[:1] not in (".", ",", "?") or essay.is_name(at) or not essay.tags(at) & {"NN", "NNS"}:
        return None
    if after[:1] == "?":
        return essay.edit(at, 1, f"{essay.word(at)}, isn't it")
    return essay.edit(at, 1, f"{essay.word(at)} {chance.choice(('itself', 'only', 'only', 'also', 'and all'))}")


RULES = (
    Trigger("comma", comma_splice, OPENERS),
    Trigger("comma", changed_comma, tags=frozenset(("NN", "NNS", "RB", "VB", "VBD", "JJ"))),
    Trigger("slip", small_i, frozenset(("i", "i'm", "i've", "i'll"))),
    Trigger(
        "slip",
        lost_apostrophe,
        frozenset("don't can't it's i'm didn't doesn't won't that's isn't wasn't let's i've".split()),
    ),
    Trigger("slip", slip, tags=frozenset(("NN", "NNS", "VB", "VBG", "VBN", "JJ", "RB"))),
    Trigger("link", added_link, OPENERS),
    Trigger("emphasis", emphasis, tags=frozenset(("NN", "NNS"))),
)
