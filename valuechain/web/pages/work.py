"""Work that takes its time: what it does, how far it is, cancel; at an address that can be left and found again."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from valuechain.runs import Runs
from valuechain.web.address import Address
from valuechain.web.ask import graph_of, service_of
from valuechain.web.errors import PageRoute
from valuechain.web.import_look import FIRST_FAULTS
from valuechain.web.page import render

router = APIRouter(route_class=PageRoute)

AT_ONCE = 0.8
"""Seconds that work may take before a page about it is shown: what takes less comes at once."""

SECONDS_TO_STOP = 2.0
"""So long a page waits for work that was cancelled; what takes longer is still shown as at work."""


def runs_of(request: Request, sort: str) -> Runs:
    """Return the works of a sort, imports or questions, that the application has at hand."""
    found: Runs = getattr(request.app.state, f"{sort[:-1]}_runs")
    return found


@router.get("/data/running/{number}")
def follow(request: Request, number: int) -> HTMLResponse:
    """Return how far an import is; once it has ended, what came of it."""
    run = runs_of(request, "imports").find(number)
    news = run.news
    shown: dict[str, Any] = {"run": run, "number": number, "news": news.to_dict(), "first_faults": FIRST_FAULTS}
    if news.state == "running":
        return render(request, "work.html", graph_of(request), **shown)
    if news.state != "done":
        return render(request, "work_stopped.html", graph_of(request), **shown)
    states = {one.id: one.state for one in service_of(request).store.history()[0]}
    return render(request, "import_done.html", graph_of(request), **shown, reports=news.outcome, states=states)


@router.post("/data/running/{number}/cancel")
def cancel(request: Request, number: int) -> Response:
    """Ask an import to stop, and show what became of it."""
    run = runs_of(request, "imports").find(number)
    run.cancel()
    run.wait(SECONDS_TO_STOP)
    return RedirectResponse(Address.of(request).to(f"/data/running/{number}"), 303)
