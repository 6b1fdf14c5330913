"""Who offers which capability in which region, as columns that are looked up by region and capability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import is_fresh, known_offers
from valuechain.analyses._evidence import records_behind
from valuechain.kernels.distinct import distinct
from valuechain.model.merge import by_status
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    from valuechain.analyses._pairs_seats import Seats
    from valuechain.model.arrays import Floats, Integers
    from valuechain.model.graph import ValueGraph
    from valuechain.model.merge import Evidence


@dataclass(frozen=True, eq=False)
class RegionOffers:
    """Offers that count in a region, one entry each: those of a region and capability together, the surest first.

    `organisation`, its legal `group`, how `sure` the offer is, the `rank` of its status and the records `behind` it.
    `independent` (regions x capabilities) counts the legal groups that offer a capability; the offers of that cell are
    the entries from `_start` of it to that of the next.
    """

    organisation: Integers
    group: Integers
    sure: Floats
    rank: Integers
    behind: Evidence
    independent: Integers
    _start: Integers

    def of(self, region: int, capability: int) -> Integers:
        """Return the entries of the offers of a capability in a region, the surest first."""
        cell = region * self.independent.shape[1] + capability
        return np.arange(self._start[cell], self._start[cell + 1])

    def records(self, *entries: Integers) -> list[int]:
        """Return the records behind some offers."""
        found: list[int] = self.behind.select(np.concatenate(entries)).positions.tolist()
        return found

    def carrying(self, entries: Integers) -> Sequence[int]:
        """Return the rank of the most certain status of some offers, and of what is made up or planned among them."""
        ranks = np.unique(self.rank[entries])
        told: list[int] = ranks[(ranks >= STATUS_RANK["synthetic"]) | (np.arange(len(ranks)) == 0)].tolist()
        return told


def region_offers(graph: ValueGraph, where: Seats, freshness: float) -> RegionOffers:
    """Return who offers what in each region; offers older than `freshness` years do not count."""
    offers = known_offers(graph)
    region = where.row[offers["organisation"].to_numpy(np.int64)]
    kept = np.flatnonzero(is_fresh(graph, offers["as_of"], freshness) & (region >= 0))
    offers, region = offers.iloc[kept], region[kept]
    regions, capabilities = len(where.number), len(graph["capabilities"])
    who, sure = offers["organisation"].to_numpy(np.int64), offers["confidence"].to_numpy(float)
    cell = region * capabilities + offers["capability"].to_numpy(np.int64)
    order = np.lexsort((who, -sure, cell))
    group = graph.legal_groups[who]
    groups_of_cells = distinct(cell * len(where.row) + group) // len(where.row)
    size = regions * capabilities
    return RegionOffers(
        who[order],
        group[order],
        sure[order],
        by_status(offers["status"], STATUS_RANK).astype(np.int64)[order],
        records_behind(graph, offers).select(order),
        np.bincount(groups_of_cells, minlength=size).reshape(regions, capabilities),
        np.searchsorted(cell[order], np.arange(size + 1)),
    )
