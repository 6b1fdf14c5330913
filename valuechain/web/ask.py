"""Asks the service on behalf of a page, and remembers what the page needs to link and mark what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
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
    """A result, the analysis that gave it, the graph that it was computed on, and the options it was asked with."""

    analysis: Analysis
    result: Result
    graph: ValueGraph
    options: Mapping[str, str] = field(default_factory=dict)


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
    asked = {**Address.of(request).asked([one.option for one in analysis.parameters]), **fixed}
    options = {name: value for name, value in asked.items() if value}
    result = service.run(name, options)
    question = Question.read(analysis, options)
    view = question.view
    if analysis.asks_about_one:
        view = service.subject_view(view, question.scope.organisation, question.as_of)
    return Answer(analysis, result, service.graph(view, question.as_of), options)


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


def made_up_keys(graph: ValueGraph) -> frozenset[str]:
    """Return the keys of the organisations that do not exist."""
    organisations = graph["organisations"]
    return frozenset(organisations.loc[organisations["status"] == "synthetic", "key"])


def cluster_keys(graph: ValueGraph) -> frozenset[str]:
    """Return the keys of the organisations that are clusters."""
    organisations = graph["organisations"]
    return frozenset(organisations.loc[organisations["kind"] == "cluster", "key"])


def market_keys(graph: ValueGraph) -> frozenset[str]:
    """Return the keys of the capabilities that are markets: what is sold there, nobody offers."""
    capabilities = graph["capabilities"]
    return frozenset(capabilities.loc[capabilities["kind"] == "market", "key"])


@dataclass(frozen=True)
class _Names:
    """Keys of organisations by name, and how long the names are that begin with a word, longest first."""

    keys: dict[str, str]
    lengths: dict[str, tuple[int, ...]]


def _names(graph: ValueGraph) -> _Names:
    keys: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    organisations = graph["organisations"]
    for name, key in zip(organisations["label"], organisations["key"], strict=True):
        if len(name) > 3:
            keys.setdefault(name, key)
            lengths.setdefault(name.split()[0], set()).add(len(name))
    return _Names(keys, {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()})


def mentions(text: str, graph: ValueGraph) -> Iterator[tuple[str, str]]:
    """Split a text at the names of organisations: yields pieces, each with the key it names, or an empty one."""
    names = graph.once(_names)
    start = 0
    for word in _WORDS.finditer(text):
        place = word.start()
        found = _name_at(text, place, word[1], names) if place >= start else None
        if found:
            if place > start:
                yield text[start:place], ""
            yield found
            start = place + len(found[0])
    if start < len(text):
        yield text[start:], ""


_WORDS = re.compile(r"(?<![^\W_])(?=(\S+))")
"""Where a name may begin, and all that follows there until a space."""


def _name_at(text: str, place: int, word: str, names: _Names) -> tuple[str, str] | None:
    for candidate in (word, word.rstrip(",.;:)")):
        for length in names.lengths.get(candidate, ()):
            name = text[place : place + length]
            if name in names.keys and not text[place + length : place + length + 1].isalnum():
                return name, names.keys[name]
    return None
