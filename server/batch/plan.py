"""What the user named, as shards. Large files are cut where rows end; many small ones go together."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from detector.errors import InputError
from server.batch.addresses import is_address_list
from server.batch.columns import guesses
from server.batch.csv_rows import cut_csv, header_of
from server.batch.items import ADDRESS
from server.batch.lines import cut_lines
from server.batch.opening import is_remote, opened, size_and_time
from server.batch.pages import HTML_SUFFIXES, TEXT_SUFFIXES, unreadable
from server.batch.parquet_rows import cut_parquet, open_parquet
from server.batch.shard import Columns, Kind, Shard

SHARD_BYTES = 16_000_000  # about a second's work of one core: what is lost when a process dies
FILES_IN_SHARD = 200
ADDRESSES_IN_SHARD = 100
ADDRESSES_BYTES = 8_000  # about as many
SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    ".parquet": "parquet",
    **dict.fromkeys((".warc", ".wet"), "warc"),
    **dict.fromkeys(HTML_SUFFIXES | TEXT_SUFFIXES, "files"),
}
DATA_SCHEMES = frozenset({"http", "https", "s3", "gs", "gcs", "abfs", "az", "hdfs", "memory"})
READ = ".txt, .html, .jsonl, .csv, .parquet, .warc or .wet files, folders, addresses, or -"
Say = Callable[[str], None]


def plan(names: Iterable[str], columns: Columns, say: Say, size: int = SHARD_BYTES) -> Iterator[Shard]:
    """The shards of every input, in order. `say` hears of guessed columns and files left out."""
    return joined(_each(names, columns, say, size), size)


def joined(shards: Iterable[Shard], size: int = SHARD_BYTES) -> Iterator[Shard]:
    """The same in the same order, small files and addresses put together."""
    waiting: list[Shard] = []
    for shard in shards:
        if waiting and not _fits(waiting, shard, size):
            yield _together(waiting)
            waiting = []
        if shard.kind in ("files", "addresses"):
            waiting.append(shard)
        else:
            yield shard
    if waiting:
        yield _together(waiting)


def _fits(waiting: list[Shard], shard: Shard, size: int) -> bool:
    most = FILES_IN_SHARD if shard.kind == "files" else ADDRESSES_IN_SHARD
    weight = sum(one.weight for one in waiting)
    return shard.kind == waiting[0].kind and len(waiting) < most and weight + shard.weight <= size


def _together(shards: list[Shard]) -> Shard:
    paths = tuple(path for shard in shards for path in shard.paths)
    return replace(shards[0], paths=paths, weight=sum(shard.weight for shard in shards))


def _each(names: Iterable[str], columns: Columns, say: Say, size: int) -> Iterator[Shard]:
    for name in names:
        if ADDRESS.fullmatch(name) and kind_of(name) in (None, "files"):
            yield Shard("addresses", (name,))
        elif not is_remote(name) and _exists(name) and Path(name).is_dir():
            files = list(_folder(name, say))
            yield from _each(files, columns, say, size)
            if not files:
                yield _nothing(name, "empty_folder", f"The folder holds nothing that is read. Give {READ}.")
        else:
            yield from _of_file(name, columns, say, size)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except OSError:  # longer than a name can be
        return False


def kind_of(name: str) -> Kind | None:
    """How a file of this name is read; None when it is not."""
    path = PurePosixPath(name.lower().removesuffix(".gz"))
    return SUFFIXES.get(path.suffix)


def _folder(name: str, say: Say) -> Iterator[str]:
    left_out = 0
    for folder, folders, files in os.walk(name):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            if file.startswith("."):
                continue
            if kind_of(file) is None or not Path(file).suffix:
                left_out += 1
            else:
                yield str(Path(folder, file))
    if left_out:
        say(f"{name}: {left_out:,} {'file' if left_out == 1 else 'files'} of other kinds left out.")


def _of_file(name: str, columns: Columns, say: Say, size: int) -> Iterator[Shard]:
    if is_remote(name) and name.partition("://")[0].lower() not in DATA_SCHEMES:
        detail = "An address begins with http:// or https://, that of a data file also with s3:// or gs://."
        yield _nothing(name, "bad_address", detail)
        return
    if not is_remote(name) and not _exists(name):
        detail = "There is no such file or folder. An address begins with http:// or https://"
        yield _nothing(name, "unreadable", detail)
        return
    kind = kind_of(name)
    if kind is None:
        suffix = PurePosixPath(name).suffix
        yield _nothing(name, "unknown_type", f"A {suffix} file is not read. Give {READ}.")
        return
    try:
        weight, _ = size_and_time(name)
        yield from _cut(Shard(kind, (name,), weight=weight, columns=columns), say, size)
    except InputError as exc:
        yield _nothing(name, exc.reason, str(exc))
    except OSError as exc:
        yield _nothing(name, "unreadable", unreadable(exc))


def _nothing(name: str, reason: str, detail: str) -> Shard:
    return Shard("nothing", (name,), failure=(reason, detail))


def _cut(whole: Shard, say: Say, size: int) -> Iterator[Shard]:
    (name,) = whole.paths
    if whole.kind in ("csv", "parquet"):
        _say_guesses(whole, say)
    if whole.kind in ("jsonl", "csv") and whole.weight > ADDRESSES_BYTES and is_address_list(whole):
        size = min(size, ADDRESSES_BYTES)
    # What is packed, or far away, is read from its beginning: another pass over it would cost as much as scoring it.
    is_whole = name.lower().endswith(".gz") or is_remote(name) or whole.weight <= size
    if whole.kind == "parquet":
        with opened(name, unpack=False) as file:
            for start, stop, row, weight in cut_parquet(file, size):
                yield replace(whole, start=start, stop=stop, row=row, weight=weight)
    elif whole.kind in ("jsonl", "csv") and not is_whole:
        with opened(name) as file:
            for start, stop, row in (cut_lines if whole.kind == "jsonl" else cut_csv)(file, size):
                yield replace(whole, start=start, stop=stop, row=row, weight=stop - start)
    else:
        yield whole


def _say_guesses(shard: Shard, say: Say) -> None:
    (name,) = shard.paths
    if shard.kind == "csv":
        header = header_of(name).names
    else:
        with opened(name, unpack=False) as file:
            header = tuple(open_parquet(file).schema_arrow.names)
    said = guesses(header, shard.columns)
    if said:
        say(f"{name}: {said}.")


def stamps(names: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Name, size and time of every file that was named, so that a change shows; folders by what they hold."""
    for name in names:
        if not is_remote(name) and _exists(name) and Path(name).is_dir():
            yield from stamps(_folder(name, lambda _: None))
        elif ADDRESS.fullmatch(name) and kind_of(name) in (None, "files"):
            yield name, 0, ""
        else:
            try:
                yield name, *size_and_time(name)
            except (OSError, ValueError, InputError):
                yield name, -1, ""
