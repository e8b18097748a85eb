"""`unspun compare`: two inputs in, an answer out; the report, and pairs for a dictionary of one's own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from detector.errors import InputError, ModelError, WrongUse

Run = Callable[..., Result]
A = """The town council voted to close the old library. Mayor Anna Peters said the decision was hard for all of them.
The books will move to a hall beside the station. The company Norland Homes is going to build it by March 2027.
"""
B = """The township council voted to shut the old library. Mayor Anna Peters stated the choice was hard for all of them.
The books will shift to a hall beside the station. The agency Norland Homes is going to build it by March 2028.
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The two texts as files."""
    (tmp_path / "a.txt").write_text(A, "utf-8")
    (tmp_path / "b.txt").write_text(B, "utf-8")
    return str(tmp_path / "a.txt"), str(tmp_path / "b.txt")


def test_piped_on_it_is_one_json_object(run: Run, files: tuple[str, str]) -> None:
    result = run("compare", *files)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert (found["a_name"], found["b_name"], found["answer"]) == ("a.txt", "b.txt", "spun copy")


def test_the_table_names_swaps_and_altered_numbers(run: Run, files: tuple[str, str]) -> None:
    lines = [" ".join(line.split()) for line in run("compare", *files, "--format", "table").stdout.splitlines()]
    assert lines[0] == "SPUN COPY"
    assert "A spun copy: the same sentences with words swapped." in lines
    assert "town -> township" in lines
    assert "2027 -> 2028 (number altered)" in lines


def test_one_side_may_come_from_standard_input(run: Run, files: tuple[str, str]) -> None:
    assert json.loads(run("compare", files[0], "-", stdin=A).stdout)["answer"] == "copy"


def test_both_sides_from_standard_input_are_wrong_use(run: Run) -> None:
    assert isinstance(run("compare", "-", "-", stdin=A).exception, WrongUse)


def test_control_characters_do_not_reach_the_terminal(run: Run, files: tuple[str, str]) -> None:
    result = run("compare", files[0], "-", "--format", "table", stdin=B.replace("choice", "cho\x1b[31mice"))
    assert "\x1b" not in result.stdout


def test_the_report_is_written_whole(run: Run, files: tuple[str, str], tmp_path: Path) -> None:
    run("compare", *files, "--html", str(tmp_path / "report.html"))
    report = (tmp_path / "report.html").read_text("utf-8")
    assert report.startswith("<!doctype html>") and report.rstrip().endswith("</html>")
    assert ">township</mark>" in report
    assert str(tmp_path) not in report


def test_sure_pairs_are_added_to_a_dictionary_once(run: Run, files: tuple[str, str], tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    first = run("compare", *files, "--spun", "b", "--add-pairs", str(mine))
    assert "new pairs added to" in first.stderr
    lines = mine.read_text("utf-8").splitlines()
    assert lines[0] == "original\tspun\tpos\tweight\tseen"
    assert "town\ttownship\tany\t0.4\t1" in lines
    again = run("compare", *files, "--spun", "b", "--add-pairs", str(mine))
    assert again.stderr.startswith("0 new pairs added")
    assert mine.read_text("utf-8").splitlines() == lines


def test_pairs_need_to_know_which_side_was_spun(run: Run, files: tuple[str, str], tmp_path: Path) -> None:
    result = run("compare", *files, "--add-pairs", str(tmp_path / "mine.tsv"))
    assert isinstance(result.exception, WrongUse)
    assert "--spun a or --spun b" in str(result.exception)
    assert not (tmp_path / "mine.tsv").exists()


def test_a_file_that_cannot_be_read_says_so(run: Run, files: tuple[str, str], tmp_path: Path) -> None:
    result = run("compare", files[0], str(tmp_path / "gone.txt"))
    assert isinstance(result.exception, InputError)
    assert "gone.txt: There is no such file" in str(result.exception)


def test_a_file_of_many_texts_is_wrong_use(run: Run, files: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n', "utf-8")
    result = run("compare", files[0], str(tmp_path / "many.jsonl"))
    assert isinstance(result.exception, WrongUse)
    assert "holds 2 texts" in str(result.exception)


def test_a_model_is_optional_unless_it_is_named(
    run: Run, files: tuple[str, str], environment: dict[str, str], tmp_path: Path
) -> None:
    environment["UNSPUN_MODELS_DIR"] = str(tmp_path)
    found = json.loads(run("compare", *files).stdout)
    assert (found["answer"], found["score_a"]) == ("spun copy", None)
    assert isinstance(run("compare", *files, "--model", "gone").exception, ModelError)
