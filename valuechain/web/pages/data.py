"""Where everything comes from: the imports with their counts and state, and what links to nothing yet."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.language import say
from valuechain.web.ask import graph_of, service_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render
from valuechain.web.pages.work import runs_of
from valuechain.web.words import RECORD_WORDS, counted

router = APIRouter(route_class=PageRoute)


@router.get("/data")
def data(request: Request) -> HTMLResponse:
    """Return every import, what is stored of which kind, and the links whose other end is not here."""
    graph = graph_of(request)
    service = service_of(request)
    imports, events = service.store.history()
    kinds = graph.records.groupby(["kind", "status"]).size()
    counts = [
        (say(RECORD_WORDS[kind]), int(group.sum()), {str(status): int(count) for (_, status), count in group.items()})
        for kind, group in kinds.groupby(level=0, sort=False)
    ]
    runs = runs_of(request, "imports").newest_first()
    return render(
        request,
        "data.html",
        graph,
        imports=sorted(imports, key=lambda one: one.id, reverse=True),
        events=sorted(events, key=lambda one: one.revision, reverse=True)[:50],
        counts=counts,
        left_out=graph.left_out.get("synthetic", 0),
        unresolved=[counted(kind, count) for kind, count in graph.unresolved.items() if count],
        at_work=[(number, run.title, run.news.to_dict()) for number, run in runs if run.news.state == "running"],
        reports={one["import"]: number for number, run in runs if run.news.state == "done" for one in run.news.outcome},
    )
