"""Whose neighbours spread over many groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from valuechain.model.arrays import Floats


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
