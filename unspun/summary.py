"""The end of a batch in words: how many texts, how fast, what was found; and the table of sites."""

from collections import Counter
from collections.abc import Iterator
from typing import TextIO

import click

from server.batch.originals import Shared, shared_originals
from server.batch.sites import Sites, in_order
from server.batch.tally import Tally
from server.printable import printable

LABELS = (("spun", "spun"), ("suspicious", "suspicious"), ("clean", "clean"), ("unscorable", "not judged"))
SITE_CHARS, PAGE_CHARS = 40, 100
SITE_TITLES = ("site", "pages", "spun", "suspicious", "failed", "share spun", "shared originals", "families")
TEXT_COLUMNS = (0, len(SITE_TITLES) - 1)
MAX_WORST_SITES, MAX_WORST_PAGES, MAX_GROUPS = 20, 3, 20


def in_one_line(tally: Tally, rows_now: int, seconds: float) -> str:
    """The summary of a run. rows_now: those that were scored in these seconds."""
    rate = rows_now / seconds if seconds > 0 else 0.0
    found = ", ".join(f"{tally.labels[label]:,} {name}" for label, name in LABELS)
    failed = ""
    if tally.failed:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in tally.reasons.most_common())
        failed = f", {tally.failed:,} failed ({reasons})"
    return f"{tally.rows:,} texts; {rows_now:,} in {seconds:,.1f} s ({rate:,.0f} a second): {found}{failed}."


def write_sites(tally: Tally, out: TextIO) -> None:
    """One line a site, those with the most spun pages first; their worst pages; pages that share an original."""
    shared = shared_originals(tally.copies)
    in_groups = Counter(site for group in shared for site in group.sites)
    lines = [SITE_TITLES, *_site_lines(tally.sites, in_groups)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(SITE_TITLES))]
    for line in lines:
        cells = [
            cell.ljust(width) if column in TEXT_COLUMNS else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip(), file=out)
    _write_worst(tally.sites, out)
    _write_shared(shared, tally.uncompared, out)


def _site_lines(sites: Sites, in_groups: Counter[str]) -> Iterator[tuple[str, ...]]:
    for name, site in in_order(sites):
        yield (
            printable(name, SITE_CHARS),
            *(f"{number:,}" for number in (site.pages, site.labels["spun"], site.labels["suspicious"])),
            f"{site.labels['failed']:,}",
            f"{site.spun_share:.0%}",
            f"{in_groups[name]:,}",
            ", ".join(family for family, _ in site.families.most_common(2)),
        )


def _write_worst(sites: Sites, out: TextIO) -> None:
    flagged = [(name, site) for name, site in in_order(sites) if site.worst]
    if flagged:
        click.echo("\nThe worst pages, by score:", file=out)
    for name, site in flagged[:MAX_WORST_SITES]:
        click.echo(f"  {printable(name, SITE_CHARS)}", file=out)
        for score, page in site.worst[:MAX_WORST_PAGES]:
            click.echo(f"    {score:6.2f}  {printable(page, PAGE_CHARS)}", file=out)


def _write_shared(shared: list[Shared], uncompared: int, out: TextIO) -> None:
    if shared:
        click.echo("\nFlagged pages that share an original (the same names and numbers):", file=out)
    for group in shared[:MAX_GROUPS]:
        sites = "1 site" if len(group.sites) == 1 else f"{len(group.sites):,} sites"
        click.echo(f"  {len(group.pages):,} pages on {sites}", file=out)
        for page in group.pages[:MAX_WORST_PAGES]:
            click.echo(f"    {printable(page, PAGE_CHARS)}", file=out)
    if len(shared) > MAX_GROUPS:
        click.echo(f"  and {len(shared) - MAX_GROUPS:,} groups more", file=out)
    if uncompared:
        click.echo(f"  {uncompared:,} more flagged pages were too many to compare.", file=out)
