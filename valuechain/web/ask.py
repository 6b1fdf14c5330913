"""Asks the service on behalf of a page, and remembers what the page needs to link and mark what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.requests import Request

from valuechain import registry
from valuechain.model.analysis import Analysis
from valuechain.model.graph import View
from valuechain.model.question import Question, read_view
from valuechain.model.result import Result
from valuechain.service import Service
from valuechain.web.address import Address

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True)
class Answer:
    """A result, the analysis that gave it, and the graph that it was computed on."""

    analysis: Analysis
    result: Result
    graph: ValueGraph


def service_of(request: Request) -> Service:
    """Return the service of the application that a request came to."""
    service: Service = request.app.state.service
    return service


def ask(request: Request, name: str, **fixed: str) -> Answer:
    """Answer the analysis `name` with the options of the page's address; `fixed` options are the page's own.

    Raises QuestionError or NotFoundError as the service does.
    """
    service = service_of(request)
    analysis = registry.get(name)
    options = {**Address.of(request).asked([one.option for one in analysis.parameters]), **fixed}
    result = service.run(name, options)
    question = Question.read(analysis, options)
    view = question.view
    if analysis.asks_about_one:
        view = service.subject_view(view, question.scope.organisation, question.as_of)
    return Answer(analysis, result, service.graph(view, question.as_of))


def view_of(address: Address) -> tuple[View, str]:
    """Return the view and the `as-of` that an address asks for, without any analysis."""
    options = {name: value for name, value in address.question.items() if name in _VIEW_OPTIONS}
    return read_view(options)


def graph_of(request: Request, with_made_up: bool = False) -> ValueGraph:
    """Return the graph that the page's address asks for, made-up records let in or not."""
    view, as_of = view_of(Address.of(request))
    if with_made_up and "synthetic" not in view.statuses + _left_out(request):
        view = replace(view, statuses=(*view.statuses, "synthetic"))
    return service_of(request).graph(view, as_of)


def _left_out(request: Request) -> tuple[str, ...]:
    return tuple(Address.of(request).option("without").split(","))


_VIEW_OPTIONS = ("as-of", "valid-on", "for", "without", "with")


@lru_cache(maxsize=8)
def made_up_keys(graph: ValueGraph) -> frozenset[str]:
    """Return the keys of the organisations that do not exist."""
    organisations = graph["organisations"]
    return frozenset(organisations.loc[organisations["status"] == "synthetic", "key"])


@lru_cache(maxsize=8)
def cluster_keys(graph: ValueGraph) -> frozenset[str]:
    """Return the keys of the organisations that are clusters."""
    organisations = graph["organisations"]
    return frozenset(organisations.loc[organisations["kind"] == "cluster", "key"])


@lru_cache(maxsize=8)
def _names_by_first_word(graph: ValueGraph) -> dict[str, tuple[tuple[str, str], ...]]:
    """The organisations' names and keys by the first word of the name, longest name first."""
    found: dict[str, list[tuple[str, str]]] = {}
    organisations = graph["organisations"]
    for name, key in zip(organisations["label"], organisations["key"], strict=True):
        if len(name) > 3:
            found.setdefault(name.split()[0], []).append((name, key))
    return {word: tuple(sorted(names, key=lambda one: -len(one[0]))) for word, names in found.items()}


def mentions(text: str, graph: ValueGraph) -> Iterator[tuple[str, str]]:
    """Split a text at the names of organisations: yields pieces, each with the key it names, or an empty one."""
    names = _names_by_first_word(graph)
    start = place = 0
    while place < len(text):
        if place == 0 or not text[place - 1].isalnum():
            found = _name_at(text, place, names)
            if found:
                if place > start:
                    yield text[start:place], ""
                yield found
                start = place = place + len(found[0])
                continue
        place += 1
    if start < len(text):
        yield text[start:], ""


def advice_items(text: str, graph: ValueGraph) -> list[list[tuple[str, str]]]:
    """Split a list of people to ask, written as sentences, into its items; each is pieces as `mentions` gives them.

    A full stop within a name ends no item.
    """
    items: list[list[tuple[str, str]]] = [[]]
    for piece, key in mentions(text, graph):
        parts = [piece] if key else re.split(r"(?<=[\w)])\. (?=\S)|(?<=[\w)])\. $", piece)
        for number, part in enumerate(parts):
            if number:
                items.append([])
            if part:
                items[-1].append((part, key))
    return [item for item in items if item]


def _name_at(text: str, place: int, names: dict[str, tuple[tuple[str, str], ...]]) -> tuple[str, str] | None:
    end = place
    while end < len(text) and not text[end].isspace():
        end += 1
    word = text[place:end]
    for candidate in (word, word.rstrip(",.;:)")):
        for name, key in names.get(candidate, ()):
            after = place + len(name)
            if text.startswith(name, place) and not text[after : after + 1].isalnum():
                return name, key
    return None
