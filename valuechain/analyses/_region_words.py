"""What a region is good at and could become good at, as a planner would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import plural
from valuechain.analyses._region_activities import Activity
from valuechain.analyses._region_places import LEVELS
from valuechain.analyses._words import first_named, itemised, stage_of
from valuechain.model.result import Finding

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.graph import ValueGraph

SHOWN = 5
"""So many specialisations and so many opportunities are spelled out."""

RELATED_SHOWN = 3

CAVEATS = {
    "organisations": "Shares are shares of what organisations offer, each counted once for each capability, whatever "
    "its size: they are not shares of output or jobs.",
    "participations": "Shares are shares of participations in research projects: they show who works on what in funded "
    "research, and are not an economy.",
    "jobs": "Shares are shares of jobs by sector; sectors cut across the capabilities of a value chain.",
}


def region_name(graph: ValueGraph, code: str) -> str:
    """Return a region as people write it: "Oberbayern (DE21)", or the code where no name is known."""
    label = graph.region_label(code)
    return code if label == code else f"{label} ({code})"


def times(quotient: float) -> str:
    """Return a location quotient in words: "2.1 times the average share"."""
    if 0.95 <= quotient < 1.05:
        return "about the average share"
    return f"{quotient:.1f} times the average share"


def counted_words(matrix: RegionMatrix, one: Activity) -> str:
    """Return what stands behind an activity: "3 organisations", "5 participations of 3 organisations"."""
    if matrix.basis == "jobs":
        return f"{one.count:,.0f} jobs"
    if matrix.basis == "organisations":
        return plural(int(one.count), "organisation")
    return f"{plural(int(one.count), 'participation')} of {plural(int(one.backing), 'organisation')}"


def specialisation_findings(graph: ValueGraph, matrix: RegionMatrix, row: int, found: list[Activity]) -> list[Finding]:
    """Return the SHOWN strongest specialisations; they are no warnings, so their severity is info.

    Confidence = confidence of the count x chance that a region of average share would show fewer.
    """
    chosen = [one for one in found if one.reading == "specialised"][:SHOWN]
    return [_specialisation(graph, matrix, row, one) for one in chosen]


def _specialisation(graph: ValueGraph, matrix: RegionMatrix, row: int, one: Activity) -> Finding:
    where = graph.region_label(matrix.regions[row])
    others = one.regions - 1
    shared = f"{plural(others, 'other region')} {'is' if others == 1 else 'are'}" if others else "No other region is"
    return Finding(
        kind="specialisation",
        severity="info",
        confidence=round(one.sure, 3),
        subjects=(matrix.regions[row], _key(graph, matrix, one.place)),
        title=f"{one.label}: {times(one.quotient or 0.0)} in {where} ({counted_words(matrix, one)})",
        explanation=f"{_share(one.share_here)} of what was counted here, {_share(one.share_everywhere)} in all "
        f"{len(matrix.regions)} regions known.{_bounds(one)} {shared} specialised in it{', too' if others else ''}.",
        action="Build on it: ask who here would lead, and look for partners who have what it needs.",
        with_whom=_who(graph, matrix, row, one),
        status=matrix.status(row, one.place),
        stage=_stage(graph, matrix, one.place),
        evidence=matrix.evidence(row, one.place),
    )


def _bounds(one: Activity) -> str:
    """How far chance may move a quotient."""
    if one.low is None or one.high is None:
        return ""
    chance = " With counts so small that may be chance:" if one.low < 1.0 else " Chance leaves this open:"
    return f"{chance} anything from {one.low:.1f} to {one.high:.1f} times would fit."


def opportunity_findings(graph: ValueGraph, matrix: RegionMatrix, row: int, found: list[Activity]) -> list[Finding]:
    """Return the SHOWN opportunities nearest to what the region is good at; severity info.

    Confidence = the mean, weighted by relatedness, of how sure the specialisations are that it is related to.
    """
    chosen = [one for one in found if one.reading == "related opportunity"][:SHOWN]
    sure = {one.place: one.sure for one in found}
    return [_opportunity(graph, matrix, row, one, sure) for one in chosen]


def _opportunity(graph: ValueGraph, matrix: RegionMatrix, row: int, one: Activity, sure: dict[int, float]) -> Finding:
    where = graph.region_label(matrix.regions[row])
    weight = matrix.related[one.place] * matrix.specialised[row]
    kin = np.argsort(-weight, kind="stable")[: int((weight > 0).sum())]
    confidence = float(np.average([sure[int(place)] for place in kin], weights=weight[kin]))
    related = itemised((matrix.labels[place] for place in kin.tolist()), RELATED_SHOWN)
    have = (
        f"it has {times(one.quotient or 0.0)} ({counted_words(matrix, one)})" if one.count else "nobody is known here"
    )
    records = [record for place in kin[:RELATED_SHOWN].tolist() for record in matrix.evidence(row, place)]
    return Finding(
        kind="related-opportunity",
        severity="info",
        confidence=round(confidence, 3),
        subjects=(matrix.regions[row], _key(graph, matrix, one.place)),
        title=f"{one.label}: related to what {where} does, and less common there than elsewhere",
        explanation=f"Of what regions with this strength are strong in as well, {_share((one.density or 0.0) / 100)} "
        f"is a strength here ({_share((one.usual_density or 0.0) / 100)} in the mean region): {related}. Yet {have}.",
        action="Ask the organisations behind the related strengths whether they do it, or would."
        if not one.count
        else "See first whether one of those here is large, which counts do not tell; else ask what keeps them small.",
        with_whom=_who(graph, matrix, row, one),
        status=_least(matrix, row, [one.place, *kin.tolist()]),
        stage=_stage(graph, matrix, one.place),
        evidence=tuple(dict.fromkeys((*matrix.evidence(row, one.place), *records))),
    )


def comparison_words(matrix: RegionMatrix) -> str:
    """Return what the average is an average of."""
    return f"The average is that of the {plural(len(matrix.regions), *LEVELS[matrix.level])} known here."


def _least(matrix: RegionMatrix, row: int, places: list[int]) -> str:
    """The status of the least certain of some counts."""
    ranked = max(places, key=lambda place: int(matrix.rank[row, place]))
    return matrix.status(row, ranked)


def _who(graph: ValueGraph, matrix: RegionMatrix, row: int, one: Activity) -> str:
    """Those behind a count, by name."""
    members = matrix.organisations(row, one.place)
    if not members:
        return ""
    guess = " (guessed from project titles)" if matrix.status(row, one.place) == "inferred" else ""
    return f"{first_named(graph['organisations']['label'], members)}{guess}"


def _share(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 or share == 0 else f"{share * 100:.1f}%"


def _key(graph: ValueGraph, matrix: RegionMatrix, place: int) -> str:
    activity = matrix.activities[place]
    return str(activity) if matrix.basis == "jobs" else str(graph["capabilities"]["key"].iloc[int(activity)])


def _stage(graph: ValueGraph, matrix: RegionMatrix, place: int) -> str:
    if matrix.basis == "jobs":
        return ""
    return stage_of(graph, int(graph["capabilities"]["stage"].iloc[int(matrix.activities[place])]))
