"""`unspun label`: from files and addresses, import, export, undo, list; and `unspun forget` with labels."""

import json
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result

from detector.errors import InputError, WrongUse
from server.store.database import open_database
from server.store.label_lists import TrainingLabel, count_texts, labels_for_training
from server.store.labels import LabelStore

Run = Callable[..., Result]
TEXT = (
    "The mayor of Torvik told the local radio that the yard would move to Hammarsund next spring. About three hundred "
    "people work there now, and most of them, she said, would be offered work at the new place by the harbour."
)
OTHER = (
    "It rained all week in the valley, and the river rose above the old stone bridge on Thursday night. Nobody was "
    "hurt, but two farms lost their hay, and the school stayed shut until the water had gone down again."
)


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    return str(tmp_path / "article.txt")


@contextmanager
def opened(environment: dict[str, str]) -> Iterator[LabelStore]:
    database = open_database(Path(environment["UNSPUN_DATA_DIR"]), print)
    yield LabelStore(lambda: database, lambda: 1e9, keep_texts=True, label_days=9, waiting_days=9)
    database.close()


def learnable(environment: dict[str, str]) -> list[TrainingLabel]:
    with opened(environment) as store:
        return list(labels_for_training(store))


def write(path: Path, *rows: object) -> str:
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


@pytest.mark.parametrize("order", ["{file} --spun", "--spun {file}", "add --spun {file}"])
def test_a_file_is_labelled(run: Run, article: str, environment: dict[str, str], order: str) -> None:
    found = run("label", *order.format(file=article).split())
    assert found.stdout == f"{article}: labelled spun (label 1).\n"
    assert [(label.text, label.label) for label in learnable(environment)] == [(TEXT, "spun")]


def test_standard_input_is_labelled_and_a_contradiction_told(run: Run, article: str) -> None:
    assert run("label", article, "--spun").exit_code == 0
    assert run("label", "-", "--spun", stdin=TEXT).stdout == "-: labelled spun (label 2). The text was known.\n"
    assert "Another label of this text says otherwise" in run("label", "-", "--not-spun", stdin=TEXT).stdout
    shown = run("label", "list", "--state", "contradiction").stdout.splitlines()
    assert shown[0].startswith("CONTRADICTORY The mayor of Torvik")
    assert shown[1].startswith("              label 3: not-spun, ") and shown[1].endswith(", command line")
    assert shown[-1] == "0 spun, 0 not spun, 1 contradictory, 0 waiting."


def test_without_an_answer_it_says_what_is_missing(run: Run, article: str) -> None:
    found = run("label", article)
    assert isinstance(found.exception, WrongUse)
    assert str(found.exception).startswith("Say what it is: --spun or --not-spun")


def test_a_text_may_wait_for_the_queue(run: Run, article: str, environment: dict[str, str]) -> None:
    assert run("label", article, "--later").stdout == f"{article}: kept for the queue.\n"
    with opened(environment) as store:
        assert count_texts(store).waiting == 1


def test_a_file_that_is_not_there_keeps_nothing(run: Run, tmp_path: Path, environment: dict[str, str]) -> None:
    assert run("label", str(tmp_path / "gone.txt"), "--spun").exception is not None
    assert learnable(environment) == []


def test_jsonl_is_imported_once_with_copies_merged_and_bad_rows_named(
    run: Run, tmp_path: Path, environment: dict[str, str]
) -> None:
    file = write(
        tmp_path / "labels.jsonl",
        {"text": TEXT, "label": "spun", "url": "https://www.news.example/a", "time": 1_790_000_000, "id": 7},
        {"text": TEXT.upper(), "label": "spun"},
        {"text": OTHER, "label": ""},
        "not json\n",
        {"text": OTHER, "label": "human"},
        {"text": " ", "label": "spun"},
        "\n",
    )
    found = run("label", "import", file)
    assert isinstance(found.exception, InputError)
    assert str(found.exception) == "3 rows of labels.jsonl were left out."
    assert found.stdout.splitlines() == [
        "2 labels imported, 1 of them on texts that were known.",
        "1 text without a label: see the dashboard's Labels page.",
    ]
    assert [line.split(":")[1] for line in found.stderr.splitlines()] == [
        " labels.jsonl row 4",
        " labels.jsonl row 5",
        " labels.jsonl row 6",
    ]
    assert "its label is 'human'. Wanted spun or not-spun" in found.stderr
    (label,) = learnable(environment)
    assert (label.text, label.label, label.site) == (TEXT, "spun", "news.example")
    again = run("label", "import", file)
    assert again.stdout.splitlines()[:2] == ["0 labels imported.", "2 labels imported before; each counts once."]


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_what_is_exported_can_be_imported_elsewhere(
    run: Run, tmp_path: Path, environment: dict[str, str], suffix: str
) -> None:
    formula = f'=SUM(A1) {OTHER}, with a comma, a "quote" and é'
    rows = ({"text": TEXT, "label": "spun", "url": "https://a.example/"}, {"text": formula, "label": "not-spun"})
    run("label", "import", write(tmp_path / "in.jsonl", *rows))
    before = [(label.text, label.label, label.site) for label in learnable(environment)]
    out = tmp_path / f"out.{suffix}"
    told = run("label", "export", "--output", str(out)).stdout
    assert told == f"2 labels written to {out}. The file holds texts and addresses of pages you read.\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert run("forget", "--all", "--yes").stdout == "Forgotten: 0 pages and 2 labelled or waiting texts.\n"
    assert run("label", "import", str(out)).exit_code == 0
    assert [(label.text, label.label, label.site) for label in learnable(environment)] == before
    assert before[1] == (formula, "not-spun", "")


def test_an_export_to_a_pipe_is_jsonl_or_csv_that_no_spreadsheet_runs(run: Run, tmp_path: Path) -> None:
    run("label", "import", write(tmp_path / "in.jsonl", {"text": f"=1+1 {OTHER}", "label": "spun"}))
    assert json.loads(run("label", "export").stdout)["text"] == f"=1+1 {OTHER}"
    assert "\n1,\"'=1+1 It rained" in run("label", "export", "--format", "csv").stdout


def test_a_csv_without_the_columns_says_what_was_wanted(run: Run, tmp_path: Path) -> None:
    found = run("label", "import", write(tmp_path / "in.csv", "body,kind\nx,y\n"))
    assert isinstance(found.exception, InputError)
    assert "Wanted text and label" in str(found.exception)


def test_labels_are_taken_back_the_last_one_first_or_by_number(run: Run, article: str, tmp_path: Path) -> None:
    run("label", "import", write(tmp_path / "in.jsonl", {"text": OTHER, "label": "spun"}))
    run("label", article, "--spun")
    assert run("label", "undo").stdout == "Label 2 is taken back.\n"
    assert str(run("label", "undo").exception).startswith("There is nothing to undo")
    assert run("label", "undo", "1").stdout == "Label 1 is taken back.\n"
    assert "There is no label 1" in str(run("label", "undo", "1").exception)


def test_forgetting_a_site_says_how_many_labels_go_before_it_does(
    run: Run, tmp_path: Path, environment: dict[str, str]
) -> None:
    row = {"text": TEXT, "label": "spun", "url": "https://www.news.example/a"}
    run("label", "import", write(tmp_path / "in.jsonl", row, {"text": OTHER, "label": "spun"}))
    asked = run("forget", "--site", "news.example", stdin="n\n")
    assert "(0 pages) and 1 labelled or waiting text with their labels? This cannot be undone." in asked.stdout
    assert len(learnable(environment)) == 2
    assert run("forget", "--site", "news.example", "--yes").exit_code == 0
    assert [label.text for label in learnable(environment)] == [OTHER]


def test_help_tells_the_three_answers(run: Run) -> None:
    assert "FILE|ADDRESS --spun or --not-spun" in run("label", "--help").stdout
    assert "--later" in run("label", "add", "--help").stdout
