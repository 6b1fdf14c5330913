"""Two clusters compared: what they share, what either adds, which open needs either meets, who ties them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import evidence_of
from valuechain.analyses._partners_market import STAGES, THERE
from valuechain.analyses._partners_shortlist import Meeting, shortlist
from valuechain.analyses._partners_side import Side
from valuechain.model.result import least_certain
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.analyses._partners import Clusters
    from valuechain.model.arrays import Booleans, Integers

TOLD = 5
"""Records of so many ties stand behind a pair."""


@dataclass(frozen=True, eq=False)
class Pair:
    """Two clusters, and the meetings between their members that count most."""

    first: Side
    second: Side
    meetings: list[Meeting]

    @property
    def known(self) -> Clusters:
        """Everything about all clusters."""
        return self.first.known

    @cached_property
    def both(self) -> Integers:
        """Who belongs to both."""
        return np.intersect1d(self.first.members, self.second.members)

    def adds(self, side: Side) -> Integers:
        """Return the capabilities that members of this side alone offer, in the order of the chain."""
        other = self.second if side is self.first else self.first
        return self._in_order(self.known.offered[side.cluster] & ~self.known.offered[other.cluster])

    @cached_property
    def shared(self) -> Integers:
        """The capabilities that members of both offer."""
        return self._in_order(self.known.offered[self.first.cluster] & self.known.offered[self.second.cluster])

    def meets(self, side: Side) -> Integers:
        """Return the capabilities that members of this side offer and members of the other need and lack."""
        other = self.second if side is self.first else self.first
        return self._in_order(self.known.offered[side.cluster] & self.known.lacking[other.cluster])

    @cached_property
    def missing(self) -> Integers:
        """The capabilities that members of either need and members of neither offer."""
        lacking = self.known.lacking
        none = ~(self.known.offered[self.first.cluster] | self.known.offered[self.second.cluster])
        return self._in_order((lacking[self.first.cluster] | lacking[self.second.cluster]) & none)

    def _in_order(self, chosen: Booleans) -> Integers:
        required = self.known.required.index.to_numpy(np.int64)
        found: Integers = required[chosen[required]]
        return found

    def stages(self, first: bool, second: bool) -> list[int]:
        """Return the stages in which members of the first, of the second, of both or of neither offer something."""
        pairs = zip(self.first.stages, self.second.stages, strict=True)
        return [one.stage for one, other in pairs if (one.members > 0) == first and (other.members > 0) == second]

    def standing(self, side: Side, smes_alone: bool = True) -> dict[str, int]:
        """Return how many members of a side stand in the target market, by how far they have come."""
        active = self.known.active(side.cluster)
        if smes_alone:
            active = active[(self.known.graph["organisations"]["kind"] == "sme").to_numpy(bool)[active]]
        rows = self.known.market.rows
        counts = rows[rows["organisation"].isin(active)]["stage"].value_counts()
        return {str(stage): int(count) for stage, count in counts.items()}

    @cached_property
    def ties(self) -> Integers:
        """Rows of `known.ties.pairs` that join a member of the one with a member of the other, those of both aside."""
        pairs = self.known.ties.pairs
        one, other = (pairs[end].to_numpy(np.int64) for end in ("first", "second"))
        side = np.zeros(self.known.members.shape[1], dtype=np.int64)
        side[self.first.members] = 1
        side[self.second.members] = 2
        side[self.both] = 0
        return np.flatnonzero(side[one] * side[other] == 2)

    @property
    def doors(self) -> list[tuple[Side, int, Side, int]]:
        """Which side has members in the target market that could open doors for how many of the other side."""
        found = []
        for host, guest in ((self.first, self.second), (self.second, self.first)):
            there = self.standing(host, smes_alone=False)
            inside = sum(there.get(stage, 0) for stage in THERE)
            wishing = self.standing(guest, smes_alone=False).get(STAGES[0], 0)
            if inside and wishing:
                found.append((host, inside, guest, wishing))
        return found

    @property
    def confidence(self) -> float:
        """How sure the comparison is: the mean of offer x need over what would be met, else of the offers that either
        adds; times (1 + the share of the chain of which is known, on either side, whether somebody offers it) / 2.
        """
        sure = [
            float(one.best_offers["confidence"].loc[at] * other.best_needs["confidence"].loc[at])
            for one, other in ((self.first, self.second), (self.second, self.first))
            for at in self.meets(one)
        ] or [
            float(one.best_offers["confidence"].loc[at]) for one in (self.first, self.second) for at in self.adds(one)
        ]
        covered = (self.first.covered + self.second.covered) / 2
        return round(float(np.mean(sure)) * (1 + covered) / 2, 3) if sure else 0.0

    @cached_property
    def _behind(self) -> tuple[tuple[int, ...], str]:
        graph = self.known.graph
        records: dict[int, None] = {}
        statuses: list[str] = []
        for one, other in ((self.first, self.second), (self.second, self.first)):
            offers = one.best_offers[one.best_offers.index.isin(np.concatenate([self.adds(one), self.meets(one)]))]
            needs = other.best_needs[other.best_needs.index.isin(self.meets(one))]
            for rows in (offers, needs):
                records.update(dict.fromkeys(evidence_of(graph, rows)))
                statuses += rows["status"].tolist()
        records.update(dict.fromkeys(self.known.ties.evidence(self.ties[:TOLD].tolist())))
        records = records or dict.fromkeys(self.memberships)
        statuses += graph.records["status"].iloc[list(records)].tolist()
        return tuple(records), least_certain(statuses)

    @property
    def memberships(self) -> tuple[int, ...]:
        """The records of who belongs to either, of those in both alone where there are any."""
        rows = self.known.graph["memberships"]
        clusters = self.known.positions[[self.first.cluster, self.second.cluster]]
        chosen = rows["cluster"].isin(clusters)
        if len(self.both):
            chosen &= rows["organisation"].isin(self.both)
        return self.known.graph.evidence("memberships", rows.index[chosen][: 2 * TOLD])

    @property
    def evidence(self) -> tuple[int, ...]:
        """The records behind what either adds and meets, and behind some of the ties."""
        return self._behind[0]

    @property
    def status(self) -> str:
        """The least certain status of these."""
        return self._behind[1]


def spelled_out(known: Clusters, pairs: list[tuple[int, int]], meetings: int) -> tuple[list[Pair], list[Side]]:
    """Return pairs of clusters (rows of the matrices) spelled out, and each cluster of them once."""
    sides = {cluster: Side(known, cluster) for pair in pairs for cluster in pair}
    found = []
    for done, (first, second) in enumerate(pairs):
        tell(done, len(pairs))
        found.append(Pair(sides[first], sides[second], shortlist(sides[first], sides[second], meetings)))
    return found, list(sides.values())
