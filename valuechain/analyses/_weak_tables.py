"""The weak points of one organisation as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from valuechain.analyses._candidates import CANDIDATE_COLUMNS, candidate_rows
from valuechain.analyses._chain import evidence_of
from valuechain.analyses._lookup import made_by, needs_of
from valuechain.analyses._organisations import place_of, shown
from valuechain.analyses._weak_points import path_words
from valuechain.analyses._whereabouts import spread, turnover_of
from valuechain.analyses._words import itemised, stage_of
from valuechain.model.language import listed, say, term
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._candidates import Candidate
    from valuechain.analyses._failure import Dependencies, Failure
    from valuechain.analyses._weak_points import WeakPoint
    from valuechain.model.graph import ValueGraph

WEAK_POINT_COLUMNS = (
    Column("input", "text", "What the organisation loses"),
    Column("input_key", "key", "Its key"),
    Column("stage", "text", "Stage of the chain"),
    Column("weak_point", "text", "Single point of failure, only supplier, or one owner of all suppliers"),
    Column("hangs_on", "text", "Who must not fail"),
    Column("hangs_on_key", "key", "Its key"),
    Column("place", "text", "Where it lies"),
    Column("essential", "text", "Whether nothing is made without the input: yes, no, or assumed"),
    Column("way", "text", "From the one who fails to the organisation"),
    Column("steps", "integer", "How many links that is", "links"),
    Column("lead_time_days", "integer", "How long a new delivery takes, empty where nobody said", "days"),
    Column("stock_days", "integer", "How long stocks along the way last, empty where nobody said", "days"),
    Column("gap_weeks", "integer", "From the end of the stocks to a new delivery, rounded down", "weeks"),
    Column("stops", "integer", "How many organisations stop if it fails", "organisations"),
    Column("capabilities", "text", "What those offer who stop, up to five"),
    Column("regions", "text", "Where they lie, up to five"),
    Column("turnover_eur", "number", "Turnover of those who stop, as far as known; empty where of nobody", "EUR"),
    Column("turnover_known", "integer", "Of how many of them the turnover is known", "organisations"),
    Column("replace_with", "text", "Who could deliver instead, best first; looked for where it is spelled out"),
    Column("confidence", "number", "How sure it is", "0..1"),
    STATUS,
)

INPUT_COLUMNS = (
    Column("input", "text", "What the organisation needs"),
    Column("input_key", "key", "Its key"),
    Column("stage", "text", "Stage of the chain"),
    Column("essential", "text", "Whether nothing is made without it: yes, no, assumed, or empty where nobody said"),
    Column("suppliers", "text", "Who supplies it, as far as known"),
    Column("in_house", "boolean", "Whether it offers this itself"),
    Column("assessment", "text", "Weak points found, or not assessed where no supplier is known"),
    Column("confidence", "number", "How sure it is", "0..1"),
    STATUS,
)

SUBSTITUTE_COLUMNS = (
    Column("hangs_on", "text", "Who must not fail"),
    Column("hangs_on_key", "key", "Its key"),
    *CANDIDATE_COLUMNS,
)

STOPPED_COLUMNS = (
    Column("hangs_on", "text", "Who fails"),
    Column("hangs_on_key", "key", "Its key"),
    Column("organisation", "text", "Who stops"),
    Column("organisation_key", "key", "Its key"),
    Column("place", "text", "Where it lies"),
    Column("input", "text", "What it loses"),
    Column("input_key", "key", "Its key"),
    Column("confidence", "number", "How sure it is that it cannot go on without", "0..1"),
    STATUS,
)

MAKES_IT = term("makes it itself")
WEAK_POINT_WORDS = {
    "single-point": term("single point of failure"),
    "only-supplier": term("only supplier"),
    "one-owner": term("one owner"),
}

LISTED = 100
"""So many who stop with one failure are listed; how many more there are stands in the first table."""

Instead = Mapping[int, Sequence["Candidate"]]


def weak_point_table(
    dependencies: Dependencies, organisation: int, points: Sequence[WeakPoint], instead: Sequence[Instead]
) -> Table:
    """Return one row per weak point; `instead` says for the first of them who could deliver what is lost."""
    nobody: Instead = {}
    rows = (
        _weak_point(dependencies, organisation, point, who)
        for point, who in zip(points, chain(instead, repeat(nobody)), strict=False)
    )
    return Table.from_rows("weak-links", say("What could break, and what to do"), WEAK_POINT_COLUMNS, rows)


def _weak_point(dependencies: Dependencies, organisation: int, point: WeakPoint, instead: Instead) -> dict[str, Any]:
    graph = dependencies.graph
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    lost = dependencies.inputs.loc[point.input_row]
    capability = graph["capabilities"].iloc[lost["capability"]]
    offered, where = spread(graph, point.failure.stopped)
    turnover, known = turnover_of(graph, point.failure.stopped)
    best = dict.fromkeys(one.organisation for candidates in instead.values() for one in candidates)
    return {
        "input": capability["label"],
        "input_key": capability["key"],
        "stage": stage_of(graph, capability["stage"]),
        "weak_point": say(WEAK_POINT_WORDS[point.kind]),
        "hangs_on": names.iloc[point.organisation],
        "hangs_on_key": keys.iloc[point.organisation],
        "place": place_of(graph["organisations"].iloc[point.organisation]),
        "essential": lost["essential"],
        "way": path_words(dependencies, point, organisation),
        "steps": len(point.way),
        "lead_time_days": _whole(point.lead_time_days),
        "stock_days": _whole(point.lasts_days),
        "gap_weeks": point.gap_weeks,
        "stops": len(point.failure.stopped),
        "capabilities": itemised(offered),
        "regions": itemised(where),
        "turnover_eur": turnover,
        "turnover_known": known,
        "replace_with": itemised(names.iloc[list(best)]),
        "confidence": round(point.confidence, 3),
        "status": point.status,
        "evidence": point.evidence,
    }


def unknown_inputs(dependencies: Dependencies, organisation: int) -> pd.DataFrame:
    """Return what an organisation needs, as rows of `known_needs`, where no supplier is known.

    `in_house` says whether it is stated to offer the input itself.
    """
    graph = dependencies.graph
    needs = needs_of(graph, organisation)
    if graph.scope.chain:
        chain = graph["capabilities"]["chain"].iloc[needs["capability"]]
        needs = needs[(chain == graph.scope.chain).to_numpy(bool)]
    supplied = dependencies.inputs["capability"].iloc[dependencies.of_buyer(organisation)]
    needs = needs[~needs["capability"].isin(supplied)]
    own = made_by(graph, organisation)
    own = own.loc[own["status"] != "inferred", "capability"]
    return needs.assign(in_house=needs["capability"].isin(own))


def input_table(
    dependencies: Dependencies, organisation: int, points: Sequence[WeakPoint], unknown: pd.DataFrame
) -> Table:
    """Return everything an organisation needs with its suppliers; `unknown` from `unknown_inputs` is not assessed."""
    graph = dependencies.graph
    names, capabilities = graph["organisations"]["label"], _Inputs(graph)
    rows = [
        capabilities[one["capability"]]
        | {
            "essential": one["essential"],
            "suppliers": listed(names.iloc[list(dependencies.suppliers(row))], 5),
            "in_house": bool(one["in_house"]),
            "assessment": _assessment(graph, bool(one["in_house"]), [each for each in points if each.input_row == row]),
            "confidence": round(float(one["confidence"]), 3),
            "status": one["status"],
            "evidence": dependencies.evidence([row]),
        }
        for row, one in dependencies.inputs.iloc[dependencies.of_buyer(organisation)].iterrows()
    ]
    rows += [
        capabilities[one["capability"]]
        | {
            "essential": {True: "yes", False: "no"}.get(one["essential"], ""),
            "in_house": one["in_house"],
            "assessment": say(MAKES_IT) if one["in_house"] else say("not assessed"),
            "confidence": round(float(one["confidence"]), 3),
            "status": one["status"],
            "evidence": evidence_of(graph, unknown.loc[[row]]),
        }
        for row, one in unknown.iterrows()
    ]
    return Table.from_rows("inputs", say("What it needs, and what is known of the supply"), INPUT_COLUMNS, rows)


def substitute_table(
    dependencies: Dependencies, hangs_on: Sequence[int], instead: Sequence[Instead], title: str
) -> Table:
    """Return who could deliver instead of each of `hangs_on`."""
    graph = dependencies.graph
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    rows = (
        row
        for failed, losses in zip(hangs_on, instead, strict=True)
        for row in candidate_rows(graph, losses, hangs_on=names.iloc[failed], hangs_on_key=keys.iloc[failed])
    )
    return Table.from_rows("substitutes", title, SUBSTITUTE_COLUMNS, rows)


def stopped_table(dependencies: Dependencies, failures: Sequence[Failure]) -> Table:
    """Return who stops with each of `failures`, in the order of stopping: LISTED of each, the rest counted."""
    graph = dependencies.graph
    organisations, capabilities = shown(graph), _Inputs(graph)
    listed_of = [(failure, failure.stopped[:LISTED].tolist()) for failure in failures]
    causes = sorted({int(failure.cause[one]) for failure, stopped in listed_of for one in stopped})
    lost = {
        row: capabilities[one["capability"]]
        | {"confidence": round(float(one["confidence"]), 3), "status": one["status"]}
        | {"evidence": dependencies.evidence([row])}
        for row, one in dependencies.inputs.loc[causes].iterrows()
    }
    rows = (
        {
            "hangs_on": organisations[failure.organisation]["organisation"],
            "hangs_on_key": organisations[failure.organisation]["organisation_key"],
        }
        | organisations[one]
        | lost[int(failure.cause[one])]
        for failure, stopped in listed_of
        for one in stopped
    )
    table = Table.from_rows("stopped", say("Who stops with it"), STOPPED_COLUMNS, rows)
    return replace(table, cut=sum(len(failure.stopped) - len(stopped) for failure, stopped in listed_of))


class _Inputs:
    """The cells input (its name), input_key and stage of any capability, by position."""

    def __init__(self, graph: ValueGraph) -> None:
        self._graph = graph
        table = graph["capabilities"]
        self._label, self._key, self._stage = (table[name].array for name in ("label", "key", "stage"))

    def __getitem__(self, capability: int) -> dict[str, Any]:
        return {
            "input": self._label[capability],
            "input_key": self._key[capability],
            "stage": stage_of(self._graph, self._stage[capability]),
        }


def _assessment(graph: ValueGraph, in_house: bool, points: Sequence[WeakPoint]) -> str:
    names = graph["organisations"]["label"]
    if in_house:
        return say(MAKES_IT)
    stopping = [names.iloc[point.organisation] for point in points if point.kind == "single-point"]
    if stopping:
        return say("hangs on {names}", names=listed(stopping))
    if not points:
        return say("several suppliers")
    if points[0].kind == "only-supplier":
        return say("only one supplier known")
    return say("several suppliers, one owner")


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)
