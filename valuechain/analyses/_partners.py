"""Clusters side by side: who belongs to them, what they offer and need, and how well any two complement each other.

Everything about all pairs is a product of matrices (clusters x organisations, organisations x capabilities); no pair of
members is looked at before a pair of clusters is spelled out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array

from valuechain.analyses._chain import is_fresh, known_needs, known_offers, required_capabilities
from valuechain.analyses._ties import Ties, ties

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._partners_market import Market
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, eq=False)
class Clusters:
    """All clusters with members in scope, and what their members offer and need.

    `positions` are the clusters as organisations, `ours` flags those asked about (all where none was named).
    `members` (clusters x organisations) holds 1 for each member. `offers` and `needs` are rows of `known_offers` and
    `known_needs`: those of members that still count, fresh and of the chain asked about. `silent` are the clusters of
    which no member is known, as positions; `freshness` is in years.
    """

    graph: ValueGraph
    market: Market
    positions: Integers
    ours: Booleans
    members: csr_array
    offers: pd.DataFrame
    needs: pd.DataFrame
    silent: Integers
    freshness: float

    @cached_property
    def required(self) -> pd.DataFrame:
        """The capabilities that count, see `required_capabilities`."""
        return required_capabilities(self.graph)

    @cached_property
    def offered(self) -> Booleans:
        """Clusters x capabilities: whether a member offers it."""
        return self._any_member(self.offers)

    @cached_property
    def lacking(self) -> Booleans:
        """Clusters x capabilities: whether a member needs it and no member offers it."""
        return self._any_member(self.needs) & ~self.offered

    def _any_member(self, rows: pd.DataFrame) -> Booleans:
        shape = (self.members.shape[1], len(self.graph["capabilities"]))
        ends = rows["organisation"].to_numpy(np.int64), rows["capability"].to_numpy(np.int64)
        found: Booleans = (self.members @ csr_array(coo_array((np.ones(len(rows)), ends), shape=shape))).toarray() > 0
        return found

    @cached_property
    def similarity(self) -> Floats:
        """Clusters x clusters: capabilities that both offer / capabilities that either offers; NaN where none does."""
        mine = self.offered.astype(float)
        both = mine @ mine.T
        counts = mine.sum(axis=1)
        return _share(both, counts[:, None] + counts[None, :] - both)

    @cached_property
    def filled(self) -> Floats:
        """Clusters x clusters: how many of the needs that are open in the first the second could meet."""
        filled: Floats = self.lacking.astype(float) @ self.offered.astype(float).T
        return filled

    @cached_property
    def complementarity(self) -> Floats:
        """Clusters x clusters: open needs of both that the other meets / open needs of both; NaN where none is open."""
        counts = self.lacking.sum(axis=1).astype(float)
        return _share(self.filled + self.filled.T, counts[:, None] + counts[None, :])

    @cached_property
    def in_market(self) -> csr_array:
        """Clusters x organisations: members that stand in the target market."""
        active = np.zeros(self.members.shape[1])
        active[self.market.rows["organisation"].to_numpy(np.int64)] = 1.0
        found = csr_array(self.members.multiply(active[None, :]))
        found.eliminate_zeros()
        return found

    @cached_property
    def ties(self) -> Ties:
        """Everybody's ties."""
        return ties(self.graph)

    def who(self, cluster: int) -> Integers:
        """Return the members of a cluster (a row of the matrices), as positions of organisations."""
        return _columns(self.members, cluster)

    def active(self, cluster: int) -> Integers:
        """Return the members of a cluster that stand in the target market."""
        return _columns(self.in_market, cluster)

    def label(self, cluster: int) -> str:
        """Return the name of a cluster."""
        return str(self.graph["organisations"]["label"].iloc[self.positions[cluster]])

    def key(self, cluster: int) -> str:
        """Return the key of a cluster."""
        return str(self.graph["organisations"]["key"].iloc[self.positions[cluster]])

    def pairs(self) -> list[tuple[int, int]]:
        """Return the pairs to compare, best first: one of ours, and another one that is as real.

        With a market those come first where both sides have somebody in it; then the more complementary, the more open
        needs that would be met, the more alike; then by name. Quadratic in the number of clusters.
        """
        count = len(self.positions)
        first, second = np.nonzero(self.ours[:, None] & ~np.eye(count, dtype=bool))
        once = (first < second) | ~self.ours[second]
        made_up = (self.graph["organisations"]["status"] == "synthetic").to_numpy(bool)[self.positions]
        kept = once & (made_up[first] == made_up[second])
        first, second = first[kept], second[kept]
        active = np.diff(self.in_market.indptr) > 0
        scores = [
            -np.nan_to_num(self.similarity[first, second], nan=-1.0),
            -(self.filled[first, second] + self.filled[second, first]),
            -np.nan_to_num(self.complementarity[first, second], nan=-1.0),
            ~(active[first] & active[second]),
        ]
        order = np.lexsort([second, first, *scores])
        return list(zip(first[order].tolist(), second[order].tolist(), strict=True))


def clusters(graph: ValueGraph, market: Market, freshness: float) -> Clusters:
    """Return the clusters with members in scope; those named by the scope are ours.

    Parameters
    ----------
    graph : ValueGraph
        Its scope by region, country and kind restricts the members that count, not the clusters.
    market : Market
    freshness : float, 0.., years
        Offers older than this no longer count.
    """
    organisations = graph["organisations"]
    wide = replace(graph, scope=replace(graph.scope, clusters=()))
    memberships = graph["memberships"]
    memberships = memberships[memberships["organisation"] != memberships["cluster"]]
    inside = memberships[wide.in_scope[memberships["organisation"].to_numpy(np.int64)]]
    named = [graph.find("organisations", key) for key in graph.scope.clusters]
    known = np.unique(inside["cluster"].to_numpy(np.int64))
    kind = np.flatnonzero((organisations["kind"] == "cluster").to_numpy(bool))
    silent = np.setdiff1d(kind, known)
    known = known[np.argsort(organisations["label"].iloc[known].to_numpy(str), kind="stable")]
    row_of = np.full(len(organisations), -1, dtype=np.int64)
    row_of[known] = np.arange(len(known))
    ends = row_of[inside["cluster"].to_numpy(np.int64)], inside["organisation"].to_numpy(np.int64)
    members = csr_array(coo_array((np.ones(len(inside)), ends), shape=(len(known), len(organisations))))
    members.data[:] = 1.0
    member = np.zeros(len(organisations), dtype=bool)
    member[members.indices] = True
    return Clusters(
        graph,
        market,
        known,
        np.isin(known, named) if named else np.ones(len(known), dtype=bool),
        members,
        _counting(graph, known_offers(graph), member, freshness),
        _counting(graph, known_needs(graph), member, freshness),
        silent,
        freshness,
    )


def _counting(graph: ValueGraph, rows: pd.DataFrame, member: Booleans, freshness: float) -> pd.DataFrame:
    required = required_capabilities(graph).index
    chosen = member[rows["organisation"].to_numpy(np.int64)] & rows["capability"].isin(required).to_numpy(bool)
    rows = rows[chosen]
    return rows[is_fresh(graph, rows["as_of"], freshness)]


def _columns(matrix: csr_array, row: int) -> Integers:
    found: Integers = np.sort(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]).astype(np.int64)
    return found


def _share(part: Floats, whole: Floats) -> Floats:
    shares: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return shares
