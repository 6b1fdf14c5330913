"""What is known, and how well: who was asked about what, how old it is, and where records contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.language import say
from valuechain.web.address import Address
from valuechain.web.ask import Answer, ask, graph_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render
from valuechain.web.tables import TableView, table_view

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

router = APIRouter(route_class=PageRoute)

FIRST = 12
"""Rows of each part; all of them are one link away."""

NOT_HERE = ("evidence", "show", "sort", "records")
"""Options of a page that shows one answer; here are several, each with a page of its own."""


@dataclass(frozen=True)
class SurveyLine:
    """One survey: whom it asked about what, when, and whether an answer came; `records` are the ids of its records."""

    whom: str
    about: str
    asked: str
    answered: str
    status: str
    records: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """What one analysis says, its first rows, and where all of it is."""

    answer: Answer
    view: TableView
    all: str


@router.get("/data/coverage")
def coverage(request: Request) -> HTMLResponse:
    """Return what has been surveyed, how old what is known is, and the contradictions between records."""
    graph = graph_of(request)
    address = Address.of(request)
    if graph.records.empty or not len(graph["organisations"]):
        return render(request, "coverage.html", graph, parts_of={}, surveys=[], total=0)
    surveys = sorted(_surveys(graph), key=lambda one: (one.answered, one.asked), reverse=True)
    wants_all = address.option("show") == "surveys"
    return render(
        request,
        "coverage.html",
        graph,
        surveys=surveys if wants_all else surveys[:FIRST],
        total=len(surveys),
        parts_of={
            "freshness": _part(request, "freshness", "kinds", ()),
            "contradictions": _part(request, "contradictions", "contradictions", _DISPUTED),
        },
    )


_DISPUTED = ("thing", "what", "value", "told_by", "set_aside", "settled_by", "severity")


def _part(request: Request, name: str, table: str, columns: tuple[str, ...]) -> Part:
    answer = ask(request, name)
    address = Address.of(request)
    own = Address(f"/analysis/{name}", {one: two for one, two in address.options.items() if one not in NOT_HERE})
    view = table_view(answer, answer.result.table(table), own, columns=columns, first=FIRST)
    return Part(answer, view, own.here())


def _surveys(graph: ValueGraph) -> Iterator[SurveyLine]:
    surveys, names, labels = graph["surveys"], graph["organisations"]["label"], graph["capabilities"]["label"]
    ids = graph.records["id"]
    for row in surveys.itertuples():
        whom = []
        if row.organisation >= 0:
            whom.append(str(names.iloc[row.organisation]))
        if row.cluster >= 0:
            whom.append(say("members of {cluster}", cluster=names.iloc[row.cluster]))
        if isinstance(row.region, str):
            whom.append(graph.region_label(row.region))
        about = [str(labels.iloc[row.capability])] if row.capability >= 0 else []
        if not about and isinstance(row.chain, str):
            about.append(say("the whole chain {chain}", chain=row.chain))
        yield SurveyLine(
            ", ".join(whom) or say("everybody, everywhere"),
            ", ".join(about) or say("all capabilities"),
            row.asked if isinstance(row.asked, str) else "",
            row.answered if isinstance(row.answered, str) else "",
            str(row.status),
            tuple(ids.iloc[list(graph.evidence("surveys", [int(row.Index)]))]),
        )
