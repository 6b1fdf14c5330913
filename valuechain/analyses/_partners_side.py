"""One cluster in words and numbers: what its members offer and need at the surest, and what they were asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._surveys import Asked, Surveys
from valuechain.model.graph import Scope
from valuechain.model.language import term

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._partners import Clusters
    from valuechain.model.arrays import Integers

HERE, NOBODY, IN_PART, NOT_ASKED = (
    term("here"),
    term("nobody (asked)"),
    term("nobody known (asked in part)"),
    term("not asked"),
)
"""What is known of a stage in a cluster."""


@dataclass(frozen=True, eq=False)
class Stage:
    """A stage in a cluster: its position, members that offer something in it, SMEs, those in the market; its state.

    `rows` are the surest offers, one per capability; `surveys` the rows of the surveys that asked where nobody is.
    """

    stage: int
    members: int
    smes: int
    in_market: int
    state: str
    rows: pd.DataFrame
    surveys: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Side:
    """One cluster, a row of the matrices of `known`, spelled out."""

    known: Clusters
    cluster: int

    @cached_property
    def label(self) -> str:
        """The name of the cluster."""
        return self.known.label(self.cluster)

    @cached_property
    def key(self) -> str:
        """The key of the cluster."""
        return self.known.key(self.cluster)

    @cached_property
    def members(self) -> Integers:
        """Its members, as positions of organisations."""
        return self.known.who(self.cluster)

    @cached_property
    def offers(self) -> pd.DataFrame:
        """What its members offer, the surest offers first."""
        return _surest(self.known.offers, self.members)

    @cached_property
    def needs(self) -> pd.DataFrame:
        """What its members need, the surest needs first."""
        return _surest(self.known.needs, self.members)

    @cached_property
    def best_offers(self) -> pd.DataFrame:
        """The surest offer of each capability, with the column `makers`: how many members offer it."""
        return _best(self.offers, "makers")

    @cached_property
    def best_needs(self) -> pd.DataFrame:
        """The surest need of each capability, with the column `makers`: how many members need it."""
        return _best(self.needs, "makers")

    @cached_property
    def asked(self) -> dict[int, Asked]:
        """What was asked of its members, by capability."""
        graph = self.known.graph
        scoped = replace(graph, scope=Scope(clusters=(self.key,), chain=graph.scope.chain))
        surveys = Surveys(scoped, self.known.freshness)
        told = {at: surveys.of(at, chain) for at, chain in self.known.required["chain"].items()}
        return {int(at): one for at, one in told.items() if one is not None}

    @property
    def covered(self) -> float:
        """Share of the capabilities of which is known whether somebody offers them, 0..1."""
        required = self.known.required.index
        known = set(self.asked) | set(self.best_offers.index)
        return len(known & set(required)) / len(required) if len(required) else 0.0

    @cached_property
    def stages(self) -> list[Stage]:
        """The stages of the chain, in order."""
        required = self.known.required
        required = required[required["stage"] >= 0]
        stage_of = self.offers["capability"].map(required["stage"]).to_numpy(float)
        who = self.offers["organisation"].to_numpy(np.int64)
        sme = (self.known.graph["organisations"]["kind"] == "sme").to_numpy(bool)
        active = self.known.active(self.cluster)
        found = []
        for stage, capabilities in required.groupby("stage", sort=False):
            here = np.unique(who[stage_of == stage])
            asked = [self.asked[at] for at in capabilities.index if at in self.asked]
            whole = len(asked) == len(capabilities)
            rows = self.best_offers[self.best_offers.index.isin(capabilities.index)]
            found.append(
                Stage(
                    int(str(stage)),
                    len(here),
                    int(sme[here].sum()),
                    len(np.intersect1d(here, active)),
                    HERE if len(here) else NOBODY if whole else IN_PART if asked else NOT_ASKED,
                    rows,
                    tuple(dict.fromkeys(row for one in asked for row in one.rows)),
                )
            )
        return found


def _surest(rows: pd.DataFrame, members: Integers) -> pd.DataFrame:
    rows = rows[np.isin(rows["organisation"].to_numpy(np.int64), members)]
    order = np.lexsort((rows["organisation"].to_numpy(np.int64), -rows["confidence"].to_numpy(float)))
    return rows.iloc[order].reset_index(drop=True)


def _best(rows: pd.DataFrame, count: str) -> pd.DataFrame:
    """The first row of each capability, indexed by capability."""
    best = rows.drop_duplicates("capability").set_index("capability", drop=False)
    return best.assign(**{count: rows.groupby("capability")["organisation"].nunique()})
