"""Same or different? Pairs of organisations side by side, and what people said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from valuechain.matching.waiting import Pair
from valuechain.model.codes import KIND_WORDS
from valuechain.model.language import country_name, say
from valuechain.report.matches import FIELD_WORDS
from valuechain.web.address import Address
from valuechain.web.ask import graph_of, service_of, view_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render
from valuechain.web.stored import reference_words

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.history import Decision

router = APIRouter(route_class=PageRoute)

FIRST = 10
"""Pairs shown at once; those that are answered make room for others."""


@dataclass(frozen=True)
class Line:
    """What is known of either side, and whether that agrees; empty where one side is silent."""

    label: str
    one: str
    other: str
    agree: Literal["same", "differs", ""]


@dataclass(frozen=True)
class Said:
    """What somebody said of two organisations, each by its name and its key."""

    decision: Decision
    one: str
    other: str


@router.get("/data/match")
def match(request: Request) -> HTMLResponse:
    """Return the pairs that wait for somebody's word, best first, and what was decided."""
    address = Address.of(request)
    view, as_of = view_of(address)
    found = service_of(request).waiting(view, as_of)
    graph = graph_of(request)
    return render(
        request,
        "match.html",
        graph,
        pairs=[(pair, list(rows_of(pair))) for pair in found.pairs[:FIRST]],
        total=len(found.pairs),
        decisions=[_said(one, graph) for one in sorted(found.decisions, key=lambda one: one.at, reverse=True)],
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
    return RedirectResponse(address.to("/data/match", by=by.strip()) + "#next", 303)


def rows_of(pair: Pair) -> Iterator[Line]:
    """Yield what is known of either side, field by field."""
    for field, label in FIELD_WORDS.items():
        one, other = (str(side.get(field) or "").replace(";", "; ") for side in (pair.first, pair.second))
        if {one, other} - {"", "1"}:
            silent = not one or not other or field == "key"
            agree: Literal["same", "differs", ""] = "same" if one.casefold() == other.casefold() else "differs"
            words = _IN_WORDS.get(field, str)
            yield Line(say(label), words(one), words(other), "" if silent else agree)


_IN_WORDS: dict[str, Callable[[str], str]] = {
    "kind": lambda kind: say(KIND_WORDS.get(kind, kind)),
    "country": lambda code: country_name(code) or code,
}
"""How codes of fields read."""


def _said(decision: Decision, graph: ValueGraph) -> Said:
    one, other = (reference_words(graph, "organisations", key) for key in (decision.subject, decision.object))
    return Said(decision, one, other)
