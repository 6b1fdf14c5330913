"""Where everything comes from: the imports with their counts and state, and what links to nothing yet."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.web.ask import graph_of, service_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render
from valuechain.web.words import RECORD_WORDS

router = APIRouter(route_class=PageRoute)


@router.get("/data")
def data(request: Request) -> HTMLResponse:
    """Return every import, what is stored of which kind, and the links whose other end is not here."""
    graph = graph_of(request)
    service = service_of(request)
    imports, events = service.store.history()
    kinds = graph.records.groupby(["kind", "status"]).size()
    counts = [
        (RECORD_WORDS[kind], int(group.sum()), {str(status): int(count) for (_, status), count in group.items()})
        for kind, group in kinds.groupby(level=0, sort=False)
    ]
    return render(
        request,
        "data.html",
        graph,
        imports=sorted(imports, key=lambda one: one.id, reverse=True),
        events=sorted(events, key=lambda one: one.revision, reverse=True)[:50],
        counts=counts,
        unresolved=[(RECORD_WORDS[kind], count) for kind, count in graph.unresolved.items() if count],
    )
