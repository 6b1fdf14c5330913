"""Where organisations count: the row of their region in a matrix of regions, and the middle of each region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._distance import kilometres, places
from valuechain.analyses._region_places import region_places
from valuechain.model.graph import Scope

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.arrays import Floats, Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, eq=False)
class Seats:
    """The region of each organisation and where its organisations lie on average.

    `row` is the row of an organisation's region in the matrix, -1 where it has none or is not asked about. `number` is
    how many organisations of each region count, `middle` (regions, 2) their mean place in radians, nan where no place
    is known, and `networks` how many organisations have no region because they stand for sites in many places.
    """

    row: Integers
    number: Integers
    middle: Floats
    networks: int

    @cached_property
    def distances(self) -> Floats:
        """Kilometres between the middles of all regions, nan where one is not known."""
        return kilometres(self.middle[:, None, :], self.middle[None, :, :])


def seats(graph: ValueGraph, matrix: RegionMatrix) -> Seats:
    """Return where the organisations count that are of the kinds and clusters asked about."""
    told = region_places(graph, matrix.level)
    at = {code: row for row, code in enumerate(matrix.regions)}
    rows = np.array([*(at.get(code, -1) for code in told.regions), -1], dtype=np.int64)
    scope = graph.scope
    asked_about = graph.within(Scope(clusters=scope.clusters, kinds=scope.kinds)).in_scope
    row = np.where(asked_about, rows[told.number], -1)
    return Seats(
        row,
        np.bincount(row[row >= 0], minlength=len(matrix.regions)),
        _middles(graph.once(places), row, len(matrix.regions)),
        int((told.networks & asked_about).sum()),
    )


def _middles(where: Floats, row: Integers, regions: int) -> Floats:
    """The mean place of each region's organisations, as the direction of the sum of their directions."""
    placed = np.flatnonzero((row >= 0) & ~np.isnan(where).any(axis=1))
    lat, lon = where[placed].T
    directions = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    total = np.zeros((regions, 3))
    np.add.at(total, row[placed], directions)
    x, y, z = total.T
    middle = np.column_stack([np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)])
    middle[~np.isin(np.arange(regions), row[placed])] = np.nan
    return middle
