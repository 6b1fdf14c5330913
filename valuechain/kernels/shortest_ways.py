"""Shortest ways through a network: how many steps, how many ways, and the surest of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers


@dataclass(frozen=True, eq=False)
class Ways:
    """The shortest ways from one node to all others, one entry for each node.

    `steps` is -1 where no way leads. `ways` counts equally short ones. A way is as sure as its least sure link;
    `sureness` is that of the surest one, on which `before` is the last node but one and `link` joins it, -1 where
    there is none.
    """

    steps: Integers
    ways: Floats
    sureness: Floats
    before: Integers
    link: Integers


def shortest_ways(
    indptr: Integers, indices: Integers, links: Integers, sure: Floats, start: int, allowed: Booleans, most: int
) -> Ways:
    """Return the shortest ways from `start`, found ring by ring.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (L,)
        Ties in compressed form, each from both of its ends and between two nodes only once.
    links : integers (L,)
        The number of the tie that each entry comes from.
    sure : floats
        How sure each tie is, 0..1.
    start : int
        Where the ways begin.
    allowed : booleans (N,)
        Nodes that a way may lead through or to.
    most : int, 0..
        Ways of more steps are not looked for.

    References
    ----------
    E. F. Moore (1959), The shortest path through a maze, Proceedings of the International Symposium on the Theory of
    Switching. The counts are those of U. Brandes (2001), Journal of Mathematical Sociology 25(2).
    """
    count = len(indptr) - 1
    steps = np.full(count, -1, dtype=np.int64)
    ways, sureness = np.zeros(count), np.zeros(count)
    before, link = np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    steps[start], ways[start], sureness[start] = 0, 1.0, 1.0
    ring = np.array([start], dtype=np.int64)
    for step in range(1, most + 1):
        places, sources = _entries(indptr, ring)
        targets = indices[places]
        new = (steps[targets] < 0) & allowed[targets]
        places, sources, targets = places[new], sources[new], targets[new]
        if not len(targets):
            break
        ways += np.bincount(targets, weights=ways[sources], minlength=count)
        as_sure = np.minimum(sureness[sources], sure[links[places]])
        np.maximum.at(sureness, targets, as_sure)
        surest = np.flatnonzero(as_sure == sureness[targets])[::-1]  # of equally sure ones the first is written last
        before[targets[surest]], link[targets[surest]] = sources[surest], links[places[surest]]
        steps[targets] = step
        ring = np.flatnonzero(steps == step)
    return Ways(steps, ways, sureness, before, link)


def _entries(indptr: Integers, nodes: Integers) -> tuple[Integers, Integers]:
    """Where the ties of some nodes stand, and the node that each comes from."""
    counts = indptr[nodes + 1] - indptr[nodes]
    starts = np.repeat(indptr[nodes] - np.cumsum(counts) + counts, counts)
    return starts + np.arange(counts.sum()), np.repeat(nodes, counts)


def surest_first(
    indptr: Integers, indices: Integers, links: Integers, sure: Floats, start: Ways, end: Ways, length: int
) -> Iterator[list[tuple[int, int]]]:
    """Yield every shortest way between two nodes, the surest first, as steps: the link taken and the node reached.

    Parameters
    ----------
    indptr, indices, links, sure
        The ties, as for `shortest_ways`.
    start, end : Ways
        The ways from the one node and from the other.
    length : int
        Steps of the shortest ways between them.
    """
    first = int(np.flatnonzero(start.steps == 0)[0])
    open_: list[tuple[float, int, tuple[int, ...], tuple[int, ...]]] = [(-end.sureness[first], 0, (first,), ())]
    while open_:
        bound, taken, nodes, way = heappop(open_)
        if -taken == length:
            yield list(zip(way, nodes[1:], strict=True))
            continue
        for place in range(indptr[nodes[-1]], indptr[nodes[-1] + 1]):
            node, link = int(indices[place]), int(links[place])
            if end.steps[node] == length + taken - 1:
                best = min(-bound, float(sure[link]), float(end.sureness[node]))
                heappush(open_, (-best, taken - 1, (*nodes, node), (*way, link)))
