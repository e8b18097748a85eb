"""Attackers run beside us: their swaps are found by alignment, and one that fails is left out."""

import gc
import logging
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from detector.errors import FetchError, InputError
from training.attacker_packages import WORDNET, nltk_data
from training.attackers import WORKER, Attacker, Tool, aligned, held_out_attackers
from training.spinners.spun import Swap, unspin

# A worker with the real protocol: swaps one word, forgets nothing, dies on demand.
FAKE_WORKER = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if "die" in asked["text"]:
        sys.exit("no such dictionary")
    text = asked["text"].replace("large", sys.argv[1]).replace("seed", str(asked["seed"]))
    print(json.dumps({"text": text}), flush=True)
"""
# The whole of a package that spins, as texthumanize is laid out.
FAKE_SPINNER = """
def spin_text(line, lang, intensity, seed):
    print("chatter of the tool")
    return " ".join(line.replace("large", f"{lang}-{intensity}-{seed}").split())
"""


def tool(name: str) -> Tool:
    return Tool(name, "made-up", (0.2, 0.4), (f"{name}==1.0",), wordnet=False)


@pytest.fixture
def worker(tmp_path: Path) -> Path:
    path = tmp_path / "worker.py"
    path.write_text(FAKE_WORKER)
    return path


def install_nothing(packages: Sequence[str], folder: Path) -> None:
    folder.mkdir()


def test_a_swapped_word_is_found() -> None:
    assert aligned("a large house", "a big house").swaps == (Swap(2, 5, "large", "big"),)


def test_words_swapped_side_by_side_are_two_swaps() -> None:
    swaps = aligned("a large house stood", "a big home stood").swaps
    assert [(swap.original, swap.spun) for swap in swaps] == [("large", "big"), ("house", "home")]


def test_a_word_that_became_a_phrase_is_one_swap() -> None:
    assert aligned("they took it", "they made off with it").swaps == (Swap(5, 18, "took", "made off with"),)


def test_capitals_and_line_breaks_alone_are_no_swaps() -> None:
    assert aligned("The House\n\nstood", "the house stood").swaps == ()


def test_the_original_wording_can_be_had_back() -> None:
    original = "The old man bought a large house."
    assert unspin(aligned(original, "The old human being purchased a large house.")) == original


def test_an_attacker_spins_with_the_seed_it_is_given(tmp_path: Path, worker: Path) -> None:
    attacker = Attacker(tool("fake"), tmp_path, tmp_path, worker)
    assert attacker.spin("a large seed", 7, 0.5).text == "a fake 7"
    assert attacker.spin("a large dog", 7, 0.5).swaps == (Swap(2, 6, "large", "fake"),)


def test_no_process_runs_before_the_first_text_nor_after_the_attacker_is_gone(tmp_path: Path, worker: Path) -> None:
    attacker = Attacker(tool("fake"), tmp_path, tmp_path, worker)
    assert attacker._process is None
    attacker.spin("a large dog", 0, 0.5)
    process = attacker._process
    assert process is not None
    assert process.poll() is None
    del attacker
    gc.collect()
    assert process.poll() == 0


def test_an_attacker_that_stops_says_why(tmp_path: Path, worker: Path) -> None:
    attacker = Attacker(tool("fake"), tmp_path, tmp_path, worker)
    with pytest.raises(InputError, match="no such dictionary"):
        attacker.spin("die", 0, 0.5)


def test_what_is_installed_is_not_installed_again(tmp_path: Path, worker: Path) -> None:
    asked: list[Sequence[str]] = []

    def install(packages: Sequence[str], folder: Path) -> None:
        asked.append(packages)
        folder.mkdir()

    for _ in range(2):
        assert [each.name for each in held_out_attackers(tmp_path, [tool("fake")], install, worker)] == ["fake"]
    assert asked == [("fake==1.0",)]


def test_an_attacker_that_cannot_be_installed_is_logged_and_left_out(
    tmp_path: Path, worker: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def install(packages: Sequence[str], folder: Path) -> None:
        if packages == ("absent==1.0",):
            raise FetchError("pip could not install absent==1.0: no such package")
        folder.mkdir()

    found = held_out_attackers(tmp_path, [tool("absent"), tool("fake")], install, worker)
    assert [each.name for each in found] == ["fake"]
    assert caplog.messages == [
        "Measuring without the attacker absent: pip could not install absent==1.0: no such package"
    ]


def test_an_attacker_that_does_not_start_is_logged_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert held_out_attackers(tmp_path, [tool("texthumanize")], install_nothing, WORKER) == []
    assert "No module named 'texthumanize'" in caplog.text


def test_the_worker_gives_a_tool_one_line_at_a_time_and_hides_what_it_prints(tmp_path: Path) -> None:
    package = tmp_path / "texthumanize"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "spinner.py").write_text(FAKE_SPINNER)
    attacker = Attacker(tool("texthumanize"), tmp_path, tmp_path, WORKER)
    assert attacker.spin("a large dog\n\na large cat", 5, 0.5).text == "a en-0.5-5 dog\n\na en-0.5-7 cat"


def test_the_worker_imports_nothing_of_ours() -> None:
    code = "import sys, runpy; runpy.run_path(sys.argv[1]); print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code, str(WORKER)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"training", "detector", "numpy", "nltk"} & set(modules)


def test_wordnet_is_laid_out_as_nltk_wants_it(tmp_path: Path) -> None:
    package = tmp_path / "packages/npm" / f"{WORDNET.package}-{WORDNET.version}"
    (package / "package/data").mkdir(parents=True)
    (package / "unspun-package.json").write_text("{}")
    (package / "package/data/verb.exc").write_text("went go\n")
    (tmp_path / "data.noun").write_text("nouns")
    with tarfile.open(package / "package/WNdb-3.0.tar.gz", "w:gz") as tarball:
        tarball.add(tmp_path / "data.noun", "dict/data.noun")
    wordnet = nltk_data(tmp_path) / "corpora/wordnet"
    assert sorted(path.name for path in wordnet.iterdir()) == ["data.noun", "lexnames", "verb.exc"]
    names = (wordnet / "lexnames").read_text().splitlines()
    assert (names[3], names[29], names[44]) == ("03\tnoun.Tops\t1", "29\tverb.body\t2", "44\tadj.ppl\t3")
