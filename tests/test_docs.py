"""What the documents say must be true of the program."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from detector.errors import UnspunError
from detector.verdict import Evidence, Family, Verdict, Window
from unspun.cli import SUBCOMMANDS, group

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) < 150


def test_every_command_and_option_the_readme_shows_exists() -> None:
    shown = re.findall(r"(?:`|    )unspun ([a-z]+)((?: --[a-z-]+(?: [A-Z]+)?)*)", README)
    assert {name for name, _ in shown} >= {"score", "train", "evaluate", "doctor"}
    for name, options in shown:
        assert name in SUBCOMMANDS
        usage = CliRunner().invoke(group, [name, "--help"]).output
        for option in re.findall(r"--[a-z-]+", options):
            assert option in usage, f"unspun {name} has no {option}"


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_that_documents_link_to_or_name_exist(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named = re.findall(r"`((?:detector|server|training|unspun|tests|benchmarks|extension)/[\w./-]*)`", text)
    assert linked or named
    missing = [path for path in linked + named if not (ROOT / path).exists()]
    assert not missing


def test_every_make_target_the_documents_name_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for document in ROOT.glob("*.md"):
        for target in re.findall(r"`make ([a-z]+)", document.read_text("utf-8")):
            assert re.search(rf"^{target}:", makefile, re.M), f"{document.name}: make {target}"


def test_every_error_that_is_drawn_in_the_tree_exists_and_the_other_way_round() -> None:
    import detector.errors

    drawn = set(re.findall(r"[├└]── (\w+)", detector.errors.__doc__ or ""))
    defined = {
        name
        for name, value in vars(detector.errors).items()
        if isinstance(value, type) and issubclass(value, UnspunError) and value is not UnspunError
    }
    assert drawn == defined


def test_the_contract_verdicts_have_the_fields_of_a_verdict() -> None:
    contract = json.loads((ROOT / "tests" / "contract" / "verdicts.json").read_text("utf-8"))
    assert {row["verdict"] for row in contract["verdicts"]} == {"spun", "suspicious", "clean", "unscorable"}
    for row in contract["verdicts"]:
        rebuilt = Verdict(
            **row
            | {
                "evidence": tuple(Evidence(**piece) for piece in row["evidence"]),
                "windows": tuple(Window(**window) for window in row["windows"]),
                "marks": tuple(row["marks"]),
                "family": Family(**row["family"]) if row["family"] else None,
            }
        )
        assert rebuilt.as_json() == row
        assert list(rebuilt.as_json()) == list(row)


def test_the_extension_has_a_name_for_every_family() -> None:
    rows = (ROOT / "training" / "lexicons" / "families.tsv").read_text("utf-8").splitlines()[1:]
    wording = (ROOT / "extension" / "lib" / "wording.js").read_text("utf-8")
    assert {row.split("\t")[1] for row in rows} <= set(re.findall(r'\["([a-z-]+)", "family', wording))
