"""Gaps of the chain: what is missing in a region, a cluster or everywhere, and who could fill it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.codes import STATUS_WORDS
from valuechain.model.language import say, term
from valuechain.model.question import Question
from valuechain.model.result import Result, Table
from valuechain.web.address import Address
from valuechain.web.ask import Answer, ask
from valuechain.web.errors import PageRoute
from valuechain.web.forms import analysis_form
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import Plan, answer_page
from valuechain.web.stored import reference_words
from valuechain.web.words import STATE_WORDS

router = APIRouter(route_class=PageRoute)

PLANS = {
    "gaps": Plan(
        term("Capability by capability"),
        term("Whether somebody offers it, and whether those who need it are joined to those who offer it."),
        ("capability", "stage", "state", "offerers", "needers", "linked", "downstream", "offered_by", "status"),
        25,
        term("Capabilities"),
    ),
    "candidates": Plan(
        term("Who could fill the gaps from outside"),
        term("Best first for each capability, with the reason."),
        ("capability", "organisation", "kind", "region", "reason", "confidence", "status"),
        15,
        term("Candidates"),
        term("Nobody outside is known who could fill them; where the question is about everybody, nobody is outside."),
    ),
    "stages": Plan(term("States by stage"), "", (), 30),
}


@dataclass(frozen=True)
class Square:
    """One capability in the chain at a glance."""

    label: str
    state: str
    status: str
    link: str


@router.get("/gaps")
def gaps(request: Request) -> HTMLResponse:
    """Return the gaps of the scope that the form asks for; `capability` and `state` narrow what is shown of them."""
    answer = ask(request, "gaps")
    address = Address.of(request)
    table = answer.result.table("gaps")
    capability, state = address.option("capability"), address.option("state")
    if capability:
        answer.graph.find("capabilities", capability)
    rows = {
        one.name: [
            row
            for row, key in enumerate(one.column("capability_key"))
            if (not capability or key == capability) and (one is not table or not state or _state(table, row) == state)
        ]
        for one in answer.result.tables
        if (capability or state) and "capability_key" in (column.name for column in one.columns)
    }
    context = answer_page(request, answer, PLANS, [("glance", say("At a glance"))], rows=rows)
    if capability:
        context["result"] = _about(answer.result, capability)
    return render(
        request,
        "gaps.html",
        answer.graph,
        honesty_of_answer(request, answer),
        where=_where(answer),
        capability=reference_words(answer.graph, "capabilities", capability) if capability else "",
        state=state,
        **analysis_form(answer, address),
        stages_shown=_glance(table),
        pale=bool({"inferred", "synthetic"} & set(map(str, table.column("status")))),
        states=Counter(str(one) for one in table.column("state")),
        **context,
    )


def _state(table: Table, row: int) -> str:
    return str(table.column("state")[row])


def _where(answer: Answer) -> str:
    """The scope in words."""
    scope = Question.read(answer.analysis, answer.options).scope
    return replace(answer.graph, scope=replace(scope, organisation="")).scope_words


def _about(result: Result, capability: str) -> Result:
    return replace(result, findings=tuple(one for one in result.findings if capability in one.subjects[:1]))


def _glance(table: Table) -> dict[str, list[Square]]:
    """Every capability as a square, by stage in the order of the chain."""
    stages: dict[str, list[Square]] = {}
    rows = zip(*(table.column(name) for name in ("capability", "stage", "state", "status")), strict=True)
    for number, (label, stage, state, status) in enumerate(rows, start=1):
        said = say(STATE_WORDS.get(str(state), str(state)))
        guess = say(STATUS_WORDS[str(status)]) if status in ("inferred", "synthetic") else ""
        words = f"{label}: {said}, {guess}" if guess else f"{label}: {said}"
        square = Square(words, str(state), str(status), f"gaps-{number}")
        stages.setdefault(str(stage), []).append(square)
    return stages
