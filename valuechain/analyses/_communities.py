"""Communities of the network of ties, what each works on more than the others, and how they are tied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array

from valuechain.analyses._chain import known_offers
from valuechain.analyses._groups import LEAST_COMMUNITY
from valuechain.analyses._structure import network
from valuechain.analyses._ties import ties
from valuechain.kernels.communities import communities
from valuechain.kernels.cuts import find_cuts
from valuechain.model.language import say

if TYPE_CHECKING:
    from valuechain.analyses._ties import Ties
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

LEAST_MEMBERS = 3
"""Fewer members with a capability say nothing about their community."""

LEAST_LIFT = 1.5
"""A capability is one of a community's own if its members have it so many times as often as all."""

OWN = 2
"""By so many of its own capabilities a community is called."""


@dataclass(frozen=True, eq=False)
class Communities:
    """The network among the organisations in scope, taken apart.

    `ties` are those with both ends in scope. `of` is the community of each organisation, counted from 0 by size, -1
    for who is in none; `names` are those of the communities and `own` the capabilities (positions) that each is called
    by. `alone` flags who in scope has no tie, `small` who is tied in a group too small to be a community. `degree`
    counts the ties of each, `cut_off` who is cut off from the largest part without it.
    """

    ties: Ties
    of: Integers
    names: tuple[str, ...]
    own: tuple[tuple[int, ...], ...]
    alone: Booleans
    small: Booleans
    degree: Integers
    cut_off: Integers

    @property
    def count(self) -> int:
        """How many communities there are."""
        return len(self.own)

    def members(self, community: int) -> Integers:
        """Return who belongs to a community, those with most ties first."""
        who = np.flatnonzero(self.of == community)
        return who[np.argsort(-self.degree[who], kind="stable")]

    def between(self) -> csr_array:
        """Return the number of ties inside each community (diagonal) and between each two (upper triangle)."""
        first, second = (self.of[self.ties.pairs[end].to_numpy(np.int64)] for end in ("first", "second"))
        told = (first >= 0) & (second >= 0)
        ends = np.sort(np.column_stack([first, second])[told], axis=1)
        counted = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(self.count, self.count))
        return counted.tocsr()


def communities_of(graph: ValueGraph) -> Communities:
    """Return the communities among the organisations in scope, by the ties that both their ends have there."""
    found = graph.once(communities_everywhere) if graph.in_scope.all() else _communities(graph)
    return replace(found, names=community_names(graph, found))


def communities_everywhere(graph: ValueGraph) -> Communities:
    """Return the communities of the whole network, without their names; to be made once for a graph."""
    return _communities(graph)


def _communities(graph: ValueGraph) -> Communities:
    here = graph.in_scope
    inside = ties(graph).among(here)
    links = network(inside, here).ties
    found = communities(links.indptr, links.indices)
    degree = np.diff(links.indptr)
    size = np.bincount(found, minlength=1)
    large = here & (degree > 0) & (size[found] >= LEAST_COMMUNITY)
    numbers = np.unique(found[large])  # by size, as the kernel numbers them
    of = np.where(large, np.searchsorted(numbers, found), -1)
    cuts = find_cuts(links.indptr, links.indices, links.links, len(inside.pairs))
    return Communities(
        ties=inside,
        of=of,
        names=(),
        own=own_capabilities(graph, of, len(numbers)),
        alone=here & (degree == 0),
        small=here & (degree > 0) & ~large,
        degree=degree,
        cut_off=cuts.cut_off,
    )


def own_capabilities(graph: ValueGraph, of: Integers, count: int) -> tuple[tuple[int, ...], ...]:
    """Return the capabilities that each community has more than all communities together, the most telling first.

    Telling is z = (n - e) / sqrt(e), n = members that offer it, e = members x share of all that offer it; with three
    members or more and n >= 1.5 e.
    """
    offers = known_offers(graph)[["organisation", "capability"]].drop_duplicates()
    group, capability = of[offers["organisation"]], offers["capability"].to_numpy(np.int64)
    told = group >= 0
    counted = np.zeros((count, len(graph["capabilities"])))
    np.add.at(counted, (group[told], capability[told]), 1.0)
    members = np.bincount(of[of >= 0], minlength=count).astype(float)
    expected = np.outer(members, counted.sum(axis=0)) / max(members.sum(), 1.0)
    telling = np.divide(counted - expected, np.sqrt(expected), out=np.zeros_like(counted), where=expected > 0)
    telling[(counted < LEAST_MEMBERS) | (counted < LEAST_LIFT * expected)] = 0.0
    return tuple(_best(row) for row in telling)


def _best(telling: Floats) -> tuple[int, ...]:
    order = np.argsort(-telling, kind="stable")[:OWN]
    return tuple(order[telling[order] > 0].tolist())


def community_names(graph: ValueGraph, found: Communities) -> tuple[str, ...]:
    """Return what each is called: its own capabilities, else the member with most ties, who tells equal names apart."""
    labels, organisations = graph["capabilities"]["label"], graph["organisations"]["label"]
    names: list[str] = []
    for community, capabilities in enumerate(found.own):
        around = say("around {name}", name=organisations.iloc[found.members(community)[0]])
        name = "; ".join(str(labels.iloc[one]) for one in capabilities) or around
        names.append(f"{name}, {around}" if name in names else name)
    return tuple(name[0].upper() + name[1:] for name in names)
