"""Ties that cross from one group to another: how many, against how many chance would give, and through whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.kernels.distinct import distinct

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from valuechain.analyses._groups import Groups
    from valuechain.model.arrays import Floats, Integers

PAIR = 2.0
"""How many come together in a supply link: the smallest number whose ties chance could deal out one by one."""


@dataclass(frozen=True)
class Mixing:
    """Ties between groups, symmetric matrices (groups x groups).

    `observed` counts the ties, those of split organisations in parts; `expected` how many there would be if ties were
    drawn at random and every group kept its number of ends (configuration model); the diagonals hold ties inside a
    group. `variance` is how far chance scatters the number of ties.
    """

    observed: Floats
    expected: Floats
    variance: Floats

    @property
    def surprise(self) -> Floats:
        """(observed - expected) / sqrt(variance), not a number where nothing is expected; -2 is rare by chance."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.expected > 0, (self.observed - self.expected) / np.sqrt(self.variance), np.nan)


def mixing(ties: csr_array, shares: csr_array, together: float = PAIR) -> Mixing:
    """Return the ties within and between groups; only those count both of whose ends have a group.

    With O = S' A S the ends of ties from group s to group t, K its row sums, 2m its total and f = K / 2m: expected
    between s and t = K_s K_t / 2m, within s = K_s ** 2 / 4m. Ties of one project come together: of d partners drawn at
    random, the number of pairs that join s and t varies by expected x (1 + (d - 2)(f_s + f_t)) at most, which is the
    variance of so many single ties for d = 2 and many times that for a large project.

    Parameters
    ----------
    ties : sparse (N, N)
        Symmetric, 1 where two organisations are tied.
    shares : sparse (N, S)
        How much of each organisation belongs to each group.
    together : float, 2..
        How many come together in one event, such as a project, on average over the ties.

    References
    ----------
    M. E. J. Newman (2003), Mixing patterns in networks, Physical Review E 67.
    """
    ends = (shares.T @ ties @ shares).toarray()
    of_group = ends.sum(axis=1)
    total = max(1.0, of_group.sum())
    expected = np.outer(of_group, of_group) / total
    inside = np.eye(len(ends)) / 2 + (1 - np.eye(len(ends)))
    share = of_group / total
    scatter = 1.0 + (max(PAIR, together) - 2.0) * np.add.outer(share, share)
    return Mixing(ends * inside, expected * inside, expected * inside * scatter)


def crossings(first: Integers, second: Integers, groups: Groups) -> pd.DataFrame:
    """Return every tie once for each pair of different groups that it joins.

    Parameters
    ----------
    first, second : integers (L,)
        Ends of each tie.
    groups : Groups

    Returns
    -------
    DataFrame with the columns tie (row of the input), low < high (groups), of_low, of_high (the organisations that the
    tie joins there).
    """
    import pandas as pd

    shares = groups.shares.tocoo()
    belongs = pd.DataFrame({"organisation": shares.row, "group": shares.col})
    ties = pd.DataFrame({"tie": np.arange(len(first)), "first": first, "second": second})
    joined = ties.merge(belongs, left_on="first", right_on="organisation").drop(columns="organisation")
    joined = joined.merge(belongs, left_on="second", right_on="organisation", suffixes=("_first", "_second"))
    joined = joined[joined["group_first"] != joined["group_second"]]
    turned = (joined["group_first"] > joined["group_second"]).to_numpy(bool)
    return pd.DataFrame(
        {
            "tie": joined["tie"].to_numpy(np.int64),
            "low": np.minimum(joined["group_first"], joined["group_second"]).to_numpy(np.int64),
            "high": np.maximum(joined["group_first"], joined["group_second"]).to_numpy(np.int64),
            "of_low": np.where(turned, joined["second"], joined["first"]).astype(np.int64),
            "of_high": np.where(turned, joined["first"], joined["second"]).astype(np.int64),
        }
    )


def shared_members(groups: Groups) -> pd.DataFrame:
    """Return who belongs to two groups, once for each pair: low < high (groups), organisation."""
    import pandas as pd

    shares = groups.shares.tocoo()
    several = np.bincount(shares.row, minlength=shares.shape[0])[shares.row] > 1
    belongs = pd.DataFrame({"organisation": shares.row[several], "group": shares.col[several]})
    pairs = belongs.merge(belongs, on="organisation", suffixes=("_low", "_high"))
    pairs = pairs[pairs["group_low"] < pairs["group_high"]]
    return pd.DataFrame(
        {
            "low": pairs["group_low"].to_numpy(np.int64),
            "high": pairs["group_high"].to_numpy(np.int64),
            "organisation": pairs["organisation"].to_numpy(np.int64),
        }
    )


def sole_brokers(crossing: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """Return who has a part in all ties between two groups: without that organisation none is left.

    Where no tie joins two groups and one organisation alone belongs to both, that one is their only bridge.

    Returns
    -------
    DataFrame with the columns low, high, organisation, ties (how many there are); a single tie has two brokers.
    """
    import pandas as pd

    tie = crossing["tie"].to_numpy(np.int64)
    ties = int(tie.max(initial=0)) + 1
    groups = 1 + max(int(some["high"].to_numpy(np.int64).max(initial=0)) for some in (crossing, shared))
    pair = (crossing["low"] * groups + crossing["high"]).to_numpy(np.int64)
    of_pair, all_ties = _runs(distinct(pair * ties + tie) // ties)
    ends = np.concatenate([crossing[side].to_numpy(np.int64) for side in ("of_low", "of_high")])
    people = int(ends.max(initial=0)) + 1
    held_by, held = _runs(distinct((np.tile(pair, 2) * people + ends) * ties + np.tile(tie, 2)) // ties)
    count = all_ties[np.searchsorted(of_pair, held_by // people)] if len(held_by) else held
    held_by, count = held_by[held == count], count[held == count]
    found = pd.DataFrame(
        {
            "low": held_by // people // groups,
            "high": held_by // people % groups,
            "organisation": held_by % people,
            "ties": count,
        }
    )
    alone = shared[~shared.duplicated(["low", "high"], keep=False)]
    apart = ~np.isin((alone["low"] * groups + alone["high"]).to_numpy(np.int64), of_pair)
    return pd.concat([found, alone[apart].assign(ties=0)], ignore_index=True).astype("int64")


def _runs(ordered: Integers) -> tuple[Integers, Integers]:
    """The different numbers of a sorted list, none below 0, and how often each stands there."""
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[starts], np.diff(starts, append=len(ordered))
