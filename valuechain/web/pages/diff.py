"""What changed between two revisions: things and links that came, went, became one or tell something else."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.difference import changes
from valuechain.web.address import Address
from valuechain.web.ask import service_of, view_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render
from valuechain.web.words import RECORD_WORDS

router = APIRouter(route_class=PageRoute)

FIRST = 25
"""Changes of one kind that are shown at once."""


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
    return render(
        request,
        "diff.html",
        graph,
        before=before,
        after=after,
        newest=newest,
        counts=Counter(one.what for one in found),
        groups=[
            (kind, RECORD_WORDS.get(kind, kind), len(rows), rows if kind in shown else rows[:FIRST])
            for kind, rows in ((kind, list(rows)) for kind, rows in groupby(found, key=lambda one: one.kind))
        ],
    )
