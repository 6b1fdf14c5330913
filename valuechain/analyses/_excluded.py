"""Pairs of organisations that nobody needs to bring together: they deal with each other, or said that they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array

from valuechain.analyses._chain import collaboration_matrix

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph


def excluded(graph: ValueGraph) -> csr_array:
    """Return the pairs that are linked or refused, as a symmetric matrix of ones (organisations x organisations).

    Linked are those with a supply link, whether it delivers today or once did, or a joint project; refused those of
    whom a record says that one does not supply the other. Made once for a graph. Those of one legal group are not in
    it: `graph.legal_groups` tells them, and large groups would fill the matrix.
    """
    return graph.once(_excluded)


def traded_or_refused(graph: ValueGraph) -> csr_array:
    """Return the pairs with a supply link of any kind, or of which one is said not to supply the other, as ones."""
    return graph.once(_traded_or_refused)


def refused(graph: ValueGraph) -> csr_array:
    """Return the pairs of which one is said not to supply the other, as a symmetric matrix of ones."""
    told = graph["denied_supplies"]
    return _pairs(told["supplier"].to_numpy(np.int64), told["buyer"].to_numpy(np.int64), len(graph["organisations"]))


def _excluded(graph: ValueGraph) -> csr_array:
    return _ones(traded_or_refused(graph) + collaboration_matrix(graph))


def _traded_or_refused(graph: ValueGraph) -> csr_array:
    links = graph["supplies"]
    traded = _pairs(
        links["supplier"].to_numpy(np.int64), links["buyer"].to_numpy(np.int64), len(graph["organisations"])
    )
    return _ones(traded + refused(graph))


def _pairs(first: Integers, second: Integers, count: int) -> csr_array:
    ends = np.concatenate([first, second]), np.concatenate([second, first])
    return _ones(csr_array(coo_array((np.ones(len(ends[0])), ends), shape=(count, count))))


def _ones(matrix: csr_array) -> csr_array:
    matrix = csr_array(matrix)
    matrix.data = np.ones(len(matrix.data))
    return matrix
