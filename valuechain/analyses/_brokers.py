"""Who joins groups that would otherwise not meet, and who could join those that do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import evidence_of, known_offers
from valuechain.kernels.betweenness import between_groups
from valuechain.kernels.participation import participation
from valuechain.kernels.triangles import constraint
from valuechain.model.graph import Adjacency
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from valuechain.analyses._groups import Groups
    from valuechain.model.arrays import Floats, Integers
    from valuechain.model.graph import ValueGraph

EXACT_UP_TO = 2000
"""Up to so many organisations with ties and a group, shortest paths are followed from every one of them."""

SOURCES = 1000
"""Beyond that, from so many of them, evenly spread over the list."""


@dataclass(frozen=True)
class Roles:
    """How each organisation spans groups; not a number where it cannot be said.

    `sources` counts the organisations from which shortest paths were followed, of `ends` that have ties and a group.
    """

    participation: Floats
    constraint: Floats
    betweenness: Floats
    sources: int
    ends: int


def roles(neighbours: Adjacency, ties: csr_array, groups: Groups) -> Roles:
    """Return the role of each organisation between groups."""
    shares = groups.shares
    start = shares.indptr.astype(np.int64)
    ends = np.flatnonzero((np.diff(start) > 0) & (np.diff(neighbours.indptr) > 0)).astype(np.int64)
    sources = ends
    if len(ends) > EXACT_UP_TO:
        sources = ends[np.linspace(0, len(ends) - 1, SOURCES).round().astype(np.int64)]
    return Roles(
        participation(ties, shares),
        constraint(neighbours.indptr, neighbours.indices),
        between_groups(
            neighbours.indptr, neighbours.indices, start, shares.indices.astype(np.int64), shares.data,
            len(groups.labels), sources,
        ),
        len(sources),
        len(ends),
    )  # fmt: skip


@dataclass(frozen=True)
class Builder:
    """Two organisations, one in each of two groups, that are not tied and offer the same."""

    first: int
    second: int
    capabilities: tuple[int, ...]
    confidence: float
    status: str
    evidence: tuple[int, ...]


class Offers:
    """Who offers what, as a matrix of confidences, to look for capabilities that two organisations share."""

    def __init__(self, graph: ValueGraph) -> None:
        from scipy.sparse import csr_array

        self._graph = graph
        self._offers: pd.DataFrame = known_offers(graph)
        who = self._offers["organisation"].to_numpy(np.int64)
        what = self._offers["capability"].to_numpy(np.int64)
        shape = (len(graph["organisations"]), len(graph["capabilities"]))
        self._sure = csr_array((self._offers["confidence"].to_numpy(float), (who, what)), shape=shape)

    def builders(self, low: Integers, high: Integers, ties: csr_array, most: int) -> list[Builder]:
        """Return the pairs from `low` and `high` that share most and are not tied, best first.

        Rank: sum over the shared capabilities of the product of both confidences. Who is in both groups is left out.
        """
        low, high = np.setdiff1d(low, high), np.setdiff1d(high, low)
        shared = (self._sure[low] @ self._sure[high].T).toarray()
        shared[ties[low][:, high].toarray() > 0] = 0.0
        best = np.argsort(-shared, axis=None, kind="stable")[:most]
        pairs = zip(*np.unravel_index(best, shared.shape), strict=True)
        return [self._builder(int(low[row]), int(high[column])) for row, column in pairs if shared[row, column] > 0]

    def _builder(self, first: int, second: int) -> Builder:
        own = [self._offers[self._offers["organisation"] == one].set_index("capability") for one in (first, second)]
        both = own[0].index.intersection(own[1].index)
        sure = np.minimum(*(offers.loc[both, "confidence"].to_numpy(float) for offers in own))
        order = np.argsort(-sure, kind="stable")
        used = [offers.loc[both] for offers in own]
        return Builder(
            first,
            second,
            tuple(int(capability) for capability in both[order]),
            float(sure.max()),
            least_certain(status for offers in used for status in offers["status"]),
            tuple(dict.fromkeys(record for offers in used for record in evidence_of(self._graph, offers))),
        )
