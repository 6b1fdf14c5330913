"""What one region does, against all regions known: quotient, how far chance may move it, and what is related to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import bdtr

from valuechain.kernels.relatedness import quotient_bounds
from valuechain.model.graph import Scope
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.analyses._region_rows import Basis
    from valuechain.model.graph import ValueGraph

Reading = Literal["specialised", "too few to say", "related opportunity", "below average", "unrelated", "not assessed"]
READINGS: tuple[Reading, ...] = (
    "specialised", "related opportunity", "too few to say", "below average", "unrelated", "not assessed",
)  # fmt: skip
"""What a planner may read out of an activity, in the order in which to look at them."""

LEAST_KIN = 3
"""From so many regions that are specialised in an activity on it can be said what else such regions do."""

NEARER = 1.5
"""An opportunity is so many times nearer to what the region does than to what the mean region does."""

ACTIVITY_COLUMNS = (
    Column("activity", "text", "Capability, or sector where jobs are counted"),
    Column("activity_key", "key", "Its key; empty for sectors"),
    Column("reading", "text", "What this means for the region"),
    Column("quotient", "number", "Location quotient: times the average share; empty where there is none", "times"),
    Column("low", "number", "Its lower bound, if counts so small vary by chance alone (95 %)", "times"),
    Column("high", "number", "Its upper bound", "times"),
    Column("backing", "integer", "Independent organisations behind it; empty for jobs", "legal groups"),
    Column("share_here", "number", "Its share of all that was counted here", "0..1"),
    Column("share_everywhere", "number", "Its share in all regions together", "0..1"),
    Column("density", "number", "How much of what is related to it the region is specialised in", "0..100"),
    Column("usual_density", "number", "The mean of that over all regions", "0..100"),
    Column("regions", "integer", "Regions that are specialised in it", "regions"),
    Column("confidence", "number", "How sure the count is", "0..1"),
    STATUS,
)


@dataclass(frozen=True)
class Activity:
    """One activity in one region; `place` is its column of the matrix. None where there is no answer."""

    place: int
    label: str
    reading: Reading
    quotient: float | None
    low: float | None
    high: float | None
    count: float
    backing: float
    share_here: float
    share_everywhere: float
    density: float | None
    usual_density: float | None
    regions: int
    confidence: float
    above_chance: float

    @property
    def sure(self) -> float:
        """How sure it is that the share lies above the average: the count's confidence x the chance of fewer."""
        return self.confidence * self.above_chance


def region_activities(matrix: RegionMatrix, row: int) -> list[Activity]:
    """Return what the region of a row does and does not, of all activities that any region has.

    The reading is tested in this order: specialised (quotient 1 or more, and enough behind it), too few to say
    (quotient 1 or more), not assessed (fewer than LEAST_KIN regions are specialised in it, so that nobody can tell what
    it is related to), related opportunity (density NEARER times that of the mean region or more), below average,
    unrelated (density 0).
    """
    low, high = quotient_bounds(matrix.counts)
    number, total = matrix.counts[row].sum(), matrix.counts.sum()
    everywhere = matrix.counts.sum(axis=0) / total if total else np.zeros(len(matrix.labels))
    dense, usual = matrix.density[row], matrix.density.mean(axis=0)
    counting = matrix.basis != "jobs"
    fewer = bdtr(matrix.counts[row] - 1, int(number), everywhere) if counting else (matrix.quotients[row] >= 1.0)
    often = matrix.specialised.sum(axis=0)
    found = []
    for place in np.flatnonzero(everywhere > 0).tolist():
        quotient = _told(matrix.quotients[row, place])
        found.append(
            Activity(
                place=place,
                label=matrix.labels[place],
                reading=_reading(
                    quotient,
                    bool(matrix.specialised[row, place]),
                    _told(dense[place]) if often[place] >= LEAST_KIN else None,
                    float(usual[place]),
                ),
                quotient=quotient,
                low=_told(low[row, place]) if counting else None,
                high=_told(high[row, place]) if counting else None,
                count=float(matrix.counts[row, place]),
                backing=float(matrix.backing[row, place]),
                share_here=float(matrix.counts[row, place] / number) if number else 0.0,
                share_everywhere=float(everywhere[place]),
                density=_told(dense[place]),
                usual_density=_told(usual[place]),
                regions=int(often[place]),
                confidence=float(matrix.confidence[row, place]),
                above_chance=float(np.nan_to_num(fewer[place])) if matrix.counts[row, place] else 0.0,
            )
        )
    return sorted(found, key=_order)


def _columns(basis: Basis) -> tuple[Column, ...]:
    """The columns with what was counted, in its unit."""
    at = [column.name for column in ACTIVITY_COLUMNS].index("backing")
    return (*ACTIVITY_COLUMNS[:at], Column("count", "number", "What was counted here", basis), *ACTIVITY_COLUMNS[at:])


def activity_table(graph: ValueGraph, matrix: RegionMatrix, row: int, found: list[Activity], title: str) -> Table:
    """Return one row for each activity, specialisations first."""
    keys = graph["capabilities"]["key"]
    of_capability = matrix.basis != "jobs"
    rows = (
        {
            "activity": one.label,
            "activity_key": keys.iloc[int(matrix.activities[one.place])] if of_capability else "",
            "reading": one.reading,
            "quotient": _rounded(one.quotient),
            "low": _rounded(one.low),
            "high": _rounded(one.high),
            "count": one.count,
            "backing": int(one.backing) if of_capability else None,
            "share_here": round(one.share_here, 4),
            "share_everywhere": round(one.share_everywhere, 4),
            "density": None if one.density is None else round(one.density, 1),
            "usual_density": None if one.usual_density is None else round(one.usual_density, 1),
            "regions": one.regions,
            "confidence": round(one.confidence, 3) if one.count else None,
            "status": matrix.status(row, one.place),
            "evidence": matrix.evidence(row, one.place),
        }
        for one in found
    )
    return Table.from_rows("activities", title, _columns(matrix.basis), rows)


def _order(one: Activity) -> tuple[int, float, float, str]:
    """Specialisations by what remains of them when chance is against them, opportunities by density."""
    strength = one.low if one.low is not None else one.quotient
    rest = -(one.density or 0.0) if one.reading == "related opportunity" else -(strength or 0.0)
    return READINGS.index(one.reading), rest, -one.count, one.label


def _reading(quotient: float | None, specialised: bool, density: float | None, usual: float) -> Reading:
    if quotient is None:
        return "not assessed"
    if quotient >= 1.0:
        return "specialised" if specialised else "too few to say"
    if density is None:
        return "not assessed"
    if density > 0 and density >= NEARER * usual:
        return "related opportunity"
    return "below average" if density > 0 else "unrelated"


def _told(value: float) -> float | None:
    return None if value != value else float(value)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def unit_of(graph: ValueGraph, matrix: RegionMatrix) -> str:
    """Return what the shares are shares of, as titles say it, and of whom where kinds or clusters were asked about."""
    if matrix.basis == "jobs" and matrix.source.year:
        return say("jobs by sector, {year}", year=str(matrix.source.year))
    if matrix.basis == "jobs":
        return say("jobs by sector")
    scope = Scope(clusters=graph.scope.clusters, kinds=graph.scope.kinds)
    if matrix.basis == "organisations":
        what = say("organisations by capability")
    else:
        what = say("participations in research projects by capability")
    return f"{what} {replace(graph, scope=scope).scope_words}" if scope != Scope() else what
