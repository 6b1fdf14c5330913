"""Betweenness: how much of the shortest paths leads through each node; of all paths, or of those between groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from valuechain.kernels.chunks import Watch, in_chunks, unwatched

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats, Integers

SEED = 1
CHUNK = 8
"""Sources that are followed together; the sums of the chunks are added in their order, so threads change nothing."""


class Betweenness(NamedTuple):
    """Which `share` of the shortest paths leads through each node.

    Paths were followed from `sources` of the `ends` nodes that have links.
    """

    share: Floats
    sources: int
    ends: int


def betweenness(indptr: Integers, indices: Integers, most: int, watch: Watch = unwatched) -> Betweenness:
    """Return the share of shortest paths between two others that lead through each node, 0..1.

    With T nodes that have links and the paths followed from k of them: sum over the sources s and all ends t of
    (shortest paths from s to t through the node / all of them) * T / k, divided by the pairs of others,
    (T - 1) (T - 2). Two that are not connected have no path and count as a pair that needs nobody. Not a number for
    nodes without links, and for all where fewer than three have any.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form, every tie from both of its ends, none twice and none to itself.
    most : int
        From how many sources paths are followed at most. Where more nodes have links, so many of them are drawn at
        random, always the same ones for the same network: the answer is then an estimate without bias.
    watch : callable
        As in `in_chunks`.

    References
    ----------
    U. Brandes (2001), A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25(2).
    U. Brandes, C. Pich (2007), Centrality estimation in large networks, International Journal of Bifurcation and Chaos
    17(7).
    """
    ends = np.flatnonzero(np.diff(indptr))
    sources = ends
    if len(ends) > most:
        sources = np.sort(np.random.default_rng(SEED).choice(ends, most, replace=False))
    share = np.full(len(indptr) - 1, np.nan)
    if len(ends) > 2:
        parts = in_chunks(
            lambda start, stop: _through(indptr, indices, sources[start:stop]), len(sources), CHUNK, watch
        )
        pairs = (len(ends) - 1) * (len(ends) - 2)
        share[ends] = sum(parts, np.zeros(len(share)))[ends] * (len(ends) / len(sources) / pairs)
    return Betweenness(share, len(sources), len(ends))


def between_groups(
    indptr: Integers,
    indices: Integers,
    start: Integers,
    groups: Integers,
    shares: Floats,
    kinds: int,
    sources: Integers,
    watch: Watch = unwatched,
) -> Floats:
    """Return the share of shortest paths between different groups that lead through each node, 0..1.

    A pair of ends counts by how much it differs: 1 - sum over groups of the product of both shares, 1 where they have
    no group in common; ends without a group do not count. Ends of a path are not on it. Not a number where no two
    different groups are connected.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form.
    start, groups, shares : (N + 1,), (M,), (M,)
        Groups of each node in compressed form and how much of the node belongs to each; each node's shares add up
        to 1.
    kinds : int
        How many groups there are.
    sources : integers
        Where paths start: all nodes for the exact figure, some for an estimate.
    watch : callable
        As in `in_chunks`.

    References
    ----------
    U. Brandes (2001), A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25(2), with the
    pairs restricted as in E. D. Kolaczyk, D. B. Chua, M. Barthelemy (2009), Social Networks 31(3).
    """
    parts = in_chunks(
        lambda first, last: _through_groups(indptr, indices, start, groups, shares, kinds, sources[first:last]),
        len(sources),
        CHUNK,
        watch,
    )
    through = sum((part for part, _ in parts), np.zeros(len(indptr) - 1))
    pairs = sum(counted for _, counted in parts)
    return through / pairs if pairs > 0.0 else np.full(len(through), np.nan)


@njit(cache=True, nogil=True)
def _through(indptr: Integers, indices: Integers, sources: Integers) -> Floats:
    """Sum over sources and ends of the share of their shortest paths that leads through each node."""
    nodes = len(indptr) - 1
    through = np.zeros(nodes)
    passed_on = np.zeros(nodes)
    distance, paths, queue, stop, following = _scratch(indptr, indices)
    for source in sources:
        reached = _shortest_paths(indptr, indices, source, distance, paths, queue, stop, following)
        for place in range(reached - 1, 0, -1):
            node = queue[place]
            dependency = 0.0
            for entry in range(stop[place], stop[place + 1]):
                dependency += passed_on[following[entry]]
            dependency *= paths[node]
            through[node] += dependency
            passed_on[node] = (1.0 + dependency) / paths[node]
    return through


@njit(cache=True, nogil=True)
def _through_groups(
    indptr: Integers,
    indices: Integers,
    start: Integers,
    groups: Integers,
    shares: Floats,
    kinds: int,
    sources: Integers,
) -> tuple[Floats, float]:
    """As `_through`, each pair of ends by how much their groups differ; and the sum of these weights."""
    nodes = len(indptr) - 1
    through = np.zeros(nodes)
    passed_on = np.zeros(nodes)
    of_source = np.zeros(kinds)
    pairs = 0.0
    distance, paths, queue, stop, following = _scratch(indptr, indices)
    for source in sources:
        if start[source] == start[source + 1]:
            continue
        for entry in range(start[source], start[source + 1]):
            of_source[groups[entry]] = shares[entry]
        reached = _shortest_paths(indptr, indices, source, distance, paths, queue, stop, following)
        for place in range(reached - 1, 0, -1):
            node = queue[place]
            differs = 0.0
            if start[node] < start[node + 1]:
                differs = 1.0
                for entry in range(start[node], start[node + 1]):
                    differs -= shares[entry] * of_source[groups[entry]]
            pairs += differs
            dependency = 0.0
            for entry in range(stop[place], stop[place + 1]):
                dependency += passed_on[following[entry]]
            dependency *= paths[node]
            through[node] += dependency
            passed_on[node] = (differs + dependency) / paths[node]
        for entry in range(start[source], start[source + 1]):
            of_source[groups[entry]] = 0.0
    return through, pairs


@njit(cache=True, nogil=True)
def _scratch(indptr: Integers, indices: Integers) -> tuple[Integers, Floats, Integers, Integers, Integers]:
    """Room in which `_shortest_paths` works, from one source to the next."""
    nodes = len(indptr) - 1
    return (
        np.full(nodes, -1, dtype=np.int32),
        np.zeros(nodes),
        np.zeros(nodes, dtype=np.int32),
        np.zeros(nodes + 1, dtype=np.int64),
        np.empty(len(indices), dtype=np.int32),
    )


@njit(cache=True, nogil=True)
def _shortest_paths(
    indptr: Integers,
    indices: Integers,
    source: int,
    distance: Integers,
    paths: Floats,
    queue: Integers,
    stop: Integers,
    following: Integers,
) -> int:
    """Follow all shortest paths from `source`; return how many nodes stand in the queue, the nearest first.

    Then `paths` holds how many lead to each, and `following[stop[place] : stop[place + 1]]` the nodes that come next on
    a path after `queue[place]`. `distance` must hold -1 everywhere, and does so again at the end.
    """
    distance[source], paths[source], queue[0] = 0, 1.0, source
    reached, followed, kept = 1, 0, 0
    while followed < reached:
        node = queue[followed]
        following_distance = distance[node] + 1
        for entry in range(indptr[node], indptr[node + 1]):
            neighbour = indices[entry]
            if distance[neighbour] < 0:
                distance[neighbour], paths[neighbour] = following_distance, 0.0
                queue[reached] = neighbour
                reached += 1
            if distance[neighbour] == following_distance:
                paths[neighbour] += paths[node]
                following[kept] = neighbour
                kept += 1
        followed += 1
        stop[followed] = kept
    for place in range(reached):
        distance[queue[place]] = -1
    return reached
