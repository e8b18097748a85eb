"""`unspun history` and `unspun forget`: the database itself is opened, whether or not the server runs."""

import json
import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict
from datetime import datetime

import click

from detector.errors import WrongUse
from server.printable import printable
from server.settings import load_settings
from server.store.database import FILE_NAME, open_database
from server.store.history import site_named
from server.store.label_lists import count_of_site
from server.store.opening import label_store
from server.store.pages import PageStore, Query, SeenPage
from unspun.table import COLOURS

VERDICTS = ("spun", "suspicious", "clean")
TITLE_CHARS, URL_CHARS = 100, 300
DEFAULT_LIMIT = 50


@click.command()
@click.option("--site", help="only pages of this site, such as news.example")
@click.option("--verdict", type=click.Choice(VERDICTS), help="only pages with this verdict")
@click.option("--limit", type=click.IntRange(min=1), default=DEFAULT_LIMIT, show_default=True, help="at most so many")
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True)
def history(site: str | None, verdict: str | None, limit: int, format_: str) -> None:
    """List the pages that were judged on this machine, the last seen first. Their texts are not kept."""
    query = Query(limit, verdict=verdict, site=None if site is None else site_named(site))
    pages, total = _find(query)
    if format_ == "json":
        click.echo(json.dumps([asdict(page) for page in pages], indent=1))
        return
    _echo_table(pages)
    click.echo(_count_in_words(len(pages), total))


@click.command()
@click.option("--site", help="forget the pages of this site, such as news.example")
@click.option("--all", "everything", is_flag=True, help="forget the whole history and all labels")
@click.option("--yes", is_flag=True, help="do not ask first")
def forget(site: str | None, everything: bool, yes: bool) -> None:
    """Delete the history and the labels of a site, or all of them. The server need not run, and need not be stopped."""
    if (site is None) != everything:
        raise WrongUse("Say what to forget: either --site SITE or --all.")
    named = None if site is None else site_named(site)
    _, total = _find(Query(1, site=named))
    labelled = _count_labelled(named)
    if total == labelled == 0:
        click.echo(_count_in_words(0, 0))
        return
    what = "the whole history" if named is None else f"every page of {printable(named, TITLE_CHARS)}"
    if not yes:
        also = f" and {_texts(labelled)} with their labels" if labelled else ""
        click.confirm(f"Forget {what} ({_pages(total)}){also}? This cannot be undone.", abort=True)
    settings = load_settings(os.environ)
    with closing(open_database(settings.data_path, _warn)) as database:
        pages, texts = PageStore(database).forget(named), label_store(settings, lambda: database).forget(named)
    click.echo(f"Forgotten: {_pages(pages)}{f' and {_texts(texts)}' if texts else ''}.")


def _find(query: Query) -> tuple[tuple[SeenPage, ...], int]:
    """The rows and their number; none, and no file made, where nothing was ever kept."""
    folder = load_settings(os.environ).data_path
    if not (folder / FILE_NAME).exists():
        return (), 0
    with closing(open_database(folder, _warn)) as database:
        store = PageStore(database)
        return store.find(query), store.count(query)


def _count_labelled(site: str | None) -> int:
    settings = load_settings(os.environ)
    if not (settings.data_path / FILE_NAME).exists():
        return 0
    with closing(open_database(settings.data_path, _warn)) as database:
        return count_of_site(label_store(settings, lambda: database), site)


def _echo_table(pages: Iterable[SeenPage]) -> None:
    for page in pages:
        seen = datetime.fromtimestamp(page.last_seen).strftime("%Y-%m-%d %H:%M")
        label = click.style(f"{page.verdict.upper():12}", fg=COLOURS[page.verdict], bold=True)
        times = f"  (judged {page.times} times)" if page.times > 1 else ""
        click.echo(f"{label}{seen}  {printable(page.title or page.site, TITLE_CHARS)}{times}")
        click.echo(f"{'':12}{printable(page.url, URL_CHARS)}")


def _count_in_words(shown: int, total: int) -> str:
    if total == 0:
        return "No such pages in the history."
    return f"{_pages(total)}." if shown == total else f"{shown} of {_pages(total)}; --limit shows more."


def _texts(number: int) -> str:
    return "1 labelled or waiting text" if number == 1 else f"{number} labelled or waiting texts"


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def _warn(line: str) -> None:
    click.echo(f"unspun: {line}", err=True)
