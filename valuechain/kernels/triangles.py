"""Triangles of an undirected network, each found once, from its end with the fewest ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats, Integers


@njit(cache=True, nogil=True)
def triangles(indptr: Integers, indices: Integers) -> Integers:
    """Return how many triangles each node is part of, in O(L ** 1.5) whatever the hubs.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form, every tie from both of its ends, none twice and none to itself.

    Returns
    -------
    integers (N,)

    References
    ----------
    M. Latapy (2008), Main-memory triangle computations for very large (sparse (power-law)) graphs, Theoretical Computer
    Science 407.
    """
    nodes = len(indptr) - 1
    start, heads = upwards(indptr, indices)
    found = np.zeros(nodes, dtype=np.int64)
    marked = np.full(nodes, -1, dtype=np.int64)
    for node in range(nodes):
        for entry in range(start[node], start[node + 1]):
            marked[heads[entry]] = node
        for entry in range(start[node], start[node + 1]):
            middle = heads[entry]
            for other in range(start[middle], start[middle + 1]):
                if marked[heads[other]] == node:
                    found[node] += 1
                    found[middle] += 1
                    found[heads[other]] += 1
    return found


@njit(cache=True, nogil=True)
def constraint(indptr: Integers, indices: Integers) -> Floats:
    """Return Burt's constraint of each node: sum over neighbours j of (p_ij + sum over q of p_iq p_qj) ** 2.

    Low = spans a structural hole. All ties count alike (p_ij = 1 / degree of i); not a number without ties. With equal
    ties the inner part is (1 + sum over common neighbours q of 1 / degree of q) / degree of i, so that one number per
    tie, gathered from triangles, is enough for both of its ends.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form, every tie from both of its ends, none twice and none to itself.

    Returns
    -------
    floats (N,)
        1 for a single tie, 1.125 in a triangle, towards 0 for a hub of others who are not tied.

    References
    ----------
    R. S. Burt (1992), Structural Holes, Harvard University Press.
    """
    nodes = len(indptr) - 1
    start, heads = upwards(indptr, indices)
    through = np.ones(len(heads))
    entry_of = np.full(nodes, -1, dtype=np.int64)
    share = np.full(nodes, np.nan)
    for node in range(nodes):
        if indptr[node] < indptr[node + 1]:
            share[node] = 1.0 / (indptr[node + 1] - indptr[node])
    for node in range(nodes):
        for entry in range(start[node], start[node + 1]):
            entry_of[heads[entry]] = entry
        for entry in range(start[node], start[node + 1]):
            middle = heads[entry]
            for other in range(start[middle], start[middle + 1]):
                third = entry_of[heads[other]]
                if third >= 0:
                    through[entry] += share[heads[other]]
                    through[other] += share[node]
                    through[third] += share[middle]
        for entry in range(start[node], start[node + 1]):
            entry_of[heads[entry]] = -1
    found = np.zeros(nodes)
    for node in range(nodes):
        for entry in range(start[node], start[node + 1]):
            square = through[entry] ** 2
            found[node] += square
            found[heads[entry]] += square
    for node in range(nodes):
        found[node] *= share[node] ** 2
    return found


@njit(cache=True, nogil=True)
def upwards(indptr: Integers, indices: Integers) -> tuple[Integers, Integers]:
    """Return each tie once, in compressed form, from its end with fewer ties; among equals from the smaller number.

    Nobody has then more than sqrt(2 L) ties, however large the hubs are.
    """
    nodes = len(indptr) - 1
    start = np.zeros(nodes + 1, dtype=np.int64)
    heads = np.empty(len(indices) // 2, dtype=np.int64)
    kept = 0
    for node in range(nodes):
        degree = indptr[node + 1] - indptr[node]
        for entry in range(indptr[node], indptr[node + 1]):
            other = indices[entry]
            degree_of_other = indptr[other + 1] - indptr[other]
            if degree < degree_of_other or (degree == degree_of_other and node < other):
                heads[kept] = other
                kept += 1
        start[node + 1] = kept
    return start, heads
