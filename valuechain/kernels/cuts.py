"""Where an undirected network falls apart: articulation points and bridges, with the size of what comes off."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers


class Cuts(NamedTuple):
    """What happens when one node, or one link, is taken away.

    `parts` counts the pieces that the rest of a node's component falls into (0 for a node without neighbours, 1 for
    one that may go), `cut_off` the nodes outside the largest of these pieces. `smaller_side` is, for each link, the
    number of nodes on its smaller side if it is a bridge, else 0.
    """

    parts: Integers
    cut_off: Integers
    smaller_side: Integers


@njit(cache=True, nogil=True)
def find_cuts(indptr: Integers, indices: Integers, links: Integers, count: int) -> Cuts:
    """Return the cuts of an undirected network in O(nodes + links).

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form; every link stands there from both of its ends.
    links : integers (2 L,)
        Number of the link behind each entry, below `count`.
    count : int
        How many links there are.

    References
    ----------
    J. Hopcroft, R. Tarjan (1973), Efficient algorithms for graph manipulation, Communications of the ACM 16(6).
    """
    nodes = len(indptr) - 1
    order, visited, parent, to_parent = _depth_first(indptr, indices, links)
    lowest = visited.copy()
    size = np.ones(nodes, dtype=np.int64)
    root = np.empty(nodes, dtype=np.int64)
    for node in order:
        root[node] = node if parent[node] < 0 else root[parent[node]]
    for node in order[::-1]:
        for entry in range(indptr[node], indptr[node + 1]):
            if links[entry] != to_parent[node]:
                lowest[node] = min(lowest[node], visited[indices[entry]])
        if parent[node] >= 0:
            lowest[parent[node]] = min(lowest[parent[node]], lowest[node])
            size[parent[node]] += size[node]

    parts = np.zeros(nodes, dtype=np.int64)
    apart = np.zeros(nodes, dtype=np.int64)
    largest = np.zeros(nodes, dtype=np.int64)
    smaller_side = np.zeros(count, dtype=np.int64)
    for node in order:
        above = parent[node]
        if above < 0:
            continue
        if lowest[node] >= visited[above]:
            parts[above] += 1
            apart[above] += size[node]
            largest[above] = max(largest[above], size[node])
        if lowest[node] > visited[above]:
            smaller_side[to_parent[node]] = min(size[node], size[root[node]] - size[node])
    cut_off = np.zeros(nodes, dtype=np.int64)
    for node in range(nodes):
        others = size[root[node]] - 1
        rest = others - apart[node]
        parts[node] += rest > 0
        cut_off[node] = others - max(largest[node], rest)
    return Cuts(parts, cut_off, smaller_side)


@njit(cache=True, nogil=True)
def _depth_first(indptr: Integers, indices: Integers, links: Integers) -> tuple[Integers, Integers, Integers, Integers]:
    """Nodes in the order of a depth-first walk, each node's place in it, its parent, and the link to it (-1 = none)."""
    nodes = len(indptr) - 1
    order = np.empty(nodes, dtype=np.int64)
    visited = np.full(nodes, -1, dtype=np.int64)
    parent = np.full(nodes, -1, dtype=np.int64)
    to_parent = np.full(nodes, -1, dtype=np.int64)
    following = indptr[:-1].copy()
    place = 0
    for start in range(nodes):
        if visited[start] >= 0:
            continue
        visited[start], order[place] = place, start
        place += 1
        node = start
        while node >= 0:
            if following[node] == indptr[node + 1]:
                node = parent[node]
                continue
            entry = following[node]
            following[node] += 1
            neighbour = indices[entry]
            if visited[neighbour] < 0:
                visited[neighbour], order[place] = place, neighbour
                place += 1
                parent[neighbour], to_parent[neighbour] = node, links[entry]
                node = neighbour
    return order, visited, parent, to_parent
