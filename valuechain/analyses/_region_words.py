"""What a region is good at and could become good at, as a planner would say it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._region_activities import Activity
from valuechain.analyses._words import first_named, itemised, stage_of
from valuechain.model.language import plural, say, separated, term
from valuechain.model.result import Finding

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.graph import ValueGraph

SHOWN = 5
"""So many specialisations and so many opportunities are spelled out."""

RELATED_SHOWN = 3

CAVEATS = {
    "organisations": term(
        "Shares are shares of what organisations offer, each counted once for each capability, whatever its size: they "
        "are not shares of output or jobs."
    ),
    "participations": term(
        "Shares are shares of participations in research projects: they show who works on what in funded research, and "
        "are not an economy."
    ),
    "jobs": term("Shares are shares of jobs by sector; sectors cut across the capabilities of a value chain."),
}


def region_name(graph: ValueGraph, code: str) -> str:
    """Return a region as people write it: "Oberbayern (DE21)", or the code where no name is known."""
    label = graph.region_label(code)
    return code if label == code else f"{label} ({code})"


def times(quotient: float) -> str:
    """Return a location quotient in words: "2.1 times the average share"."""
    if 0.95 <= quotient < 1.05:
        return say("about the average share")
    return say("{times:.1f} times the average share", times=quotient)


def counted_words(matrix: RegionMatrix, one: Activity) -> str:
    """Return what stands behind an activity: "3 organisations", "5 participations of 3 organisations"."""
    if matrix.basis == "jobs":
        return say("{count:,.0f} jobs", count=one.count)
    if matrix.basis == "organisations":
        return plural(int(one.count), "organisation")
    return say(
        "{participations} of {organisations}",
        participations=plural(int(one.count), "participation"),
        organisations=plural(int(one.backing), "organisation"),
    )


def specialisation_findings(graph: ValueGraph, matrix: RegionMatrix, row: int, found: list[Activity]) -> list[Finding]:
    """Return the SHOWN strongest specialisations; they are no warnings, so their severity is info.

    Confidence = confidence of the count x chance that a region of average share would show fewer.
    """
    chosen = [one for one in found if one.reading == "specialised"][:SHOWN]
    return [_specialisation(graph, matrix, row, one) for one in chosen]


def _specialisation(graph: ValueGraph, matrix: RegionMatrix, row: int, one: Activity) -> Finding:
    where = graph.region_label(matrix.regions[row])
    told = {
        "activity": one.label,
        "times": times(one.quotient or 0.0),
        "region": where,
        "counted": counted_words(matrix, one),
    }
    shares = say(
        "{here} of what was counted here, {everywhere} in all {regions} regions known.",
        here=_share(one.share_here),
        everywhere=_share(one.share_everywhere),
        regions=len(matrix.regions),
    )
    return Finding(
        kind="specialisation",
        severity="info",
        confidence=round(one.sure, 3),
        subjects=(matrix.regions[row], _key(graph, matrix, one.place)),
        title=say("{activity}: {times} in {region} ({counted})", **told),
        explanation=" ".join([shares, *_bounds(one), _elsewhere(one.regions - 1)]),
        action=say("Build on it: ask who here would lead, and look for partners who have what it needs."),
        with_whom=_who(graph, matrix, row, one),
        status=matrix.status(row, one.place),
        stage=_stage(graph, matrix, one.place),
        evidence=matrix.evidence(row, one.place),
    )


def _elsewhere(others: int) -> str:
    """How many other regions are specialised in an activity."""
    if not others:
        return say("No other region is specialised in it.")
    return plural(others, "other region is specialised in it, too.", "other regions are specialised in it, too.")


def _bounds(one: Activity) -> Iterator[str]:
    """How far chance may move a quotient."""
    if one.low is None or one.high is None:
        return
    bounds = {"low": one.low, "high": one.high}
    if one.low < 1.0:
        yield say(
            "With counts so small that may be chance: anything from {low:.1f} to {high:.1f} times would fit.", **bounds
        )
    else:
        yield say("Chance leaves this open: anything from {low:.1f} to {high:.1f} times would fit.", **bounds)


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
    near = say(
        "Of what regions with this strength are strong in as well, {here} is a strength here ({usual} in the mean "
        "region): {activities}.",
        here=_share((one.density or 0.0) / 100),
        usual=_share((one.usual_density or 0.0) / 100),
        activities=related,
    )
    if one.count:
        yet = say(
            "Yet it has {times} ({counted}).", times=times(one.quotient or 0.0), counted=counted_words(matrix, one)
        )
    else:
        yet = say("Yet nobody is known here.")
    records = [record for place in kin[:RELATED_SHOWN].tolist() for record in matrix.evidence(row, place)]
    return Finding(
        kind="related-opportunity",
        severity="info",
        confidence=round(confidence, 3),
        subjects=(matrix.regions[row], _key(graph, matrix, one.place)),
        title=say(
            "{activity}: related to what {region} does, and less common there than elsewhere",
            activity=one.label,
            region=where,
        ),
        explanation=f"{near} {yet}",
        action=say("Ask the organisations behind the related strengths whether they do it, or would.")
        if not one.count
        else say(
            "See first whether one of those here is large, which counts do not tell; else ask what keeps them small."
        ),
        with_whom=_who(graph, matrix, row, one),
        status=_least(matrix, row, [one.place, *kin.tolist()]),
        stage=_stage(graph, matrix, one.place),
        evidence=tuple(dict.fromkeys((*matrix.evidence(row, one.place), *records))),
    )


def comparison_words(matrix: RegionMatrix) -> str:
    """Return what the average is an average of."""
    match matrix.level:
        case 0:
            regions = plural(len(matrix.regions), "country", "countries")
        case 1:
            regions = plural(len(matrix.regions), "NUTS 1 region")
        case 2:
            regions = plural(len(matrix.regions), "NUTS 2 region")
        case _:
            regions = plural(len(matrix.regions), "NUTS 3 region")
    return say("The average is that of the {regions} known here.", regions=regions)


def _least(matrix: RegionMatrix, row: int, places: list[int]) -> str:
    """The status of the least certain of some counts."""
    ranked = max(places, key=lambda place: int(matrix.rank[row, place]))
    return matrix.status(row, ranked)


def _who(graph: ValueGraph, matrix: RegionMatrix, row: int, one: Activity) -> tuple[str, ...]:
    """Those behind a count, by name."""
    members = matrix.organisations(row, one.place)
    if not members:
        return ()
    names = first_named(graph["organisations"]["label"], members)
    guessed = matrix.status(row, one.place) == "inferred"
    return (say("{names} (guessed from project titles)", names=names) if guessed else names,)


def _share(share: float) -> str:
    return separated(share, ".0%" if share >= 0.1 or share == 0 else ".1%")


def _key(graph: ValueGraph, matrix: RegionMatrix, place: int) -> str:
    activity = matrix.activities[place]
    return str(activity) if matrix.basis == "jobs" else str(graph["capabilities"]["key"].iloc[int(activity)])


def _stage(graph: ValueGraph, matrix: RegionMatrix, place: int) -> str:
    if matrix.basis == "jobs":
        return ""
    return stage_of(graph, int(graph["capabilities"]["stage"].iloc[int(matrix.activities[place])]))
