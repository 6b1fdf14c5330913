"""The form of the page about consortia: which call, which parts of the chain, from which regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain import registry
from valuechain.model.call_rules import parse_call_rules
from valuechain.model.language import day_words, say
from valuechain.web.forms import FormField, own_fields, scope_fields

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.web.address import Address

ASKED_HERE = ("rules", "call", "stages", "capabilities")
"""Options of the analysis that have a place of their own in the form; the others say how it is computed."""


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    value: str
    word: str
    ticked: bool


@dataclass(frozen=True)
class ConsortiumForm:
    """What the form offers.

    `stages` are boxes by chain; `capabilities` those chosen so far, as boxes, and `more` all that can be added.
    """

    rules: FormField
    call: FormField | None
    stages: tuple[tuple[str, tuple[Choice, ...]], ...]
    capabilities: tuple[Choice, ...]
    more: FormField
    scope: tuple[FormField, ...]
    own: tuple[FormField, ...]


def consortium_form(graph: ValueGraph, address: Address) -> ConsortiumForm:
    """Return the form as the address fills it in."""
    wanted = {name: _listed(address.option(name)) for name in ("stages", "capabilities")}
    own = own_fields(registry.get("consortia"), graph, address)
    labels = _labels(graph)
    return ConsortiumForm(
        _choice("rules", say("Rules of the call"), address, say("none: only what is to be covered"), _rules(graph)),
        _choice("call", say("Or one call"), address, say("none"), _calls(graph)) if len(graph["calls"]) else None,
        _stages(graph, wanted["stages"]),
        tuple(Choice(key, labels.get(key, key), True) for key in wanted["capabilities"]),
        FormField("capabilities", say("One more capability"), "", "", choices=(("", say("none")), *labels.items())),
        tuple(one for one in scope_fields(graph, address) if one.name != "chain"),
        tuple(one for one in own if one.name not in ASKED_HERE),
    )


def _choice(name: str, label: str, address: Address, nothing: str, choices: tuple[tuple[str, str], ...]) -> FormField:
    return FormField(name, label, "", address.option(name), choices=(("", nothing), *choices))


def _rules(graph: ValueGraph) -> tuple[tuple[str, str], ...]:
    return tuple((name, say(parse_call_rules(text).title)) for name, text in graph.call_rules.items())


def _calls(graph: ValueGraph) -> tuple[tuple[str, str], ...]:
    calls = graph["calls"].sort_values("closes", na_position="last")
    return tuple(
        (key, say("{call}, closes {day}", call=title, day=day_words(day)) if isinstance(day, str) else title)
        for key, title, day in zip(calls["key"], calls["title"], calls["closes"], strict=True)
    )


def _stages(graph: ValueGraph, ticked: list[str]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    stages = graph["stages"].sort_values("order")
    return tuple(
        (str(chain), tuple(Choice(row.key, say(row.label), row.key in ticked) for row in rows.itertuples()))
        for chain, rows in stages.groupby("chain")
    )


def _labels(graph: ValueGraph) -> dict[str, str]:
    """The capabilities that can be offered, by key, in the order of their names."""
    capabilities = graph["capabilities"]
    some = capabilities[capabilities["kind"] != "market"].sort_values("label")
    return dict(zip(some["key"], some["label"], strict=True))


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in text.replace(";", ",").split(",") if word.strip()))
