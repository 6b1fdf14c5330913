"""The command that compares two revisions."""

from __future__ import annotations

from typing import Any

import click

from valuechain.cli.data import format_option
from valuechain.cli.group import opened, store_option
from valuechain.cli.output import console, write_json


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B", default="")
@click.option("--organisation", default="", metavar="KEY", help="Compare the findings of its check, too.")
@click.option("--region", default="", metavar="CODE", help="Compare findings within a region.")
@click.option("--with", "with_", default="", metavar="STATUSES", help="Let made-up or planned records in.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Lines of each kind, 0 = all.")
@format_option
@store_option
def diff(before: str, after: str, limit: int, form: str, store: str, **options: Any) -> None:
    """Tell what differs between revisions A and B: findings, organisations, links.

    A and B are revisions or dates; without B it is what the store knows now.
    """
    from valuechain.report.differences import print_difference

    asked = {name: value for name, value in options.items() if value}
    difference = opened(store).compare(before, after, asked)
    if form == "json":
        write_json(difference.to_dict())
    else:
        print_difference(console(), difference, limit)
