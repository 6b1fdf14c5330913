"""Pairs of regions worked out in full: what each adds to the other, and what ties them today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from valuechain.analyses._words import stage_of
from valuechain.model.result import least_certain
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.analyses._pairs import Pairs
    from valuechain.analyses._pairs_fills import Fill, Fills
    from valuechain.analyses._pairs_seats import Seats
    from valuechain.analyses._pairs_ties import RegionTies
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True)
class Side:
    """One direction of a pair: what `giver` (a row of the matrix) adds to `gainer`, and the gaps there that it fills.

    `added` are the giver's activities that make the gain, those that add most first.
    """

    gainer: int
    giver: int
    gain: float
    added: Integers
    fills: tuple[Fill, ...]
    confidence: float

    @property
    def telling(self) -> list[Fill]:
        """The gaps that are a reason to meet."""
        return [fill for fill in self.fills if fill.telling]


@dataclass(frozen=True)
class Match:
    """A pair of regions: what the first gains from the partner, what the partner gains, and what both do."""

    here: Side
    there: Side
    both: float

    @property
    def region(self) -> int:
        """The region asked about."""
        return self.here.gainer

    @property
    def partner(self) -> int:
        """The other one."""
        return self.here.giver

    @property
    def sides(self) -> tuple[Side, Side]:
        """What the region gains, then what the partner gains."""
        return self.here, self.there

    @property
    def confidence(self) -> float:
        """How sure the less sure of the gains is, of those that are more than nothing."""
        return min((side.confidence for side in self.sides if side.confidence > 0), default=0.0)


@dataclass(frozen=True, eq=False)
class Collaboration:
    """Everything that tables and sentences of one question speak of, see the classes of its parts.

    `rank_ranges` are those of `rank_ranges`, regions x partners.
    """

    graph: ValueGraph
    pairs: Pairs
    where: Seats
    ties: RegionTies
    matches: Sequence[Match]
    rank_ranges: tuple[Integers, Integers]
    _evidence: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)

    def name(self, region: int) -> str:
        """Return what people call a region."""
        return self.graph.region_label(self.code(region))

    def code(self, region: int) -> str:
        """Return the code of a region."""
        return self.pairs.matrix.regions[region]

    def label(self, activity: int) -> str:
        """Return the name of an activity."""
        return self.pairs.matrix.labels[activity]

    @cached_property
    def capabilities(self) -> list[tuple[str, str]]:
        """Label and key of each capability."""
        return list(self.graph["capabilities"][["label", "key"]].itertuples(index=False, name=None))

    def ranks(self, match: Match) -> tuple[int, int]:
        """Return the best and the worst rank of a pair if one more, or one fewer, stood behind specialisations."""
        low, high = (int(ranks[match.region, match.partner]) for ranks in self.rank_ranges)
        return low, high

    def links(self, match: Match) -> int:
        """Return how many supply links join a pair, in either direction."""
        supplies = self.ties.supplies
        return int(supplies[match.region, match.partner] + supplies[match.partner, match.region])

    @cached_property
    def stages(self) -> list[str]:
        """The stage of each capability, empty where it has none."""
        return [stage_of(self.graph, stage) for stage in self.graph["capabilities"]["stage"].tolist()]

    def evidence(self, region: int, activities: Sequence[int] | Integers) -> tuple[int, ...]:
        """Return the records behind what a region does."""
        found: dict[int, None] = {}
        for activity in activities:
            at = region, int(activity)
            if at not in self._evidence:
                self._evidence[at] = self.pairs.matrix.evidence(*at)
            found.update(dict.fromkeys(self._evidence[at]))
        return tuple(found)

    def evidence_of(self, match: Match) -> tuple[int, ...]:
        """Return the records behind a pair: what each adds to the other, and what ties them."""
        told = [self.evidence(side.giver, side.added) for side in match.sides]
        tied = self.ties.evidence(match.region, match.partner)
        return tuple(dict.fromkeys(record for some in (*told, tied) for record in some))

    def status_of(self, match: Match) -> str:
        """Return the least certain status that what each adds to the other, or what ties them, rests on."""
        tied = self.ties.statuses(match.region, match.partner)
        return least_certain([*(self.status_of_side(side) for side in match.sides), *tied])

    def status_of_side(self, side: Side) -> str:
        """Return the least certain status that a gain rests on."""
        return least_certain(self.pairs.matrix.status(side.giver, int(one)) for one in side.added)


def matches(pairs: Pairs, fills: Fills, chosen: Sequence[tuple[int, int]]) -> list[Match]:
    """Return some pairs of regions in full, in their order."""

    def side(gainer: int, giver: int) -> Side:
        return Side(
            gainer,
            giver,
            float(pairs.gain[gainer, giver]),
            pairs.added(gainer, giver),
            tuple(fills.of(gainer, giver)),
            pairs.confidence(gainer, giver),
        )

    found = []
    for done, (one, other) in enumerate(chosen, start=1):
        found.append(Match(side(one, other), side(other, one), float(pairs.both[one, other])))
        tell(done, len(chosen))
    return found
