"""Gaps of a value chain: presence beside linkage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from valuechain.analyses._candidates import candidates_outside
from valuechain.analyses._chain import (
    active_supplies,
    collaboration_matrix,
    downstream,
    evidence_of,
    flags,
    is_fresh,
    known_needs,
    known_offers,
    listed,
    required_capabilities,
    together,
)
from valuechain.analyses._gap_words import gap_finding, not_asked_finding
from valuechain.analyses._surveys import asked_about, surveys_of_scope
from valuechain.model.analysis import analysis
from valuechain.model.result import SEVERITIES, STATUS, Chart, Column, Finding, Result, Table, least_certain
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from valuechain.analyses._candidates import Candidate
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

State = Literal["unknown", "no actor", "unlinked", "sole source", "concentrated", "covered"]
STATES: tuple[State, ...] = ("no actor", "unlinked", "sole source", "concentrated", "unknown", "covered")
"""The six states, in the order in which a reader should look at them."""

SHOWN_FINDINGS = 20


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


@analysis(version="1")
def gaps(graph: ValueGraph, *, concentrated: float = 0.4, freshness: float = 5.0, candidates: int = 5) -> Result:
    """Which capabilities of the chain are missing here, which are there but not connected, which hang on one supplier?

    Each capability that the chain requires gets one state in the scope asked about, tested in this order: not asked
    yet, nobody here offers it, here but not connected, only one supplier, few suppliers, covered. Presence (somebody
    offers it) and linkage (offerers and those who need it are joined by a supply link or a joint project) stand side by
    side: a region can hold every stage and still have no chain.

    Parameters
    ----------
    concentrated : float, 0..1
        Herfindahl index of the offerers' shares above which supply counts as concentrated.
    freshness : float, 0.., years
        Offers and surveys older than this no longer count.
    candidates : int, 0..50
        How many organisations from outside the scope to name for each gap.

    Formula
    -------
    Herfindahl index = sum of squared shares of the independent offerers (0..1); legal groups count once; where a share
    is not known, what is left of 1 is split equally. Presence confidence = 1 - product of (1 - confidence) over the
    offers. Linkage confidence = the same over linked pairs, each as sure as its weaker side; for "not connected", how
    sure it is that somebody offers it and somebody needs it.

    Units
    -----
    Organisations are counted; confidence and Herfindahl index lie in 0..1.

    Reference
    ---------
    Herfindahl-Hirschman index: A. O. Hirschman (1964), The paternity of an index, American Economic Review 54.
    """
    found = find_gaps(graph, concentrated, freshness)
    outside = candidates_outside(graph, [gap.capability for gap in found if gap.state != "covered"], candidates)
    names = graph["organisations"]["label"]
    keys = graph["organisations"]["key"]
    capability_keys = graph["capabilities"]["key"]
    rows = [_row(gap, graph, outside, capability_keys) for gap in found]
    table = Table.from_rows("gaps", f"Capabilities {graph.scope_words}", GAP_COLUMNS, rows)
    candidate_table = Table.from_rows(
        "candidates",
        f"Who could fill the gaps from outside {_place(graph)}",
        CANDIDATE_COLUMNS,
        (
            {
                "capability": gap.label,
                "capability_key": capability_keys.iloc[gap.capability],
                "rank": rank,
                "organisation": names.iloc[one.organisation],
                "organisation_key": keys.iloc[one.organisation],
                "kind": one.kind,
                "region": one.region,
                "reason": one.reason,
                "confidence": round(one.confidence, 3),
                "status": one.status,
                "evidence": one.evidence,
            }
            for gap in found
            for rank, one in enumerate(outside.get(gap.capability, ()), start=1)
        ),
    )
    findings, remarks = _findings(graph, found, outside)
    return Result(
        verdict=_verdict(graph, found),
        findings=(*findings[:SHOWN_FINDINGS], *remarks),
        tables=(table, candidate_table, _summary(found)),
        charts=(
            Chart(
                "states",
                "bar",
                f"State of each stage {graph.scope_words}",
                "stages",
                "stage",
                "capabilities",
                "state",
                alternative="For each stage, how many capabilities are missing, not connected, with one supplier, "
                "not asked about, or covered.",
            ),
        ),
        notes=_notes(graph, found, len(findings)),
    )


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
    """The least certain status that a state rests on; of several offers or needs the most certain one carries it."""
    parts = [live if len(live) else asked]
    if state == "unlinked":
        parts.append(needed)
    return least_certain(min(part["status"], key=STATUS_RANK.__getitem__) for part in parts if len(part))


GAP_COLUMNS = (
    Column("capability", "text", "What the chain requires"),
    Column("capability_key", "key", "Its key"),
    Column("stage", "text", "Stage of the chain"),
    Column("state", "text", "One of the six states"),
    Column("offerers", "integer", "Organisations in scope with a live offer", "organisations"),
    Column("independent", "integer", "The same, legal groups counted once", "groups"),
    Column("presence_confidence", "number", "How sure it is that somebody offers it", "0..1"),
    Column("needers", "integer", "Organisations in scope that need it", "organisations"),
    Column("linked", "integer", "Of those, how many are joined to an offerer", "organisations"),
    Column("linkage_confidence", "number", "How sure the linkage is", "0..1"),
    Column("herfindahl", "number", "Herfindahl index of the offerers' shares", "0..1"),
    Column("downstream", "integer", "Capabilities that cannot be made without it", "capabilities"),
    Column("surveyed", "boolean", "Whether the scope was asked about it"),
    Column("offered_by", "text", "Who offers it, up to five"),
    Column("candidates", "text", "Who outside could, best first"),
    STATUS,
)

CANDIDATE_COLUMNS = (
    Column("capability", "text", "What is lacking"),
    Column("capability_key", "key", "Its key"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who could supply or support"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of organisation"),
    Column("region", "text", "Where it lies"),
    Column("reason", "text", "Why this one"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)

SUMMARY_COLUMNS = (
    Column("stage", "text", "Stage of the chain"),
    Column("state", "text", "One of the six states"),
    Column("capabilities", "integer", "How many are in that state", "capabilities"),
    STATUS,
)


def _row(gap: Gap, graph: ValueGraph, outside: dict[int, list[Candidate]], keys: pd.Series[str]) -> dict[str, Any]:
    names = graph["organisations"]["label"]
    return {
        "capability": gap.label,
        "capability_key": keys.iloc[gap.capability],
        "stage": gap.stage,
        "state": gap.state,
        "offerers": len(gap.offerers),
        "independent": gap.independent,
        "presence_confidence": round(gap.presence_confidence, 3) if gap.offerers else None,
        "needers": len(gap.needers),
        "linked": len(gap.linked),
        "linkage_confidence": round(gap.linkage_confidence, 3) if gap.offerers and gap.needers else None,
        "herfindahl": None if gap.herfindahl is None else round(gap.herfindahl, 4),
        "downstream": len(gap.downstream),
        "surveyed": gap.surveyed,
        "offered_by": listed(names.iloc[list(gap.offerers)], 5),
        "candidates": "; ".join(names.iloc[one.organisation] for one in outside.get(gap.capability, ())),
        "status": gap.status,
        "evidence": gap.evidence,
    }


def _summary(found: list[Gap]) -> Table:
    """Count the states of each stage."""
    groups: dict[tuple[int, str, State], list[Gap]] = {}
    for gap in found:
        groups.setdefault((gap.stage_order, gap.stage, gap.state), []).append(gap)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], item[0][1], STATES.index(item[0][2])))
    return Table.from_rows(
        "stages",
        "States by stage",
        SUMMARY_COLUMNS,
        (
            {
                "stage": stage,
                "state": state,
                "capabilities": len(members),
                "status": least_certain(gap.status for gap in members),
                "evidence": tuple(dict.fromkeys(record for gap in members for record in gap.evidence)),
            }
            for (_, stage, state), members in ordered
        ),
    )


def _findings(
    graph: ValueGraph, found: list[Gap], outside: dict[int, list[Candidate]]
) -> tuple[list[Finding], list[Finding]]:
    """The gaps as sentences, worst first, and one remark on what nobody was asked about."""
    wanting = [gap for gap in found if gap.state in ("no actor", "unlinked", "sole source", "concentrated")]
    findings = [gap_finding(graph, gap, outside.get(gap.capability, [])) for gap in wanting]
    findings.sort(key=lambda one: (SEVERITIES.index(one.severity), -one.confidence))
    unknown = [gap for gap in found if gap.state == "unknown"]
    return findings, [not_asked_finding(graph, unknown, len(found))] if unknown else []


def _verdict(graph: ValueGraph, found: list[Gap]) -> str:
    """Say first how much is known, then what is wanting."""
    count = {state: sum(gap.state == state for gap in found) for state in STATES}
    known = len(found) - count["unknown"]
    if not known:
        return f"Nothing is known yet {graph.scope_words}: nobody was asked about any of {len(found)} capabilities."
    wanting = [
        f"{count[state]} {words}"
        for state, words in (
            ("no actor", "nobody here offers"),
            ("unlinked", "are here but not connected"),
            ("sole source", "hang on one known supplier"),
            ("concentrated", "on few suppliers"),
        )
        if count[state]
    ]
    rest = f"; of these, {', '.join(wanting)}" if wanting else ", and all of these are covered"
    return f"Something is known of {known} of {len(found)} capabilities {graph.scope_words}{rest}."


def _place(graph: ValueGraph) -> str:
    return graph.scope_words.removeprefix("in ")


def _notes(graph: ValueGraph, found: list[Gap], findings: int) -> tuple[str, ...]:
    notes = []
    if findings > SHOWN_FINDINGS:
        notes.append(f"{findings - SHOWN_FINDINGS} more findings are not spelled out; the table holds them all.")
    if not any(gap.surveyed for gap in found):
        notes.append(f"Nobody was asked {graph.scope_words}, so nothing here is called missing.")
    if any(gap.status == "inferred" for gap in found):
        notes.append("Offers guessed from project titles say what a project is about, not what each partner sells.")
    return tuple(notes)
