"""Every analysis as a page for free: a form from its parameters, its tables, its method."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain import registry
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.web.address import Address
from valuechain.web.ask import ask, graph_of
from valuechain.web.errors import PageRoute, status_of
from valuechain.web.forms import organisation_field, own_fields, scope_fields
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import answer_page

router = APIRouter(route_class=PageRoute)


@router.get("/analysis")
def questions(request: Request) -> HTMLResponse:
    """Return the list of all questions that can be asked."""
    analyses = [registry.get(name) for name in registry.names()]
    return render(request, "questions.html", graph_of(request), analyses=analyses)


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
        "own": own_fields(analysis, address),
    }
    if analysis.asks_about_one and "organisation" not in address.options:
        return render(request, "question.html", graph, **form, problem=None)
    try:
        answer = ask(request, name)
    except NotFoundError:
        raise
    except QuestionError as problem:
        return render(request, "question.html", graph, None, status_of(problem), **form, problem=problem)
    context = answer_page(request, answer, {})
    return render(request, "analysis.html", answer.graph, honesty_of_answer(request, answer), **form, **context)
