"""Around one organisation: its neighbourhood by rings; and how two organisations are connected."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse

from valuechain import registry
from valuechain.model.codes import STATUS_WORDS
from valuechain.model.errors import QuestionError
from valuechain.model.language import say, term
from valuechain.model.result import Result
from valuechain.model.search import find_organisation
from valuechain.web.address import Address
from valuechain.web.ask import ask, graph_of, made_up_keys
from valuechain.web.errors import PageRoute
from valuechain.web.forms import FormField, own_fields, scope_fields
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.rings import ring_columns, rings
from valuechain.web.sections import Plan, answer_page
from valuechain.web.ways import ways

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

router = APIRouter(route_class=PageRoute)

AROUND = {
    "rings": Plan(
        term("How many, how near"),
        "",
        (
            "ring", "organisations", "smes", "research", "supplies", "projects", "memberships", "ownership", "single",
            "confidence", "status",
        ),
        6,
        term("Rings"),
    ),
    "neighbours": Plan(
        term("Who they are"),
        term("The nearest first, then the surest. The link is the last one on the way."),
        ("organisation", "ring", "link", "through", "ways", "kind", "place", "confidence", "status"),
        25,
        term("Who"),
        term("Nobody is known to be linked to it."),
    ),
    "links": Plan(
        term("Links among them"),
        term("Each pair once, the inner rings first."),
        ("first", "link", "second", "ring", "outer_ring", "confidence", "status"),
        12,
        term("Links"),
    ),
}  # fmt: skip

CONNECTION = {
    "steps": Plan(
        term("Step by step"),
        term("The surest of the shortest ways first; each step with what joins the two and the records behind it."),
        ("organisation", "link", "next", "way", "step", "confidence", "status"),
        30,
        term("Steps"),
        term("No known way leads from the one to the other."),
    ),
    "nearest": Plan(
        term("What would be nearest"),
        term("Pairs, one from each side, who have something in common; a link between them would connect the two."),
        ("organisation", "partner", "reason", "steps", "confidence", "status"),
        12,
        term("Nearest"),
        term("Nothing is known that both sides have in common."),
    ),
}  # fmt: skip


@router.get("/explore/around/{key:path}")
def around(request: Request, key: str) -> HTMLResponse:
    """Return who stands around the organisation that `key` names: its key, a strong or bare id, or its name."""
    address = Address.of(request)
    answer = ask(request, "neighbourhood", organisation=key, limit=address.option("limit") or "0")
    made_up = answer.graph.once(made_up_keys)
    row = answer.graph["organisations"].iloc[find_organisation(answer.graph, key)]
    name = str(row["label"])
    return render(
        request,
        "around.html",
        answer.graph,
        honesty_of_answer(request, answer, row["key"] in made_up),
        name=name,
        key=row["key"],
        marks_link=address.here().replace("/explore/around/", "/explore/rings/", 1),
        listed=len(answer.result.table("neighbours").rows),
        picture=rings(answer.result, name, row["key"], row["kind"], made_up),
        around=lambda one: address.to(f"/explore/around/{quote(one, safe=':')}", **_kept(address)),
        drawn_statuses=_statuses(answer.result, "links"),
        own_choices=own_fields(answer.analysis, answer.graph, address),
        fields=scope_fields(answer.graph, address),
        **answer_page(request, answer, AROUND),
    )


def _statuses(result: Result, table: str) -> list[str]:
    """The statuses of the links drawn, in the order of the legend."""
    told = set(result.table(table).column("status"))
    return [status for status in STATUS_WORDS if status in told]


@router.get("/explore/rings/{key:path}")
def marks(request: Request, key: str) -> JSONResponse:
    """Return the rings around an organisation with all that are listed, as columns for a canvas."""
    answer = ask(request, "neighbourhood", organisation=key, limit="0")
    row = answer.graph["organisations"].iloc[find_organisation(answer.graph, key)]
    most = len(answer.result.table("neighbours").rows)
    picture = rings(answer.result, str(row["label"]), row["key"], row["kind"], frozenset(), most)
    return JSONResponse(ring_columns(picture) if picture else {})


def _kept(address: Address) -> dict[str, str]:
    """What of the question travels to the neighbourhood of somebody else."""
    return {name: address.option(name) for name in ("steps", "links") if address.option(name)}


def _ways_asked(graph: ValueGraph, address: Address) -> list[FormField]:
    """The fields of how two are connected, but for the two."""
    return [one for one in own_fields(registry.get("connection"), graph, address) if one.name != "to"]


def _called(graph: ValueGraph, given: str) -> str:
    """The name of the organisation that was given, where the name alone leads to it again."""
    found = find_organisation(graph, given)
    name = given if found is None else str(graph["organisations"]["label"].iloc[found])
    with suppress(QuestionError):
        return name if find_organisation(graph, name) == found else given
    return given


@router.get("/explore/connection")
def connection(request: Request) -> HTMLResponse:
    """Return how the organisations that `organisation` and `to` name are connected; without them, the form alone."""
    address = Address.of(request)
    ends = [
        FormField("organisation", say("From"), say("Its name or key"), address.option("organisation"), required=True),
        FormField("to", say("To"), say("Its name or key"), address.option("to"), required=True),
    ]
    if not (address.option("organisation") and address.option("to")):
        graph = graph_of(request)
        fields = [*ends, *_ways_asked(graph, address)]
        return render(request, "connection_asked.html", graph, fields=fields, scope=scope_fields(graph, address))
    answer = ask(request, "connection", limit=address.option("limit") or "0")
    ends = [replace(one, value=_called(answer.graph, one.value)) for one in ends]
    picture = ways(answer.result)
    return render(
        request,
        "connection.html",
        answer.graph,
        honesty_of_answer(request, answer),
        fields=[*ends, *_ways_asked(answer.graph, address)],
        scope=scope_fields(answer.graph, address),
        picture=picture,
        several=any(way != 1 for way in answer.result.table("steps").column("way")),
        drawn_statuses=_statuses(answer.result, "steps"),
        **answer_page(request, answer, CONNECTION, apart=("nearest",) if picture else ()),
    )
