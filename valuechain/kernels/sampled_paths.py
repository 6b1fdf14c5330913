"""Betweenness of large networks, estimated from the shortest paths between pairs drawn at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from valuechain.kernels.chunks import Watch, in_chunks, unwatched

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats, Integers

SEED = 1
CHUNK = 500
"""Pairs that are followed together; the sums of the chunks are added in their order, so threads change nothing."""


def sampled_betweenness(indptr: Integers, indices: Integers, pairs: int, watch: Watch = unwatched) -> Floats:
    """Return the share of shortest paths between two others that lead through each node, estimated, 0..1.

    With T nodes that have links: the mean over pairs (s, t), drawn at random among them, always the same ones for the
    same network, of (shortest paths from s to t through the node / all of them), times T / (T - 2) because a node is
    never between itself and another. The estimate is without bias; its standard error for a share b is at most
    sqrt(b / pairs). Not a number for nodes without links, and for all where fewer than three have any. A pair costs far
    less than all paths from one source, since both ends are followed only until they meet.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form, every tie from both of its ends, none twice and none to itself.
    pairs : int
        How many pairs are drawn.
    watch : callable
        As in `in_chunks`.

    References
    ----------
    M. Borassi, E. Natale (2016), KADABRA is an adaptive algorithm for betweenness via random approximation, European
    Symposium on Algorithms: pairs followed from both ends. Here all shortest paths of a pair count, not one of them.
    """
    ends = np.flatnonzero(np.diff(indptr))
    share = np.full(len(indptr) - 1, np.nan)
    if len(ends) < 3:
        return share
    chance = np.random.default_rng(SEED)
    first = chance.integers(len(ends), size=pairs)
    second = (first + chance.integers(1, len(ends), size=pairs)) % len(ends)
    sources, targets = ends[first], ends[second]
    parts = in_chunks(
        lambda start, stop: between_pairs(indptr, indices, sources[start:stop], targets[start:stop]),
        pairs,
        CHUNK,
        watch,
    )
    share[ends] = sum(parts, np.zeros(len(share)))[ends] * (len(ends) / (len(ends) - 2) / pairs)
    return share


@njit(cache=True, nogil=True)
def between_pairs(indptr: Integers, indices: Integers, sources: Integers, targets: Integers) -> Floats:
    """Return the sum over pairs of the share of their shortest paths that leads through each node.

    Ends of a path are not on it; two that are not connected have none.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        As in `sampled_betweenness`.
    sources, targets : integers (P,), (P,)
        The ends of each pair, two different nodes.
    """
    nodes = len(indptr) - 1
    through = np.zeros(nodes)
    paths = np.zeros((2, nodes))
    beyond = np.zeros(nodes)
    reached = np.zeros(2, dtype=np.int64)
    distance, queue, way = _scratch(nodes)
    for one in range(len(sources)):
        for side in range(2):
            end = sources[one] if side == 0 else targets[one]
            distance[side, end], paths[side, end], queue[side, 0], reached[side] = 0, 1.0, end, 1
        met = _meet(indptr, indices, distance, paths, queue, reached, way)
        if met > 0:
            total = 0.0
            for place in range(met):
                total += paths[0, way[place]] * paths[1, way[place]]
            for side in range(2):
                for place in range(met):
                    beyond[way[place]] = paths[1 - side, way[place]] / total
                # Where both sides met counts once, and not at all if it is the other end itself.
                uncounted = met if side == 1 or distance[1, way[0]] == 0 else 0
                _go_back(indptr, indices, distance[side], paths[side], way, met, uncounted, beyond, through)
        for side in range(2):
            for place in range(reached[side]):
                distance[side, queue[side, place]] = -1
    return through


@njit(cache=True, nogil=True)
def _scratch(nodes: int) -> tuple[Integers, Integers, Integers]:
    """Distances from both ends, the queues of both, and room for the nodes on the way."""
    return (
        np.full((2, nodes), -1, dtype=np.int32),
        np.zeros((2, nodes), dtype=np.int32),
        np.zeros(nodes, dtype=np.int32),
    )


@njit(cache=True, nogil=True)
def _meet(
    indptr: Integers,
    indices: Integers,
    distance: Integers,
    paths: Floats,
    queue: Integers,
    reached: Integers,
    way: Integers,
) -> int:
    """Follow both ends, step by step the one with fewer links before it, until they meet.

    The nodes in the middle of all shortest paths then stand in `way`; returned is how many they are, 0 if the ends are
    not connected.
    """
    first = np.zeros(2, dtype=np.int64)  # where the outermost nodes of each side begin in its queue
    work = np.zeros(2, dtype=np.int64)
    while True:
        side = 0 if work[0] <= work[1] else 1
        depth = distance[side, queue[side, first[side]]] + 1
        last, work[side] = reached[side], 0
        for place in range(first[side], last):
            node = queue[side, place]
            for entry in range(indptr[node], indptr[node + 1]):
                neighbour = indices[entry]
                if distance[side, neighbour] < 0:
                    distance[side, neighbour], paths[side, neighbour] = depth, 0.0
                    queue[side, reached[side]] = neighbour
                    reached[side] += 1
                    work[side] += indptr[neighbour + 1] - indptr[neighbour]
                if distance[side, neighbour] == depth:
                    paths[side, neighbour] += paths[side, node]
        if reached[side] == last:
            return 0
        first[side] = last
        met = 0
        for place in range(last, reached[side]):
            if distance[1 - side, queue[side, place]] >= 0:
                way[met] = queue[side, place]
                met += 1
        if met > 0:
            return met


@njit(cache=True, nogil=True)
def _go_back(
    indptr: Integers,
    indices: Integers,
    distance: Integers,
    paths: Floats,
    way: Integers,
    met: int,
    uncounted: int,
    beyond: Floats,
    through: Floats,
) -> None:
    """Go from the first `met` nodes in `way` back to the end of one side; add what leads through those on the way.

    `beyond` is the share of the paths for each path from the end to a node; it is 0 everywhere again afterwards.
    """
    known, place = met, 0
    while place < known:
        node = way[place]
        if place >= uncounted and distance[node] > 0:
            through[node] += paths[node] * beyond[node]
        for entry in range(indptr[node], indptr[node + 1]):
            before = indices[entry]
            if distance[before] >= 0 and distance[before] == distance[node] - 1:
                if beyond[before] == 0.0:
                    way[known] = before
                    known += 1
                beyond[before] += beyond[node]
        place += 1
    for place in range(known):
        beyond[way[place]] = 0.0
