"""The command that makes the form of an interview, and what is told once one was imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from valuechain.cli.group import opened, store_option, tell
from valuechain.cli.output import console, write_new
from valuechain.model.errors import NotFoundError, QuestionError

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
@store_option
def interview(organisation: str, file: Path | None, form: str | None, store: str) -> None:
    """Make a form with the questions that matter most for ORG: a workbook to fill in, or a sheet to print.

    ORG is a key, an id or a name; of somebody who is not in the store yet, the form asks who they are, what they make,
    and what they need. A filled-in workbook is imported like any other file: valuechain import FILE.
    """
    chosen = form or ("html" if file and file.suffix.lower() in (".html", ".htm") else "xlsx")
    made = form_for(opened(store), organisation)
    place = file or Path(f"{made.source}.{chosen}")
    if chosen == "html":
        from valuechain.report.interview import form_page

        write_new(place, form_page(made).encode())
        tell(f"Print {place}. Answers go into the workbook that this command makes with --format xlsx.")
    else:
        from valuechain.sources.interview_sheet import form_workbook

        write_new(place, form_workbook(made))
        tell(f"Fill in {place}, then: valuechain import {place}")


def form_for(service: Service, organisation: str) -> Form:
    """Return the form for an organisation that is in the store, or that is only named."""
    from valuechain.model.graph import View
    from valuechain.model.interview import form_of, known_links
    from valuechain.model.search import find_organisation

    revision = service.revision()
    if not organisation.strip():
        raise QuestionError("Nobody is named.", "Name whom the interview is with.")
    try:
        view = service.subject_view(View(), organisation)
    except NotFoundError:
        return _form_for_somebody_new(service, organisation, revision)
    graph = service.graph(view)
    position = find_organisation(graph, organisation)
    assert position is not None, "its view was found above"
    key, name = (str(graph["organisations"][column].iloc[position]) for column in ("key", "label"))
    made_up = {"with": "synthetic"} if "synthetic" in view.statuses else {}
    table = service.run("questions", {"organisation": key, **made_up}).table("questions")
    rows = [table.cells(row) for row in range(len(table.rows))]
    known = any(
        bool((graph[kind][end] == position).any())
        for kind, end in (("offers", "organisation"), ("needs", "organisation"), ("supplies", "buyer"))
    )
    return form_of(key, name, revision, rows, known_links(graph, position), known, _words(graph))


def _form_for_somebody_new(service: Service, name: str, revision: int) -> Form:
    from valuechain.model.interview import form_of
    from valuechain.model.search import search

    if ":" in name:
        raise NotFoundError(f"No organisation has the key {name!r}.", "Search for its name, or write the name itself.")
    graph = service.graph()
    alike = [hit for hit in search(graph, name) if hit.kind == "organisation"][:3]
    if alike:
        tell(f"Like it are called: {'; '.join(f'{hit.label} ({hit.key})' for hit in alike)}.")
    tell(f"{name} is not known here yet: the form asks for what is needed to begin with.")
    return form_of("", " ".join(name.split()), revision, words=_words(graph))


def _words(graph: Any) -> Iterable[str]:
    """Names of what a chain requires, in alphabetical order."""
    capabilities = graph["capabilities"]
    return sorted(capabilities["label"][capabilities["kind"] != "market"].dropna())


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
        console().print(f"\nWhat the answers change in the check of {name}:", markup=False)
        print_difference(console(), replace(difference, changes=()), SHOWN_CHANGES)
        if any(one.kind == "organisations" and one.what == "new" and key not in one.keys for one in difference.changes):
            tell("Who was named may be known here by another record: valuechain match proposes who is who.")
        tell(f"Again: valuechain diff {revision - 1} {revision} --organisation {key}")
        tell(f"The whole check: valuechain run audit --organisation {key}")
