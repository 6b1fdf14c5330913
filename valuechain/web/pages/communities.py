"""Communities: which groups hang together, drawn as bubbles; a bubble opens the list of who belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.language import say, term
from valuechain.model.result import Result
from valuechain.web.address import SCOPE, Address
from valuechain.web.ask import ask
from valuechain.web.bubbles import overview
from valuechain.web.errors import PageRoute
from valuechain.web.forms import analysis_form
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import Plan, Section, answer_page
from valuechain.web.tables import CellView, RowView, TableView, table_view

router = APIRouter(route_class=PageRoute)

PLANS = {
    "communities": Plan(
        term("The same as a table"),
        term("Communities by size."),
        ("community", "organisations", "smes", "research", "inside", "outside", "connector", "cut_off", "status"),
        20,
        term("Communities"),
    ),
    "between": Plan(
        term("How they are tied"),
        term("Pairs of communities, the most ties first."),
        ("first", "second", "ties", "projects", "supplies", "confidence", "status"),
        12,
        term("Ties"),
    ),
    "members": Plan(
        term("Who belongs where"),
        term("The communities by size, those with most ties first."),
        ("organisation", "community", "kind", "place", "ties", "cut_off", "status"),
        12,
        term("Organisations"),
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
    context = answer_page(request, answer, PLANS, *(_opened() if opened else ()))
    context["sections"] = _led_to_communities(context["sections"], answer.result, address)
    return render(
        request,
        "communities.html",
        answer.graph,
        honesty_of_answer(request, answer),
        **analysis_form(answer, address),
        **context,
        picture=overview(answer.result),
        chosen=chosen,
        chosen_name=answer.result.table("communities").column("community")[chosen - 1] if chosen else "",
        opened=opened,
        section_links={
            "between": (
                address.to("/analysis/bridges", **{name: address.option(name) for name in SCOPE}),
                say("Which sectors lack a bridge, and who could build it"),
            )
        },
        whole=not any(address.option(name) for name in SCOPE),
    )  # fmt: skip


def _opened() -> tuple[list[tuple[str, str]], list[str]]:
    """What is on the page for the community that is open, and which table is not shown again."""
    return [("community", say("The one chosen"))], ["members"]


NUMBERS = {"community": "number", "first": "first_number", "second": "second_number"}
"""Columns that name a community, with the column of its number."""


def _led_to_communities(found: Sequence[Section], result: Result, address: Address) -> tuple[Section, ...]:
    """Return sections in which every community leads to the list of who belongs to it."""

    def led(view: TableView, row: RowView) -> RowView:
        told = result.table(view.name).cells(int(row.anchor.rpartition("-")[2]) - 1)

        def link(cell: CellView) -> CellView:
            number = told.get(NUMBERS.get(cell.name, ""))
            return replace(cell, link=_list_of(address, str(number))) if number is not None else cell

        return replace(row, cells=tuple(link(cell) for cell in row.cells))

    return tuple(
        replace(one, view=replace(one.view, rows=tuple(led(one.view, row) for row in one.view.rows))) for one in found
    )


def _list_of(address: Address, number: str) -> str:
    return address.here(community=number, evidence=None, show=None) + "#community"


def _chosen(result: Result, address: Address) -> int:
    """The number of the community that the address names, 0 if it names none that there is."""
    number = address.option("community")
    found = int(number) if number.isdecimal() else 0
    return found if found <= len(result.table("communities").rows) else 0
