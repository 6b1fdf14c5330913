"""Communities of an undirected network: groups tied among themselves more than chance would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from graspologic_native import leiden_csr

from valuechain.kernels.components import by_size

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers

SEED = 1
"""Ties between equally good moves are broken at random, always from the same start."""

ROUNDS = 2
"""How often the whole algorithm runs, each time from what it found before; the second round still finds more."""


def communities(indptr: Integers, indices: Integers) -> Integers:
    """Return the community of each node, found by the Leiden algorithm with modularity.

    Communities are numbered by size, the largest 0, and among equal ones by their smallest member. Each is connected;
    a node without ties is one by itself. The same network gives the same communities, in every run and on any number
    of threads; the same network with its nodes in another order may give others that are about as good.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        Neighbours in compressed form, every tie from both of its ends. A tie that stands there twice weighs double; a
        tie of a node to itself does not count.

    Returns
    -------
    integers (N,)

    References
    ----------
    V. A. Traag, L. Waltman, N. J. van Eck (2019), From Louvain to Leiden: guaranteeing well-connected communities,
    Scientific Reports 9, 5233.
    """
    nodes = len(indptr) - 1
    indptr, indices = _without_loops(indptr, indices)
    if len(indices) == 0:
        return np.arange(nodes, dtype=np.int64)
    weights = np.ones(len(indices))
    _, found = leiden_csr(
        indptr.astype(np.int64), indices.astype(np.int32), weights, nodes, seed=SEED, iterations=ROUNDS
    )
    labels = np.empty(nodes, dtype=np.int64)
    labels[np.fromiter(found.keys(), np.int64, nodes)] = np.fromiter(found.values(), np.int64, nodes)
    return by_size(labels)


def modularity(indptr: Integers, indices: Integers, labels: Integers) -> float:
    """Return by how much ties stay inside groups more often than by chance: sum over c of e_c / m - (K_c / 2m) ** 2.

    e_c are the ties inside group c, K_c the ends of ties in it, m all ties. It lies in -0.5..1; not a number where
    there is no tie.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (2 L,)
        As in `communities`.
    labels : integers (N,)
        Group of each node, counted from 0.

    References
    ----------
    M. E. J. Newman, M. Girvan (2004), Finding and evaluating community structure in networks, Physical Review E 69.
    """
    indptr, indices = _without_loops(indptr, indices)
    if len(indices) == 0:
        return float("nan")
    degree = np.diff(indptr)
    inside = np.count_nonzero(np.repeat(labels, degree) == labels[indices])
    ends = np.bincount(labels, weights=degree)
    return float(inside / len(indices) - np.square(ends / len(indices)).sum())


def _without_loops(indptr: Integers, indices: Integers) -> tuple[Integers, Integers]:
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    kept = indices != rows
    if kept.all():
        return indptr, indices
    starts = np.zeros(len(indptr), dtype=np.int64)
    np.cumsum(np.bincount(rows[kept], minlength=len(indptr) - 1), out=starts[1:])
    return starts, indices[kept]
