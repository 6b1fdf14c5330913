"""What words mean: those that match no capability, what they may mean, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from valuechain.model.language import listed
from valuechain.model.words import decide_word, open_words
from valuechain.web.address import Address
from valuechain.web.ask import graph_of, service_of
from valuechain.web.errors import PageRoute
from valuechain.web.page import render
from valuechain.web.stored import reference_words
from valuechain.web.words import counted

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.words import Word

router = APIRouter(route_class=PageRoute)

FIRST = 20
"""Open words shown at once; those that are decided make room for others."""

NAMED = 3
"""Organisations named for a word; how many more there are is said."""


@dataclass(frozen=True)
class Line:
    """A word with the records that use it, by kind, those of whom they are, and the capabilities that it may mean.

    `means` names the capability that people decided on, empty where the word is open or outside of every chain.
    """

    word: Word
    records: str
    organisations: str
    nearest: tuple[tuple[str, str], ...]
    means: str


@router.get("/data/words")
def words(request: Request) -> HTMLResponse:
    """Return the open words with what they may mean, those of most records first, and what was decided."""
    address = Address.of(request)
    graph = graph_of(request)
    lines = [_line(graph, one) for one in open_words(service_of(request).snapshot(str(graph.revision)), graph)]
    waiting = [one for one in lines if one.word.verdict == "open"]
    capabilities = graph["capabilities"]
    return render(
        request,
        "words.html",
        graph,
        waiting=waiting[:FIRST],
        total=len(waiting),
        decided=[one for one in lines if one.word.verdict != "open"],
        capabilities=sorted(capabilities.loc[~capabilities["key"].str.startswith("term:"), "label"]),
        by=address.option("by"),
    )


@router.post("/data/words")
def decide(
    request: Request,
    word: Annotated[str, Form()],
    verdict: Annotated[str, Form()] = "means",
    capability: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
) -> Response:
    """Remember what a word means, and show the next ones."""
    decision = decide_word(graph_of(request), word, verdict, capability.strip())
    service_of(request).store.decide([decision], by.strip())
    return RedirectResponse(Address.of(request).to("/data/words", by=by.strip()) + "#words", 303)


def _line(graph: ValueGraph, word: Word) -> Line:
    return Line(
        word,
        listed([counted(kind, count) for kind, count in word.kinds.items()], len(word.kinds)),
        listed(word.organisations.values(), NAMED),
        tuple((one.capability, reference_words(graph, "capabilities", one.capability)) for one in word.nearest),
        reference_words(graph, "capabilities", word.capability) if word.capability else "",
    )
