"""Bringing data: files are looked at first, column by column and row by row; nothing is written before "Import"."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from valuechain.model.errors import DataError, RefusedError, StoreBusyError
from valuechain.model.import_report import ImportReport
from valuechain.model.language import listed, say
from valuechain.web.address import Address
from valuechain.web.ask import graph_of, service_of
from valuechain.web.errors import PageRoute
from valuechain.web.import_look import FIRST_FAULTS, looked_at
from valuechain.web.mapping_form import written_mapping
from valuechain.web.page import render
from valuechain.web.pages.work import AT_ONCE, runs_of
from valuechain.web.staging import Staging, Told

router = APIRouter(route_class=PageRoute)


def _told(
    source: Annotated[str, Form()] = "",
    as_: Annotated[str, Form(alias="as")] = "",
    as_of: Annotated[str, Form(alias="as-of")] = "",
    by: Annotated[str, Form()] = "",
    column: Annotated[list[str] | None, Form()] = None,
    taken_for: Annotated[list[str] | None, Form(alias="taken-for")] = None,
) -> Told:
    mapping = written_mapping(column or [], taken_for or [])
    return Told(source.strip(), as_.strip(), as_of.strip(), by.strip(), mapping)


_OFFICE = "application/vnd.openxmlformats-officedocument"

ToldOf = Annotated[Told, Depends(_told)]
"""What the form about files says."""


def _staging(request: Request) -> Staging:
    found: Staging = request.app.state.staging
    return found


@router.get("/data/import")
def choose(request: Request) -> HTMLResponse:
    """Return the form that takes files."""
    return render(request, "import_choose.html", graph_of(request))


@router.post("/data/import")
def bring(request: Request, files: Annotated[list[UploadFile], File()]) -> Response:
    """Keep the files, and lead to what they would do."""
    given = [(file.filename or "", file.file) for file in files if file.filename]
    if not given:
        raise DataError(say("No file was chosen."), say("Choose a spreadsheet, a CSV file or a zip of them."))
    return _see(request, f"/data/import/{_staging(request).keep(given)}")


@router.get("/data/valuechain-template.xlsx")
def template() -> Response:
    """Return the empty form, a workbook to be filled in."""
    from valuechain.sources.template import template_workbook

    headers = {"Content-Disposition": 'attachment; filename="valuechain-template.xlsx"'}
    return Response(template_workbook(), media_type=f"{_OFFICE}.spreadsheetml.sheet", headers=headers)


@router.get("/data/import/{token}")
def look(request: Request, token: str) -> HTMLResponse:
    """Return what the files are taken for, what they would change, and what is wrong with them."""
    waiting = _staging(request).find(token)
    reports: list[ImportReport] = []
    refused: RefusedError | None = None
    try:
        reports = service_of(request).import_(waiting.paths, waiting.told.reading, dry_run=True)
    except RefusedError as problem:
        refused = problem
    found = looked_at(waiting, reports, refused)
    return render(request, "import_look.html", graph_of(request), token=token, look=found, first_faults=FIRST_FAULTS)


@router.post("/data/import/{token}")
def proceed(request: Request, token: str, told: ToldOf, action: Annotated[str, Form()] = "look") -> Response:
    """Look again with what the person corrected, or begin to import."""
    _staging(request).find(token).told = told
    if action != "import":
        return _see(request, f"/data/import/{token}")
    return _see(request, f"/data/running/{_begin(request, token)}")


@router.get("/data/import/{token}/faults")
def faults(request: Request, token: str) -> Response:
    """Return the files that have faults, with what is wrong and what to do beside each row; several as a zip."""
    waiting = _staging(request).find(token)
    marked = service_of(request).corrections(waiting.paths, waiting.told.reading)
    if not marked:
        raise DataError(say("These files have no faults."), say("Go back and import them."))
    name, content = next(iter(marked.items())) if len(marked) == 1 else ("faults.zip", _zipped(marked))
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.post("/data/import/{token}/faults")
def faults_as_told(request: Request, token: str, told: ToldOf) -> Response:
    """Return the same files, read as the form says now."""
    _staging(request).find(token).told = told
    return faults(request, token)


@router.post("/data/imports/{id}/{step}")
def undo(request: Request, id: int, step: str) -> Response:
    """Undo an import, or take it back in."""
    store = service_of(request).store
    steps = {"withdraw": store.withdraw, "restore": store.restore}
    if step not in steps:
        what = say("Nothing is called {name} here.", name=repr(step))
        raise DataError(what, say("An import can be undone and taken back in."))
    steps[step](id)
    return _see(request, f"/data#import-{id}")


def _begin(request: Request, token: str) -> int:
    """Begin to import what waits; where it does not succeed it waits again."""
    service, staging = service_of(request), _staging(request)
    delivery = staging.take(token)

    def work(watch: Callable[[int, int], None]) -> Any:
        try:
            reports = service.import_(delivery.paths, delivery.told.reading, by=delivery.told.by, progress=watch)
        except BaseException:
            staging.put_back(token, delivery)
            raise
        delivery.folder.cleanup()
        return [report.to_dict() for report in reports]

    runs = runs_of(request, "imports")
    title = listed(path.name for path in delivery.paths)
    try:
        number = runs.start(work, title, f"/data/import/{token}")
    except StoreBusyError:
        staging.put_back(token, delivery)
        raise
    runs.find(number).wait(AT_ONCE)
    return number


def _zipped(files: Mapping[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return archive.getvalue()


def _see(request: Request, path: str) -> RedirectResponse:
    """Lead to another page, on the same knowledge and for the same reader."""
    path, mark, anchor = path.partition("#")
    return RedirectResponse(Address.of(request).to(path) + mark + anchor, 303)
