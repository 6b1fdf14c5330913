"""The first page: search, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.language import say, term
from valuechain.model.search import Hit, search
from valuechain.report.words import code_words
from valuechain.web.address import Address
from valuechain.web.ask import graph_of, made_up_keys
from valuechain.web.errors import PageRoute
from valuechain.web.page import render

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

router = APIRouter(route_class=PageRoute)

MOST_HITS = 40
MOST_SUGGESTIONS = 8

LEAST_LETTERS = 2
"""So many are typed before something is suggested."""


@dataclass(frozen=True)
class HitView:
    """One thing found, with the page about it; `what` is empty where `detail` says it."""

    what: str
    label: str
    detail: str
    link: str
    made_up: bool


@router.get("/")
def home(request: Request) -> HTMLResponse:
    """Return the welcome, or what a search (`q`) found."""
    query = Address.of(request).option("q")
    found = hits(request, query, MOST_HITS) if query else []
    graph = graph_of(request)
    everything = graph_of(request, with_made_up=True)
    return render(
        request,
        "home.html",
        graph,
        query=query,
        welcome=not query,
        hits=found,
        capped=len(found) == MOST_HITS,
        example=_example(everything),
        counts=_counts(graph),
    )


@router.get("/suggest")
def suggest(request: Request) -> HTMLResponse:
    """Return the first things that match what is being typed, as options without a page around them."""
    query = Address.of(request).option("q")
    found = hits(request, query, MOST_SUGGESTIONS) if len(query) >= LEAST_LETTERS else []
    return render(request, "suggestions.html", None, hits=found)


def hits(request: Request, query: str, most: int) -> list[HitView]:
    """Return what a text finds, made-up organisations marked, each with the link to its page."""
    graph = graph_of(request, with_made_up=True)
    made_up = graph.once(made_up_keys)
    address = Address.of(request)
    return [
        HitView(
            "" if hit.kind == "organisation" else say(_HIT_WORDS[hit.kind]),
            hit.label,
            _detail(hit),
            _link(hit, graph, address),
            hit.kind == "organisation" and hit.key in made_up,
        )
        for hit in search(graph, query, most)
    ]


_HIT_WORDS = {"capability": term("capability"), "region": term("region"), "project": term("project")}


def _detail(hit: Hit) -> str:
    if hit.kind not in ("organisation", "capability"):
        return hit.detail
    kind, _, rest = hit.detail.partition(", ")
    return ", ".join(part for part in (code_words("kind", kind), rest) if part)


def _link(hit: Hit, graph: ValueGraph, address: Address) -> str:
    match hit.kind:
        case "organisation":
            return address.check(hit.key)
        case "capability":
            return address.to("/gaps", capability=hit.key)
        case "region":
            return address.to("/gaps", region=hit.key)
        case _:
            record = graph.evidence("projects", [graph.find("projects", hit.key)])[0]
            return address.to(f"/records/{graph.records['id'].iloc[record]}")


@dataclass(frozen=True)
class Example:
    """The made-up organisation whose check shows most."""

    key: str
    label: str


def _example(graph: ValueGraph) -> Example | None:
    """The made-up organisation of which most needs are told, None if there is none."""
    needs = graph["needs"]
    told = needs.loc[needs["status"] == "synthetic", "organisation"].value_counts()
    organisations = graph["organisations"]
    for position in told.index:
        row = organisations.iloc[position]
        if row["status"] == "synthetic":
            return Example(row["key"], row["label"])
    return None


def _guessed(guessed: int, all_: int) -> str:
    if not guessed:
        return ""
    return say("all guessed") if guessed == all_ else say("{count:,} of them guessed", count=guessed)


def _counts(graph: ValueGraph) -> list[tuple[str, int, str]]:
    """What the data hold, as word, number and remark."""
    offers, supplies = graph["offers"], graph["supplies"]
    guessed = int((offers["status"] == "inferred").sum())
    return [
        (say("Organisations"), len(graph["organisations"]), ""),
        (say("Capabilities"), len(graph["capabilities"]), ""),
        (say("Offers"), len(offers), _guessed(guessed, len(offers))),
        (say("Supply links"), len(supplies), "" if len(supplies) else say("none known; firms tell them in a check")),
        (say("Projects"), len(graph["projects"]), ""),
        (say("Pairs with joint projects"), len(graph["collaborations"]), ""),
    ]
