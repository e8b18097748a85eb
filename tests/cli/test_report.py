"""`unspun report`, `original` and `restore`: one input, one answer; nothing is searched for."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
PAGES = Path(__file__).parents[1] / "pages"
PROSE = (PAGES / "honest-sample.txt").read_text("utf-8")


def test_a_report_is_written_to_the_named_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    result = run("report", "-", "-o", str(target), "--model", "says-spun", stdin=PROSE)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Report written to {target}\n"
    page = target.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "Very likely rewritten by a synonym spinner" in page
    assert hashlib.sha256(PROSE.encode()).hexdigest() in page
    assert [path.name for path in tmp_path.iterdir() if "report" in path.name] == ["report.html"]


def test_without_a_name_the_file_is_named_by_day_and_text(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", "-", stdin=PROSE).exit_code == 0
    (found,) = tmp_path.glob("unspun-report-*.html")
    assert found.stem.endswith(hashlib.sha256(PROSE.encode()).hexdigest()[:8])


def test_the_files_ending_chooses_the_format_unless_one_is_given(run: Run, tmp_path: Path) -> None:
    run("report", "-", "-o", str(tmp_path / "a.json"), stdin=PROSE)
    row = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (row["verdict"], row["text"], row["model"], row["version"]) == ("clean", PROSE, "says-clean", "0.1.0")
    run("report", "-", "-o", str(tmp_path / "b.json"), "--format", "html", stdin=PROSE)
    assert (tmp_path / "b.json").read_text("utf-8").startswith("<!doctype html>")


def test_a_minus_writes_to_standard_output(run: Run) -> None:
    result = run("report", "-", "-o", "-", "--format", "json", stdin=PROSE)
    assert json.loads(result.stdout)["words"] == 568


def test_an_html_file_keeps_its_title(run: Run, tmp_path: Path) -> None:
    page = f"<html><title>A title</title><article>{''.join(f'<p>{p}</p>' for p in PROSE.split(chr(10)))}</article>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    row = json.loads(run("report", str(tmp_path / "page.html"), "-o", "-", "--format", "json").stdout)
    assert (row["title"], row["extractor"], row["url"]) == ("A title", "trafilatura-fast", None)


def test_a_file_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    result = run("report", "-", "-o", str(tmp_path / "no" / "a.html"), stdin=PROSE)
    assert result.exit_code == 1
    assert "could not be written: No such file or directory. Name another file with -o." in str(result.exception)


def test_an_input_that_cannot_be_read_or_holds_several_texts_is_told(run: Run, tmp_path: Path) -> None:
    assert "There is no such file" in str(run("report", str(tmp_path / "none.txt")).exception)
    lines = tmp_path / "two.jsonl"
    lines.write_text('{"text": "a"}\n{"text": "b"}\n', "utf-8")
    for command in ("report", "original", "restore"):
        told = str(run(command, str(lines)).exception)
        assert told == f"{lines} holds 2 texts; this command takes one. Name a file that holds one."


def test_original_prints_the_words_and_the_address(run: Run) -> None:
    result = run("original", "-", stdin=PROSE)
    query, address = result.stdout.splitlines()
    assert (result.exit_code, query.split()[:4]) == (0, ["Ellen", "Marsh", "Harrow", "Bridge"])
    assert address.startswith("https://duckduckgo.com/?q=Ellen+Marsh+Harrow+Bridge+")


def test_the_engine_can_be_chosen(run: Run) -> None:
    result = run("original", "-", "--search", "https://search.example/%s/here", stdin=PROSE)
    assert result.stdout.splitlines()[1].startswith("https://search.example/Ellen+Marsh")
    assert "write one of duckduckgo" in str(run("original", "-", "--search", "no", stdin=PROSE).exception)


def test_a_text_without_anything_to_search_for_is_told(run: Run) -> None:
    assert "Give a longer one." in str(run("original", "-", stdin="It is on us.").exception)


def test_restore_puts_likely_originals_back(run: Run) -> None:
    shipped = {"UNSPUN_MODELS_DIR": str(Path(__file__).parents[2] / "models")}
    result = run("restore", str(PAGES / "spun-sample.txt"), env=shipped)
    assert result.exit_code == 0
    spun = (PAGES / "spun-sample.txt").read_text("utf-8")
    assert ("historical past," in spun, "no person" in spun) == (True, True)
    assert (" history," in result.stdout, " nobody " in result.stdout) == (True, True)
    assert "historical past" not in result.stdout
    assert result.stderr.startswith("Very likely rewritten by a synonym spinner. Put back: ")


def test_restore_leaves_a_clean_text_as_it_is(run: Run) -> None:
    result = run("restore", "-", stdin=PROSE)
    assert result.stdout == PROSE + "\n"
    assert result.stderr.endswith("Put back: 0 of 0 findings.\n")


@pytest.mark.parametrize("command", ["report", "original", "restore"])
def test_all_are_listed_and_have_help(run: Run, command: str) -> None:
    assert f"  {command} " in run("--help").stdout
    assert run(command, "--help").stdout.startswith("Usage: ")
