"""Measures of a network's structure beside networkx on the same links, in one run.

    python -m benchmarks.structure [ORGANISATIONS ...]

By default 1,000, 10,000 and 100,000 organisations with five supply links each (average degree 10) from
`benchmarks.networks`. Both sides begin with their own graph in memory; kernels have run once before, so that none is
compiled while it is timed. "times" is how many times as much networkx takes; the exponents say how the seconds of
processors grow with the organisations. networkx is measured once per size, the kernels three times, the least counts.
Where both must find the same, what they found is compared. Then the analysis `structure` as a whole, in a process of
its own. networkx takes some minutes at 100,000, most of them for betweenness.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple, cast

import networkx as nx
import numpy as np

from benchmarks._measure import Cost, alone, cost_of, growth, peak_memory, show
from benchmarks.networks import graph, network
from valuechain.analyses.structure import structure
from valuechain.kernels.betweenness import betweenness
from valuechain.kernels.communities import communities, modularity
from valuechain.kernels.components import components, strong_components
from valuechain.kernels.cores import core_numbers
from valuechain.kernels.cuts import find_cuts
from valuechain.kernels.dominators import dominators
from valuechain.kernels.pagerank import pagerank
from valuechain.kernels.triangles import triangles
from valuechain.model.arrays import Integers
from valuechain.model.graph import Adjacency, Scope

SOURCES = 50
"""From so many nodes are shortest paths followed for betweenness."""

COLUMNS = ("", "CPU s", "wall s", "networkx CPU s", "networkx wall s", "times CPU", "times wall", "same")


@dataclass(frozen=True, eq=False)
class Links:
    """The same supply links for both: compressed rows for the kernels, graphs of networkx."""

    pairs: Integers
    count: int

    @cached_property
    def ties(self) -> Adjacency:
        """Who is tied to whom, from both ends."""
        first, second = np.unique(np.sort(self.pairs, axis=0), axis=1)
        return Adjacency.from_pairs(np.concatenate([first, second]), np.concatenate([second, first]), self.count)

    @cached_property
    def buyers(self) -> Adjacency:
        """Who supplies whom."""
        return Adjacency.from_pairs(self.pairs[0], self.pairs[1], self.count)

    @cached_property
    def first(self) -> Integers:
        """Who has no supplier."""
        return np.setdiff1d(np.arange(self.count), self.pairs[1])

    @cached_property
    def undirected(self) -> nx.Graph[int]:
        """The ties as a graph of networkx."""
        made: nx.Graph[int] = nx.Graph(self.pairs.T.tolist())
        made.add_nodes_from(range(self.count))
        return made

    @cached_property
    def directed(self) -> nx.DiGraph[int]:
        """The supply links as a graph of networkx."""
        made: nx.DiGraph[int] = nx.DiGraph(self.pairs.T.tolist())
        made.add_nodes_from(range(self.count))
        return made

    @cached_property
    def entered(self) -> nx.DiGraph[int]:
        """The same with one more node before all that have no supplier."""
        made: nx.DiGraph[int] = nx.DiGraph(self.directed)
        made.add_edges_from((-1, one) for one in self.first.tolist())
        return made


def links_of(organisations: int) -> Links:
    """Make the links of one size."""
    made = network(organisations, 5 * organisations)
    return Links(np.unique(np.stack([made.supplier, made.buyer]), axis=1), organisations)


def _cuts(links: Links) -> object:
    ties = links.ties
    pairs = len(ties.indices) // 2
    found = find_cuts(ties.indptr, ties.indices, ties.links % max(1, pairs), pairs)
    return int((found.parts > 1).sum()), int((found.smaller_side > 0).sum())


def _of_chance(found: object) -> None:
    """Forget what is found by chance: it cannot be the same."""


def _dominated(nearest: dict[int, int]) -> object:
    return sum(1 for one, above in nearest.items() if one >= 0 and above >= 0 and above != one)


MEASURES: dict[str, tuple[Callable[[Links], object], Callable[[Links], object]]] = {
    "articulation points and bridges": (
        _cuts,
        lambda links: (
            len(list(nx.articulation_points(links.undirected))),
            len(list(nx.bridges(links.undirected))),
        ),
    ),
    "components": (
        lambda links: int(components(links.ties.indptr, links.ties.indices).max()) + 1,
        lambda links: len(list(nx.connected_components(links.undirected))),
    ),
    "strong components": (
        lambda links: int(strong_components(links.buyers.indptr, links.buyers.indices).max()) + 1,
        lambda links: len(list(nx.strongly_connected_components(links.directed))),
    ),
    "core numbers": (
        lambda links: int(core_numbers(links.ties.indptr, links.ties.indices).sum()),
        lambda links: sum(nx.core_number(links.undirected).values()),
    ),
    "triangles": (
        lambda links: int(triangles(links.ties.indptr, links.ties.indices).sum()),
        lambda links: sum(cast("dict[int, int]", nx.triangles(links.undirected)).values()),
    ),
    "dominators": (
        lambda links: int((dominators(links.buyers.indptr, links.buyers.indices, links.first).nearest >= 0).sum()),
        lambda links: _dominated(nx.immediate_dominators(links.entered, -1)),
    ),
    "PageRank": (
        lambda links: round(float(pagerank(links.buyers.indptr, links.buyers.indices).max()), 4),
        lambda links: round(max(nx.pagerank(links.directed).values()), 4),
    ),
    f"betweenness, {SOURCES} sources": (
        lambda links: _of_chance(betweenness(links.ties.indptr, links.ties.indices, SOURCES)),
        lambda links: _of_chance(nx.betweenness_centrality(links.undirected, k=SOURCES, seed=1)),
    ),
    "communities (modularity)": (
        lambda links: modularity(
            links.ties.indptr, links.ties.indices, communities(links.ties.indptr, links.ties.indices)
        ),
        lambda links: nx.community.modularity(
            links.undirected, nx.community.louvain_communities(links.undirected, seed=1)
        ),
    ),
}


class Compared(NamedTuple):
    """What a measure costs here and in networkx, and whether both found the same."""

    own: Cost
    networkx: Cost
    same: str


def compared(links: Links) -> dict[str, Compared]:
    """Return what each measure costs here and in networkx, and whether both found the same."""
    graphs = links.ties, links.buyers, links.first, links.undirected, links.directed, links.entered
    assert all(graph is not None for graph in graphs)  # made before the clock runs
    found = {}
    for name, (own, reference) in MEASURES.items():
        tries = [cost_of(partial(own, links)) for _ in range(3)]
        anchor, told = cost_of(partial(reference, links))
        answer = tries[0][1]
        same = "" if answer is None else _both(answer, told)
        found[name] = Compared(min(cost for cost, _ in tries), anchor, same)
    return found


def _both(own: object, reference: object) -> str:
    if isinstance(own, float) and isinstance(reference, float):
        return f"{own:.4f} / {reference:.4f}"
    return "yes" if own == reference else f"NO: {own} / {reference}"


def whole(organisations: int) -> tuple[Cost, Cost, int, int]:
    """Return what the analysis costs the first time and again, and the peak of memory before and after it, in MB."""
    structure(graph(network(200, 1_000)))
    made = graph(network(organisations, 5 * organisations)).within(Scope())
    before = peak_memory()
    (first, _), (again, _) = (cost_of(lambda: structure(made)) for _ in range(2))
    return first, again, before, peak_memory()


def main(sizes: list[int]) -> None:
    """Measure and print."""
    compared(links_of(200))
    every = {size: compared(links_of(size)) for size in sizes}
    for size, found in every.items():
        rows = [
            (name, *own, *anchor, anchor.cpu / max(own.cpu, 1e-6), anchor.wall / max(own.wall, 1e-6), same)
            for name, (own, anchor, same) in found.items()
        ]
        show(f"{size:,} organisations, {5 * size:,} links", COLUMNS, rows)
    exponents = [
        (
            name,
            growth(sizes, [every[size][name].own.cpu for size in sizes]),
            growth(sizes, [every[size][name].networkx.cpu for size in sizes]),
        )
        for name in MEASURES
    ]
    show("Growth: exponent of CPU seconds", ("", "here", "networkx"), exponents)
    columns = ("organisations", "CPU s", "wall s", "again CPU s", "again wall s", "graph MB", "peak MB")
    audits = [(f"{size:,}", *first, *again, before, peak) for size in sizes
              for first, again, before, peak in (alone(whole, size),)]  # fmt: skip
    show("The analysis structure as a whole", columns, audits)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
