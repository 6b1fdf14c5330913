"""The parts of a network: those that hang together, and those that reach each other in the direction of the links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers


def components(indptr: Integers, indices: Integers) -> Integers:
    """Return the component of each node: nodes in one are joined by links, in whatever direction.

    Components are numbered by size, the largest 0, and among equal ones by their smallest member.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (L,)
        Links in compressed form; repeated ones and links of a node to itself change nothing.

    Returns
    -------
    integers (N,)
    """
    return _components(indptr, indices, "weak")


def strong_components(indptr: Integers, indices: Integers) -> Integers:
    """Return the strongly connected component of each node: nodes in one reach each other along the links.

    Whoever is on no cycle is one by itself. They are numbered as in `components`.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (L,)
        Links in compressed form, each from its source.

    Returns
    -------
    integers (N,)

    References
    ----------
    D. J. Pearce (2005), An improved algorithm for finding the strongly connected components of a directed graph,
    Technical Report, Victoria University, Wellington.
    """
    return _components(indptr, indices, "strong")


def _components(indptr: Integers, indices: Integers, connection: Literal["weak", "strong"]) -> Integers:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    nodes = len(indptr) - 1
    if nodes == 0:
        return np.zeros(0, dtype=np.int64)
    links = csr_array((np.ones(len(indices)), indices.astype(np.int32), indptr.astype(np.int32)), shape=(nodes, nodes))
    links.sum_duplicates()  # scipy's search for strong components does not end where a link stands twice
    return by_size(connected_components(links, directed=True, connection=connection)[1].astype(np.int64))


def by_size(labels: Integers) -> Integers:
    """Return the same groups of nodes, numbered by size from the largest, then by their smallest member."""
    _, first, group, size = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -size))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[group]
