"""`unspun score`: one row for every input, in order; formats; exit codes."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import Result

from detector import Evidence, Family, Verdict
from detector.errors import FetchError
from server.batch.writers import CsvWriter, write_rows
from server.extract import Article
from unspun.inputs import Failure, Item
from unspun.rows import Readers, Row, score_items
from unspun.table import write_table

Run = Callable[..., Result]
PROSE = (Path(__file__).parents[1] / "pages" / "honest-sample.txt").read_text("utf-8")
SWAP = Evidence(0, 15, "historical past", 1.0, "dictionary swap", "history")
SPUN = Verdict(
    *("spun", None, 7.3, 0.998, 0.0005, 800, 0.81, Family("pivot", 0.93)),
    (SWAP, Evidence(20, 24, "odd!", 1.5, "rare wording"), SWAP),
    (),
    "fake-1",
    ("look-alike letters",),
)


def rows_of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_piped_text_is_one_row_of_the_whole_verdict(run: Run) -> None:
    result = run("score", "-", stdin=PROSE)
    assert result.exit_code == 0
    (row,) = rows_of(result)
    assert list(row)[:3] == ["input", "verdict", "reason"]
    assert (row["input"], row["verdict"], row["model"], row["api"]) == ("stdin", "clean", "says-clean", 1)


@pytest.mark.parametrize(
    ("model", "evidence", "has_windows"),
    [
        ("says-clean", "flagged", False),
        ("says-clean", "all", True),
        ("says-spun", "flagged", True),
        ("says-spun", "none", False),
    ],
)
def test_windows_are_told_of_the_texts_whose_findings_are(
    run: Run, model: str, evidence: str, has_windows: bool
) -> None:
    (row,) = rows_of(run("score", "-", "--model", model, "--evidence", evidence, stdin=PROSE))
    assert bool(row["windows"]) is has_windows


def test_the_model_can_be_chosen(run: Run) -> None:
    (row,) = rows_of(run("score", "-", "--model", "says-spun", stdin=PROSE))
    assert (row["verdict"], row["score"], row["false_alarm_rate"]) == ("spun", 5.0, 0.001)


def test_a_missing_model_says_which_there_are(run: Run) -> None:
    result = run("score", "-", "--model", "no-such", stdin=PROSE)
    assert "Models there: says-clean, says-spun" in str(result.exception)


def test_failed_inputs_are_rows_and_make_the_exit_code_one(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": 1, "text": PROSE}), "{bad", json.dumps({"id": 3, "text": "short"})]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    result = run("score", str(tmp_path / "in.jsonl"), "http://127.0.0.1:9/")
    rows = rows_of(result)
    assert result.exit_code == 1
    assert [row.get("id") for row in rows] == [1, None, 3, None]
    assert [row.get("verdict") for row in rows] == ["clean", None, "unscorable", None]
    assert rows[1]["error"] == {
        "reason": "bad_json",
        "detail": "The line is not valid JSON.",
        "file": str(tmp_path / "in.jsonl"),
        "position": "line 2",
    }
    assert rows[3]["error"]["reason"] == "address_refused"
    assert f"unspun: {tmp_path / 'in.jsonl'}:2: The line is not valid JSON." in result.stderr


def test_an_html_file_is_extracted(run: Run, tmp_path: Path) -> None:
    page = f"<html><title>A title</title><article>{''.join(f'<p>{p}</p>' for p in PROSE.split(chr(10)))}</article>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    (row,) = rows_of(run("score", str(tmp_path / "page.html")))
    assert (row["verdict"], row["title"], row["extractor"]) == ("clean", "A title", "trafilatura-fast")


def test_no_input_is_wrong_use(run: Run) -> None:
    assert run("score").exit_code == 2
    assert run("score", "-", "--format", "xml").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_output_is_written_whole_and_its_ending_chooses_the_format(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    result = run("score", "-", "--output", str(target), stdin=PROSE)
    assert (result.exit_code, result.stdout) == (0, "")
    (row,) = csv.DictReader(io.StringIO(target.read_text("utf-8")))
    assert (row["input"], row["verdict"], row["error"]) == ("stdin", "clean", "")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out.csv"]


def test_lone_surrogates_and_nulls_make_valid_rows(run: Run) -> None:
    result = run("score", "-", stdin=b'{"id": "\\ud800", "text": "\\ud800 \\u0000"}\n')
    assert rows_of(result)[0]["id"] == "\ud800"


def test_rows_keep_the_order_of_items_and_name_the_extractor() -> None:
    class Clean:
        id = "fake-1"
        manifest: ClassVar[dict[str, Any]] = {}

        def score(self, text: str, evidence: str = "flagged") -> Verdict:
            return Verdict("clean", None, -1.0, 0.1, 0.5, len(text), 0.0, None, (), (), evidence)

    def address(url: str) -> Article:
        if "gone" in url:
            raise FetchError("gone")
        return Article("fetched", "T", "trafilatura-fast")

    items = [Item("a", url="https://gone.example/"), Item("b", url="https://a.example/"), Item("c", text="text")]
    rows = list(score_items(items, Clean(), Readers(address, lambda html: Article(html, None, None)), "none"))
    assert [row.as_json().get("error") for row in rows] == [{"reason": "fetch_failed", "detail": "gone"}, None, None]
    assert [row.verdict and (row.verdict.words, row.verdict.extractor, row.verdict.model) for row in rows] == [
        None,
        (7, "trafilatura-fast", "none"),
        (4, None, "none"),
    ]


def test_the_table_says_the_verdict_in_words_and_joins_equal_findings() -> None:
    out = io.StringIO()
    failed = Row(Item("bad\x1b[2J.txt"), None, None, Failure("unreadable", "The file cannot be read."))
    write_table([Row(Item("a.txt"), None, SPUN, None), failed], out)
    assert out.getvalue().splitlines() == [
        "SPUN        a.txt",
        "  Very likely rewritten by a synonym spinner. "
        "About 1 in 2,000 human-written articles of this length score this high.",
        "  81 % of the text looks spun. Spinner family: pivot (93 % sure).",
        "  Sign of evasion: look-alike letters.",
        "    historical past ×2               <- history                          dictionary swap",
        "    odd!                                                                 rare wording",
        "",
        "ERROR       bad [2J.txt",
        "  The file cannot be read.",
        "",
    ]


def test_a_csv_cell_cannot_be_a_formula() -> None:
    out = io.BytesIO()
    item = Item("a", id="=HYPERLINK()", url="https://a.example/")
    write_rows([Row(item, "+1", SPUN, None), Row(Item("-x"), None, None, Failure("bad", "no"))], CsvWriter(out))
    first, second = csv.DictReader(io.StringIO(out.getvalue().decode("utf-8")))
    assert (first["id"], first["title"], second["input"]) == ("'=HYPERLINK()", "'+1", "'-x")
    assert (first["score"], first["family"], first["findings"]) == ("7.3", "pivot", "3")
    assert first["top_findings"] == "historical past (history); odd!"
    assert (second["error"], second["detail"], second["verdict"]) == ("bad", "no", "")


def test_a_reader_that_goes_away_is_met_with_silence(start: Any, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"text": "short"}\n' * 2000, "utf-8")
    process = start("score", str(tmp_path / "many.jsonl"))
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(20) == 1
    assert process.stderr.read() == ""
    process.stderr.close()


def test_scoring_a_text_imports_neither_training_nor_network_nor_extraction(environment: dict[str, str]) -> None:
    code = (
        "import sys, unspun.cli\n"
        "sys.argv = ['unspun', 'score', '-']\n"
        "try: unspun.cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'sklearn', 'scipy', 'joblib', 'trafilatura', 'httpx', 'flask', 'lxml'} & set(sys.modules)\n"
        "sys.exit(str(sorted(heavy)) if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=PROSE,
        capture_output=True,
        text=True,
        timeout=30,
        env={"PATH": "/usr/bin:/bin", **environment},
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["serve", "score", "compare", "models", "doctor", "train", "evaluate"])
def test_every_command_is_listed_and_has_help(run: Run, command: str) -> None:
    assert f"  {command} " in run("--help").stdout
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_the_version_is_the_one_of_the_package(run: Run) -> None:
    pyproject = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert run("--version").stdout == "unspun, version 0.1.0\n"
    assert 'version = "0.1.0"' in pyproject
