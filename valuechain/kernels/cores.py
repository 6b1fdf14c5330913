"""The k-cores of an undirected network: how deep in its densely tied middle each node lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers


@njit(cache=True, nogil=True)
def core_numbers(indptr: Integers, indices: Integers) -> Integers:
    """Return the core number of each node in O(nodes + links).

    It is the largest k such that the node belongs to a group in which everybody is tied to at least k others of the
    group; 0 without ties. The largest of all is the network's degeneracy.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form, every tie from both of its ends, none twice and none to itself.

    Returns
    -------
    integers (N,)

    References
    ----------
    V. Batagelj, M. Zaversnik (2003), An O(m) algorithm for cores decomposition of networks, arXiv cs/0310049.
    """
    nodes = len(indptr) - 1
    degree = np.empty(nodes, dtype=np.int64)
    most = 0
    for node in range(nodes):
        degree[node] = indptr[node + 1] - indptr[node]
        most = max(most, degree[node])
    first = np.zeros(most + 2, dtype=np.int64)  # where the nodes of each degree begin in `order`
    for node in range(nodes):
        first[degree[node] + 1] += 1
    for one in range(most + 1):
        first[one + 1] += first[one]
    order = np.empty(nodes, dtype=np.int64)
    place = np.empty(nodes, dtype=np.int64)
    free = first.copy()
    for node in range(nodes):
        place[node] = free[degree[node]]
        order[place[node]] = node
        free[degree[node]] += 1
    for at in range(nodes):
        node = order[at]
        for entry in range(indptr[node], indptr[node + 1]):
            neighbour = indices[entry]
            if degree[neighbour] > degree[node]:
                # It changes places with the first of its degree, which then begins one further.
                front = first[degree[neighbour]]
                other = order[front]
                order[place[neighbour]], place[other] = other, place[neighbour]
                order[front], place[neighbour] = neighbour, front
                first[degree[neighbour]] = front + 1
                degree[neighbour] -= 1
    return degree
