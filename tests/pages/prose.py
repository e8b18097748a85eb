"""Made-up English for the saved pages: plain sentences about a small town, the same for the same seed."""

import random

PEOPLE = "the miller|two brothers|the council|her neighbour|a retired teacher|the ferryman|the choir|visitors|the baker"
THINGS = "the old bridge|a cart of apples|the clock tower|the river path|a wooden gate|the market hall|the lower mill|"
THINGS += "the reading room|the spring fair|a stone wall|the weather station|the narrow lane|the boat shed"
DEEDS = "repaired|painted|visited|photographed|described|measured|admired|reopened|borrowed|cleaned|sketched|planned"
TIMES = "in early spring|before the storm|last autumn|on a quiet morning|after the harvest|during the long winter|"
TIMES += "when the water rose|every second Thursday|at the end of the month"
REASONS = "because nobody else would do it|although the money had run out|while the children watched from the bank|"
REASONS += "so that the next family could use it|as their parents had done for years|without asking anyone for help"
OPENINGS = "|Later,|For a while,|In the end,|At first,|According to the minutes,|Most people agree that|That year,"
VOICES = "said it was worth the trouble|could not remember a better season|hoped for a dry week|wrote it all down|"
VOICES += "laughed and shook hands|asked for a second opinion"
WORDS = (
    "river market bridge orchard lantern harbour meadow kettle ladder winter garden stone timber copper willow barley"
)


def prose(words: int, seed: str) -> str:
    """Whole sentences of that many words in all, to within a few."""
    draw = random.Random(seed)
    text: list[str] = []
    while len(text) < words - 6:
        text += sentence(draw).split()
    return " ".join(text)


def phrase(words: int, seed: str) -> str:
    """Exactly that many words, as in a headline."""
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS.split()) for _ in range(words)).capitalize()


def sentence(draw: random.Random) -> str:
    """One sentence of 10 to 30 words."""

    def one_of(choices: str) -> str:
        return draw.choice(choices.split("|"))

    first = f"{one_of(OPENINGS)} {one_of(PEOPLE)} {one_of(DEEDS)} {one_of(THINGS)} {one_of(TIMES)}".strip()
    if draw.random() < 0.6:
        first += f", {one_of(REASONS)}"
    if draw.random() < 0.4:
        first += f", and {one_of(PEOPLE)} {one_of(VOICES)}"
    return f"{first[0].upper()}{first[1:]}."
