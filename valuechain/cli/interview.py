"""The command that makes the form of an interview, and what is told once one was imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from valuechain.cli.group import opened, store_option, tell
from valuechain.cli.output import console, write_new
from valuechain.model.errors import NotFoundError
from valuechain.model.language import LANGUAGES, SOURCE, say, speaking

if TYPE_CHECKING:
    from valuechain.model.import_report import ImportReport
    from valuechain.model.interview import Form
    from valuechain.service import Service
    from valuechain.sources.reading import Reading

SHOWN_CHANGES = 20


@click.command()
@click.argument("organisation", metavar="ORG")
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the form."
)
@click.option("--format", "form", type=click.Choice(["xlsx", "html"]), help="Default: as FILE ends, else xlsx.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=SOURCE, help="Language of the form.")
@store_option
def interview(organisation: str, file: Path | None, form: str | None, language: str, store: str) -> None:
    """Make a form with the questions that matter most for ORG: a workbook to fill in, or a sheet to print.

    ORG is a key, an id or a name; of somebody who is not in the store yet, the form asks who they are, what they make,
    and what they need. A filled-in workbook is imported like any other file, in whatever language it is:
    valuechain import FILE.
    """
    chosen = form or ("html" if file and file.suffix.lower() in (".html", ".htm") else "xlsx")
    with speaking(language):
        made = _form_for(opened(store), organisation)
        place = file or Path(f"{made.source}.{chosen}")
        if chosen == "html":
            from valuechain.report.interview import form_page

            write_new(place, form_page(made).encode())
            tell(
                say(
                    "Print {file}. Answers go into the workbook that this command makes with --format xlsx.",
                    file=place,
                )
            )
        else:
            from valuechain.sources.interview_sheet import form_workbook

            write_new(place, form_workbook(made))
            tell(say("Fill in {file}, then: valuechain import {file}", file=place))


def _form_for(service: Service, organisation: str) -> Form:
    """The form for an organisation that is in the store, or that is only named."""
    from valuechain.interviews import alike, form_for, form_for_somebody_new

    try:
        return form_for(service, organisation)
    except NotFoundError:
        if ":" in organisation:
            what = say("No organisation has the key {key!r}.", key=organisation)
            raise NotFoundError(what, say("Search for its name, or write the name itself.")) from None
    if similar := alike(service, organisation):
        names = "; ".join(f"{hit.label} ({hit.key})" for hit in similar)
        tell(say("Like it are called: {names}.", names=names))
    told = say("{name} is not known here yet: the form asks for what is needed to begin with.", name=organisation)
    tell(told)
    return form_for_somebody_new(service, organisation)


def print_changes(service: Service, paths: Sequence[Path], reading: Reading, reports: Sequence[ImportReport]) -> None:
    """Print what interviews that were imported changed: findings on whom was asked that appeared, went, or shifted."""
    from dataclasses import replace

    from valuechain.report.differences import print_difference
    from valuechain.sources.interview import NAME, interviewed
    from valuechain.sources.open import open_deliveries

    forms = [report for report in reports if report.taken_for == NAME and report.revision]
    if not forms:
        return
    asked = {source: whom for one in open_deliveries(paths, reading) for source, whom in interviewed(one).items()}
    for report in forms:
        (key, name), revision = asked[report.source], report.revision or 0
        difference = service.compare(str(revision - 1), str(revision), {"organisation": key})
        console().print("\n" + say("What the answers change in the check of {name}:", name=name), markup=False)
        print_difference(console(), replace(difference, changes=()), SHOWN_CHANGES)
        if any(one.kind == "organisations" and one.what == "new" and key not in one.keys for one in difference.changes):
            tell(say("Who was named may be known here by another record: valuechain match proposes who is who."))
        again = f"valuechain diff {revision - 1} {revision} --organisation {key}"
        tell(say("Again: {command}", command=again))
        tell(say("The whole check: {command}", command=f"valuechain run audit --organisation {key}"))
