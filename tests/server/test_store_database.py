"""The database file: private, brought up to date, never lost without a word."""

import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from detector.errors import UnspunError
from server.store.database import open_database
from server.store.migrations import MIGRATIONS

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from server.store.database import open_database
from server.store.pages import Page, PageStore
store = PageStore(open_database(Path(sys.argv[1]), print))
first, last = int(sys.argv[2]), int(sys.argv[3])
for i in range(first, last):
    page = Page(f"https://a.example/{i}", None, "a.example", "0", 9, "clean", -1.0, 0.5, None, "m")
    store.keep(page, frozenset(range(i, i + 20)), float(i))
    print(i, flush=True)
"""


def writer(folder: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def nothing_said(line: str) -> None:
    raise AssertionError(line)


def test_only_the_user_may_read_the_file_and_what_sqlite_puts_beside_it(tmp_path: Path) -> None:
    database = open_database(tmp_path / "data", nothing_said)
    with database.writing() as connection:
        connection.execute("CREATE TABLE t (x)")
    files = sorted((tmp_path / "data").iterdir())
    assert [file.name for file in files] == ["unspun.sqlite", "unspun.sqlite-shm", "unspun.sqlite-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    database.close()


def test_a_file_that_others_may_read_is_made_private(tmp_path: Path) -> None:
    open_database(tmp_path, nothing_said).close()
    (tmp_path / "unspun.sqlite").chmod(0o644)
    open_database(tmp_path, nothing_said).close()
    assert stat.S_IMODE((tmp_path / "unspun.sqlite").stat().st_mode) == 0o600


def test_the_log_is_written_ahead_and_references_are_enforced(tmp_path: Path) -> None:
    database = open_database(tmp_path, nothing_said)
    with database.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    with pytest.raises(sqlite3.IntegrityError), database.writing() as connection:
        connection.execute("INSERT INTO page_anchors (anchor, page) VALUES (1, 99)")
    database.close()


def test_an_older_file_takes_only_the_steps_it_lacks_and_keeps_its_rows(tmp_path: Path) -> None:
    database = open_database(tmp_path, nothing_said, [["CREATE TABLE t (x)"]])
    with database.writing() as connection:
        connection.execute("INSERT INTO t VALUES (7)")
    database.close()
    database = open_database(tmp_path, nothing_said, [["no SQL, and not run"], ["ALTER TABLE t ADD y DEFAULT 8"]])
    with database.reading() as connection:
        assert tuple(connection.execute("SELECT x, y FROM t").fetchone()) == (7, 8)
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 2
    database.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    open_database(tmp_path, nothing_said, [["CREATE TABLE t (x)"]]).close()
    with pytest.raises(UnspunError):
        open_database(tmp_path, nothing_said, [[], ["CREATE TABLE u (x)", "CREATE nonsense"]])
    connection = sqlite3.connect(tmp_path / "unspun.sqlite")
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("t",)]
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()


def test_a_file_of_a_newer_unspun_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_database(tmp_path, nothing_said, [*MIGRATIONS, ["CREATE TABLE newer (x)"]]).close()
    before = (tmp_path / "unspun.sqlite").read_bytes()
    with pytest.raises(UnspunError, match=r"written by a newer unspun \(version 3; this one knows 2\). Update unspun"):
        open_database(tmp_path, nothing_said)
    assert (tmp_path / "unspun.sqlite").read_bytes() == before


def test_a_file_that_is_no_database_is_set_aside_and_kept(tmp_path: Path) -> None:
    said: list[str] = []
    for content in ("first " * 500, "second " * 500):
        (tmp_path / "unspun.sqlite").write_text(content, "utf-8")
        open_database(tmp_path, said.append).close()
    assert (tmp_path / "unspun.sqlite.damaged-1").read_text("utf-8") == "first " * 500
    assert (tmp_path / "unspun.sqlite.damaged-2").read_text("utf-8") == "second " * 500
    assert said[0] == (
        f"{tmp_path / 'unspun.sqlite'} is damaged. It was renamed to unspun.sqlite.damaged-1, "
        "and an empty one takes its place."
    )


def test_a_database_with_a_page_overwritten_is_set_aside_too(tmp_path: Path) -> None:
    process = writer(tmp_path, 0, 200)
    process.communicate(timeout=60)
    path = tmp_path / "unspun.sqlite"
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * 4096 * 4
    path.write_bytes(content)
    said: list[str] = []
    open_database(tmp_path, said.append).close()
    assert len(said) == 1
    assert (tmp_path / "unspun.sqlite.damaged-1").read_bytes() == content


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", "utf-8")
    with pytest.raises(UnspunError, match=r"cannot be opened .* unspun serve --no-history"):
        open_database(tmp_path / "data", nothing_said)


def test_a_process_killed_while_writing_loses_at_most_the_row_being_written(tmp_path: Path) -> None:
    process = writer(tmp_path, 0, 1_000_000)
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(50)][-1]
    process.kill()
    told = max([told, *map(int, process.stdout.read().split())])
    process.wait(10)
    process.stdout.close()
    database = open_database(tmp_path, nothing_said)
    with database.reading() as connection:
        kept = connection.execute("SELECT count(*) FROM pages").fetchone()[0]
        anchors = connection.execute("SELECT count(*) FROM page_anchors").fetchone()[0]
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert kept in (told + 1, told + 2)  # the last may have been kept and not told
    assert anchors == kept * 20
    database.close()


def test_two_processes_that_begin_at_once_both_write_everything(tmp_path: Path) -> None:
    processes = [writer(tmp_path, first, first + 100) for first in (0, 100)]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    database = open_database(tmp_path, nothing_said)
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM pages").fetchone()[0] == 200
    database.close()


def test_many_threads_write_through_one_database(tmp_path: Path) -> None:
    database = open_database(tmp_path, nothing_said, [["CREATE TABLE t (x)"]])

    def write() -> None:
        for _ in range(50):
            with database.writing() as connection:
                connection.execute("INSERT INTO t VALUES (1)")

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM t").fetchone()[0] == 400
    database.close()


def test_what_was_deleted_is_in_none_of_the_files(tmp_path: Path) -> None:
    database = open_database(tmp_path, nothing_said, [["CREATE TABLE t (x)"]])
    with database.writing() as connection:
        connection.execute("INSERT INTO t VALUES ('https://secret.example/')")
    with database.writing() as connection:
        connection.execute("DELETE FROM t")
    database.wipe_traces()
    assert not [file for file in tmp_path.iterdir() if b"secret.example" in file.read_bytes()]
    database.close()
