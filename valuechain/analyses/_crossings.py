"""Ties that cross from one group to another: how many, against how many chance would give, and through whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from valuechain.analyses._groups import Groups
    from valuechain.model.arrays import Floats, Integers


@dataclass(frozen=True)
class Mixing:
    """Ties between groups, symmetric matrices (groups x groups).

    `observed` counts the ties, those of split organisations in parts; `expected` how many there would be if ties were
    drawn at random and every group kept its number of ends (configuration model); the diagonals hold ties inside a
    group.
    """

    observed: Floats
    expected: Floats

    @property
    def surprise(self) -> Floats:
        """(observed - expected) / sqrt(expected), not a number where nothing is expected; -2 is rare by chance."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.expected > 0, (self.observed - self.expected) / np.sqrt(self.expected), np.nan)


def mixing(ties: csr_array, shares: csr_array) -> Mixing:
    """Return the ties within and between groups; only those count both of whose ends have a group.

    With O = S' A S the ends of ties from group s to group t, K its row sums and 2m its total: expected between s and t
    = K_s K_t / 2m, within s = K_s ** 2 / 4m.

    Parameters
    ----------
    ties : sparse (N, N)
        Symmetric, 1 where two organisations are tied.
    shares : sparse (N, S)
        How much of each organisation belongs to each group.

    References
    ----------
    M. E. J. Newman (2003), Mixing patterns in networks, Physical Review E 67.
    """
    ends = (shares.T @ ties @ shares).toarray()
    of_group = ends.sum(axis=1)
    expected = np.outer(of_group, of_group) / max(1.0, of_group.sum())
    inside = np.eye(len(ends)) / 2 + (1 - np.eye(len(ends)))
    return Mixing(ends * inside, expected * inside)


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


def sole_brokers(crossing: pd.DataFrame) -> pd.DataFrame:
    """Return who has a part in all ties between two groups: without that organisation none is left.

    Returns
    -------
    DataFrame with the columns low, high, organisation, ties (how many there are); a single tie has two brokers.
    """
    import pandas as pd

    pair = ["low", "high"]
    sides = [crossing[[*pair, "tie", side]].rename(columns={side: "organisation"}) for side in ("of_low", "of_high")]
    parts = pd.concat(sides).drop_duplicates([*pair, "tie", "organisation"])
    held = parts.groupby([*pair, "organisation"], sort=True).size().rename("held").reset_index()
    held = held.join(crossing.groupby(pair)["tie"].nunique().rename("ties"), on=pair)
    return held[held["held"] == held["ties"]].drop(columns="held").reset_index(drop=True)
