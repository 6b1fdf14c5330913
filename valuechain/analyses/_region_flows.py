"""What ties regions, as flows: from each organisation here to the regions of its partners, or from region to region."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._organisations import shown
from valuechain.analyses._pairs_seats import seats
from valuechain.analyses._pairs_ties import RegionTies, region_ties
from valuechain.model.language import say
from valuechain.model.result import STATUS, Chart, Column, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.arrays import Booleans
    from valuechain.model.graph import ValueGraph

FROM_HERE = (
    Column("organisation", "text", "Who here takes part"),
    Column("organisation_key", "key", "Its key"),
    Column("partner", "text", "The other region"),
    Column("partner_key", "key", "Its code"),
    Column("projects", "integer", "Its projects in which somebody from there takes part"),
    STATUS,
)

BETWEEN = (
    Column("region", "text", "The region of the two with more joint projects"),
    Column("region_key", "key", "Its code"),
    Column("partner", "text", "The other region"),
    Column("partner_key", "key", "Its code"),
    Column("projects", "integer", "Projects in which organisations of both take part"),
    STATUS,
)


def flows_from(graph: ValueGraph, matrix: RegionMatrix, row: int) -> tuple[Table, Chart]:
    """Return who in the region of a row works with which other region, and its picture."""
    meeting = region_ties(graph, seats(graph, matrix), "").meeting(row)
    rows = [_flow(graph, matrix, *ends, flow) for ends, flow in _flows(meeting).items()]
    rows.sort(key=lambda one: (-one["projects"], one["organisation"], one["partner"]))
    title = say("Through whom {region} is tied to other regions", region=graph.region_label(matrix.regions[row]))
    alternative = say(
        "From each organisation here, at the left, to the regions of its partners, at the right; as wide as the joint "
        "projects. A project with partners in several regions counts for each."
    )
    return Table.from_rows("flows", title, FROM_HERE, rows), _chart(title, "organisation", alternative)


@dataclass(frozen=True)
class _Flow:
    """What ties an organisation to a region: projects, statuses of who takes part, their rows in participations."""

    projects: set[int] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)


def _flows(meeting: pd.DataFrame) -> dict[tuple[int, int], _Flow]:
    """The flow from each organisation to each other region."""
    names = ("organisation", "region_there", "project", "status", "status_there", "part", "part_there")
    found: dict[tuple[int, int], _Flow] = {}
    for organisation, region, project, status, status_there, part, part_there in zip(
        *(meeting[name].tolist() for name in names), strict=True
    ):
        flow = found.setdefault((organisation, region), _Flow())
        flow.projects.add(project)
        flow.statuses.update((status, status_there))
        flow.parts.update((part, part_there))
    return found


def _flow(graph: ValueGraph, matrix: RegionMatrix, organisation: int, other: int, flow: _Flow) -> dict[str, Any]:
    who = shown(graph)[organisation]
    return {
        "organisation": who["organisation"],
        "organisation_key": who["organisation_key"],
        "partner": graph.region_label(matrix.regions[other]),
        "partner_key": matrix.regions[other],
        "projects": len(flow.projects),
        "status": least_certain(flow.statuses),
        "evidence": graph.evidence("participations", sorted(flow.parts)),
    }


def flows_between(graph: ValueGraph, matrix: RegionMatrix, shown: Booleans) -> tuple[Table, Chart]:
    """Return which regions work with which, each pair once, and its picture; one of each pair is among those shown."""
    ties = region_ties(graph, seats(graph, matrix), "")
    ends = np.argwhere(np.triu(ties.projects, k=1))
    of_all = ties.projects.sum(axis=1)
    rows = [
        _pair(graph, matrix, ties, *_larger_first(of_all, *pair)) for pair in ends[shown[ends].any(axis=1)].tolist()
    ]
    rows.sort(key=lambda one: (-one["projects"], one["region"], one["partner"]))
    title = say("Which regions work together")
    alternative = say(
        "Each band is a pair of regions, as wide as their joint projects; the region with more of them in all stands "
        "at the left."
    )
    return Table.from_rows("flows", title, BETWEEN, rows), _chart(title, "region", alternative)


def _larger_first(of_all: Any, one: int, other: int) -> tuple[int, int]:
    return (one, other) if of_all[one] >= of_all[other] else (other, one)


def _pair(graph: ValueGraph, matrix: RegionMatrix, ties: RegionTies, one: int, other: int) -> dict[str, Any]:
    joint = ties.joint(one, other)
    return {
        "region": graph.region_label(matrix.regions[one]),
        "region_key": matrix.regions[one],
        "partner": graph.region_label(matrix.regions[other]),
        "partner_key": matrix.regions[other],
        "projects": int(ties.projects[one, other]),
        "status": least_certain(joint["status"]),
        "evidence": graph.evidence("participations", joint.index),
    }


def _chart(title: str, left: str, alternative: str) -> Chart:
    return Chart("flows", "sankey", title, "flows", left, "partner", value="projects", alternative=alternative)
