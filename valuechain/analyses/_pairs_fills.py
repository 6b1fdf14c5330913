"""What one region offers of which another has nobody, or only one: the offers that would fill a gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import is_fresh, known_offers, together
from valuechain.analyses._evidence import records_behind
from valuechain.analyses._gap_states import Gap, find_gaps
from valuechain.kernels.distinct import distinct
from valuechain.model.cells import country_code
from valuechain.model.graph import Scope
from valuechain.model.result import least_certain
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from valuechain.analyses._pairs_seats import Seats
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

NOBODY = "nobody here offers it"
UNKNOWN = "nobody known here, not asked yet"
ONLY_ONE = "only one supplier (known)"
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
    """Finds what fills gaps between regions; the gaps of a region are looked for once.

    `_independent` (regions x capabilities) counts the legal groups that offer each capability. `_offers` stand in the
    order of their `_cell` of that matrix, the surest of each cell first.
    """

    graph: ValueGraph
    matrix: RegionMatrix
    capabilities: tuple[int, ...]
    freshness: float
    _offers: pd.DataFrame
    _cell: Integers
    _independent: Integers
    _found: dict[int, Mapping[int, Gap]] = field(default_factory=dict)

    def of(self, region: int, partner: int) -> list[Fill]:
        """Return what the partner offers that is wanting in a region.

        Those that are telling come first, then the surest gaps, then what most need, then what most is made of, then
        the surest offers. Another site of the only one who offers it here is no second source. A region in which nobody
        counts has no gaps: nothing is known of it.
        """
        wanting = [
            one for one in self.capabilities if self._independent[region, one] <= 1 and self._independent[partner, one]
        ]
        if not wanting or not self._independent[region].any():
            return []
        told = [self._fill(region, partner, capability) for capability in wanting]
        fills = [one for one in told if one]
        fills.sort(key=_worth)
        return fills

    def _fill(self, region: int, partner: int, capability: int) -> Fill | None:
        gap = self._gaps(region)[capability]
        here, there = (self._offers_of(one, capability) for one in (region, partner))
        groups = self.graph.legal_groups
        there = there[~np.isin(groups[there["organisation"]], groups[here["organisation"]])]
        if there.empty:
            return None
        state = ONLY_ONE if len(here) else NOBODY if gap.asked else UNKNOWN
        surveys = gap.asked.rows if gap.asked and state == NOBODY else ()
        asked = gap.asked.confidence if gap.asked and state == NOBODY else 1.0
        statuses = [*_carrying(there["status"]), *_carrying(here["status"])]
        statuses += [gap.asked.status] if gap.asked and state == NOBODY else []
        both = (
            records_behind(self.graph, there).positions.tolist() + records_behind(self.graph, here).positions.tolist()
        )
        return Fill(
            capability,
            gap.label,
            gap.stage,
            state,
            tuple(here["organisation"].tolist()),
            tuple(there["organisation"].tolist()),
            len(np.unique(groups[there["organisation"]])),
            self._strong(partner, capability),
            len(gap.needers),
            gap.makers,
            together(there["confidence"]) * asked,
            least_certain(statuses),
            tuple(dict.fromkeys([*both, *self.graph.evidence("surveys", surveys)])),
        )

    def _strong(self, region: int, capability: int) -> bool:
        """Whether a region is specialised in a capability; where sectors are counted, nobody knows."""
        matrix = self.matrix
        if matrix.basis == "jobs":
            return False
        return bool(matrix.specialised[region, matrix.activities == capability].any())

    def _offers_of(self, region: int, capability: int) -> pd.DataFrame:
        """Who offers a capability in a region, the surest first."""
        cell = region * self._independent.shape[1] + capability
        return self._offers.iloc[slice(*np.searchsorted(self._cell, [cell, cell + 1]).tolist())]

    def _gaps(self, region: int) -> Mapping[int, Gap]:
        """What is known of the capabilities of which a region has nobody, or only one."""
        if region not in self._found:
            wanting = [one for one in self.capabilities if self._independent[region, one] <= 1]
            found = find_gaps(self.graph.within(self._scope(region)), _CONCENTRATED, self.freshness, wanting)
            self._found[region] = {gap.capability: gap for gap in found}
        return self._found[region]

    def _scope(self, region: int) -> Scope:
        """A region by its code or, where nobody in it told one, the country."""
        code, asked = self.matrix.regions[region], self.graph.scope
        told = self.graph["organisations"]["region"].str.startswith(code).any()
        place = {"regions": (code,)} if told else {"countries": (country_code(code),)}
        return Scope(clusters=asked.clusters, kinds=asked.kinds, **place)


def _carrying(statuses: pd.Series[str]) -> list[str]:
    """The most certain of some statuses, and all that is made up or planned, because it counts as well."""
    told = sorted(statuses.unique(), key=lambda one: STATUS_RANK[one])
    return [*told[:1], *(one for one in told[1:] if STATUS_RANK[one] >= STATUS_RANK["synthetic"])]


def _worth(fill: Fill) -> tuple[object, ...]:
    """The place of a fill among others."""
    return not fill.telling, STATES.index(fill.state), -fill.needers, -fill.makers, -fill.confidence, fill.label


def fills(graph: ValueGraph, matrix: RegionMatrix, where: Seats, capabilities: Integers, freshness: float) -> Fills:
    """Return what finds the offers that fill gaps in some capabilities; offers older than `freshness` do not count."""
    offers = known_offers(graph)
    region = where.row[offers["organisation"].to_numpy(np.int64)]
    kept = is_fresh(graph, offers["as_of"], freshness) & (region >= 0)
    offers, region = offers[kept], region[kept]
    shape = len(matrix.regions), len(graph["capabilities"])
    who = offers["organisation"].to_numpy(np.int64)
    cell = region * shape[1] + offers["capability"].to_numpy(np.int64)
    order = np.lexsort((who, -offers["confidence"].to_numpy(float), cell))
    groups = distinct(cell * len(where.row) + graph.legal_groups[who]) // len(where.row)
    independent = np.bincount(groups, minlength=shape[0] * shape[1]).reshape(shape)
    wanted = tuple(capabilities.tolist())
    return Fills(graph, matrix, wanted, freshness, offers.iloc[order], cell[order], independent)
