"""Entries that stand for many: a research society, a university, a group under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._chain import known_offers
from valuechain.model.towns import is_network

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

BROAD = 15
"""From so many capabilities on, nobody can say by the name alone who in the house has one of them."""


def umbrellas(graph: ValueGraph) -> dict[int, str]:
    """Return who stands for many under one name, by position, with what to mind of it as a remark.

    These are organisations whose records place them in many towns (see `is_network`), and those that offer, or seem to
    offer, BROAD capabilities or more; to be made once for a graph.
    """
    organisations = graph["organisations"]
    breadth = known_offers(graph).groupby("organisation")["capability"].nunique()
    breadth = breadth[breadth >= BROAD]
    units = {one: "institute" if kind in RESEARCH_KINDS else "unit" for one, kind in organisations["kind"].items()}
    found = {int(one): f"one name for {count} capabilities: ask which {units[one]}" for one, count in breadth.items()}
    for one, towns in organisations["towns"][is_network(organisations)].items():
        found[int(one)] = f"one name for sites in {towns} towns: ask which {units[one]}"
    return found
