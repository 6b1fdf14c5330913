"""Gaps of a value chain: presence beside linkage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from valuechain.analyses._candidates import CANDIDATE_COLUMNS, candidate_rows, candidates_outside
from valuechain.analyses._chain import listed
from valuechain.analyses._gap_states import STATES, Gap, State, find_gaps
from valuechain.analyses._gap_words import gap_finding, not_asked_finding
from valuechain.model.analysis import analysis
from valuechain.model.result import SEVERITIES, STATUS, Chart, Column, Finding, Result, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._candidates import Candidate
    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 20


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
    capability_keys = graph["capabilities"]["key"]
    rows = [_row(gap, graph, outside, capability_keys) for gap in found]
    table = Table.from_rows("gaps", f"Capabilities {graph.scope_words}", GAP_COLUMNS, rows)
    candidate_table = Table.from_rows(
        "candidates",
        f"Who could fill the gaps from outside {_place(graph)}",
        CANDIDATE_COLUMNS,
        candidate_rows(graph, {gap.capability: outside.get(gap.capability, ()) for gap in found}),
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


GAP_COLUMNS = (
    Column("capability", "text", "What the chain requires"),
    Column("capability_key", "key", "Its key"),
    Column("state", "text", "One of the six states"),
    Column("offerers", "integer", "Organisations in scope with a live offer", "organisations"),
    Column("needers", "integer", "Organisations in scope that need it", "organisations"),
    Column("linked", "integer", "Of those, how many are joined to an offerer", "organisations"),
    Column("offered_by", "text", "Who offers it, up to five"),
    Column("candidates", "text", "Who outside could, best first"),
    Column("stage", "text", "Stage of the chain"),
    Column("independent", "integer", "The same, legal groups counted once", "groups"),
    Column("presence_confidence", "number", "How sure it is that somebody offers it", "0..1"),
    Column("linkage_confidence", "number", "How sure the linkage is", "0..1"),
    Column("herfindahl", "number", "Herfindahl index of the offerers' shares", "0..1"),
    Column("downstream", "integer", "Capabilities that cannot be made without it", "capabilities"),
    Column("surveyed", "boolean", "Whether the scope was asked about it"),
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
    count: dict[str, int] = {state: sum(gap.state == state for gap in found) for state in STATES}
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
