"""Bringing data: files are looked at first, column by column and row by row; nothing is written before "Import"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from valuechain.model.batch import ColumnMatch
from valuechain.model.errors import DataError, RefusedError
from valuechain.model.import_report import ImportReport
from valuechain.sources.reading import Reading
from valuechain.web.ask import graph_of, service_of
from valuechain.web.errors import PageRoute
from valuechain.web.mapping_form import Choice, choices, written_mapping
from valuechain.web.page import render
from valuechain.web.staging import Staging

router = APIRouter(route_class=PageRoute)

FIRST_FAULTS = 40
"""Faults shown on the page; the marked file has them all."""


@dataclass(frozen=True)
class Told:
    """What a person says about files beside their content."""

    source: str = ""
    as_: str = ""
    as_of: str = ""
    by: str = ""

    def reading(self, mapping: str = "") -> Reading:
        """Return how the files are to be read."""
        return Reading(self.as_, self.source, self.as_of, mapping)


def _told(
    source: Annotated[str, Form()] = "",
    as_: Annotated[str, Form(alias="as")] = "",
    as_of: Annotated[str, Form(alias="as-of")] = "",
    by: Annotated[str, Form()] = "",
) -> Told:
    return Told(*(text.strip() for text in (source, as_, as_of, by)))


def _staging(request: Request) -> Staging:
    found: Staging = request.app.state.staging
    return found


@router.get("/data/import")
def choose(request: Request) -> HTMLResponse:
    """Return the form that takes files."""
    return _page(request, "import_choose.html", told=Told())


@router.post("/data/import")
def bring(request: Request, files: Annotated[list[UploadFile], File()]) -> Response:
    """Keep the files, and lead to what they would do."""
    given = [(file.filename or "", file.file) for file in files if file.filename]
    if not given:
        raise DataError("No file was chosen.", "Choose a spreadsheet, a CSV file or a zip of them.")
    return RedirectResponse(f"/data/import/{_staging(request).keep(given)}", 303)


@router.get("/data/import/{token}")
def look(request: Request, token: str) -> HTMLResponse:
    """Return what the files are taken for, what they would change, and what is wrong with them."""
    return _looked_at(request, token, Told(), "")


@router.post("/data/import/{token}")
def proceed(
    request: Request,
    token: str,
    told: Annotated[Told, Depends(_told)],
    column: Annotated[list[str] | None, Form()] = None,
    taken_for: Annotated[list[str] | None, Form(alias="taken-for")] = None,
    action: Annotated[str, Form()] = "look",
) -> HTMLResponse:
    """Look again with what the person corrected, or import."""
    mapping = written_mapping(column or [], taken_for or [])
    if action != "import":
        return _looked_at(request, token, told, mapping)
    paths = _staging(request).paths(token)
    reports = service_of(request).import_(paths, told.reading(mapping), by=told.by)
    _staging(request).drop(token)
    return _page(request, "import_done.html", reports=reports, first_faults=FIRST_FAULTS)


@router.get("/data/import/{token}/faults")
def faults(request: Request, token: str) -> Response:
    """Return the first of the files that have faults, with what is wrong and what to do beside each row."""
    marked = service_of(request).corrections(_staging(request).paths(token), Reading())
    if not marked:
        raise DataError("These files have no faults.", "Go back and import them.")
    name, content = next(iter(marked.items()))
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.post("/data/imports/{id}/{step}")
def undo(request: Request, id: int, step: str) -> Response:
    """Undo an import, or take it back in."""
    store = service_of(request).store
    steps = {"withdraw": store.withdraw, "restore": store.restore}
    if step not in steps:
        raise DataError(f"Nothing is called {step!r} here.", "An import can be undone and taken back in.")
    steps[step](id)
    return RedirectResponse(f"/data#import-{id}", 303)


def _looked_at(request: Request, token: str, told: Told, mapping: str) -> HTMLResponse:
    paths = _staging(request).paths(token)
    refused: RefusedError | None = None
    reports: list[ImportReport] = []
    try:
        reports = service_of(request).import_(paths, told.reading(mapping), dry_run=True)
    except RefusedError as problem:
        refused = problem
    return _page(
        request,
        "import_look.html",
        token=token,
        told=told,
        files=[path.name for path in paths],
        reports=reports,
        refused=refused,
        columns=_columns(reports),
        faulty=any(report.faults for report in reports) or bool(refused and refused.faults),
        first_faults=FIRST_FAULTS,
    )


def _columns(reports: Sequence[ImportReport]) -> list[tuple[ColumnMatch, list[tuple[str, list[Choice]]]]]:
    """Every column of the lists with what it can be taken for."""
    return [(match, choices(match.field)) for report in reports for match in report.columns]


def _page(request: Request, template: str, **shown: Any) -> HTMLResponse:
    return render(request, template, graph_of(request), **shown)
