"""`python -m training.corpora`: builds the corpus and prints what each source gave."""

import contextlib
import json
import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from detector.errors import FetchError
from training.corpora.dedupe import Deduper
from training.corpora.fetch import LOCK_FILE, fetch, fetched, read_lock
from training.corpora.folder import folder_source
from training.corpora.load import default_cache, documents_of, select
from training.corpora.source import Source

_ROW = "{:<24} {:<14} {:>9} {:>10} {:>7}  {}"


@click.command()
@click.option("--source", "names", multiple=True, help="Only this source; may be given again.")
@click.option("--corpus", "folders", multiple=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--lock", is_flag=True, help="Write version and sha256 of every fetched package to lock.json.")
def main(names: Sequence[str], folders: Sequence[Path], lock: bool) -> None:
    """Print a table: source, genre, documents, words kept, seconds, licence note."""
    logging.basicConfig(format="%(message)s")
    cache = default_cache()
    chosen = select(names or None)
    click.echo(_ROW.format("source", "genre", "documents", "words", "seconds", "licence of the texts"))
    for row in _rows([*map(folder_source, folders), *chosen], cache):
        click.echo(row)
    if lock:
        _write_lock(chosen, cache)


def _rows(sources: Sequence[Source], cache: Path) -> Iterator[str]:
    deduper = Deduper()
    total_documents = total_words = 0
    for source in sources:
        start = time.perf_counter()
        try:
            folder = fetch(source, cache)
        except FetchError as exc:
            yield f"left out: {exc}"
            continue
        sizes = [len(document.text.split()) for document in documents_of(source, folder, deduper, seed=0)]
        seconds = f"{time.perf_counter() - start:.1f}"
        total_documents += len(sizes)
        total_words += sum(sizes)
        yield _ROW.format(source.name, source.genre, len(sizes), sum(sizes), seconds, source.licence_note)
    yield _ROW.format("all", "", total_documents, total_words, "", "")


def _write_lock(sources: Sequence[Source], cache: Path) -> None:
    """Packages that cannot be had here keep their old entries."""
    packages = read_lock()
    for source in (source for source in sources if source.kind != "dir"):
        with contextlib.suppress(FetchError):
            packages[f"{source.kind}:{source.package}"] = fetched(source, cache)
    LOCK_FILE.write_text(json.dumps(packages, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
