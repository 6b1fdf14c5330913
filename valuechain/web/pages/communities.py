"""Communities: which groups hang together, drawn as bubbles; a bubble opens the list of who belongs to it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.result import Result
from valuechain.web.address import Address
from valuechain.web.ask import ask
from valuechain.web.bubbles import overview
from valuechain.web.errors import PageRoute
from valuechain.web.forms import analysis_form
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import Plan, answer_page
from valuechain.web.tables import table_view

router = APIRouter(route_class=PageRoute)

PLANS = {
    "communities": Plan(
        "The same as a table",
        "Communities by size.",
        ("community", "organisations", "smes", "research", "inside", "outside", "connector", "cut_off", "status"),
        20,
        "Communities",
    ),
    "between": Plan(
        "How they are tied",
        "Pairs of communities, the most ties first.",
        ("first", "second", "ties", "projects", "supplies", "confidence", "status"),
        12,
        "Ties",
    ),
    "members": Plan(
        "Who belongs where",
        "The communities by size, those with most ties first.",
        ("organisation", "community", "kind", "place", "ties", "cut_off", "status"),
        12,
        "Organisations",
    ),
}  # fmt: skip


@router.get("/explore")
def communities(request: Request) -> HTMLResponse:
    """Return the communities of the scope that the form asks for; `community` opens the list of one."""
    address = Address.of(request)
    answer = ask(request, "communities", limit=address.option("limit") or "0")
    chosen = _chosen(answer.result, address)
    opened = None
    if chosen:
        table = answer.result.table("members")
        rows = [place for place, number in enumerate(table.column("number")) if number == chosen]
        columns = tuple(name for name in PLANS["members"].columns if name != "community")
        opened = table_view(answer, table, address, columns=columns, first=len(rows), rows=rows)
    return render(
        request,
        "communities.html",
        answer.graph,
        honesty_of_answer(request, answer),
        **analysis_form(answer, address),
        **answer_page(request, answer, PLANS, *(([("community", "The one chosen")], ["members"]) if opened else ())),
        picture=overview(answer.result),
        chosen=chosen,
        chosen_name=answer.result.table("communities").column("community")[chosen - 1] if chosen else "",
        opened=opened,
    )  # fmt: skip


def _chosen(result: Result, address: Address) -> int:
    """The number of the community that the address names, 0 if it names none that there is."""
    number = address.option("community")
    found = int(number) if number.isdecimal() else 0
    return found if found <= len(result.table("communities").rows) else 0
