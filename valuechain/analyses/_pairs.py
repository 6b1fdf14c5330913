"""What any two regions could gain from each other: figures of all pairs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.kernels.complementarity import gains, mutual, similarity, worth

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.arrays import Booleans, Floats, Integers

_DIGITS = 9
"""Gains that differ less are equal, so that no order hangs on the last digit of a sum."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Figures of all pairs of the regions of a matrix; row r and column s are what region r has of partner s.

    `wanted` flags the activities of the field asked about. `worth` (one per activity) is what an activity of a partner
    adds to a region that has it not, `gain` (regions x regions) what a region gains from a partner, `both` what the two
    gain together, all 0..100; `similarity` lies in 0..1. Not a number where there is no answer: nothing is known of one
    of the two, or the field is related to nothing.
    """

    matrix: RegionMatrix
    wanted: Booleans
    worth: Floats
    gain: Floats
    both: Floats
    similarity: Floats

    def added(self, region: int, partner: int) -> Integers:
        """Return the activities that make what a region gains from a partner, those that add most first."""
        specialised = self.matrix.specialised
        adding = np.flatnonzero(specialised[partner] & ~specialised[region] & (self.worth > 0))
        return adding[np.lexsort((adding, -np.round(self.worth[adding], _DIGITS)))]

    def confidence(self, region: int, partner: int) -> float:
        """Return how sure a gain is, 0..1: how sure the partner's activities are that make it, by their worth."""
        adding = self.added(region, partner)
        if not len(adding):
            return 0.0
        return float(np.average(self.matrix.confidence[partner, adding], weights=self.worth[adding]))

    def best(self, allowed: Booleans, most: int) -> list[tuple[int, int]]:
        """Return the `most` pairs with the largest gain of both, those with an answer alone.

        Of equal ones the one whose first region gains more comes first, then the one whose codes come first.

        Parameters
        ----------
        allowed : array of bool, shape (regions, partners)
            Which pairs are asked about.
        """
        first, second = np.nonzero(allowed & ~np.isnan(self.both))
        both, own = (np.round(figure[first, second], _DIGITS) for figure in (self.both, self.gain))
        order = np.lexsort((second, first, -own, -both))[:most]
        return list(zip(first[order].tolist(), second[order].tolist(), strict=True))


def pairs(matrix: RegionMatrix, wanted: Booleans) -> Pairs:
    """Return the figures of all pairs of regions for the field that `wanted` flags among the matrix's activities."""
    known = matrix.counts.any(axis=1)
    worth_of_each = worth(matrix.related, wanted)
    gain = gains(worth_of_each, matrix.specialised)
    gain[~known] = np.nan
    gain[:, ~known] = np.nan
    alike = similarity(matrix.specialised)
    return Pairs(matrix, wanted, worth_of_each, gain, mutual(gain), alike)
