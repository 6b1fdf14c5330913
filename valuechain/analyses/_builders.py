"""Who could build a bridge between two groups: pairs that offer the same, and those who know both sides already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from valuechain.analyses._chain import evidence_of, known_offers
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._groups import Groups
    from valuechain.analyses._ties import Ties
    from valuechain.model.arrays import Integers

POOL = 300
"""Pairs are looked for among so many on each side: those who offer most of what the other side offers too."""


@dataclass(frozen=True)
class Builder:
    """Two organisations, one in each of two groups, that are not tied and offer the same.

    `known_to_both` are those to whom both are tied, those with most ties first.
    """

    first: int
    second: int
    capabilities: tuple[int, ...]
    known_to_both: tuple[int, ...]
    confidence: float
    status: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class GoBetween:
    """An organisation that is tied to members of both groups, and to how many of each."""

    organisation: int
    to_first: int
    to_second: int


class Building:
    """Looks for pairs that share capabilities, and for those with neighbours on both sides."""

    def __init__(self, ties: Ties, groups: Groups) -> None:
        graph = ties.graph
        self._ties = ties
        self._offers: pd.DataFrame = known_offers(graph)
        who, what = (self._offers[name].to_numpy(np.int64) for name in ("organisation", "capability"))
        self._order = np.argsort(who, kind="stable")
        self._start = np.zeros(len(graph["organisations"]) + 1, dtype=np.int64)
        np.cumsum(np.bincount(who, minlength=len(self._start) - 1), out=self._start[1:])
        shape = (len(graph["organisations"]), len(graph["capabilities"]))
        self._sure = csr_array((self._offers["confidence"].to_numpy(float), (who, what)), shape=shape)
        belongs = groups.shares.copy()
        belongs.data = np.ones(len(belongs.data))
        self._reach = (ties.matrix @ belongs).tocsc()

    def pairs(self, low: Integers, high: Integers, most: int) -> list[Builder]:
        """Return the pairs from `low` and `high` that share most and are not tied, best first.

        Rank: sum over the shared capabilities of the product of both confidences. Who is in both groups is left out.
        """
        low, high = np.setdiff1d(low, high), np.setdiff1d(high, low)
        low, high = self._pool(low, high), self._pool(high, low)
        shared = (self._sure[low] @ self._sure[high].T).toarray()
        shared[self._ties.matrix[low][:, high].toarray() > 0] = 0.0
        best = np.argsort(-shared, axis=None, kind="stable")[:most]
        pairs = zip(*np.unravel_index(best, shared.shape), strict=True)
        return [self._builder(int(low[row]), int(high[column])) for row, column in pairs if shared[row, column] > 0]

    def _pool(self, some: Integers, others: Integers) -> Integers:
        """Those who offer most of what the others offer too."""
        if len(some) <= POOL:
            return some
        wanted = np.asarray(self._sure[others].max(axis=0).todense()).ravel() > 0
        offered = self._sure[some] @ wanted.astype(float)
        return np.sort(some[np.argsort(-offered, kind="stable")[:POOL]])

    def go_betweens(self, low: int, high: int, most: int) -> list[GoBetween]:
        """Return who is tied to most members of both groups, by the smaller of the two numbers."""
        first, second = (self._tied_to(group) for group in (low, high))
        fewer = np.minimum(first, second)
        best = np.lexsort((-(first + second), -fewer))[:most]
        return [GoBetween(int(one), int(first[one]), int(second[one])) for one in best if fewer[one] > 0]

    def _tied_to(self, group: int) -> Integers:
        column = slice(self._reach.indptr[group], self._reach.indptr[group + 1])
        tied = np.zeros(self._reach.shape[0], dtype=np.int64)
        tied[self._reach.indices[column]] = self._reach.data[column]
        return tied

    def _builder(self, first: int, second: int) -> Builder:
        own = [self._offered_by(one).set_index("capability") for one in (first, second)]
        both = own[0].index.intersection(own[1].index)
        sure = np.minimum(*(offers.loc[both, "confidence"].to_numpy(float) for offers in own))
        order = np.argsort(-sure, kind="stable")
        used = [offers.loc[both] for offers in own]
        ties = self._ties
        common = np.intersect1d(ties.neighbours(first), ties.neighbours(second))
        degree = np.diff(ties.adjacency.indptr)[common]
        return Builder(
            first,
            second,
            tuple(int(capability) for capability in both[order]),
            tuple(common[np.argsort(-degree, kind="stable")].tolist()),
            float(sure.max()),
            least_certain(status for offers in used for status in offers["status"]),
            tuple(dict.fromkeys(record for offers in used for record in evidence_of(ties.graph, offers))),
        )

    def _offered_by(self, organisation: int) -> pd.DataFrame:
        return self._offers.iloc[self._order[self._start[organisation] : self._start[organisation + 1]]]
