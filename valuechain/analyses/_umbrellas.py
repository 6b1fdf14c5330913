"""Entries that stand for many: a research society, a university, a group under one name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._chain import known_offers
from valuechain.model.language import say
from valuechain.model.towns import is_network

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

BROAD = 15
"""From so many capabilities on, nobody can say by the name alone who in the house has one of them."""


@dataclass(frozen=True)
class Umbrella:
    """One name that stands for many: for sites in `towns`, or, where these are few (0), for `capabilities`."""

    towns: int
    capabilities: int
    research: bool


def umbrellas(graph: ValueGraph) -> dict[int, Umbrella]:
    """Return who stands for many under one name, by position.

    These are organisations whose records place them in many towns (see `is_network`), and those that offer, or seem to
    offer, BROAD capabilities or more; to be made once for a graph.
    """
    organisations = graph["organisations"]
    research = organisations["kind"].isin(RESEARCH_KINDS).to_numpy(bool)
    breadth = known_offers(graph).groupby("organisation")["capability"].nunique()
    breadth = breadth[breadth >= BROAD]
    found = {int(one): Umbrella(0, int(count), bool(research[one])) for one, count in breadth.items()}
    for one, towns in organisations["towns"][is_network(organisations)].items():
        found[int(one)] = Umbrella(int(towns), 0, bool(research[one]))
    return found


def what_to_mind(graph: ValueGraph) -> Mapping[int, str]:
    """Return what to mind of each of `umbrellas`, as a remark: "one name for sites in 12 towns: ask which unit"."""
    return _Remarks(graph.once(umbrellas))


class _Remarks(Mapping[int, str]):
    """The remarks, each said when it is asked for."""

    def __init__(self, found: dict[int, Umbrella]) -> None:
        self._found = found

    def __getitem__(self, position: int) -> str:
        return _remark(self._found[position])

    def __iter__(self) -> Iterator[int]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _remark(one: Umbrella) -> str:
    if one.towns and one.research:
        return say("one name for sites in {towns} towns: ask which institute", towns=one.towns)
    if one.towns:
        return say("one name for sites in {towns} towns: ask which unit", towns=one.towns)
    if one.research:
        return say("one name for {capabilities} capabilities: ask which institute", capabilities=one.capabilities)
    return say("one name for {capabilities} capabilities: ask which unit", capabilities=one.capabilities)
