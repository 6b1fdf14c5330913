"""The interview of one organisation: a form whose answers become an import, and what they changed in its check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from valuechain.interviews import Changed, changed, form_for
from valuechain.model.batch import Batch, Fault, Place
from valuechain.model.errors import DataError, NotFoundError
from valuechain.model.history import Import
from valuechain.model.interview import ANSWERS, PREFIX, Form
from valuechain.model.language import listed, say
from valuechain.model.search import find_organisation
from valuechain.model.stored import StoredRecord, records_of
from valuechain.report.codes import ON_SCREEN
from valuechain.report.interview import form_page, form_policy
from valuechain.sources.interview import taken_down
from valuechain.sources.interview_answers import Answers
from valuechain.sources.interview_sheet import form_workbook
from valuechain.web.address import KNOWLEDGE, Address
from valuechain.web.ask import graph_of, service_of
from valuechain.web.errors import PageRoute
from valuechain.web.interview_form import Given, answers_given, sections_of_form
from valuechain.web.page import render
from valuechain.web.stored import sentence

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

router = APIRouter(route_class=PageRoute)

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Posted:
    """What was sent with the form: the revision at which it was made, day, who asked, and every field."""

    revision: str
    day: str
    by: str
    fields: Given


async def _posted(request: Request) -> Posted:
    data: FormData = await request.form()
    fields = {name: [one for one in data.getlist(name) if isinstance(one, str)] for name in data}
    first = {name: values[0].strip() if values else "" for name, values in fields.items()}
    return Posted(first.get("revision", ""), first.get("day", ""), first.get("by", ""), fields)


@router.get("/check/{key:path}/interview")
def interview(request: Request, key: str) -> HTMLResponse:
    """Return the form with the questions whose answers would change most."""
    return _form_page(request, _form(request, key), Posted("", date.today().isoformat(), "", {}))


@router.post("/check/{key:path}/interview")
def answer(request: Request, key: str, posted: Annotated[Posted, Depends(_posted)]) -> Response:
    """Store the answers as an import of their own and lead to what they changed; nothing if a line is at fault."""
    form = _form(request, key, posted.revision)
    try:
        batch = _batch(form, posted)
    except DataError as problem:
        return _form_page(request, form, posted, problem=problem)
    faults = [fault for fault in batch.faults if fault.severity == "refused"]
    if faults:
        return _form_page(request, form, posted, faults)
    service = service_of(request)
    [report] = service.take_in([batch], by=posted.by)
    service.store.refresh()
    return RedirectResponse(Address.of(request).check(form.organisation, f"/interview/{report.import_}"), 303)


@router.get("/check/{key:path}/interview.html")
def printed(request: Request, key: str) -> HTMLResponse:
    """Return the same form to print."""
    policy = f"{form_policy()}; frame-ancestors 'none'"
    return HTMLResponse(form_page(_form(request, key)), headers={"Content-Security-Policy": policy})


@router.get("/check/{key:path}/interview.xlsx")
def workbook(request: Request, key: str) -> Response:
    """Return the same form as a workbook, which is imported once it is filled in."""
    form = _form(request, key)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(form.source, safe='')}.xlsx"}
    return Response(form_workbook(form), media_type=_WORKBOOK, headers=headers)


@router.get("/check/{key:path}/interview/{import_}")
def done(request: Request, key: str, import_: int) -> HTMLResponse:
    """Return what the answers changed in the check: findings, and figures before and after."""
    service, address = service_of(request), Address.of(request)
    told = _import(request, import_)
    graph = graph_of(request, with_made_up=True)
    place = find_organisation(graph, key)
    name = key if place is None else str(graph["organisations"]["label"].iloc[place])
    options = {one: address.option(one) for one in KNOWLEDGE if one != "as-of" and address.option(one)}
    then = service.snapshot(str(told.revision))
    records = records_of(then, told.id, graph.view.reader)
    change = changed(service, key, told.revision, options)
    return render(
        request,
        "interview_done.html",
        graph,
        key=key,
        name=name,
        told=told,
        change=change,
        found=listed(_parts(change), 3),
        sentences=[(one.id, _sentence(one, graph)) for one in records],
        named=any(one.kind == "organisations" for one in records),
    )


def _parts(change: Changed) -> list[str]:
    """How many findings are gone, new, and other than before; what is none is not told."""
    gone, new, other = (len(change.of(what)) for what in ("gone", "new", "changed"))
    told = [
        (gone, say("{count:,} gone", count=gone)),
        (new, say("{count:,} new", count=new)),
        (other, say("{count:,} weighing otherwise", count=other)),
    ]
    return [words for count, words in told if count]


def _sentence(record: StoredRecord, graph: ValueGraph) -> str:
    """What a record says, with the answer where that was none of the others."""
    said, answer = sentence(record, graph), record.extra.get("answer", "")
    return say("{said}: {answer}", said=said, answer=say(answer)) if answer in ANSWERS else said


def _form(request: Request, key: str, revision: str = "") -> Form:
    address = Address.of(request)
    options = {name: address.option(name) for name in KNOWLEDGE if address.option(name)}
    return form_for(service_of(request), key, {**options, **({"as-of": revision} if revision else {})})


def _batch(form: Form, posted: Posted) -> Batch:
    """What was filled in, read by what reads the workbook. Raises DataError."""
    answers = Answers(form.source, form.organisation, form.name, Place(ON_SCREEN, "", 1), say("The form"))
    answers.set_day(posted.day)
    return taken_down(answers, answers_given(form, posted.fields))


def _form_page(
    request: Request, form: Form, posted: Posted, faults: list[Fault] | None = None, problem: DataError | None = None
) -> HTMLResponse:
    sections = sections_of_form(form, posted.fields, faults or [])
    return render(
        request,
        "interview_form.html",
        graph_of(request, with_made_up=True),
        None,
        422 if faults or problem else 200,
        form=form,
        revision=form.source.rpartition("-")[2],
        sections=sections,
        asked=sum(1 for section in sections for line in section.lines if line.line.number),
        day=posted.day,
        by=posted.by,
        faults=faults or [],
        problem=problem,
    )


def _import(request: Request, id: int) -> Import:
    imports, _ = service_of(request).store.history()
    found = next((one for one in imports if one.id == id and one.source.startswith(PREFIX)), None)
    if found is None:
        raise NotFoundError(say("There is no interview {number}.", number=id), say("The data page lists all imports."))
    return found
