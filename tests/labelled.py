"""What retraining is tested with: prose that repeats little, a parent model of it, and a tool the parent never saw."""

import random
from pathlib import Path

from detector import load_detector
from training.build import BuildSettings, build
from training.corpora import Document
from training.fit import FitSettings
from training.labels import Label
from training.lexicon import load_all
from training.mix import mix
from training.promote import promote, write_model
from training.replay import make_replay, save_replay
from training.rows import WordWeights
from training.spinners.catalogue import build_spinners
from training.spinners.resources import Resources

NOUNS = (
    "company history answer people method children money study story school brother minister road house library city "
    "street village garden river letter window kitchen teacher doctor farmer market station office bridge forest "
    "picture journey summer winter morning evening dinner question reason problem country island harbour ship"
).split()
VERBS = (
    "help buy found saw lost made kept took gave brought left reached followed watched crossed painted mended opened "
    "closed carried praised doubted feared wanted"
).split()
ADJECTIVES = (
    "wrong important difficult old new small large quiet early late heavy bright narrow wide famous empty broken "
    "clean distant friendly"
).split()
# The words of a tool no dictionary knows.
SWAPS = {
    "school": "seminary",
    "road": "thoroughfare",
    "house": "abode",
    "city": "conurbation",
    "garden": "plot",
    "letter": "missive",
    "doctor": "medic",
    "market": "bazaar",
    "forest": "timberland",
    "journey": "voyage",
    "morning": "forenoon",
    "problem": "quandary",
    "found": "discerned",
    "made": "fabricated",
    "kept": "retained",
    "old": "aged",
    "quiet": "hushed",
    "narrow": "constricted",
}
MODEL_SETTINGS = BuildSettings(folds=2, pages_a_kind=100, learners=0, fit=FitSettings(inverse_penalty=1.0))


def prose(words: int, chance: random.Random) -> str:
    """So many made-up words, or a few more."""
    said: list[str] = []
    while len(said) < words:
        first, second = (f"{chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}" for _ in range(2))
        third = chance.choice(NOUNS)
        link = chance.choice(("and", "but", "because", "when", "although"))
        verbs = [chance.choice(VERBS) for _ in range(2)]
        said += f"The {first} {verbs[0]} a {second} in the {third} {link} she {verbs[1]} it there.".split()
    return " ".join(said)


def swapped(text: str) -> str:
    """The text as the unknown tool writes it."""
    return " ".join(SWAPS.get(word, word) for word in text.split())


def labels(count: int, seed: int = 0) -> list[Label]:
    """So many of each kind, of twelve sites."""
    chance = random.Random(seed)
    spun = [Label(f"s{i}", swapped(prose(150, chance)), True, f"spun{i % 6}.example") for i in range(count)]
    return spun + [Label(f"h{i}", prose(150, chance), False, f"good{i % 6}.example") for i in range(count)]


def make_parent(models: Path, lexicons: Path, cache: Path) -> Path:
    """A small model that knows one dictionary, with a replay set, made the active one of folder `models`."""
    chance = random.Random(1)
    documents = [
        Document(f"d{i}", f"source-{i % 4}", "news" if i % 2 else "blog", f"g{i}", prose(350, chance))
        for i in range(160)
    ]
    mixed = mix(build_spinners(load_all(lexicons), Resources()))
    folder = write_model(models, build(documents, mixed, "0" * 64, MODEL_SETTINGS, cache))
    detector = load_detector(folder)
    save_replay(folder, make_replay(documents, mixed.spinners, detector), WordWeights.of(detector.tables))
    promote(models, folder.name)
    return folder
