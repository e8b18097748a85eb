"""`unspun score` on much: every format, the same rows from every engine, runs that are killed and resumed."""

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from unspun.cli import group

Run = Callable[..., Result]
Start = Callable[..., subprocess.Popen[str]]
PROSE = (Path(__file__).parents[1] / "pages" / "honest-sample.txt").read_text("utf-8")
ROWS = 20_000


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20,000 rows, 40 MB: three shards; every thousandth row is broken."""
    path = tmp_path_factory.mktemp("big") / "big.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(ROWS):
            url = f"https://site{number % 7}.example/{number}"
            row = {"id": number, "url": url, "text": PROSE[number % 300 :][:2000]}
            file.write("{broken\n" if number % 1000 == 999 else json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="module")
def alone(big: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The rows of all that, scored by one process."""
    target = tmp_path_factory.mktemp("alone") / "rows.jsonl"
    command = ("score", str(big), "--workers", "1", "--output", str(target))
    CliRunner().invoke(group, command, env={"UNSPUN_MODELS_DIR": str(models)})
    return target.read_bytes()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Three rows of two sites, one of them broken."""
    path = tmp_path / "small.jsonl"
    rows = [{"id": number, "url": f"https://www.site{number}.example/", "text": PROSE} for number in range(2)]
    path.write_text("\n".join([*map(json.dumps, rows), "{broken"]), "utf-8")
    return path


def scored(run: Run, *arguments: object) -> bytes:
    """The output file of a run."""
    target = Path(str(arguments[-1]))
    result = run("score", *map(str, arguments[:-1]), "--output", str(target))
    assert result.exit_code in (0, 1), result.output
    assert [path.name for path in target.parent.glob("*.parts")] == []
    return target.read_bytes()


def test_one_process_two_processes_and_a_stream_give_the_same_bytes(
    run: Run, start: Start, big: Path, alone: bytes, tmp_path: Path
) -> None:
    assert scored(run, big, "--workers", 2, tmp_path / "two.jsonl") == alone
    streaming = start("score", str(big), "--workers", "2")
    out, err = streaming.communicate(timeout=120)
    assert streaming.returncode == 1
    assert out.encode() == alone
    rows = [json.loads(line) for line in alone.splitlines()]
    assert [row.get("id") for row in rows] == [None if n % 1000 == 999 else n for n in range(ROWS)]
    assert rows[999]["error"]["position"] == "line 1000"
    assert "20,000 texts; 20,000 in" in err
    assert "20 failed (20 bad_json)" in err


def test_a_run_that_is_killed_three_times_ends_with_every_row_once(
    start: Start, run: Run, big: Path, tmp_path: Path
) -> None:
    target = tmp_path / "rows.jsonl"
    command = ("score", str(big), "--workers", "2", "--output", str(target), "--resume")
    chance = random.Random(3)
    for _ in range(3):
        process = start(*command, start_new_session=True)
        time.sleep(chance.uniform(0.2, 2.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    process = start(*command)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1, err
    rows = [json.loads(line) for line in target.read_bytes().splitlines()]
    assert [row["input"] for row in rows] == [f"{big}:{number}" for number in range(1, ROWS + 1)]
    assert list(tmp_path.glob("*.parts")) == []
    assert "is finished already" in run("score", str(big), "--output", str(target), "--resume").stderr


def test_a_process_that_dies_costs_nothing_and_its_shard_is_done_again(
    start: Start, big: Path, alone: bytes, tmp_path: Path
) -> None:
    process = start("score", str(big), "--workers", "2", "--output", str(tmp_path / "rows.jsonl"))
    victim = wait_for_child(process.pid, big)
    os.kill(victim, signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert "20,000 texts" in err
    assert "worker_died" not in err
    assert (tmp_path / "rows.jsonl").read_bytes() == alone


def wait_for_child(parent: int, path: Path) -> int:
    """The id of a child process that has opened the file."""
    for _ in range(400):
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            if str(path) in links(Path(f"/proc/{child}/fd")):
                return int(child)
        time.sleep(0.02)
    raise AssertionError("no child reads the file")


def links(folder: Path) -> list[str]:
    try:
        return [str(link.readlink()) for link in folder.iterdir()]
    except OSError:
        return []


def test_when_the_parent_is_killed_no_process_stays(start: Start, big: Path, tmp_path: Path) -> None:
    process = start("score", str(big), "--workers", "2", "--output", str(tmp_path / "rows.jsonl"))
    child = wait_for_child(process.pid, big)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    ends = time.monotonic() + 10
    while Path(f"/proc/{child}/cmdline").exists() and Path(f"/proc/{child}/cmdline").read_bytes():
        assert time.monotonic() < ends, "the child lives on"
        time.sleep(0.05)


def test_dask_workers_one_of_them_killed_give_the_same_bytes(
    start: Start, big: Path, alone: bytes, tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        target = tmp_path / "dask.jsonl"
        process = start("score", str(big), "--scheduler", cluster.scheduler_address, "--output", str(target))
        workers = client.run(os.getpid)
        os.kill(reader_of(list(workers.values()), big), signal.SIGKILL)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 1, err
    assert target.read_bytes() == alone


def reader_of(pids: list[int], path: Path) -> int:
    """The process that has opened the file, once one has."""
    for _ in range(1000):
        for pid in pids:
            if str(path) in links(Path(f"/proc/{pid}/fd")):
                return pid
        time.sleep(0.01)
    raise AssertionError("no worker reads the file")


def test_csv_parquet_and_jsonl_hold_the_same_rows(run: Run, small: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from_csv = list(csv.DictReader(io.StringIO(scored(run, small, tmp_path / "rows.csv").decode())))
    scored(run, small, tmp_path / "rows.parquet")
    from_parquet = parquet.read_table(tmp_path / "rows.parquet").to_pylist()
    assert list(from_csv[0]) == list(from_parquet[0])
    assert [row["verdict"] for row in from_parquet] == ["clean", "clean", None]
    assert [row["site"] for row in from_csv] == ["site0.example", "site1.example", ""]
    assert [row["error"] for row in from_parquet] == [None, None, "bad_json"]
    assert from_parquet[0]["score"] == float(from_csv[0]["score"])


def test_a_parquet_column_is_scored_row_group_by_row_group(run: Run, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pa.table({"body": [PROSE, "short", PROSE], "link": ["https://a.example/"] * 3})
    parquet.write_table(table, tmp_path / "in.parquet", row_group_size=2)
    result = run("score", str(tmp_path / "in.parquet"), "--format", "jsonl")
    assert [json.loads(line)["verdict"] for line in result.stdout.splitlines()] == ["clean", "unscorable", "clean"]
    assert "text from column 'body', address from column 'link'" in result.stderr


def test_a_folder_of_parts_keeps_them_and_is_not_written_twice(run: Run, small: Path, tmp_path: Path) -> None:
    out = f"{tmp_path}/out/"
    assert run("score", str(small), "--output", out).exit_code == 1
    assert sorted(path.name for path in Path(out).iterdir()) == ["_done-000000.json", "_plan.json", "part-000000.jsonl"]
    refused = run("score", str(small), "--output", out)
    assert "Add --resume to go on with it" in str(refused.exception)
    assert run("score", str(small), "--output", out, "--resume").exit_code == 1
    assert "with other options" in str(run("score", str(small), "--output", out, "--resume", "--by-site").exception)
    small.write_text('{"text": "changed"}', "utf-8")
    assert "The inputs changed" in str(run("score", str(small), "--output", out, "--resume").exception)


def test_sums_by_site_go_to_standard_output(run: Run, small: Path) -> None:
    result = run("score", str(small), "--model", "says-spun", "--by-site", "--format", "jsonl")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0][:4] == ["site", "pages", "spun", "suspicious"]
    assert [line[:3] for line in lines[1:3]] == [["site0.example", "1", "1"], ["site1.example", "1", "1"]]
    assert lines[3][:4] == ["(no", "address)", "1", "0"]


def test_pages_that_share_an_original_are_named_below_the_sites_and_in_the_report(run: Run, tmp_path: Path) -> None:
    names = "In May 2019 the office of Ada Byron in Turin sent 4,512 letters to Oslo, to Bergen and to Henrik Dahl. "
    lines = [{"url": f"https://site{number}.example/", "text": names * 3 + PROSE} for number in range(2)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    table = run("score", str(tmp_path / "in.jsonl"), "--model", "says-spun", "--by-site").stdout.splitlines()
    assert table[-3:] == ["  2 pages on 2 sites", "    https://site0.example/", "    https://site1.example/"]
    report = scored(run, tmp_path / "in.jsonl", "--model", "says-spun", tmp_path / "r.html").decode()
    assert "<h2>Shared originals</h2>" in report
    assert report.count('<a href="https://site1.example/"') == 3


def test_a_table_of_addresses_is_fetched_also_into_a_file(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("url\nhttps://127.0.0.1/a\nhttps://127.0.0.1/b\n", "utf-8")
    rows = [json.loads(line) for line in scored(run, tmp_path / "in.csv", small, tmp_path / "out.jsonl").splitlines()]
    reasons = [row.get("error", {}).get("reason") for row in rows]
    assert reasons == ["address_refused", "address_refused", None, None, "bad_json"]


@pytest.mark.parametrize(
    ("package", "name", "arguments"),
    [
        ("pyarrow", "parquet", ["{small}", "--output", "{tmp}/out.parquet"]),
        ("fastwarc", "warc", ["{tmp}/in.wet", "--output", "{tmp}/out.jsonl"]),
        ("resiliparse", "warc", ["{small}", "--extractor", "resiliparse", "--output", "{tmp}/out.jsonl"]),
        ("distributed", "cluster", ["{small}", "--scheduler", "local", "--output", "{tmp}/out.jsonl"]),
    ],
)
def test_a_missing_package_is_named_and_nothing_is_begun(
    run: Run,
    small: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    name: str,
    arguments: list[str],
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / "in.wet").touch()
    named = (argument.replace("{tmp}", str(tmp_path)).replace("{small}", str(small)) for argument in arguments)
    result = run("score", *named)
    assert f"pip install 'unspun[{name}]'" in str(result.exception)
    assert list(tmp_path.glob("out*")) == []


def test_the_report_is_one_page_that_runs_nothing_of_strangers(run: Run, tmp_path: Path) -> None:
    evil = {"id": 1, "url": "javascript:alert(1)", "text": PROSE}
    title = "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>"
    paragraphs = "".join(f"<p>{part}</p>" for part in PROSE.splitlines())
    page = f"<html><head>{title}</head><body><article>{paragraphs}</article></body></html>"
    lines = [json.dumps(evil), json.dumps({"url": "https://a.example/<b>", "html": page}), "{broken"]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    report = scored(run, tmp_path / "in.jsonl", "--model", "says-spun", tmp_path / "report.html").decode()
    assert "3 texts, 2 of them spun" in report
    assert "default-src 'none'" in report
    assert "<script>alert" not in report
    assert 'href="javascript' not in report
    assert 'href="https://a.example/&lt;b&gt;"' in report
    assert "bad_json" in report
    assert "http://" not in report


def test_a_list_of_inputs_may_come_from_a_file(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"{small}\n\n{tmp_path / 'missing.txt'}\n", "utf-8")
    result = run("score", "--list", str(tmp_path / "list"), "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 4
    assert run("score", "--list", str(tmp_path / "nothing")).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-", "--resume"], "--resume needs --output"),
        (["a.txt", "--format", "parquet"], "Parquet is not for a terminal"),
        (["-", "--scheduler", "local"], "--scheduler needs"),
        (["a.txt", "--output", "{tmp}/", "--format", "html"], "A report is one file"),
        (["https://a.example/", "--scheduler", "local", "--output", "{tmp}/x.csv"], "Leave out --scheduler"),
    ],
)
def test_what_does_not_go_together_says_so(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    result: Any = run("score", *(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert said in str(result.exception)


def test_two_runs_cannot_write_to_one_place(run: Run, small: Path, tmp_path: Path) -> None:
    from server.batch.run import alone_in

    with alone_in(tmp_path / "rows.jsonl.parts"):
        result = run("score", str(small), "--output", str(tmp_path / "rows.jsonl"))
    assert "Another run is writing" in str(result.exception)
