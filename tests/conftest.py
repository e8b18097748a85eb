"""What the tests of all rooms share: a tiny model, trained on made-up sentences, and the browsers' driver."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from detector import Detector, load_detector
from tests.labelled import make_parent
from training.build import BuildSettings, Built, build
from training.corpora import Document
from training.fit import FitSettings
from training.lexicon import load_all
from training.mix import mix
from training.promote import promote, write_model
from training.spinners.catalogue import build_spinners
from training.spinners.resources import Resources

SUBJECTS = (
    "The company|A small firm|The local school|Her brother|The committee|A new study|The old library|The minister"
)
VERBS = (
    "wants to help|has tried to change|will soon buy|decided to build|is ready to show|began to study|refused to sell"
)
OBJECTS = (
    "the wrong answer|an important book|a better method|the main road|its own history|several large houses|the law"
)
ENDINGS = (
    "because the people in the city asked for it|although it was not easy at all|and that was the end of the story"
    "|while many children watched from the street|when the money came in at last|which made the work more difficult"
)
SWAPS = """company\tagency\tn\t1.0\t3
history\thistorical past\tn\t1.0\t9
wrong\tincorrect\tadj\t0.7\t2
answer\treply\tn\t0.7\t1
important\tvital\tadj\t0.7\t1
help\tassist\tv\t0.7\t1
people\tfolks\tn\t1.0\t5
buy\tbuy for\tv\t1.0\t0
method\ttechnique\tn\t0.7\t0
children\tyoungsters\tn\t1.0\t0
difficult\ttough\tadj\t0.7\t0
money\tcash\tn\t0.7\t0
study\tresearch\tn\t0.7\t1
story\tstorey\tn\t1.0\t0
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in browsers go last: their driver keeps an event loop running, beside which no other can run."""
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


def sentences(count: int, chance: random.Random) -> str:
    """Made-up prose."""
    parts = [part.split("|") for part in (SUBJECTS, VERBS, OBJECTS, ENDINGS)]
    return " ".join(" ".join(chance.choice(part) for part in parts) + "." for _ in range(count))


def documents(count: int = 240) -> list[Document]:
    """Made-up documents of two genres, each its own group."""
    chance = random.Random(7)
    return [
        Document(f"d{i}", "made-up", "news" if i % 2 else "blog", f"g{i}", sentences(chance.randint(8, 40), chance))
        for i in range(count)
    ]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The browsers' driver; only one can run in a process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def made_documents() -> list[Document]:
    """480 made-up documents."""
    return documents(480)


@pytest.fixture(scope="session")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one small dictionary."""
    folder = tmp_path_factory.mktemp("lexicons")
    (folder / "pivot-a.tsv").write_text("original\tspun\tpos\tweight\tseen\n" + SWAPS, "utf-8")
    (folder / "families.tsv").write_text("dictionary\tfamily\npivot-a\tpivot\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def tiny_built(lexicons: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A model in memory."""
    spinners = build_spinners(load_all(lexicons), Resources())
    settings = BuildSettings(folds=2, pages_a_kind=200, fit=FitSettings(inverse_penalty=1.0))
    return build(documents(), mix(spinners), "0" * 64, settings, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def tiny_models(tiny_built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with that model, active."""
    models = tmp_path_factory.mktemp("models")
    promote(models, write_model(models, tiny_built).name)
    return models


@pytest.fixture(scope="session")
def tiny_detector(tiny_models: Path) -> Detector:
    """That model, loaded as the server loads it."""
    return load_detector(tiny_models / (tiny_models / "ACTIVE").read_text("utf-8").strip())


@pytest.fixture(scope="session")
def parent(lexicons: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model with a replay set, which can be retrained; it is the active one of its models folder."""
    return make_parent(tmp_path_factory.mktemp("retrained"), lexicons, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def human_text() -> str:
    """About 250 made-up words."""
    return sentences(16, random.Random(99))


@pytest.fixture(scope="session")
def spun_text(human_text: str, lexicons: Path) -> str:
    """The same words, spun."""
    spinner = build_spinners(load_all(lexicons), Resources())[0]
    return spinner.spin(human_text, 1, 1.0).text
