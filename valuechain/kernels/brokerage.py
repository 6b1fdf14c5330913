"""Who spans the holes of an undirected network: constraint, participation, and betweenness between groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from valuechain.model.arrays import Floats, Integers


def participation(ties: csr_array, shares: csr_array) -> Floats:
    """Return how evenly each node's neighbours spread over groups: 1 - sum over groups of (k_is / k_i) ** 2.

    0 means all neighbours in one group, towards 1 evenly in many; not a number where no neighbour's group is known.

    Parameters
    ----------
    ties : sparse (N, N)
        Symmetric, 1 where two nodes are tied.
    shares : sparse (N, S)
        How much of each node belongs to each group; a row adds up to 1, or to 0 where nothing is known.

    References
    ----------
    R. Guimera, L. A. N. Amaral (2005), Functional cartography of complex metabolic networks, Nature 433.
    """
    into = ties @ shares
    total = np.asarray(into.sum(axis=1)).ravel()
    squares = np.asarray(into.multiply(into).sum(axis=1)).ravel()
    known = total > 0
    return np.where(known, 1.0 - squares / np.where(known, total, 1.0) ** 2, np.nan)


@njit(cache=True, nogil=True)
def constraint(indptr: Integers, indices: Integers) -> Floats:
    """Return Burt's constraint of each node: sum over neighbours j of (p_ij + sum over q of p_iq p_qj) ** 2.

    Low = spans a structural hole. All ties count alike (p_ij = 1 / degree of i); not a number without ties.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form, every tie from both of its ends, none twice and none to itself.

    References
    ----------
    R. S. Burt (1992), Structural Holes, Harvard University Press.
    """
    nodes = len(indptr) - 1
    found = np.full(nodes, np.nan)
    invested = np.zeros(nodes)
    is_neighbour = np.full(nodes, -1, dtype=np.int64)
    for node in range(nodes):
        neighbours = indices[indptr[node] : indptr[node + 1]]
        if len(neighbours) == 0:
            continue
        share = 1.0 / len(neighbours)
        for other in neighbours:
            invested[other], is_neighbour[other] = share, node
        for middle in neighbours:
            through = share / (indptr[middle + 1] - indptr[middle])
            for other in indices[indptr[middle] : indptr[middle + 1]]:
                if is_neighbour[other] == node:
                    invested[other] += through
        found[node] = 0.0
        for other in neighbours:
            found[node] += invested[other] ** 2
    return found


@njit(cache=True, nogil=True)
def between_groups(
    indptr: Integers,
    indices: Integers,
    start: Integers,
    groups: Integers,
    shares: Floats,
    kinds: int,
    sources: Integers,
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

    References
    ----------
    U. Brandes (2001), A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25(2), with the
    pairs restricted as in E. D. Kolaczyk, D. B. Chua, M. Barthelemy (2009), Social Networks 31(3).
    """
    nodes = len(indptr) - 1
    through = np.zeros(nodes)
    pairs = 0.0
    distance = np.full(nodes, -1, dtype=np.int64)
    paths = np.zeros(nodes)
    dependency = np.zeros(nodes)
    queue = np.empty(nodes, dtype=np.int64)
    of_source = np.zeros(kinds)
    for source in sources:
        if start[source] == start[source + 1]:
            continue
        for entry in range(start[source], start[source + 1]):
            of_source[groups[entry]] = shares[entry]
        reached = _shortest_paths(indptr, indices, source, distance, paths, queue)
        for place in range(reached - 1, 0, -1):
            node = queue[place]
            differs = 0.0
            if start[node] < start[node + 1]:
                differs = 1.0
                for entry in range(start[node], start[node + 1]):
                    differs -= shares[entry] * of_source[groups[entry]]
            pairs += differs
            through[node] += dependency[node]
            passed_on = (differs + dependency[node]) / paths[node]
            for neighbour in indices[indptr[node] : indptr[node + 1]]:
                if distance[neighbour] == distance[node] - 1:
                    dependency[neighbour] += paths[neighbour] * passed_on
        for place in range(reached):
            distance[queue[place]] = -1
            paths[queue[place]] = dependency[queue[place]] = 0.0
        for entry in range(start[source], start[source + 1]):
            of_source[groups[entry]] = 0.0
    return through / pairs if pairs > 0.0 else np.full(nodes, np.nan)


@njit(cache=True, nogil=True)
def _shortest_paths(
    indptr: Integers, indices: Integers, source: int, distance: Integers, paths: Floats, queue: Integers
) -> int:
    """Fill distance and number of shortest paths from `source`; return how many nodes stand in the queue."""
    distance[source], paths[source], queue[0] = 0, 1.0, source
    reached, followed = 1, 0
    while followed < reached:
        node = queue[followed]
        followed += 1
        for neighbour in indices[indptr[node] : indptr[node + 1]]:
            if distance[neighbour] < 0:
                distance[neighbour] = distance[node] + 1
                queue[reached] = neighbour
                reached += 1
            if distance[neighbour] == distance[node] + 1:
                paths[neighbour] += paths[node]
    return reached
