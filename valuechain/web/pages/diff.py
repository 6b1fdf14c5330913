"""What changed between two revisions: things and links at once, findings when they are asked for, as long work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from valuechain.model.difference import changes
from valuechain.model.language import say, spoken
from valuechain.runs import Run
from valuechain.web.address import KNOWLEDGE, Address
from valuechain.web.ask import service_of, view_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render
from valuechain.web.pages.work import AT_ONCE, SECONDS_TO_STOP, runs_of
from valuechain.web.words import RECORD_WORDS

if TYPE_CHECKING:
    from valuechain.model.history import Event

router = APIRouter(route_class=PageRoute)

FIRST = 25
"""Changes of one kind that are shown at once."""

OFFERED = 200
"""The newest revisions are offered to choose from; older ones can be named in the address."""


@router.get("/data/diff")
def diff(request: Request) -> HTMLResponse:
    """Return what differs between the revisions `before` and `after`; by default the last step."""
    address = Address.of(request)
    service = service_of(request)
    view, _ = view_of(address)
    newest = service.revision()
    after = service.revision(address.option("after"))
    before = service.revision(address.option("before") or str(max(after - 1, 0)))
    graph = service.graph(view, str(after))
    found = changes(service.graph(view, str(before)), graph)
    shown = address.option("show").split(",")
    number, run = _findings(request, before, after) if address.option("findings") else (0, None)
    return render(
        request,
        "diff.html",
        graph,
        before=before,
        after=after,
        newest=newest,
        revisions=_offered(service.store.history()[1], {before, after}),
        counts=Counter(one.what for one in found),
        groups=[
            (kind, say(RECORD_WORDS.get(kind, kind)), len(rows), rows if kind in shown else rows[:FIRST])
            for kind, rows in ((kind, list(rows)) for kind, rows in groupby(found, key=lambda one: one.kind))
        ],
        number=number,
        news=run and run.news.to_dict(),
        all_findings="findings" in shown,
        first=FIRST,
    )


@router.post("/data/diff/cancel/{number}")
def cancel(request: Request, number: int) -> Response:
    """Stop comparing findings, and show the changes without them."""
    run = runs_of(request, "questions").find(number)
    run.cancel()
    run.wait(SECONDS_TO_STOP)
    address = Address.of(request)
    chosen = {name: address.option(name) for name in ("before", "after")}
    return RedirectResponse(address.to("/data/diff", **chosen), 303)


def _findings(request: Request, before: int, after: int) -> tuple[int, Run]:
    """The work that compares findings, with its number: one that is at hand already, else a new one."""
    address, service, runs = Address.of(request), service_of(request), runs_of(request, "questions")
    options = {name: address.option(name) for name in KNOWLEDGE if name != "as-of" and address.option(name)}
    options["lang"] = spoken()
    origin = Address("/data/diff", options).here(before=str(before), after=str(after), findings="yes")
    for number, run in runs.newest_first():
        if run.origin == origin and run.news.state in ("running", "done"):
            return number, run

    def work(watch: Callable[[int, int], None]) -> Any:
        return service.compare(str(before), str(after), options, progress=watch).to_dict()

    number = runs.start(work, say("What changed?"), origin)
    run = runs.find(number)
    run.wait(AT_ONCE)
    return number, run


def _offered(events: tuple[Event, ...], chosen: set[int]) -> list[tuple[int, Event | None]]:
    """The revisions to choose from, the newest first, with what made each; nothing made revision 0."""
    newest = sorted(events, key=lambda one: one.revision, reverse=True)
    offered: list[tuple[int, Event | None]] = [
        (one.revision, one) for place, one in enumerate(newest) if place < OFFERED or one.revision in chosen
    ]
    return [*offered, (0, None)]
