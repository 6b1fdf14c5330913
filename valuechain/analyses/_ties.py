"""The link graph: who is tied to whom, by joint projects or by a supply link that delivers today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from valuechain.analyses._chain import active_supplies
from valuechain.model.graph import Adjacency
from valuechain.model.merge import Evidence, by_status
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

_ENDS = ["first", "second"]


@dataclass(frozen=True, eq=False)
class Ties:
    """Pairs of organisations that are tied, each once.

    `pairs` has the columns first < second (positions), projects (joint ones), supplies (links that deliver today),
    confidence of the surest link and status of the best known one. `_collaborations` and `_supplies` say which rows of
    the graph's tables each pair comes from.
    """

    graph: ValueGraph
    pairs: pd.DataFrame
    _collaborations: Integers
    _supplies: Evidence

    @cached_property
    def adjacency(self) -> Adjacency:
        """Neighbours of each organisation; `links` holds rows of `pairs`, which stand there from both ends."""
        first, second = (self.pairs[end].to_numpy(np.int64) for end in _ENDS)
        count = len(self.graph["organisations"])
        both = Adjacency.from_pairs(np.concatenate([first, second]), np.concatenate([second, first]), count)
        return Adjacency(both.indptr, both.indices, both.links % max(1, len(first)))

    @cached_property
    def matrix(self) -> csr_array:
        """Symmetric matrix (organisations x organisations), 1 where two are tied."""
        links = self.adjacency
        count = len(links.indptr) - 1
        return csr_array((np.ones(len(links.indices)), links.indices, links.indptr), shape=(count, count))

    def among(self, chosen: Booleans) -> Ties:
        """Return the ties that have both ends among the organisations chosen."""
        first, second = (self.pairs[end].to_numpy(np.int64) for end in _ENDS)
        rows = np.flatnonzero(chosen[first] & chosen[second])
        pairs = self.pairs.iloc[rows].reset_index(drop=True)
        return Ties(self.graph, pairs, self._collaborations[rows], self._supplies.select(rows))

    def evidence(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Return the records behind rows of `pairs`."""
        return tuple(dict.fromkeys(self.behind.select(np.fromiter(rows, np.int64)).positions.tolist()))

    @cached_property
    def behind(self) -> Evidence:
        """The records behind each pair."""
        joint = np.flatnonzero(self._collaborations >= 0)
        projects = self.graph.behind["collaborations"].select(self._collaborations[joint])
        supplied = np.repeat(np.arange(len(self.pairs)), np.diff(self._supplies.offsets))
        supplies = self.graph.behind["supplies"].select(self._supplies.positions)
        pairs = (
            np.repeat(joint, np.diff(projects.offsets)),
            np.repeat(supplied, np.diff(supplies.offsets)),
        )
        positions = np.concatenate([projects.positions, supplies.positions])
        return Evidence.from_pairs(np.concatenate(pairs), positions, len(self.pairs))

    def of(self, organisation: int) -> Integers:
        """Return the rows of `pairs` that an organisation has a part in."""
        links = self.adjacency
        return links.links[links.indptr[organisation] : links.indptr[organisation + 1]]

    def neighbours(self, organisation: int) -> Integers:
        """Return those to whom an organisation is tied."""
        links = self.adjacency
        return links.indices[links.indptr[organisation] : links.indptr[organisation + 1]]


def ties(graph: ValueGraph) -> Ties:
    """Return everybody's ties; an organisation is not tied to itself."""
    return replace(graph.once(_all_ties), graph=graph)


def _all_ties(graph: ValueGraph) -> Ties:
    import pandas as pd

    collaborations, supplies = graph["collaborations"], active_supplies(graph)
    supplies = supplies[supplies["supplier"] != supplies["buyer"]]
    ends = np.sort(supplies[["supplier", "buyer"]].to_numpy(np.int64), axis=1)
    links = pd.concat(
        [
            collaborations.assign(collaboration=collaborations.index, supplies=0),
            supplies.assign(first=ends[:, 0], second=ends[:, 1], collaboration=-1, projects=0, supplies=1),
        ],
        ignore_index=True,
    )
    links = links.assign(rank=by_status(links["status"], STATUS_RANK).astype(np.int64))
    grouped = links.groupby(_ENDS, sort=True)
    pairs = grouped.agg(
        projects=("projects", "sum"),
        supplies=("supplies", "sum"),
        collaboration=("collaboration", "max"),
        confidence=("confidence", "max"),
        rank=("rank", "min"),
    ).reset_index()
    pair_of_link = grouped.ngroup().to_numpy(np.int64)[len(collaborations) :]
    return Ties(
        graph,
        pairs.assign(status=pairs["rank"].map(STATUS_OF_RANK).astype("str")),
        pairs["collaboration"].to_numpy(np.int64),
        Evidence.from_pairs(pair_of_link, supplies.index.to_numpy(np.int64), len(pairs)),
    )
