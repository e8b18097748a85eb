"""Two engines, one answer: what Python and JavaScript say of the same texts, by a made-up and by the shipped model."""

import hashlib
import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from detector import Detector, load_detector
from server.tables import pack_tables, pack_wording
from tests.contract.make_vectors import GOLDEN, MODEL, SYMBOL_RUNS, golden_json, symbol_runs_js

ROOT = Path(__file__).parents[2]
SAMPLES = [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "pages").glob("*-sample.txt"))]
REMAKE = "If the change is meant, run: python -m tests.contract.make_vectors"
UNICODE = "14.0.0"  # Python 3.11's; a later edition knows a few more letters
FUZZ_TEXTS = 120
ODD = "abc ETA.,;:!?\n\t'\"-—…()[]0½№ﬁéüßøдежα中한\u00ad\u200b\u0301\ud800\udfff😀\x00\x7f"
NODE = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
DIGEST = """import { readFileSync } from "node:fs"; import { createHash } from "node:crypto";
import { packTables, packWording } from "./extension/model-files.mjs";
const [, file, pack] = process.argv;
const packed = { packTables, packWording }[pack](readFileSync(file));
console.log(createHash("sha256").update(packed).digest("hex"));"""


@pytest.fixture(scope="session")
def shipped_folder() -> Path:
    return ROOT / "models" / (ROOT / "models" / "ACTIVE").read_text("utf-8").strip()


@pytest.fixture(scope="session")
def shipped(shipped_folder: Path) -> Detector:
    return load_detector(shipped_folder)


def test_the_golden_verdicts_are_what_python_says_today() -> None:
    assert golden_json() == GOLDEN.read_text("utf-8"), REMAKE


@pytest.mark.skipif(unicodedata.unidata_version != UNICODE, reason=f"the table was made with Unicode {UNICODE}")
def test_the_browsers_symbols_are_pythons() -> None:
    assert symbol_runs_js() == SYMBOL_RUNS.read_text("utf-8"), REMAKE


@NODE
@pytest.mark.parametrize("which", ["made-up", "shipped"])
def test_node_and_the_server_pack_the_same_bytes(which: str, shipped_folder: Path) -> None:
    folder = MODEL if which == "made-up" else shipped_folder
    detector = load_detector(folder)
    assert digest_by_node(folder / "tables.npz", "packTables") == digest(pack_tables(detector.tables))
    if detector.wording is not None:
        assert digest_by_node(folder / "wording.npz", "packWording") == digest(pack_wording(detector.wording))


def digest(blob: bytes) -> str:
    return hashlib.sha256(blob).hexdigest()


def digest_by_node(file: Path, pack: str) -> str:
    command = ["node", "--input-type=module", "-e", DIGEST, str(file), pack]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


@NODE
def test_both_engines_give_one_answer_with_the_shipped_model(shipped: Detector, shipped_folder: Path) -> None:
    rows = [{"text": text, "verdict": shipped.score(text).as_json()} for text in fuzzed(random.Random(11))]
    assert {"spun", "clean", "unscorable"} <= {row["verdict"]["verdict"] for row in rows}
    command = ["node", "tests/js/engine-compare.js", f"{shipped_folder}/"]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(rows), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{len(rows)} texts, one answer\n"


def fuzzed(chance: random.Random) -> list[str]:
    """The sample texts, and stretches of them with odd characters strewn in."""
    texts = list(SAMPLES)
    for _ in range(FUZZ_TEXTS):
        sample = chance.choice(SAMPLES)
        start = chance.randrange(len(sample) // 2)
        letters = list(sample[start : start + chance.randrange(200, 6000)])
        for _ in range(chance.randrange(120)):
            letters.insert(chance.randrange(len(letters)), chance.choice(ODD))
        texts.append("".join(letters))
    return texts
