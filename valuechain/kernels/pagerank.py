"""PageRank: how much of a walk along the links each node sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats, Integers

DAMPING, TOLERANCE = 0.85, 1e-10


def pagerank(indptr: Integers, indices: Integers, damping: float = DAMPING, tolerance: float = TOLERANCE) -> Floats:
    """Return the PageRank of each node: r = (1 - d) / N + d (sum over links j -> i of r_j / links of j + D / N).

    D is the rank of the nodes without links, which is given to all alike. The ranks add up to 1.

    Parameters
    ----------
    indptr, indices : integers (N + 1,), (L,)
        Links in compressed form, each from its source; repeated ones count as often as they stand there.
    damping : float, 0..1 (not 1)
        d: how likely the walk follows a link instead of beginning anew anywhere.
    tolerance : float, at least 1e-14
        The walk ends when the ranks of two steps differ by less in all. A step shrinks the difference by d at least, so
        it always ends.

    Returns
    -------
    floats (N,)

    References
    ----------
    L. Page, S. Brin, R. Motwani, T. Winograd (1999), The PageRank citation ranking, Technical Report, Stanford.
    """
    from scipy.sparse import csr_array

    nodes = len(indptr) - 1
    if nodes == 0:
        return np.zeros(0)
    links = np.diff(indptr)
    share = np.repeat(1.0 / np.maximum(links, 1), links)
    followed = csr_array((share, indices, indptr), shape=(nodes, nodes)).T.tocsr()
    dangling = np.flatnonzero(links == 0)
    rank = np.full(nodes, 1.0 / nodes)
    change = np.inf
    while change > tolerance:
        before = rank
        everywhere = (1.0 - damping + damping * before[dangling].sum()) / nodes
        rank = damping * (followed @ before) + everywhere
        change = float(np.abs(rank - before).sum())
    ranks: Floats = rank / rank.sum()
    return ranks
