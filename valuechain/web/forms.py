"""Forms made from an analysis's parameters and from what the graph holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from valuechain.model.codes import KIND_WORDS
from valuechain.model.language import say
from valuechain.model.question import COMMON_OPTIONS
from valuechain.model.schema import ORGANISATION_KINDS
from valuechain.web.address import SCOPE
from valuechain.web.words import column_words

if TYPE_CHECKING:
    from valuechain.model.analysis import Analysis, Parameter
    from valuechain.model.graph import ValueGraph
    from valuechain.web.address import Address
    from valuechain.web.ask import Answer

Offered = tuple[tuple[str, str], ...]
"""Pairs of a value and its word."""


@dataclass(frozen=True)
class FormField:
    """One field of a form.

    `choices` and `suggestions` are what is offered; `type` is that of an HTML input, or area for several lines.
    """

    name: str
    label: str
    help: str
    value: str
    type: str = "text"
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    step: str = "any"
    required: bool = False
    choices: Offered = ()
    suggestions: Offered = ()
    changed: bool = False


def scope_fields(graph: ValueGraph, address: Address) -> list[FormField]:
    """Return the fields that say about whom a question is: region, country, cluster, kind and chain."""
    help_ = {parameter.option: parameter.help for parameter in COMMON_OPTIONS}
    choices = {
        "cluster": _OFFERED["cluster"](graph),
        "kind": tuple((kind, say(KIND_WORDS[kind])) for kind in ORGANISATION_KINDS),
        "chain": tuple((chain, chain) for chain in graph.chains),
    }
    fields = []
    for name in SCOPE:
        value = address.option(name)
        offered = choices.get(name, ())
        if name in choices and (not offered or value not in ("", *(one for one, _ in offered))):
            if not offered:
                continue
            offered = (*offered, (value, value))
        fields.append(
            FormField(
                name,
                column_words(name),
                say(help_[name]),
                value,
                choices=(("", say("all")), *offered) if offered else (),
                suggestions=_OFFERED[name](graph) if name in ("region", "country") else (),
            )
        )
    return fields


def analysis_form(answer: Answer, address: Address) -> dict[str, Any]:
    """Return the form of a page that shows an answer: what is asked about in `fields`, how it is computed in `own`."""
    own = own_fields(answer.analysis, answer.graph, address)
    chosen = [one for one in own if one.choices]
    return {
        "fields": [*chosen, *scope_fields(answer.graph, address)],
        "own": [one for one in own if not one.choices],
    }


def own_fields(analysis: Analysis, graph: ValueGraph, address: Address) -> list[FormField]:
    """Return the fields of an analysis's own parameters; those named after region, country or cluster offer them.

    Parameters
    ----------
    analysis : Analysis
        Whose parameters.
    graph : ValueGraph
        Holds what is offered.
    address : Address
        Says what is filled in.
    """
    return [_own(parameter, graph, address.option(parameter.option)) for parameter in analysis.parameters]


def organisation_field(address: Address, required: bool) -> FormField:
    """Return the field that names one organisation."""
    help_ = say("Its name or key") if required else say("Its name or key, where the question is about one")
    return FormField("organisation", say("Organisation"), help_, address.option("organisation"), required=required)


def _own(parameter: Parameter, graph: ValueGraph, given: str) -> FormField:
    default = "" if parameter.default is None else _written(parameter.default)
    choices = tuple((choice, say(choice)) for choice in parameter.choices)
    if parameter.type is bool:
        choices = (("yes", say("yes")), ("no", say("no")))
    offered = _OFFERED.get(parameter.name.rpartition("_")[2])
    label, unit = column_words(parameter.name), say(parameter.unit)
    return FormField(
        parameter.option,
        label,
        say(parameter.help),
        given or default,
        "area" if parameter.is_contents else "number" if parameter.type in (int, float) else "text",
        unit if unit.casefold() != label.casefold() else "",
        parameter.minimum,
        parameter.maximum,
        "1" if parameter.type is int else "any",
        parameter.default is None,
        choices,
        offered(graph) if offered else (),
        changed=given not in ("", default),
    )


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _regions(graph: ValueGraph) -> tuple[str, ...]:
    """The regions that hold an organisation, and all regions around them."""
    codes = {
        code[:length]
        for code in graph["organisations"]["region"].dropna().unique()
        for length in range(2, len(code) + 1)
    }
    return tuple(code for code in sorted(codes) if code in graph.region_labels)


def _countries(graph: ValueGraph) -> tuple[str, ...]:
    return tuple(sorted(graph["organisations"]["country"].dropna().unique()))


def _labelled(graph: ValueGraph, codes: Iterable[str]) -> Offered:
    return tuple((code, graph.region_label(code)) for code in codes)


def _clusters(graph: ValueGraph) -> Offered:
    organisations = graph["organisations"]
    members = set(graph["memberships"]["cluster"])
    chosen = organisations[organisations.index.isin(members)].sort_values("label")
    return tuple(zip(chosen["key"], chosen["label"], strict=True))


_OFFERED: dict[str, Callable[[ValueGraph], Offered]] = {
    "region": lambda graph: _labelled(graph, graph.once(_regions)),
    "country": lambda graph: _labelled(graph, graph.once(_countries)),
    "cluster": lambda graph: graph.once(_clusters),
}
