"""Everything that joins two organisations directly: supplies, joint projects, memberships, ownership."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import active_supplies
from valuechain.model.graph import Adjacency
from valuechain.model.language import listed, plural, say, term
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

TABLES = ("supplies", "collaborations", "memberships", "ownerships")
"""Tables of the graph whose rows join two organisations."""

_ENDS = (("supplier", "buyer"), ("first", "second"), ("organisation", "cluster"), ("owner", "owned"))
"""The columns of the two, table by table."""

LINKS = {"supplies": 0, "projects": 1, "memberships": 2, "ownership": 3}
"""What the option `links` of an analysis calls each of these tables, and its place among them."""

_JOINT = term("has {projects} with")
_FORWARD = (term("supplies"), _JOINT, term("is a member of"), term("owns"))
_BACKWARD = (term("buys from"), _JOINT, term("has as a member"), term("belongs to"))
"""What the first end of a link does to the second, and the second to the first."""


@dataclass(frozen=True, eq=False)
class Connections:
    """Direct links between organisations as plain columns, and the pairs that they join.

    Of each link `source` and `target` are the ends, `table` is the place of its table in TABLES, `row` its row there
    and `pair` the number of its pair. Of each pair `low` < `high` are the ends, `sure` says how sure the surest link is
    (0..1) and `rank` is the rank of the status of the best known one.
    """

    graph: ValueGraph
    source: Integers
    target: Integers
    table: Integers
    row: Integers
    pair: Integers
    low: Integers
    high: Integers
    sure: Floats
    rank: Integers

    @cached_property
    def adjacency(self) -> Adjacency:
        """Neighbours of each organisation; `links` holds numbers of pairs, which stand there from both ends."""
        ends = np.concatenate([self.low, self.high]), np.concatenate([self.high, self.low])
        both = Adjacency.from_pairs(*ends, len(self.graph.tables["organisations"]))
        return Adjacency(both.indptr, both.indices, both.links % max(1, len(self.low)))

    @cached_property
    def _of_pair(self) -> Adjacency:
        return Adjacency.from_pairs(self.pair, self.row, len(self.low))

    def by(self, table: int) -> Connections:
        """Return the links of one table alone."""
        chosen = np.flatnonzero(self.table == table)
        confidence = self.graph.tables[TABLES[table]]["confidence"].to_numpy(float)[self.row[chosen]]
        rank = _ranks(self.graph, TABLES[table])[self.row[chosen]]
        return _paired(
            self.graph, self.source[chosen], self.target[chosen], self.table[chosen], self.row[chosen], confidence, rank
        )

    def links_of(self, pair: int) -> Integers:
        """Return the links that join a pair."""
        found = self._of_pair
        return found.links[found.indptr[pair] : found.indptr[pair + 1]]

    def words(self, pair: int, seen_from: int) -> str:
        """Return what one end of a pair does to the other: "supplies and has 2 joint projects with"."""
        said: dict[str, None] = {}
        for link in self.links_of(pair).tolist():
            table = int(self.table[link])
            verb = (_FORWARD if self.source[link] == seen_from else _BACKWARD)[table]
            projects = int(self._projects[self.row[link]]) if verb is _JOINT else 0
            said[say(verb, projects=plural(projects, "joint project"))] = None
        return listed(said, len(said))

    @cached_property
    def _projects(self) -> Integers:
        projects: Integers = self.graph.tables["collaborations"]["projects"].to_numpy(np.int64)
        return projects

    def has(self, table: int) -> Booleans:
        """Return which pairs are joined by a link of a table."""
        found = np.zeros(len(self.low), dtype=bool)
        found[self.pair[self.table == table]] = True
        return found

    def status(self, pairs: Iterable[int]) -> str:
        """Return the least certain status of a chain of pairs, each by the best known of its links."""
        return STATUS_OF_RANK[max((int(self.rank[pair]) for pair in pairs), default=0)]

    def evidence(self, pairs: Iterable[int]) -> tuple[int, ...]:
        """Return the records behind some pairs."""
        found: dict[int, None] = {}
        for pair in pairs:
            for link in self.links_of(pair).tolist():
                behind = self.graph.behind[TABLES[self.table[link]]]
                found.update(dict.fromkeys(behind.of(int(self.row[link]))))
        return tuple(found)


def connections(graph: ValueGraph, links: str) -> Connections:
    """Return everybody's direct links: those of one table (a name in LINKS), or "all". Nobody is linked to itself."""
    everything = graph.once(_all_connections)
    return everything.by(LINKS[links]) if links in LINKS else everything


def _all_connections(graph: ValueGraph) -> Connections:
    supplies = active_supplies(graph)
    parts = []
    for table, (name, ends) in enumerate(zip(TABLES, _ENDS, strict=True)):
        rows = supplies if name == "supplies" else graph.tables[name]
        source, target = (rows[end].to_numpy(np.int64) for end in ends)
        known = (source >= 0) & (target >= 0) & (source != target)
        row = rows.index.to_numpy(np.int64)
        columns = (source, target, np.full(len(rows), table), row, rows["confidence"].to_numpy(float))
        parts.append([column[known] for column in (*columns, _ranks(graph, name)[row])])
    return _paired(graph, *(np.concatenate(column) for column in zip(*parts, strict=True)))


def _ranks(graph: ValueGraph, table: str) -> Integers:
    ranks: Integers = graph.tables[table]["status"].map(STATUS_RANK).to_numpy(np.int64)
    return ranks


def _paired(
    graph: ValueGraph,
    source: Integers,
    target: Integers,
    table: Integers,
    row: Integers,
    confidence: Floats,
    rank: Integers,
) -> Connections:
    count = max(1, len(graph.tables["organisations"]))
    keys, pair = np.unique(np.minimum(source, target) * count + np.maximum(source, target), return_inverse=True)
    sure = np.zeros(len(keys))
    np.maximum.at(sure, pair, confidence)
    best = np.full(len(keys), max(STATUS_OF_RANK))
    np.minimum.at(best, pair, rank)
    return Connections(graph, source, target, table, row, pair, keys // count, keys % count, sure, best)
