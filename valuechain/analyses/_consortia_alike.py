"""Which candidates can be left aside without losing the best consortium."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._consortia_problem import Problem
from valuechain.analyses._sme import NO, YES

if TYPE_CHECKING:
    from valuechain.analyses._call_requirements import Requirement
    from valuechain.model.arrays import Booleans, Floats, Integers

TIED = 300
"""Where past projects count, so many of those who have any with each other enter at most."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Candidates of a problem by where they lie, those that are better first.

    Two candidates compete where they lie in the same country and region, as far as these count, and their regions name
    the same priorities. One stands for another if it fits every requirement at least as surely and costs no more
    (where being sure comes first: is as sure of every item). One is left out where k others stand for it that are the
    only ones of their legal group and in no consortium found before; k is how many of them a best consortium can hold.

    Why the best survives: in a best consortium each member is required or stands for one unit of a requirement, else
    it could be left out. So of those that compete with each other it holds no more than one for each requirement that
    counts places, and as many as asked for by each other one (see `Problem.times`); of those that fit all requirements
    in the same way no more than that sum over what they fit. If one of it was left out here, one of the k is not in it;
    in its place that one meets the same requirements, costs no more, takes no group twice and repeats no earlier
    consortium.

    With `strict` a plain number of members is not counted in k where the rules also ask for as many from different
    countries or regions: if these are met, so is the number. So that holds for consortia that miss nothing, and what is
    found is the best if it misses nothing. Where past projects count, nobody who has any with another candidate is left
    out, up to TIED; beyond them nothing is proven.
    """

    whole: Problem
    strict: bool

    @cached_property
    def _level(self) -> Floats:
        """What makes one stand for another: all of these at least as high (candidates x columns)."""
        whole = self.whole
        columns = [whole.allowed, *(one.fits for one in whole.requirements)]
        level = np.stack(columns, axis=1).astype(float)
        return np.concatenate([level, whole.sure], axis=1) if whole.prefer == "confidence" else level

    @cached_property
    def _order(self) -> tuple[Integers, Integers, Integers]:
        """The candidates by competition, and then by cost; where each competition begins; how many there are."""
        whole = self.whole
        columns = [one.place for one in whole.requirements if one.place is not None]
        if whole.priorities is not None:
            columns.append(whole.priorities.of_organisation)
        count = len(whole.organisations)
        where = np.zeros(count, dtype=np.int64)
        for column in columns:
            where = np.unique((column.max(initial=0) + 2) * where + column + 1, return_inverse=True)[1].ravel()
        order = np.lexsort((np.arange(count), -self._level.sum(axis=1), whole.cost, where)).astype(np.int64)
        starts = np.flatnonzero(np.diff(where[order], prepend=-1))
        return order, starts, np.append(starts, count)[1:]

    @cached_property
    def _by_same(self) -> tuple[Integers, Integers]:
        """The candidates by those who compete and fit everything in the same way, the better first; where each begins.

        Column by column, since rows of numbers are slow to compare.
        """
        order, starts, stops = self._order
        same = np.repeat(np.arange(len(starts)), stops - starts)
        for column in self._level.T:
            values, number = np.unique(column[order], return_inverse=True)
            same = np.unique(len(values) * same + number.ravel(), return_inverse=True)[1].ravel()
        place = np.argsort(same, kind="stable")
        return order[place], np.flatnonzero(np.diff(same[place], prepend=-1))

    @cached_property
    def _holds(self) -> tuple[Integers, Integers]:
        """How many a best consortium can hold of those that compete with each candidate, and that fit as it does."""
        competing = np.zeros(len(self.whole.organisations), dtype=np.int64)
        same = competing.copy()
        for one in self.whole.requirements:
            units = self._units(one)
            competing += units
            same += np.where(one.fits > NO, units, 0)
        return competing, same

    def _units(self, one: Requirement) -> Integers:
        """How many of those that compete a requirement can need, for each candidate."""
        count = len(self.whole.organisations)
        times = self.whole.times(one)
        if one.place is not None:  # those whose place nobody knows may each lie somewhere else
            return np.where(one.place >= 0, times, times * one.at_least)
        return np.full(count, 0 if self.strict and self._implied(one) else times * one.at_least)

    def _implied(self, one: Requirement) -> bool:
        """Whether a number of any members is met as soon as one of countries or regions is."""
        larger = any(other.place is not None and other.at_least >= one.at_least for other in self.whole.requirements)
        return bool((one.fits == YES).all()) and one.rule is not None and larger

    @cached_property
    def _tied(self) -> tuple[Booleans, int]:
        """Who is kept for past projects, and how many with any are not."""
        chosen = np.zeros(len(self.whole.organisations), dtype=bool)
        if self.whole.prefer != "trust":
            return chosen, 0
        partners = np.diff(self.whole.ties.indptr)
        with_any = np.flatnonzero(partners > 0)
        most = with_any[np.lexsort((-self.whole.confidence[with_any], -partners[with_any]))][:TIED]
        chosen[most] = True
        return chosen, len(with_any) - len(most)

    @property
    def cut(self) -> int:
        """How many candidates were left out without proof."""
        return self._tied[1]

    def kept(self, used: Booleans) -> Integers:
        """Return the candidates that enter the program, if those `used` are in consortia found before."""
        whole = self.whole
        alone = np.bincount(whole.groups)[whole.groups] == 1
        free = alone & ~used & ~whole.required
        always = used | whole.required | self._tied[0]
        order, starts, stops = self._order
        competing, same = self._holds
        fitting = self._first_of_same(free, same)
        chosen = always.copy()
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
            rows = order[start:stop]
            rows = rows[fitting[rows]]
            chosen[rows[self._undominated(rows, free[rows], int(competing[rows].max(initial=0)))]] = True
        return np.flatnonzero(chosen)

    def _first_of_same(self, free: Booleans, enough: Integers) -> Booleans:
        """Of those who fit in the same way the first k that are free, and all who stand before the last of these."""
        by_same, first = self._by_same
        counted: Integers = np.cumsum(free[by_same], dtype=np.int64) - free[by_same]
        before: Integers = counted - np.repeat(counted[first], np.diff(np.append(first, len(by_same))))
        chosen = np.zeros(len(free), dtype=bool)
        chosen[by_same] = before < enough[by_same]
        return chosen

    def _undominated(self, rows: Integers, free: Booleans, enough: int) -> list[int]:
        """Which of those who compete, best first, have fewer than `enough` free ones before them that stand for them.

        Only those kept are counted: who stands for one that is left out stands for all that this one would.
        """
        level = self._level[rows]
        standing = np.empty_like(level)
        count = 0
        kept = []
        for place in range(len(rows)):
            if count >= enough and int((standing[:count] >= level[place]).all(axis=1).sum()) >= enough:
                continue
            kept.append(place)
            if free[place]:
                standing[count] = level[place]
                count += 1
        return kept
