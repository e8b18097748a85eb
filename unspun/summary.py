"""The end of a batch in words: how many texts, how fast, what was found; and the table of sites."""

from collections.abc import Iterator
from typing import TextIO

import click

from server.batch.sites import Sites, in_order
from server.batch.tally import Tally
from server.printable import printable

LABELS = (("spun", "spun"), ("suspicious", "suspicious"), ("clean", "clean"), ("unscorable", "not judged"))
SITE_CHARS, PAGE_CHARS = 40, 60
SITE_TITLES = ("site", "pages", "spun", "suspicious", "failed", "share spun", "families", "worst page")


def in_one_line(tally: Tally, rows_now: int, seconds: float) -> str:
    """The summary of a run. rows_now: those that were scored in these seconds."""
    rate = rows_now / seconds if seconds > 0 else 0.0
    found = ", ".join(f"{tally.labels[label]:,} {name}" for label, name in LABELS)
    failed = ""
    if tally.failed:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in tally.reasons.most_common())
        failed = f", {tally.failed:,} failed ({reasons})"
    return f"{tally.rows:,} texts; {rows_now:,} in {seconds:,.1f} s ({rate:,.0f} a second): {found}{failed}."


def write_sites(sites: Sites, out: TextIO) -> None:
    """One line a site, those with the most spun pages first."""
    lines = [SITE_TITLES, *_site_lines(sites)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(SITE_TITLES))]
    for line in lines:
        cells = [
            cell.ljust(width) if column in (0, 6, 7) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip(), file=out)


def _site_lines(sites: Sites) -> Iterator[tuple[str, ...]]:
    for name, site in in_order(sites):
        yield (
            printable(name, SITE_CHARS),
            *(f"{number:,}" for number in (site.pages, site.labels["spun"], site.labels["suspicious"])),
            f"{site.labels['failed']:,}",
            f"{site.spun_share:.0%}",
            ", ".join(family for family, _ in site.families.most_common(2)),
            printable(site.worst[0][1], PAGE_CHARS) if site.worst else "",
        )
