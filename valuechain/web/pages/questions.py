"""Every analysis as a page for free: a form from its parameters, its tables, its method."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain import registry
from valuechain.model.errors import NoDataError, NotFoundError, QuestionError
from valuechain.model.language import say, term
from valuechain.web.address import Address
from valuechain.web.ask import ask, graph_of
from valuechain.web.errors import PageRoute, status_of
from valuechain.web.forms import organisation_field, own_fields, scope_fields
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.region_pair import way_to
from valuechain.web.sections import answer_page

if TYPE_CHECKING:
    from valuechain.model.analysis import Analysis
    from valuechain.model.graph import ValueGraph

router = APIRouter(route_class=PageRoute)

GROUPS = {
    term("About one firm"): (
        "audit", "weak-links", "closure", "support", "missing-links", "questions", "neighbourhood", "connection",
    ),
    term("About a cluster or a field"): (
        "gaps", "heatmap", "communities", "structure", "bridges", "directory", "concentration", "systemic-risk",
        "fixes", "partners", "meetings", "dossier",
    ),
    term("About regions and calls"): ("region-profile", "collaboration", "brief", "consortia"),
    term("How sure all this is"): ("freshness", "contradictions", "backtest"),
}  # fmt: skip
"""The questions by who asks them; one that is named nowhere stands among those about a cluster or a field."""


@router.get("/analysis")
def questions(request: Request) -> HTMLResponse:
    """Return the list of all questions that can be asked."""
    return render(request, "questions.html", graph_of(request), groups=grouped(registry.names()))


def grouped(names: Collection[str]) -> dict[str, list[Analysis]]:
    """Return the analyses of these names by the heading that they stand under."""
    named = {name for group in GROUPS.values() for name in group}
    others = [name for name in names if name not in named]
    asked = {heading: [name for name in group if name in names] for heading, group in GROUPS.items()}
    list(asked.values())[1].extend(others)
    return {heading: [registry.get(name) for name in group] for heading, group in asked.items()}


@router.get("/analysis/{name}")
def question(request: Request, name: str) -> HTMLResponse:
    """Return one question with its form; with its answer too, where the options suffice for one."""
    analysis = registry.get(name)
    address = Address.of(request)
    graph = graph_of(request, with_made_up=analysis.asks_about_one)
    about_one = organisation_field(address, analysis.asks_about_one)
    form: dict[str, Any] = {
        "analysis": analysis,
        "fields": [about_one] if analysis.asks_about_one else [*scope_fields(graph, address), about_one],
        "own": own_fields(analysis, graph, address),
    }
    if analysis.asks_about_one and "organisation" not in address.options:
        return render(request, "question.html", graph, **form, problem=None)
    try:
        answer = ask(request, name)
    except (NoDataError, NotFoundError):
        raise
    except QuestionError as problem:
        return render(request, "question.html", graph, None, status_of(problem), **form, problem=problem)
    form["path"] = _path(answer.graph, address)
    context = answer_page(request, answer, {})
    return render(request, "analysis.html", answer.graph, honesty_of_answer(request, answer), **form, **context)


def _path(graph: ValueGraph, address: Address) -> list[tuple[str, str]]:
    """The pages above: of a question about two regions their pair, of any other the list of questions."""
    regions = [address.option("region"), address.option("with-region")]
    if all(code in graph.region_labels for code in regions):
        return way_to(regions, graph, address)
    return [(say("All questions"), address.to("/analysis"))]
