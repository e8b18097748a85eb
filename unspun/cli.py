"""The `unspun` command: each subcommand lives in its own module, which is imported only when it is used."""

import importlib
import sys
from dataclasses import dataclass

import click

from detector.errors import UnspunError, WrongUse
from server.version import VERSION

FAILED = 1
WRONG_USE = 2


@dataclass(frozen=True, slots=True)
class Subcommand:
    """Where a subcommand lives, and its line in `unspun --help`."""

    module: str
    attribute: str
    help: str


SUBCOMMANDS = {
    "serve": Subcommand("unspun.serving", "serve", "Start the local server and its dashboard."),
    "score": Subcommand("unspun.scoring", "score", "Score addresses, files or standard input."),
    "compare": Subcommand("unspun.compare", "compare_command", "Compare two texts or addresses."),
    "original": Subcommand("unspun.report", "original", "Say what to search for to find the original of a text."),
    "report": Subcommand("unspun.report", "report", "Write an evidence report on one text, to keep or to print."),
    "restore": Subcommand("unspun.report", "restore", "Print a text as it probably read before it was spun."),
    "history": Subcommand("unspun.history", "history", "List the pages that were judged on this machine."),
    "forget": Subcommand("unspun.history", "forget", "Delete the history and labels of a site, or all."),
    "label": Subcommand("unspun.labels", "label", "Say that a page is spun, or not; import, export, undo."),
    "models": Subcommand("unspun.models", "models", "List the models, or change which is in use."),
    "doctor": Subcommand("unspun.doctor", "doctor", "Check the installation and say how to mend it."),
    "retrain": Subcommand("unspun.retraining", "retrain", "Teach the model what you labelled."),
    "train": Subcommand("unspun.training", "train", "Train a new model."),
    "evaluate": Subcommand("unspun.training", "evaluate", "Measure a model."),
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are run, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one subcommand."""
        row = SUBCOMMANDS.get(cmd_name)
        if row is None:
            return None
        command = getattr(importlib.import_module(row.module), row.attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `unspun --help`, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, row.help) for name, row in SUBCOMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="unspun")
def group() -> None:
    """Find articles that synonym-spinning software rewrote from somebody else's work."""


def main() -> None:
    """Run the command. Exit 0 when all went well, 1 when something failed, 2 for wrong use."""
    try:
        group(prog_name="unspun")
    except UnspunError as exc:
        click.echo(f"unspun: {exc}", err=True)
        sys.exit(WRONG_USE if isinstance(exc, WrongUse) else FAILED)
