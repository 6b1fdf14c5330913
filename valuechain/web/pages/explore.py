"""Explore: how many organisations stand where in the chain for which market, and where nothing is known."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.web.address import Address
from valuechain.web.ask import ask
from valuechain.web.errors import PageRoute
from valuechain.web.forms import own_fields, scope_fields
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import answer_page

router = APIRouter(route_class=PageRoute)


@router.get("/explore")
def explore(request: Request) -> HTMLResponse:
    """Return the heat map of the scope that the form asks for; `cell` opens the list of one cell."""
    answer = ask(request, "heatmap")
    address = Address.of(request)
    return render(
        request,
        "explore.html",
        answer.graph,
        honesty_of_answer(request, answer),
        fields=scope_fields(answer.graph, address),
        own=own_fields(answer.analysis, address),
        **answer_page(request, answer, {}),
    )
