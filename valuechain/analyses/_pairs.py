"""What any two regions could gain from each other: figures of all pairs at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
        first, second = self._ordered(allowed)
        return list(zip(first[:most].tolist(), second[:most].tolist(), strict=True))

    def ranks(self, allowed: Booleans) -> Integers:
        """Return the rank of each pair (regions x partners) in the order of `best`, 0 where there is no answer."""
        rank = np.zeros(allowed.shape, dtype=np.int64)
        first, second = self._ordered(allowed)
        rank[first, second] = np.arange(1, len(first) + 1)
        return rank

    def _ordered(self, allowed: Booleans) -> tuple[Integers, Integers]:
        first, second = np.nonzero(allowed & ~np.isnan(self.both))
        both, own = (np.round(figure[first, second], _DIGITS) for figure in (self.both, self.gain))
        order = np.lexsort((second, first, -own, -both))
        return first[order], second[order]


def pairs(matrix: RegionMatrix, wanted: Booleans) -> Pairs:
    """Return the figures of all pairs of regions for the field that `wanted` flags among the matrix's activities."""
    known = matrix.counts.any(axis=1)
    worth_of_each = worth(matrix.related, wanted)
    gain = gains(worth_of_each, matrix.specialised)
    gain[~known] = np.nan
    gain[:, ~known] = np.nan
    alike = similarity(matrix.specialised)
    return Pairs(matrix, wanted, worth_of_each, gain, mutual(gain), alike)


def rank_ranges(found: Pairs, allowed: Booleans) -> tuple[Integers, Integers]:
    """Return the best and the worst rank of each pair if one more, or one fewer, had to stand behind a specialisation.

    Counts are small, so that one organisation more or less may decide: a rank that does not hold then is chance.
    Both are 0 where there is no answer.
    """
    least = found.matrix.least
    others = [pairs(replace(found.matrix, least=one), found.wanted) for one in (least - 1, least + 1) if one >= 1]
    ranks = np.stack([one.ranks(allowed) for one in (found, *others)])
    last = np.iinfo(np.int64).max
    best = np.where(ranks > 0, ranks, last).min(axis=0)
    return np.where(best == last, 0, best), ranks.max(axis=0)
