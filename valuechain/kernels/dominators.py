"""Dominators of a directed network: through whom every way from the sources to a node leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers

NOBODY, UNREACHED = -1, -2


class Dominators(NamedTuple):
    """Who stands on every way to each node.

    `nearest` is the immediate dominator, the last node that every way passes: NOBODY (-1) if there is none but the
    node itself, UNREACHED (-2) if no source leads to it. `below` counts the other nodes that are reached only through
    this one.
    """

    nearest: Integers
    below: Integers


@njit(cache=True, nogil=True)
def dominators(indptr: Integers, indices: Integers, sources: Integers) -> Dominators:
    """Return the dominators of a network that is entered at `sources`, as from one node before them all.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (L,)
        Links in compressed form, each from its source; repeated ones and links of a node to itself change nothing.
    sources : integers
        Where ways begin.

    References
    ----------
    L. Georgiadis (2005), Linear-time algorithms for dominators and related problems, Princeton University: the
    algorithm Semi-NCA, after T. Lengauer, R. E. Tarjan (1979), ACM Transactions on Programming Languages and Systems
    1(1).
    """
    nodes = len(indptr) - 1
    # Numbers of a depth-first walk; 0 is the node before all sources.
    number, node_of, parent = _depth_first(indptr, indices, sources)
    reached = len(node_of)
    before, origin = _predecessors(indptr, indices, number, reached)
    is_source = np.zeros(reached, dtype=np.bool_)
    for source in sources:
        is_source[number[source]] = True

    above = parent.copy()
    ancestor = parent.copy()
    label = np.arange(reached)
    semi = np.arange(reached)
    way = np.empty(reached, dtype=np.int64)
    for one in range(reached - 1, 0, -1):
        semi[one] = 0 if is_source[one] else parent[one]
        for entry in range(before[one], before[one + 1]):
            _shorten(origin[entry], one, ancestor, label, semi, way)
            semi[one] = min(semi[one], semi[label[origin[entry]]])
    for one in range(1, reached):
        while above[one] > semi[one]:
            above[one] = above[above[one]]

    size = np.ones(reached, dtype=np.int64)
    for one in range(reached - 1, 0, -1):
        size[above[one]] += size[one]
    nearest = np.full(nodes, UNREACHED, dtype=np.int64)
    below = np.zeros(nodes, dtype=np.int64)
    for one in range(1, reached):
        nearest[node_of[one]] = NOBODY if above[one] == 0 else node_of[above[one]]
        below[node_of[one]] = size[one] - 1
    return Dominators(nearest, below)


@njit(cache=True, nogil=True)
def _depth_first(indptr: Integers, indices: Integers, sources: Integers) -> tuple[Integers, Integers, Integers]:
    """Number of each node in a depth-first walk from 1 on (-1 = not met); node and parent of each number."""
    nodes = len(indptr) - 1
    number = np.full(nodes, -1, dtype=np.int64)
    node_of = np.full(nodes + 1, -1, dtype=np.int64)
    parent = np.zeros(nodes + 1, dtype=np.int64)
    following = indptr[:-1].copy()
    met = 1
    for source in sources:
        if number[source] >= 0:
            continue
        number[source], node_of[met] = met, source
        met += 1
        node = source
        while node >= 0:
            if following[node] == indptr[node + 1]:
                node = node_of[parent[number[node]]]
                continue
            neighbour = indices[following[node]]
            following[node] += 1
            if number[neighbour] < 0:
                number[neighbour], node_of[met], parent[met] = met, neighbour, number[node]
                met += 1
                node = neighbour
    return number, node_of[:met].copy(), parent[:met].copy()


@njit(cache=True, nogil=True)
def _predecessors(indptr: Integers, indices: Integers, number: Integers, reached: int) -> tuple[Integers, Integers]:
    """Links into each node from nodes that were met, in compressed form; nodes by their numbers."""
    nodes = len(indptr) - 1
    start = np.zeros(reached + 1, dtype=np.int64)
    for node in range(nodes):
        if number[node] >= 0:
            for entry in range(indptr[node], indptr[node + 1]):
                start[number[indices[entry]] + 1] += 1
    for one in range(reached):
        start[one + 1] += start[one]
    origin = np.empty(start[reached], dtype=np.int64)
    free = start[:-1].copy()
    for node in range(nodes):
        if number[node] >= 0:
            for entry in range(indptr[node], indptr[node + 1]):
                one = number[indices[entry]]
                origin[free[one]] = number[node]
                free[one] += 1
    return start, origin


@njit(cache=True, nogil=True)
def _shorten(node: int, least: int, ancestor: Integers, label: Integers, semi: Integers, way: Integers) -> None:
    """Let `label[node]` say whose semidominator is lowest on the way up from `node`, among those above `least`.

    All ancestors numbered above `least` are linked already; their ways are shortened, and `label` holds the best of
    what was left out.
    """
    steps = 0
    while ancestor[node] > least:
        way[steps] = node
        steps += 1
        node = ancestor[node]
    top, best = ancestor[node], label[node]
    while steps:
        steps -= 1
        node = way[steps]
        if semi[best] < semi[label[node]]:
            label[node] = best
        best = label[node]
        ancestor[node] = top
