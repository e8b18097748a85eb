"""Makes what Python and JavaScript must agree on, in one run: python -m tests.contract.make_vectors

golden.json         made-up texts, with the verdicts of the made-up model in contract/model/
model/              that model: weights and counts for the texts' own n-grams, drawn by lot from a fixed seed
symbol-runs.js      the table of symbols, for extension/engine/, which has no Unicode database of its own
"""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector import load_detector
from detector.artefact import save_model, save_wording
from detector.model import read
from detector.ngrams import CHAR_CODES, CHECK_MASK, CHECK_SHIFT, SLOT_SHIFT, SLOTS, char_codes
from detector.reference import (
    BUCKET_ENTRIES,
    BUCKET_SHIFT,
    BUCKETS,
    LEVEL_BITS,
    checks_of,
    pair_keys,
    single_keys,
    tokens_of,
    triple_keys,
)
from detector.text import CODE_UNITS, symbol_table

HERE = Path(__file__).parent
MODEL, GOLDEN = HERE / "model", HERE / "golden.json"
SYMBOL_RUNS = HERE.parents[1] / "extension" / "engine" / "symbol-runs.js"
SEED = 20261124
WEIGHED_SHARE, PHRASE_SHARE = 0.6, 0.05
FAMILIES = ("pivot", "thesaurus", "essay-mill")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LINE = 110

MANIFEST: dict[str, Any] = {
    "id": "made-up-1",
    "format": 1,
    "text_version": 1,
    "ngram_version": 1,
    "intercept": -0.4375,
    "per_word": -0.046875,
    "window_words": 60,
    "window_step": 20,
    "min_words": 30,
    "prior": 0.02,
    "thresholds": {"suspicious": 0.01, "spun": 0.001},
    "families": FAMILIES,
    "family_scale": 0.5,
    "calibration": {
        "lengths": [50, 100, 200],
        "rates": [0.5, 0.1, 0.01, 0.001, 0.0001],
        "scores": [[-1.0, 1.0, 3.75, 6.0, 9.0], [-1.5, 0.5, 2.5, 4.5, 8.0], [-2.0, 0.0, 2.0, 4.0, 7.0]],
        "logistic": [[1.0, -2.0], [1.25, -2.25], [1.5, -2.5]],
    },
}

NOUNS = "bridge,baker,council,river,story,garden,winter,ferry,teacher,orchard,market,lantern".split(",")
VERBS = "kept,moved,counted,painted,forgot,carried,praised,mended,questioned,followed".split(",")
ENDINGS = (
    "because the people of the town had asked for it",
    "although it was not easy at all",
    "while many children watched from the other side",
    "and that was the end of the story, or so they thought",
    "when the money came in at last; nobody had been told",
)
# Wording that stands in the texts, with what it may stand for: one to six words on either side.
SWAPS = (
    ("kept", ("held", "stored away", "retained")),
    ("the people", ("folks", "people", "the men and women")),
    ("the people of the town", ("the townspeople", "residents")),
    ("easy", ("simple", "New York")),
    ("many children", ("children",)),
    ("the end of the story", ("the end", "how it all ended in time")),
    ("money", ("cash", "funds")),
    ("came in at last", ("finally arrived",)),
    ("story", ("tale", "history")),
    ("painted", ("drew",)),
    ("praised their", ("spoke well of the",)),
    ("council", ("board of aldermen", "board")),
    ("their river", ("the stream",)),
    ("not", ("never",)),
)


def sentences(count: int, chance: random.Random) -> str:
    """Made-up prose of about 15 words a sentence."""
    return " ".join(
        f"The {chance.choice(NOUNS)} {chance.choice(VERBS)} their {chance.choice(NOUNS)} {chance.choice(ENDINGS)}."
        for _ in range(count)
    )


def texts() -> list[str]:
    """Texts of every kind that the engines treat differently."""
    chance = random.Random(SEED)
    prose = sentences(12, chance)
    odd = (
        prose.replace("The bridge", "Thе brіdgе").replace("children", "chil\u00addren").replace("story", "sto\u200bry")
    )
    return [
        "",
        " \n\t",
        "a",
        "Too short to judge.",
        *(sentences(count, chance) for count in (2, 3, 4, 6, 10, 20, 60)),
        prose.replace(". ", ".\n\n").replace(" the ", "\n"),
        odd + " Ünïcödé ǅ Ŀ ﬁnd № ½ ３ 中文 дом Straße 😀 " + prose,
        prose + " \ud800 lone \udfff surrogates \x00 and\x00nuls",
        "\u202e" + prose.upper() + " " + "e\u0301" * 4 + " i\u0307",
        "Der Rat hat die alte Brücke lange nicht gesehen und niemand wollte etwas davon wissen. " * 6,
        "мост через реку построили давно и никто не помнит кто именно его строил тогда " * 5,
        "if (x == 1) { y[i] += f(z); } // " * 20,
        "salt, pepper, oil, flour, eggs, milk, butter, sugar, yeast, honey, nuts, " * 6,
        prose + " " + "the the the very very much " * 40,
        "A {bright|light} morning {hardware} [ad_1] " + odd.replace("market", "{m|n} mаrket"),
        "the the the the the very very very very much much " * 12,
        "word" * 400 + " " + prose + "," * 50,
    ]


def made_model(chance: random.Random) -> dict[str, Any]:
    """Tables that know some of the n-grams of the texts."""
    readings = [read(text) for text in texts()]
    codes = np.unique(np.concatenate([char_codes(reading.symbols.row) for reading in readings]))
    keys = np.unique(np.concatenate([reading.keys for reading in readings]))
    weighed = np.array([chance.random() < WEIGHED_SHARE for _ in keys])
    chars, words = np.zeros(CHAR_CODES, np.uint8), np.zeros(SLOTS, np.uint16)
    chars[codes] = [chance.randrange(256) for _ in codes]
    checks = (keys >> CHECK_SHIFT) & CHECK_MASK
    entries = (checks << np.uint32(8)) | np.array([chance.randrange(256) for _ in keys], np.uint32)
    words[keys[weighed] >> SLOT_SHIFT] = entries[weighed]
    phrases = np.array([key for key in keys.tolist() if chance.random() < PHRASE_SHARE], np.uint32)
    originals = "\n".join(chance.choice(("", "history", "wrong side", "été")) for _ in phrases)
    return {
        "char_codes": chars,
        "char_book": np.linspace(-0.25, 0.375, 256).astype(np.float32),
        "word_entries": words,
        "word_book": np.linspace(-1.0, 1.5, 256).astype(np.float32),
        "phrase_keys": phrases,
        "phrase_families": np.array([[chance.randrange(9) for _ in FAMILIES] for _ in phrases], np.int8),
        "originals": np.frombuffer(originals.encode(), np.uint8),
    }


def made_wording(chance: random.Random) -> dict[str, Any]:
    """Wording tables: dictionaries for phrases of the texts, and counts of the texts' own n-grams."""
    phrases = [phrase for phrase, _ in SWAPS]
    originals = sorted({original for _, found in SWAPS for original in found})
    pairs = [originals.index(original) for _, found in SWAPS for original in found]
    entries = np.zeros((BUCKETS, BUCKET_ENTRIES), np.uint16)
    keys = counted_keys()
    for key, check in zip(keys.tolist(), checks_of(keys).tolist(), strict=True):
        level = chance.randrange(1, 31)
        entries[key >> int(BUCKET_SHIFT), chance.randrange(BUCKET_ENTRIES)] = check << LEVEL_BITS | level
    return {
        "phrases": np.frombuffer("\n".join(phrases).encode(), np.uint8),
        "left_alone": np.array([chance.randrange(60, 160) for _ in phrases], np.uint8),
        "sizes": np.array([len(found) for _, found in SWAPS], np.uint8),
        "candidates": np.array(pairs, np.uint32),
        "rates": np.array([chance.randrange(60) for _ in pairs], np.uint8),
        "speakers": np.array([chance.getrandbits(32) for _ in pairs], np.uint32),
        "originals": np.frombuffer("\n".join(originals).encode(), np.uint8),
        "entries": entries.reshape(-1),
        "words": np.array([1_000_000], np.uint32),
    }


def counted_keys() -> NDArray[np.uint32]:
    """Keys of the words, pairs and triples of the texts and of the originals."""
    found = []
    for text in (*texts(), ". ".join(original for _, known in SWAPS for original in known)):
        tokens, _ = tokens_of(read(text).words)
        found.append(single_keys(tokens))
        found.append(pair_keys(tokens[:-1], tokens[1:]))
        found.append(triple_keys(tokens[:-2], tokens[1:-1], tokens[2:]))
    return np.unique(np.concatenate(found))


def golden() -> list[dict[str, Any]]:
    """Each text with its verdict, by the model on disk."""
    detector = load_detector(MODEL)
    return [{"text": text, "verdict": detector.score(text).as_json()} for text in texts()]


def golden_json() -> str:
    """golden.json: ASCII, so that lone surrogates survive."""
    return json.dumps(golden(), indent=1, ensure_ascii=True) + "\n"


def symbol_runs_js() -> str:
    """The symbol table as a module: runs of `symbol:length`, the length in base 36 and left out when it is 1."""
    table = symbol_table()
    starts = [0, *(np.flatnonzero(np.diff(table)) + 1).tolist(), CODE_UNITS]
    lengths = np.diff(starts).tolist()
    runs = [f"{table[at]}:{_base36(n)}" if n > 1 else str(table[at]) for at, n in zip(starts, lengths, strict=False)]
    lines, line = [], ""
    for run in runs:
        if len(line) + len(run) > LINE:
            lines.append(line)
            line = ""
        line += f"{run} "
    body = '" +\n  "'.join([*lines, line.rstrip()])
    return (
        "/** Made by tests/contract/make_vectors.py from detector/text.py: each code unit's symbol, in runs. */\n\n"
        f'export const SYMBOL_RUNS =\n  "{body}";\n'
    )


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


if __name__ == "__main__":
    SYMBOL_RUNS.write_text(symbol_runs_js(), "utf-8")
    save_model(MODEL, MANIFEST, made_model(random.Random(SEED)))
    save_wording(MODEL, made_wording(random.Random(SEED)))
    GOLDEN.write_text(golden_json(), "utf-8")
