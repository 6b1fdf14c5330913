"""Gaps as tables: every capability, the states of each stage, and what is not known and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._gap_states import STATES, Gap, State
from valuechain.analyses._gap_words import why_unknown
from valuechain.model.language import labels_listed, listed, say
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._outside import Outsider
    from valuechain.model.graph import ValueGraph

GAP_COLUMNS = (
    Column("capability", "text", "What the chain requires"),
    Column("capability_key", "key", "Its key"),
    Column("state", "text", "One of the six states"),
    Column("offerers", "integer", "Organisations in scope with a live offer", "organisations"),
    Column("needers", "integer", "Organisations in scope that need it", "organisations"),
    Column("linked", "integer", "Of those, how many are joined to an offerer in scope", "organisations"),
    Column("offered_by", "text", "Who offers it, up to five"),
    Column("candidates", "text", "Who outside could, best first"),
    Column("stage", "text", "Stage of the chain"),
    Column("independent", "integer", "Those who offer it, legal groups counted once", "groups"),
    Column("supplied", "integer", "Of those who need it, how many get it from within the scope", "organisations"),
    Column("imported", "integer", "How many get it delivered from outside the scope", "organisations"),
    Column("presence_confidence", "number", "How sure it is that somebody offers it", "0..1"),
    Column("linkage_confidence", "number", "How sure it is that they are joined, or that they are not", "0..1"),
    Column("herfindahl", "number", "Herfindahl index of the offerers' shares", "0..1"),
    Column("downstream", "integer", "Capabilities that cannot be made without it", "capabilities"),
    Column("needed_for", "text", "Which these are, up to five"),
    Column("makers", "integer", "Organisations in scope that make one of these", "organisations"),
    Column("surveyed", "boolean", "Whether the whole scope was asked about it"),
    STATUS,
)

STAGE_COLUMNS = (
    Column("stage", "text", "Stage of the chain"),
    Column("state", "text", "One of the six states"),
    Column("capabilities", "integer", "How many are in that state", "capabilities"),
    STATUS,
)

UNKNOWN_COLUMNS = (
    Column("capability", "text", "Of what nothing is known that counts"),
    Column("capability_key", "key", "Its key"),
    Column("why", "text", "Who was asked when, and what is too old"),
    Column("needers", "integer", "Organisations in scope that need it", "organisations"),
    Column("stage", "text", "Stage of the chain"),
    STATUS,
)


def gap_table(graph: ValueGraph, found: Sequence[Gap], outside: Mapping[int, Sequence[Outsider]]) -> Table:
    """Return one row for each capability, in the order of the chain."""
    names, keys = graph["organisations"]["label"], graph["capabilities"]["key"]
    labels = graph["capabilities"]["label"]

    def row(gap: Gap) -> dict[str, Any]:
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
            "supplied": gap.supplied,
            "imported": gap.imported,
            "linkage_confidence": round(gap.linkage_confidence, 3) if gap.offerers and gap.needers else None,
            "herfindahl": None if gap.herfindahl is None else round(gap.herfindahl, 4),
            "downstream": len(gap.downstream),
            "needed_for": labels_listed(labels.iloc[list(gap.downstream)], 5),
            "makers": gap.makers,
            "surveyed": gap.surveyed,
            "offered_by": listed(names.iloc[list(gap.offerers)], 5),
            "candidates": "; ".join(names.iloc[one.organisation] for one in outside.get(gap.capability, ())),
            "status": gap.status,
            "evidence": gap.evidence,
        }

    title = say("Capabilities {where}", where=graph.scope_words)
    return Table.from_rows("gaps", title, GAP_COLUMNS, map(row, found))


def stage_table(found: Sequence[Gap]) -> Table:
    """Count the states of each stage."""
    groups: dict[tuple[int, str, State], list[Gap]] = {}
    for gap in found:
        groups.setdefault((gap.stage_order, gap.stage, gap.state), []).append(gap)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], item[0][1], STATES.index(item[0][2])))
    rows = (
        {
            "stage": stage,
            "state": state,
            "capabilities": len(members),
            "status": least_certain(gap.status for gap in members),
            "evidence": tuple(dict.fromkeys(record for gap in members for record in gap.evidence)),
        }
        for (_, stage, state), members in ordered
    )
    return Table.from_rows("stages", say("States by stage"), STAGE_COLUMNS, rows)


def unknown_table(graph: ValueGraph, found: Sequence[Gap]) -> Table:
    """Return what nobody knows in the scope and why, what most need first."""
    keys = graph["capabilities"]["key"]
    unknown = sorted((gap for gap in found if gap.state == "unknown"), key=lambda gap: -len(gap.needers))
    rows = (
        {
            "capability": gap.label,
            "capability_key": keys.iloc[gap.capability],
            "why": why_unknown(graph, gap),
            "needers": len(gap.needers),
            "stage": gap.stage,
            "status": gap.status,
            "evidence": gap.evidence,
        }
        for gap in unknown
    )
    title = say("What is not known {where}, and why", where=graph.scope_words)
    return Table.from_rows("unknown", title, UNKNOWN_COLUMNS, rows)
