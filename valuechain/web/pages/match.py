"""Same or different? Pairs of organisations side by side, and what people said of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from valuechain.matching.waiting import Pair
from valuechain.report.matches import FIELD_WORDS
from valuechain.web.address import Address
from valuechain.web.ask import graph_of, service_of, view_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render

router = APIRouter(route_class=PageRoute)

FIRST = 10
"""Pairs shown at once; those that are answered make room for others."""


@router.get("/data/match")
def match(request: Request) -> HTMLResponse:
    """Return the pairs that wait for somebody's word, best first, and what was decided."""
    address = Address.of(request)
    view, as_of = view_of(address)
    found = service_of(request).waiting(view, as_of)
    return render(
        request,
        "match.html",
        graph_of(request),
        pairs=[(pair, list(rows_of(pair))) for pair in found.pairs[:FIRST]],
        total=len(found.pairs),
        decisions=sorted(found.decisions, key=lambda one: one.at, reverse=True),
        by=address.option("by"),
    )


@router.post("/data/match")
def decide(
    request: Request,
    verdict: Annotated[str, Form()],
    first: Annotated[str, Form()],
    second: Annotated[str, Form()],
    by: Annotated[str, Form()] = "",
) -> Response:
    """Remember a verdict on two organisations, and show the next pair."""
    address = Address.of(request)
    view, _ = view_of(address)
    service_of(request).decide(verdict, first, second, by.strip(), view)
    return RedirectResponse(address.to("/data/match", by=by.strip()) + "#pairs", 303)


def rows_of(pair: Pair) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is known of either side: label, both texts, and whether they agree, differ, or one is silent."""
    for field, label in FIELD_WORDS.items():
        one, other = (str(side.get(field) or "").replace(";", "; ") for side in (pair.first, pair.second))
        if {one, other} - {"", "1"}:
            silent = not one or not other
            yield label, one, other, "" if silent else "same" if one.casefold() == other.casefold() else "differs"
