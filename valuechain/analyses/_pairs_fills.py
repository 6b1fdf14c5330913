"""What one region offers of which another has nobody, or only one: the offers that would fill a gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import together
from valuechain.analyses._gap_states import Gap, find_gaps
from valuechain.model.cells import country_code
from valuechain.model.graph import Scope
from valuechain.model.language import term
from valuechain.model.result import least_certain
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from valuechain.analyses._pairs_offers import RegionOffers
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.graph import ValueGraph

NOBODY = term("nobody here offers it")
UNKNOWN = term("nobody known here, not asked yet")
ONLY_ONE = term("only one supplier (known)")
STATES = (NOBODY, UNKNOWN, ONLY_ONE)
"""How a capability is wanting in a region, the surest gap first."""

_CONCENTRATED = 1.0
"""Any limit would do: how unevenly suppliers share does not matter where there is one at most."""


@dataclass(frozen=True)
class Fill:
    """A capability that is wanting in one region and offered in another.

    `here` are the organisations that offer it where it is wanting, one legal group at most, `there` those who offer it
    in the partner region, `groups` how many legal groups these are, the surest first. `needers` counts who needs it
    where it is wanting, `makers` who makes there what cannot be made without it. `strong`
    says whether the partner region is specialised in it.
    """

    capability: int
    label: str
    stage: str
    state: str
    here: tuple[int, ...]
    there: tuple[int, ...]
    groups: int
    strong: bool
    needers: int
    makers: int
    confidence: float
    status: str
    evidence: tuple[int, ...]

    @property
    def telling(self) -> bool:
        """Whether it is a reason to meet: all were asked and nobody here offers it, or the partner is strong in it.

        That nobody here shows it in titles of projects, and one firm there does, is none.
        """
        return self.state == NOBODY or self.strong


@dataclass(frozen=True, eq=False)
class Fills:
    """Finds what fills gaps between regions, in some `capabilities`; the gaps of a region are looked for once."""

    graph: ValueGraph
    matrix: RegionMatrix
    offers: RegionOffers
    capabilities: tuple[int, ...]
    freshness: float
    _found: dict[int, Mapping[int, Gap]] = field(default_factory=dict)

    def of(self, region: int, partner: int) -> list[Fill]:
        """Return what the partner offers that is wanting in a region.

        Those that are telling come first, then the surest gaps, then what most need, then what most is made of, then
        the surest offers. Another site of the only one who offers it here is no second source. A region in which nobody
        counts has no gaps: nothing is known of it.
        """
        here, there = self.offers.independent[[region, partner]]
        if not here.any():
            return []
        told = [self._fill(region, partner, one) for one in self.capabilities if here[one] <= 1 and there[one]]
        return sorted((one for one in told if one), key=_worth)

    def _fill(self, region: int, partner: int, capability: int) -> Fill | None:
        offers = self.offers
        here, there = (offers.of(one, capability) for one in (region, partner))
        there = there[~np.isin(offers.group[there], offers.group[here])]
        if not len(there):
            return None
        gap = self._gaps(region)[capability]
        asked = None if len(here) else gap.asked
        carrying = {STATUS_OF_RANK[rank] for some in (here, there) for rank in offers.carrying(some)}
        return Fill(
            capability,
            gap.label,
            gap.stage,
            ONLY_ONE if len(here) else NOBODY if asked else UNKNOWN,
            tuple(offers.organisation[here].tolist()),
            tuple(offers.organisation[there].tolist()),
            len(np.unique(offers.group[there])),
            self._strong(partner, capability),
            len(gap.needers),
            gap.makers,
            together(offers.sure[there]) * (asked.confidence if asked else 1.0),
            least_certain([*carrying, asked.status] if asked else carrying),
            tuple(
                dict.fromkeys(
                    [*offers.records(there, here), *self.graph.evidence("surveys", asked.rows if asked else ())]
                )
            ),
        )

    def _strong(self, region: int, capability: int) -> bool:
        """Whether a region is specialised in a capability; where sectors are counted, nobody knows."""
        matrix = self.matrix
        if matrix.basis == "jobs":
            return False
        return bool(matrix.specialised[region, matrix.activities == capability].any())

    def _gaps(self, region: int) -> Mapping[int, Gap]:
        """What is known of the capabilities of which a region has nobody, or only one."""
        if region not in self._found:
            wanting = [one for one in self.capabilities if self.offers.independent[region, one] <= 1]
            found = find_gaps(self.graph.within(self._scope(region)), _CONCENTRATED, self.freshness, wanting)
            self._found[region] = {gap.capability: gap for gap in found}
        return self._found[region]

    def _scope(self, region: int) -> Scope:
        """A region by its code or, where nobody in it told one, the country."""
        code, asked = self.matrix.regions[region], self.graph.scope
        told = self.graph["organisations"]["region"].str.startswith(code).any()
        regions, countries = ((code,), ()) if told else ((), (country_code(code),))
        return Scope(regions=regions, countries=countries, clusters=asked.clusters, kinds=asked.kinds)


def _worth(fill: Fill) -> tuple[object, ...]:
    """The place of a fill among others."""
    return not fill.telling, STATES.index(fill.state), -fill.needers, -fill.makers, -fill.confidence, fill.label
