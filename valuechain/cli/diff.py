"""The command that compares two revisions, and what is with what is planned."""

from __future__ import annotations

from typing import Any

import click

from valuechain.cli.data import format_option
from valuechain.cli.group import opened, store_option
from valuechain.cli.output import console, write_json


@click.command()
@click.argument("before", metavar="[A]", default="")
@click.argument("after", metavar="[B]", default="")
@click.option("--plan", is_flag=True, help="Compare with what is planned, too: what it would end, leave, and bring.")
@click.option("--organisation", default="", metavar="KEY", help="Compare the findings of its check, too.")
@click.option("--region", default="", metavar="CODE", help="Compare findings within a region.")
@click.option("--with", "with_", default="", metavar="STATUSES", help="Let made-up or planned records in.")
@click.option("--valid-on", default="", metavar="DAY", help="Facts by their own dates, such as the day of a plan.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Lines of each kind, 0 = all.")
@format_option
@store_option
def diff(before: str, after: str, plan: bool, limit: int, form: str, store: str, **options: Any) -> None:
    """Tell what differs between revisions A and B: findings, organisations, links.

    A and B are revisions or dates; without B it is what the store knows now. With --plan, B is compared with itself and
    the planned records, too, and A may be left out: the baseline, now, and the target. A planned record adds what is
    not there yet; it never overrules what is. An analysis that spells out its worst findings alone may name others
    instead of some that are still there.
    """
    from valuechain.report.differences import print_difference

    if not (before or plan):
        raise click.UsageError("Name the revision or date to compare with, or ask for the plan: --plan.")
    asked = {name: value for name, value in options.items() if value}
    difference = opened(store).compare(before, after, asked, plan)
    if form == "json":
        write_json(difference.to_dict())
    else:
        print_difference(console(), difference, limit)
