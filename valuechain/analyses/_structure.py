"""Where everybody stands in the network of ties and supply links, and how the network is built."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import active_supplies
from valuechain.analyses._groups import sectors
from valuechain.analyses._ties import ties
from valuechain.kernels.betweenness import betweenness
from valuechain.kernels.communities import communities, modularity
from valuechain.kernels.components import components, strong_components
from valuechain.kernels.cores import core_numbers
from valuechain.kernels.cuts import find_cuts
from valuechain.kernels.distinct import distinct
from valuechain.kernels.dominators import dominators
from valuechain.kernels.pagerank import pagerank
from valuechain.kernels.participation import participation
from valuechain.kernels.sampled_paths import sampled_betweenness
from valuechain.kernels.triangles import constraint, triangles
from valuechain.model.graph import Adjacency
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.analyses._ties import Ties
    from valuechain.kernels.cuts import Cuts
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

EXACT_UP_TO, PAIRS = 2_000, 10_000
"""Up to so many organisations with ties, shortest paths between all of them are followed; beyond, between so many pairs
drawn at random."""


@dataclass(frozen=True, eq=False)
class Network:
    """Who is tied to whom, and who supplies whom: `buyers_of` leads from suppliers to buyers, each pair once."""

    ties: Adjacency
    count: int
    buyers_of: Adjacency

    @cached_property
    def suppliers_of(self) -> Adjacency:
        """The same supply links, from buyers to suppliers."""
        sellers = np.repeat(np.arange(len(self.buyers_of.indptr) - 1), np.diff(self.buyers_of.indptr))
        return Adjacency.from_pairs(self.buyers_of.indices, sellers, len(self.buyers_of.indptr) - 1)

    @cached_property
    def degree(self) -> Integers:
        """To how many others each is tied."""
        return np.diff(self.ties.indptr)

    @cached_property
    def trades(self) -> Booleans:
        """Who supplies somebody or is supplied."""
        return (np.diff(self.buyers_of.indptr) + np.diff(self.suppliers_of.indptr)) > 0


def network(tied: Ties, chosen: Booleans) -> Network:
    """Return the network among the organisations chosen; the others stand in it without links."""
    supplies = active_supplies(tied.graph)
    supplier, buyer = (supplies[end].to_numpy(np.int64) for end in ("supplier", "buyer"))
    kept = (supplier != buyer) & chosen[supplier] & chosen[buyer]
    count = len(chosen)
    pairs = distinct(supplier[kept] * count + buyer[kept])
    among = tied if chosen.all() else tied.among(chosen)
    return Network(among.adjacency, len(among.pairs), Adjacency.from_pairs(pairs // count, pairs % count, count))


@dataclass(frozen=True, eq=False)
class Pieces:
    """How a network hangs together, one entry for each organisation (of `cuts.smaller_side`: for each tie).

    `core` is its core number; `part`, `community` and `circle` are the numbers of its component, of its community and
    of its strongly connected component along supply links.
    """

    cuts: Cuts
    core: Integers
    part: Integers
    community: Integers
    circle: Integers


def pieces(found: Network) -> Pieces:
    """Return how a network hangs together."""
    links, supply = found.ties, found.buyers_of
    return Pieces(
        cuts=find_cuts(links.indptr, links.indices, links.links, found.count),
        core=core_numbers(links.indptr, links.indices),
        part=components(links.indptr, links.indices),
        community=communities(links.indptr, links.indices),
        circle=strong_components(supply.indptr, supply.indices),
    )


@dataclass(frozen=True, eq=False)
class Standing:
    """Where each organisation stands in the whole network, one entry each; not a number where it cannot be said.

    `nearest` and `below` are those of `kernels.dominators`, from where supply begins. `is_estimated` says that
    betweenness was estimated from PAIRS pairs.
    """

    network: Network
    pieces: Pieces
    partners: Integers
    betweenness: Floats
    constraint: Floats
    participation: Floats
    pagerank: Floats
    nearest: Integers
    below: Integers
    is_estimated: bool


def standing(graph: ValueGraph) -> Standing:
    """Return where everybody stands in the whole network."""
    tied = ties(graph)
    count = len(graph["organisations"])
    whole = network(tied, np.ones(count, dtype=bool))
    links = whole.ties
    found = pieces(whole)
    is_estimated = int(np.count_nonzero(whole.degree)) > EXACT_UP_TO
    through = dominators(whole.buyers_of.indptr, whole.buyers_of.indices, origins(whole, found.circle))
    joint = graph["collaborations"]
    return Standing(
        network=whole,
        pieces=found,
        partners=np.bincount(joint[["first", "second"]].to_numpy(np.int64).ravel(), minlength=count),
        betweenness=sampled_betweenness(links.indptr, links.indices, PAIRS, tell)
        if is_estimated
        else betweenness(links.indptr, links.indices, EXACT_UP_TO, tell).share,
        constraint=constraint(links.indptr, links.indices),
        participation=participation(tied.matrix, sectors(graph).shares),
        pagerank=_times_the_average(whole),
        nearest=through.nearest,
        below=through.below,
        is_estimated=is_estimated,
    )


def origins(whole: Network, circles: Integers) -> Integers:
    """Return where supply begins: who has no known supplier, and all in a circle that nobody outside it supplies."""
    links = whole.suppliers_of
    buyers = np.repeat(circles, np.diff(links.indptr))
    supplied = np.zeros(circles.max(initial=0) + 1, dtype=bool)
    supplied[buyers[buyers != circles[links.indices]]] = True
    return np.flatnonzero(whole.trades & ~supplied[circles])


def _times_the_average(whole: Network) -> Floats:
    """PageRank of those who trade, from buyers to suppliers, as a multiple of their average."""
    links, who = whole.suppliers_of, np.flatnonzero(whole.trades)
    place = np.full(len(links.indptr) - 1, -1, dtype=np.int64)
    place[who] = np.arange(len(who))
    starts = np.concatenate([[0], links.indptr[1:][who]])
    rank = np.full(len(place), np.nan)
    rank[who] = pagerank(starts, place[links.indices]) * len(who)
    return rank


@dataclass(frozen=True)
class Shape:
    """How a network is built. Shares lie in 0..1; None where a measure does not apply."""

    organisations: int
    tied: int
    ties: int
    density: float | None
    parts: int
    largest_part: float | None
    cutting: int
    single_ties: int
    degeneracy: int
    top_share: float | None
    transitivity: float | None
    communities: int
    modularity: float | None
    supply_links: int
    returned: float | None
    largest_circle: int


def shape(found: Network, hangs: Pieces, chosen: Booleans) -> Shape:
    """Return how the network among the organisations chosen is built."""
    links, degree = found.ties, found.degree
    here, tied, ends = int(chosen.sum()), int((degree > 0).sum()), len(links.indices)
    sizes = np.bincount(hangs.part)
    best = np.sort(degree)[::-1][: -(-tied // 100)]
    two_steps = int((degree * (degree - 1)).sum()) // 2
    closed = int(triangles(links.indptr, links.indices).sum())
    supply, back = found.buyers_of, found.suppliers_of
    count = len(degree)
    pairs = np.repeat(np.arange(count), np.diff(supply.indptr)) * count + supply.indices
    reverse = np.repeat(np.arange(count), np.diff(back.indptr)) * count + back.indices
    returned = int(np.isin(pairs, reverse, assume_unique=True, kind="sort").sum())
    return Shape(
        organisations=here,
        tied=tied,
        ties=found.count,
        density=_share(ends, here * (here - 1)),
        parts=int((sizes > 1).sum()),
        largest_part=_share(int(sizes.max(initial=0)), tied),
        cutting=int((hangs.cuts.parts > 1).sum()),
        single_ties=int((hangs.cuts.smaller_side > 0).sum()),
        degeneracy=int(hangs.core.max(initial=0)),
        top_share=_share(int(best.sum()), ends),
        transitivity=_share(closed, two_steps),
        communities=int((np.bincount(hangs.community) > 1).sum()),
        modularity=modularity(links.indptr, links.indices, hangs.community) if ends else None,
        supply_links=len(pairs),
        returned=_share(returned, len(pairs)),
        largest_circle=int(np.bincount(hangs.circle).max(initial=0)) if len(pairs) else 0,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
