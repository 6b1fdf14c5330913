"""Consortia: the smallest groups that could apply to a call together, rule by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.errors import NoDataError, NotFoundError, QuestionError
from valuechain.model.language import day_words, say, term
from valuechain.web.address import Address
from valuechain.web.ask import Answer, ask, graph_of
from valuechain.web.consortium import closing_day, groups_of
from valuechain.web.consortium_form import consortium_form
from valuechain.web.errors import PageRoute, status_of
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.region_pair import way_to
from valuechain.web.sections import Plan, answer_page

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

router = APIRouter(route_class=PageRoute)

PLANS = {
    "consortia": Plan(
        term("The groups beside each other"),
        term("Every one is as good as could be found that differs enough from those before it."),
        ("members", "size", "outcome", "covered", "smes", "countries", "regions", "tied_pairs", "confidence", "status"),
        10,
        term("Comparison"),
    ),
    "brought": Plan(
        term("Who could bring what"),
        term("How many here are known to bring each thing, and the surest of them."),
        ("brought", "candidates", "sure", "examples", "status"),
        12,
        term("Candidates"),
    ),
}


@router.get("/consortia")
def consortia(request: Request) -> HTMLResponse:
    """Return the form for a call and what is wanted, and the smallest groups that fit; `set` chooses the one shown."""
    address = Address.of(request)
    try:
        answer = ask(request, "consortia")
    except (NoDataError, NotFoundError):
        raise
    except QuestionError as problem:
        graph = graph_of(request)
        return render(
            request, "consortia_asked.html", graph, None, status_of(problem), problem=problem, **_form(graph, address)
        )
    context = answer_page(request, answer, PLANS, [("groups", say("Groups"))], apart=("members", "rules"))
    return render(
        request,
        "consortia.html",
        answer.graph,
        honesty_of_answer(request, answer),
        groups=groups_of(answer, address),
        closing=_closing(answer, address),
        several="" if _has_rules(address) else address.here(rules="joint-project", set=None, evidence=None),
        **_form(answer.graph, address),
        **context,
    )


def _form(graph: ValueGraph, address: Address) -> dict[str, Any]:
    regions = [code for code in address.option("region").split(",") if code in graph.region_labels]
    return {"form": consortium_form(graph, address), "path": way_to(regions, graph, address)}


def _closing(answer: Answer, address: Address) -> str:
    """What is known of the day on which the call closes."""
    if not _has_rules(address):
        return say("No call is chosen, so nothing asks for several partners: one organisation may do.")
    if not address.option("call"):
        return say("No closing day is known: rules hold for every call of their kind. Choose a call, or see its text.")
    day = closing_day(answer.graph, address.option("call"))
    return (
        say("The call closes on {day}.", day=day_words(day))
        if day
        else say("The closing day of this call is not recorded.")
    )


def _has_rules(address: Address) -> bool:
    return any(address.option(name) for name in ("rules", "call", "rules-file"))
