"""Explore: how many organisations stand where in the chain for which market, and where nothing is known."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.language import term
from valuechain.web.address import Address
from valuechain.web.ask import ask
from valuechain.web.errors import PageRoute
from valuechain.web.forms import analysis_form
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import Plan, answer_page

router = APIRouter(route_class=PageRoute)


PLANS = {
    "cells": Plan(term("The same numbers as a list"), "", (), 6, term("List")),
    "members": Plan(
        term("Who stands where"),
        term("One row per organisation and cell; a cell of the heat map opens its own list."),
        ("organisation", "stage", "column", "kind", "place", "offers", "confidence", "status"),
        12,
        term("Organisations"),
    ),
    "candidates": Plan(
        term("Who could fill this cell"),
        term("Who has this stage elsewhere, or stands beside it here; best first."),
        ("organisation", "stage", "column", "reason", "place", "distance_km", "offers", "kind", "confidence", "status"),
        20,
        term("Who could fill it"),
    ),
}


@router.get("/explore/stages")
def explore(request: Request) -> HTMLResponse:
    """Return the heat map of the scope that the form asks for; `cell` opens the list of one cell."""
    address = Address.of(request)
    answer = ask(request, "heatmap", limit=address.option("limit") or "0")
    return render(
        request,
        "explore.html",
        answer.graph,
        honesty_of_answer(request, answer),
        **analysis_form(answer, address),
        **answer_page(request, answer, PLANS),
    )
