"""Regions and what they do, as a matrix: how much of each activity stands in each region."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._region_rows import BASES, Basis, Counted, counted
from valuechain.kernels.distinct import distinct
from valuechain.kernels.relatedness import density, location_quotients, relatedness
from valuechain.model.merge import Evidence
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

__all__ = ["BASES", "LEAST", "Basis", "RegionMatrix", "region_matrix"]

LEAST = 3
"""So many independent organisations, or jobs, must stand behind an activity in which a region counts as specialised."""

FRESHNESS = 5.0
"""Offers older than so many years do not count."""


@dataclass(frozen=True, eq=False)
class RegionMatrix:
    """How much of each activity stands in each region of the graph.

    `regions` are NUTS codes of one `level`, sorted; `activities` are positions of capabilities or, for jobs, codes of
    sectors, and `labels` their names. `counts` (regions x activities) holds organisations, participations or jobs.
    `confidence` says how sure these are, 0..1, and 0 where there are none: the mean over what was counted, so that
    count x confidence may be expected to hold. `rank` is the rank of the most certain status behind each count, or of
    what is made up or planned among it, -1 where there is nothing. `backing` counts the independent organisations
    behind each count (legal groups once; for jobs it is the count), of which `least` make a specialisation. `source`
    tells what was counted, and what was left out.
    """

    regions: tuple[str, ...]
    activities: Integers | tuple[str, ...]
    labels: tuple[str, ...]
    counts: Floats
    confidence: Floats
    rank: Integers
    backing: Floats
    basis: Basis
    level: int
    least: float
    source: Counted
    _rows_of: Evidence = field(repr=False)

    @cached_property
    def quotients(self) -> Floats:
        """How many times its average share each activity has in each region; nan where there is no answer."""
        return location_quotients(self.counts)

    @cached_property
    def specialised(self) -> Booleans:
        """Where an activity has at least its average share, and at least `least` stand behind it.

        A region that is alone has nothing to be compared with: all its shares are the average.
        """
        found: Booleans = (self.quotients >= 1.0) & (self.backing >= self.least) & (len(self.regions) > 1)
        return found

    @cached_property
    def related(self) -> Floats:
        """How often two activities are specialisations of the same regions: their cosine, 0..1."""
        return relatedness(self.specialised, "cosine")

    @cached_property
    def density(self) -> Floats:
        """How much of what is related to an activity each region is specialised in, 0..100; nan if it has no kin."""
        return density(self.related, self.specialised)

    def row(self, region: str) -> int:
        """Return the row of a region, -1 where nobody is known in it."""
        return self.regions.index(region) if region in self.regions else -1

    def organisations(self, region: int, activity: int) -> tuple[int, ...]:
        """Return the organisations behind a count, by position, those with most and surest first; none for jobs."""
        rows = self._rows(region, activity)
        told = self.source.rows["organisation"].to_numpy(np.int64)[rows]
        who, place = np.unique(told, return_inverse=True)
        weight = np.bincount(place, weights=self.source.rows["confidence"].to_numpy(float)[rows])
        ordered = who[np.lexsort((who, -weight))]
        return tuple(ordered[ordered >= 0].tolist())

    def evidence(self, region: int, activity: int) -> tuple[int, ...]:
        """Return the records behind a count."""
        return tuple(dict.fromkeys(self.source.behind(self._rows(region, activity)).positions.tolist()))

    def status(self, region: int, activity: int) -> str:
        """Return the most certain status behind a count, or what is made up or planned among it."""
        return STATUS_OF_RANK[max(0, int(self.rank[region, activity]))]

    def _rows(self, region: int, activity: int) -> Integers:
        cell = region * len(self.labels) + activity
        return self._rows_of.positions[self._rows_of.offsets[cell] : self._rows_of.offsets[cell + 1]]


def region_matrix(
    graph: ValueGraph, basis: Basis, level: int, least: float = LEAST, freshness: float = FRESHNESS
) -> RegionMatrix:
    """Return what the regions of the whole graph do, whatever regions and countries the scope names.

    Of the scope count the chain, which picks the activities (without one those of all chains; markets are none), and
    kinds and clusters, which pick whom to count. Networks with sites in many places have no region.

    Parameters
    ----------
    basis : one of BASES
        organisations: each counts once for each capability that it offers or, by the titles of its projects, seems to
        offer. participations: each part in a project counts once for each capability that the title names. jobs: the
        figures of `statistics` by sector.
    level : int, 0..3
        NUTS level.
    least : float, 1..
        How many independent organisations, or jobs, must stand behind a specialisation.
    freshness : float, 0.., years
        Offers older than this do not count; projects and statistics are of their time.
    """
    found = counted(graph, basis, level, freshness)
    shape = len(found.regions), len(found.labels)
    size = shape[0] * shape[1]
    rows = found.rows
    cell = rows["region"].to_numpy(np.int64) * shape[1] + rows["activity"].to_numpy(np.int64)
    number = np.bincount(cell, minlength=size)
    sure = np.bincount(cell, weights=rows["confidence"].to_numpy(float), minlength=size)
    counts = np.bincount(cell, weights=rows["value"].to_numpy(float), minlength=size).astype(np.float64)
    groups = graph.legal_groups[rows["organisation"].to_numpy(np.int64)] if basis != "jobs" else None
    return RegionMatrix(
        regions=found.regions,
        activities=found.activities,
        labels=found.labels,
        counts=counts.reshape(shape),
        confidence=np.divide(sure, number, out=np.zeros(size), where=number > 0).reshape(shape),
        rank=_ranks(cell, rows["status"].map(STATUS_RANK).to_numpy(np.int64), size).reshape(shape),
        backing=(counts if groups is None else _backing(cell, groups, size)).reshape(shape),
        basis=basis,
        level=level,
        least=least,
        source=found,
        _rows_of=Evidence.from_pairs(cell, np.arange(len(cell), dtype=np.int64), size),
    )


def _ranks(cell: Integers, rank: Integers, size: int) -> Integers:
    """The rank of each cell: of its most certain row, but what is made up or planned always shows; -1 without rows."""
    best = np.full(size, len(STATUS_RANK), dtype=np.int64)
    worst = np.full(size, -1, dtype=np.int64)
    np.minimum.at(best, cell, rank)
    np.maximum.at(worst, cell, rank)
    found: Integers = np.where((worst >= STATUS_RANK["synthetic"]) | (worst < 0), worst, best)
    return found


def _backing(cell: Integers, group: Integers, size: int) -> Floats:
    """How many legal groups stand behind each cell."""
    groups = int(group.max(initial=0)) + 1
    return np.bincount(distinct(cell * groups + group) // groups, minlength=size).astype(np.float64)
