"""The state of each capability in a scope: who offers it, who needs it, who is joined to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._chain import (
    active_supplies,
    collaboration_matrix,
    downstream,
    evidence_of,
    flags,
    is_fresh,
    known_needs,
    known_offers,
    required_capabilities,
    together,
)
from valuechain.analyses._surveys import asked_about, surveys_of_scope
from valuechain.model.result import least_certain
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

State = Literal["unknown", "no actor", "unlinked", "sole source", "concentrated", "covered"]
STATES: tuple[State, ...] = ("no actor", "unlinked", "sole source", "concentrated", "unknown", "covered")
"""The six states, in the order in which a reader should look at them."""


@dataclass(frozen=True)
class Gap:
    """What is known of one capability in the scope asked about; organisations are positions."""

    capability: int
    label: str
    stage: str
    stage_order: int
    state: State
    surveyed: bool
    offerers: tuple[int, ...]
    independent: int
    herfindahl: float | None
    needers: tuple[int, ...]
    linked: tuple[int, ...]
    presence_confidence: float
    linkage_confidence: float
    downstream: frozenset[int]
    status: str
    evidence: tuple[int, ...]


def find_gaps(graph: ValueGraph, concentrated: float, freshness: float) -> list[Gap]:
    """Return the state of every required capability in the graph's scope, in the order of the chain."""
    offers = known_offers(graph)
    offers = offers.assign(fresh=is_fresh(graph, offers["as_of"], freshness))
    offers = offers[graph.in_scope[offers["organisation"].to_numpy(np.int64)]]
    needs = known_needs(graph)
    needs = needs[graph.in_scope[needs["organisation"].to_numpy(np.int64)]]
    offers_of = dict(tuple(offers.groupby("capability")))
    needs_of = dict(tuple(needs.groupby("capability")))
    supplies_of = dict(tuple(active_supplies(graph).groupby("capability")))
    surveys = surveys_of_scope(graph, freshness)
    collaborations = collaboration_matrix(graph)
    dependents = downstream(graph)
    found = []
    for capability, row in required_capabilities(graph).iterrows():
        asked = asked_about(surveys, int(capability), row["chain"])
        offered = offers_of.get(capability, offers.iloc[:0])
        needed = needs_of.get(capability, needs.iloc[:0])
        live = offered[offered["fresh"]]
        joined = _linked(graph, live, needed, collaborations, supplies_of.get(capability))
        groups = graph.legal_groups[live["organisation"].to_numpy(np.int64)]
        herfindahl = herfindahl_index(groups, live["share"].to_numpy(float)) if len(live) else None
        state = _state(offered, live, len(asked) > 0, len(needed), len(joined), groups, herfindahl, concentrated)
        presence = together(live["confidence"])
        linked_needs = needed[needed["organisation"].isin(joined)]
        linkage = together(linked_needs["confidence"]) * presence if len(joined) else 0.0
        if state == "unlinked":
            linkage = presence * together(needed["confidence"])
        if state == "no actor":
            presence = float(asked["confidence"].max())
        found.append(
            Gap(
                int(capability),
                row["label"],
                row["stage_label"],
                int(row["stage_order"]),
                state,
                len(asked) > 0,
                tuple(live["organisation"]),
                len(set(groups)),
                herfindahl,
                tuple(needed["organisation"]),
                joined,
                presence,
                linkage,
                dependents[int(capability)],
                _status(state, live, needed, asked),
                _evidence(graph, int(capability), live, needed, asked),
            )
        )
    return found


def herfindahl_index(groups: Integers, shares: np.ndarray) -> float:
    """Return the sum of squared shares of the legal groups, 0..1.

    Parameters
    ----------
    groups : integers, one per offerer
        Its legal group; shares of one group add up.
    shares : floats, one per offerer
        Share of the market, 0..1, or not a number where unknown. What the known shares leave of 1 is split equally
        among the groups without a known share.
    """
    distinct, place = np.unique(groups, return_inverse=True)
    known = np.zeros(len(distinct))
    np.add.at(known, place, np.nan_to_num(shares))
    unknown = np.bincount(place, weights=np.isfinite(shares), minlength=len(distinct)) == 0
    if unknown.any():
        known[unknown] = max(0.0, 1.0 - known.sum()) / unknown.sum()
    return float(np.square(known).sum())


def _state(
    offered: pd.DataFrame,
    live: pd.DataFrame,
    surveyed: bool,
    needers: int,
    linked: int,
    groups: Integers,
    herfindahl: float | None,
    concentrated: float,
) -> State:
    if len(live) == 0:
        return "no actor" if surveyed and len(offered) == 0 else "unknown"
    if needers and not linked:
        return "unlinked"
    if len(set(groups)) == 1:
        return "sole source"
    return "concentrated" if herfindahl is not None and herfindahl > concentrated else "covered"


def _linked(
    graph: ValueGraph,
    live: pd.DataFrame,
    needed: pd.DataFrame,
    collaborations: csr_array,
    supplies: pd.DataFrame | None,
) -> tuple[int, ...]:
    """Those who need the capability and are joined to somebody who offers it: by a joint project or a supply link.

    Who offers what it needs supplies itself.
    """
    count = len(graph["organisations"])
    offering = flags(count, live["organisation"].to_numpy(np.int64))
    needing = flags(count, needed["organisation"].to_numpy(np.int64))
    joined = offering | (collaborations @ offering.astype(float) > 0)
    if supplies is not None:
        delivering = offering[supplies["supplier"].to_numpy(np.int64)]
        joined[supplies["buyer"].to_numpy(np.int64)[delivering]] = True
    return tuple(int(position) for position in np.flatnonzero(needing & joined))


def _evidence(
    graph: ValueGraph, capability: int, live: pd.DataFrame, needed: pd.DataFrame, asked: pd.DataFrame
) -> tuple[int, ...]:
    parts = (
        graph.evidence("capabilities", [capability]),
        evidence_of(graph, live),
        evidence_of(graph, needed),
        graph.evidence("surveys", asked.index),
    )
    return tuple(dict.fromkeys(record for part in parts for record in part))


def _status(state: State, live: pd.DataFrame, needed: pd.DataFrame, asked: pd.DataFrame) -> str:
    """The least certain status that a state rests on.

    Of several offers, or several needs, the most certain one carries the state; but what is made up or planned always
    shows, because it counts in the numbers beside the state.
    """
    parts = [live if len(live) else asked]
    if state == "unlinked":
        parts.append(needed)
    carrying = [min(part["status"], key=STATUS_RANK.__getitem__) for part in parts if len(part)]
    counted = {status for part in (live, needed, asked) for status in part["status"]}
    not_real = [status for status in counted if STATUS_RANK[status] >= STATUS_RANK["synthetic"]]
    return least_certain([*carrying, *not_real])
