"""Organisations: everybody as a mark, communities together, with filters beside and the same as a table below."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse

from valuechain.model.language import say, term
from valuechain.web.address import KNOWLEDGE, Address
from valuechain.web.ask import Answer, ask
from valuechain.web.errors import PageRoute
from valuechain.web.explorer import (
    ANALYSIS_OF,
    COLOURS,
    MOST_MARKS,
    OVERLAYS,
    SIZES,
    ask_network,
    chosen,
    colours,
    columns,
    overlay_of,
)
from valuechain.web.filters import filters
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import Plan, answer_page

router = APIRouter(route_class=PageRoute)

PLANS = {
    "organisations": Plan(
        term("The same as a table"),
        term("Everybody that the filters leave, those with most ties first. Copies of it are at the foot of the page."),
        ("organisation", "community", "stages", "capabilities", "kind", "place", "ties", "cut_off", "newest", "status"),
        20,
        term("Organisations"),
        term("Nobody here has all that is asked for. Take one of the filters back."),
    ),
    "ties": Plan(
        term("Ties among them"),
        term("Pairs that share projects or supply links, those between the best tied first."),
        ("first", "second", "projects", "supplies", "confidence", "status"),
        8,
        term("Ties"),
    ),
}

KEPT = ("country", "cluster", "chain", "community")
"""Options that the filters leave as they are."""


@router.get("/explore/organisations")
def organisations(request: Request) -> HTMLResponse:
    """Return all organisations that the filters leave, as a picture and as a table."""
    address = Address.of(request)
    answer = ask(request, "directory", limit=address.option("limit") or "0")
    table = answer.result.table("organisations")
    colour, overlay = chosen(address, "colour", COLOURS), chosen(address, "overlay", OVERLAYS)
    marked = overlay_of(request, overlay, table)
    known = [one for one in _sizes(request, answer, chosen(address, "size", SIZES)) if one is not None]
    number = address.option("community")
    return render(
        request,
        "organisations.html",
        answer.graph,
        honesty_of_answer(request, answer),
        groups=filters(answer.result.table("facets")),
        community=str(table.column("community")[0]) if number not in ("", "0") and table.rows else "",
        controls=_controls(address),
        legend=colours(table, colour)[1],
        colour=colour,
        sized=len(known),
        overlay=say(OVERLAYS[overlay]) if overlay else "",
        overlay_link=address.to(f"/analysis/{ANALYSIS_OF[overlay]}") if overlay else "",
        marked=marked,
        drawn=min(len(table.rows), MOST_MARKS),
        ties_cut=answer.result.table("ties").cut,
        marks_link=address.here().replace("/explore/organisations", "/explore/marks", 1),
        kept=[(name, address.option(name)) for name in (*KNOWLEDGE, *KEPT) if address.option(name)],
        **answer_page(request, answer, PLANS, apart=("facets",)),
    )


@router.get("/explore/marks")
def marks(request: Request) -> JSONResponse:
    """Return the picture of the organisations that the filters leave, as columns."""
    address = Address.of(request)
    answer = ask(request, "directory", limit="0")
    table = answer.result.table("organisations")
    found = columns(
        table,
        answer.result.table("ties"),
        chosen(address, "colour", COLOURS),
        _sizes(request, answer, chosen(address, "size", SIZES)),
        overlay_of(request, chosen(address, "overlay", OVERLAYS), table),
    )
    return JSONResponse(found, headers={"Cache-Control": "no-cache"})


def _sizes(request: Request, answer: Answer, by: str) -> list[Any]:
    """What the sizes of marks stand for, one value for each row; empty for marks of one size."""
    table = answer.result.table("organisations")
    if by in ("ties", "staff"):
        return table.column(by)
    if by != "risk":
        return []
    ranking = ask_network(request, "systemic-risk").table("ranking")
    at_risk = dict(zip(ranking.column("organisation_key"), ranking.column("at_risk"), strict=True))
    return [at_risk.get(key) for key in table.column("organisation_key")]


def _controls(address: Address) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The three menus above the picture: name, word and what can be chosen."""
    menus = (("colour", say("Colour"), COLOURS), ("size", say("Size"), SIZES), ("overlay", say("Mark"), OVERLAYS))
    return [
        (name, word, [(value, say(label), value == chosen(address, name, among)) for value, label in among.items()])
        for name, word, among in menus
    ]
