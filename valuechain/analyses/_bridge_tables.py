"""Bridges between groups as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._crossings import Mixing, crossings, mixing, sole_brokers
from valuechain.analyses._organisations import shown
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._brokers import Builder, Roles
    from valuechain.analyses._groups import Groups
    from valuechain.analyses._ties import Ties
    from valuechain.model.arrays import Integers

PAIR_COLUMNS = (
    Column("first", "text", "One sector or region"),
    Column("second", "text", "The other, or the same: ties inside it"),
    Column("observed", "number", "Ties there are; those of an organisation in several count in parts", "ties"),
    Column("expected", "number", "Ties that chance would give", "ties"),
    Column("surprise", "number", "(observed - expected) / square root of expected; below -2 is rare by chance"),
    Column("state", "text", "Fewer, as many, or more than chance would give"),
    Column("first_organisations", "integer", "Organisations in the first", "organisations"),
    Column("second_organisations", "integer", "Organisations in the second", "organisations"),
    Column("in_both", "integer", "Organisations in both", "organisations"),
    STATUS,
)

BROKER_COLUMNS = (
    Column("organisation", "text", "Who connects"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("belongs_to", "text", "Its own sectors or region, empty where not known"),
    Column("ties", "integer", "To whom it is tied", "organisations"),
    Column("reaches", "integer", "Sectors or regions of those it is tied to", "groups"),
    Column("betweenness", "number", "Share of shortest paths between different groups that lead through it", "0..1"),
    Column("participation", "number", "How evenly its ties spread, 0 = all in one group", "0..1"),
    Column("constraint", "number", "Burt's constraint: low = spans a structural hole"),
    Column("only_connector_of", "integer", "Pairs of groups that have no tie without it", "pairs"),
    STATUS,
)

SOLE_BROKER_COLUMNS = (
    Column("first", "text", "One sector or region"),
    Column("second", "text", "The other"),
    Column("organisation", "text", "The only connector"),
    Column("organisation_key", "key", "Its key"),
    Column("place", "text", "Where it lies"),
    Column("ties", "integer", "Ties between the two, all of which it has a part in", "ties"),
    Column("in_both", "integer", "Organisations that belong to both", "organisations"),
    STATUS,
)

BUILDER_COLUMNS = (
    Column("first", "text", "One sector or region"),
    Column("second", "text", "The other"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who could build the bridge from the first"),
    Column("organisation_key", "key", "Its key"),
    Column("partner", "text", "With whom in the second"),
    Column("partner_key", "key", "Its key"),
    Column("shared", "text", "Capabilities that both offer, the surest first"),
    Column("shared_count", "integer", "How many that are", "capabilities"),
    Column("confidence", "number", "How sure it is that both offer the surest of them", "0..1"),
    STATUS,
)

RARE = 2.0
"""So many square roots of the expected number off, a count is called fewer or more than chance would give."""


@dataclass(frozen=True, eq=False)
class Bridges:
    """Ties within the scope, the groups of those in scope, and what crosses between the groups."""

    ties: Ties
    groups: Groups

    @cached_property
    def mixing(self) -> Mixing:
        """Ties within and between groups, against chance."""
        return mixing(self.ties.matrix, self.groups.shares)

    @cached_property
    def crossings(self) -> pd.DataFrame:
        """Every tie once for each pair of different groups that it joins."""
        pairs = self.ties.pairs
        return crossings(pairs["first"].to_numpy(np.int64), pairs["second"].to_numpy(np.int64), self.groups)

    @cached_property
    def sole_brokers(self) -> pd.DataFrame:
        """Who has a part in all ties between two groups; the pairs with most ties first."""
        return sole_brokers(self.crossings).sort_values("ties", ascending=False, kind="stable", ignore_index=True)

    @cached_property
    def members(self) -> list[Integers]:
        """Organisations of each group."""
        by_group = self.groups.shares.tocsc()
        everybody = by_group.indices.astype(np.int64)
        return [everybody[start:end] for start, end in pairwise(by_group.indptr)]

    def in_both(self, low: int, high: int) -> int:
        """Return how many organisations belong to two groups."""
        return len(np.intersect1d(self.members[low], self.members[high]))

    @cached_property
    def _rank_of_ties(self) -> Integers:
        return np.asarray(self.ties.pairs["rank"], dtype=np.int64)

    def status(self, ties: Integers, organisations: Integers) -> str:
        """Return the least certain status of some ties and of the groups of some organisations."""
        ranks = [self._rank_of_ties[ties], self.groups.rank[organisations]]
        return STATUS_OF_RANK[int(np.concatenate(ranks).max(initial=0))]


def pair_table(bridges: Bridges, title: str) -> Table:
    """Return every pair of groups, the furthest below chance first; ties inside a group stand there as well."""
    found = bridges.mixing
    labels = bridges.groups.labels
    ends = _ends_by_pair(bridges)
    low, high = np.triu_indices(len(labels))
    order = np.argsort(np.nan_to_num(found.surprise[low, high]), kind="stable")
    rows = []
    for first, second in zip(low[order].tolist(), high[order].tolist(), strict=True):
        ties = ends.get((first, second), np.zeros(0, dtype=np.int64))
        everybody = np.union1d(bridges.members[first], bridges.members[second])
        rows.append(
            {
                "first": labels[first],
                "second": labels[second],
                "observed": round(float(found.observed[first, second]), 2),
                "expected": round(float(found.expected[first, second]), 2),
                "surprise": round(float(found.surprise[first, second]), 2),
                "state": _state(float(found.surprise[first, second])),
                "first_organisations": len(bridges.members[first]),
                "second_organisations": len(bridges.members[second]),
                "in_both": bridges.in_both(first, second),
                "status": bridges.status(ties, everybody),
                "evidence": bridges.ties.evidence(ties.tolist())
                or bridges.groups.evidence(bridges.ties.graph, everybody),
            }
        )
    return Table.from_rows("pairs", title, PAIR_COLUMNS, rows)


def _ends_by_pair(bridges: Bridges) -> dict[tuple[int, int], Integers]:
    """Ties of each pair of groups, those inside a group included."""
    shares = bridges.groups.shares
    found = {
        (int(low), int(high)): np.unique(rows["tie"].to_numpy(np.int64))
        for (low, high), rows in bridges.crossings.groupby(["low", "high"])
    }
    first, second = (bridges.ties.pairs[end].to_numpy(np.int64) for end in ("first", "second"))
    both = (shares[first].multiply(shares[second])).tocsc()
    for group in range(len(bridges.groups.labels)):
        inside = both.indices[both.indptr[group] : both.indptr[group + 1]]
        if len(inside):
            found[group, group] = inside.astype(np.int64)
    return found


def _state(surprise: float) -> str:
    if surprise != surprise:
        return "not assessed"
    return "fewer" if surprise <= -RARE else "more" if surprise >= RARE else "as many"


def broker_table(bridges: Bridges, found: Roles) -> Table:
    """Return everybody in scope with a tie, by the share of paths between groups that lead through it."""
    ties, groups = bridges.ties, bridges.groups
    graph = ties.graph
    degree = np.diff(ties.adjacency.indptr)
    reaches = np.diff((ties.matrix @ groups.shares).tocsr().indptr)
    organisations = shown(graph)
    holds = bridges.sole_brokers.groupby("organisation").size()
    who = np.flatnonzero(degree > 0)
    who = who[np.lexsort((-degree[who], -np.nan_to_num(found.betweenness[who])))]
    rows = (
        organisations[one]
        | {
            "belongs_to": "; ".join(groups.labels[at] for at in _groups_of(groups, one)),
            "ties": int(degree[one]),
            "reaches": int(reaches[one]),
            "betweenness": _rounded(found.betweenness[one]),
            "participation": _rounded(found.participation[one]),
            "constraint": _rounded(found.constraint[one]),
            "only_connector_of": int(holds.get(one, 0)),
            "status": bridges.status(ties.of(one), ties.neighbours(one)),
            "evidence": ties.evidence(ties.of(one).tolist()),
        }
        for one in who.tolist()
    )
    return Table.from_rows("brokers", "Who connects", BROKER_COLUMNS, rows)


def sole_broker_table(bridges: Bridges) -> Table:
    """Return the pairs of groups that hang on one organisation."""
    labels, organisations = bridges.groups.labels, shown(bridges.ties.graph)
    rows = []
    for one in bridges.sole_brokers.itertuples():
        ties = bridge_ties(bridges, one.low, one.high)
        about = organisations[one.organisation]
        rows.append(
            {name: about[name] for name in ("organisation", "organisation_key", "place")}
            | {
                "first": labels[one.low],
                "second": labels[one.high],
                "ties": one.ties,
                "in_both": bridges.in_both(one.low, one.high),
                "status": bridges.status(ties, _ends(bridges, ties)),
                "evidence": bridges.ties.evidence(ties.tolist()),
            }
        )
    return Table.from_rows("only-connectors", "Pairs that only one organisation connects", SOLE_BROKER_COLUMNS, rows)


def bridge_ties(bridges: Bridges, low: int, high: int) -> Integers:
    """Return the ties between two different groups, rows of `Ties.pairs`."""
    found = bridges.crossings
    return np.unique(found.loc[(found["low"] == low) & (found["high"] == high), "tie"].to_numpy(np.int64))


def builder_table(bridges: Bridges, missing: Mapping[tuple[int, int], Sequence[Builder]]) -> Table:
    """Return who could build the bridges that are missing, for each pair of groups in `missing`."""
    graph, labels = bridges.ties.graph, bridges.groups.labels
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    offered = graph["capabilities"]["label"]
    rows = (
        {
            "first": labels[low],
            "second": labels[high],
            "rank": rank,
            "organisation": names.iloc[one.first],
            "organisation_key": keys.iloc[one.first],
            "partner": names.iloc[one.second],
            "partner_key": keys.iloc[one.second],
            "shared": "; ".join(offered.iloc[list(one.capabilities)]),
            "shared_count": len(one.capabilities),
            "confidence": round(one.confidence, 3),
            "status": one.status,
            "evidence": one.evidence,
        }
        for (low, high), builders in missing.items()
        for rank, one in enumerate(builders, start=1)
    )
    return Table.from_rows("builders", "Who could build a missing bridge", BUILDER_COLUMNS, rows)


def _groups_of(groups: Groups, organisation: int) -> list[int]:
    shares = groups.shares
    return sorted(shares.indices[shares.indptr[organisation] : shares.indptr[organisation + 1]].tolist())


def _ends(bridges: Bridges, ties: Integers) -> Integers:
    return np.unique(bridges.ties.pairs.loc[ties, ["first", "second"]].to_numpy(np.int64))


def _rounded(value: float) -> float | None:
    return None if value != value else round(float(value), 4)
