"""Networks in compressed form from lists of pairs, for the tests of kernels."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from hypothesis import strategies as st

from valuechain.model.graph import Adjacency

NODES = 10
MESSY = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=24)
"""Pairs among NODES nodes: some stand there twice, some join a node to itself, some nodes are alone."""


def directed(links: Iterable[tuple[int, int]], nodes: int) -> Adjacency:
    """Links from their sources, as they are."""
    sources, targets = np.array(list(links), dtype=np.int64).reshape(-1, 2).T
    return Adjacency.from_pairs(sources, targets, nodes)


def undirected(links: Iterable[tuple[int, int]], nodes: int) -> Adjacency:
    """Ties from both of their ends, each once, without those of a node to itself."""
    ties = sorted({(min(pair), max(pair)) for pair in links if pair[0] != pair[1]})
    first, second = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    return Adjacency.from_pairs(np.concatenate([first, second]), np.concatenate([second, first]), nodes)
