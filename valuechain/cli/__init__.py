"""The command line: `valuechain --help` lists what it can do."""

from __future__ import annotations

import click

from valuechain.cli.check import check
from valuechain.cli.data import export, history, restore, template, withdraw
from valuechain.cli.diff import diff
from valuechain.cli.group import Commands
from valuechain.cli.importing import import_
from valuechain.cli.interview import interview
from valuechain.cli.match import match
from valuechain.cli.questions import analyses, backtest, run
from valuechain.cli.serving import demo, serve
from valuechain.cli.words import words


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="valuechain")
def main() -> None:
    """Find what is missing and fragile in a value chain, and who could mend it."""


for _command in (
    demo, import_, run, interview, analyses, template, export, history, withdraw, restore, diff, words, match, backtest,
    check, serve,
):  # fmt: skip
    main.add_command(_command)
