"""What crosses between groups in a network of ties, and what hangs on one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._crossings import Mixing, crossings, mixing, shared_members, sole_brokers
from valuechain.kernels.distinct import distinct
from valuechain.model.language import say
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._groups import Groups
    from valuechain.analyses._ties import Ties
    from valuechain.model.arrays import Integers

RARE = 2.0
"""So many standard deviations off, a count is called fewer or more than chance would give."""


@dataclass(frozen=True, eq=False)
class Bridges:
    """Ties within the scope, the groups of those in scope, and what crosses between the groups.

    `together` says how many come together in one project, or supply link, on average over the ties.
    """

    ties: Ties
    groups: Groups
    together: float

    @cached_property
    def mixing(self) -> Mixing:
        """Ties within and between groups, against chance."""
        return mixing(self.ties.matrix, self.groups.shares, self.together)

    @cached_property
    def crossings(self) -> pd.DataFrame:
        """Every tie once for each pair of different groups that it joins."""
        return crossings(*self._ends, self.groups)

    @cached_property
    def _ends(self) -> tuple[Integers, Integers]:
        first, second = (self.ties.pairs[end].to_numpy(np.int64) for end in ("first", "second"))
        return first, second

    @cached_property
    def sole_brokers(self) -> pd.DataFrame:
        """Without whom nothing joins two groups; the pairs with most ties first."""
        found = sole_brokers(self.crossings, self._shared)
        return found.sort_values("ties", ascending=False, kind="stable", ignore_index=True)

    @cached_property
    def sole_pairs(self) -> int:
        """How many pairs of groups hang on one."""
        return len(self.sole_brokers.drop_duplicates(["low", "high"]))

    @cached_property
    def members(self) -> list[Integers]:
        """Organisations of each group."""
        by_group = self.groups.shares.tocsc()
        everybody = by_group.indices.astype(np.int64)
        return [everybody[start:end] for start, end in pairwise(by_group.indptr)]

    @cached_property
    def _in_both(self) -> dict[tuple[int, int], int]:
        counts = self._shared.groupby(["low", "high"]).size()
        return {(int(low), int(high)): int(count) for (low, high), count in counts.items()}

    @cached_property
    def _shared(self) -> pd.DataFrame:
        """Who belongs to two groups."""
        return shared_members(self.groups)

    def called(self, low: int, high: int) -> str:
        """Return what a pair of groups is called: "A and B", or "A – B" where a name has an "and" of its own."""
        names = self.groups.names[low], self.groups.names[high]
        first, second = map(self.groups.label, names)
        if any(" and " in name for name in names):
            return f"{first} – {second}"
        return say("{first} and {second}", first=first, second=second)

    def in_both(self, low: int, high: int) -> int:
        """Return how many organisations belong to two groups; of one group, its members."""
        return len(self.members[low]) if low == high else self._in_both.get((low, high), 0)

    @cached_property
    def _ties_by_pair(self) -> tuple[Integers, Integers]:
        """Pairs of groups, as one number each, and the ties of each, sorted; ties inside a group included."""
        count = len(self.groups.names)
        found = self.crossings
        first, second = self._ends
        both = self.groups.shares[first].multiply(self.groups.shares[second]).tocoo()
        pair = np.concatenate([(found["low"] * count + found["high"]).to_numpy(np.int64), both.col * (count + 1)])
        tie = np.concatenate([found["tie"].to_numpy(np.int64), both.row])
        ties = max(1, len(first))
        unique = distinct(pair * ties + tie)
        return unique // ties, unique % ties

    def ties_of(self, low: int, high: int) -> Integers:
        """Return the ties between two groups, or inside one: rows of `Ties.pairs`."""
        pair, tie = self._ties_by_pair
        wanted = low * len(self.groups.names) + high
        return tie[np.searchsorted(pair, wanted) : np.searchsorted(pair, wanted, side="right")]

    def ends(self, ties: Integers) -> Integers:
        """Return everybody who has a part in some ties."""
        return np.unique(np.concatenate([end[ties] for end in self._ends]))

    @cached_property
    def _rank_of_ties(self) -> Integers:
        return np.asarray(self.ties.pairs["rank"], dtype=np.int64)

    def status(self, ties: Integers, groups: Iterable[int]) -> str:
        """Return the least certain status of some ties and of all that tells the members of some groups."""
        ranks = [self._rank_of_ties[ties], self.groups.rank_of_group[list(groups)]]
        return STATUS_OF_RANK[int(np.concatenate(ranks).max(initial=0))]

    def status_of_ends(self, ties: Integers, organisations: Iterable[int]) -> str:
        """Return the least certain status of some ties, of the groups of their ends, and of some organisations."""
        people = np.union1d(self.ends(ties), np.array(list(organisations), dtype=np.int64))
        return STATUS_OF_RANK[int(np.concatenate([self._rank_of_ties[ties], self.groups.rank[people]]).max(initial=0))]
