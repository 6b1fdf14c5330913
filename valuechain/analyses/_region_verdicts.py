"""The answer in a sentence or two: of one region, and of all beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._region_activities import unit_of
from valuechain.analyses._region_overview import shown_regions
from valuechain.analyses._region_partners import no_tie_note
from valuechain.analyses._region_places import LEVELS
from valuechain.analyses._region_words import comparison_words, region_name, times
from valuechain.model.language import in_a_sentence, plural, say

if TYPE_CHECKING:
    from valuechain.analyses._region_activities import Activity
    from valuechain.analyses._region_gaps import RegionGaps
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.analyses._region_partners import Partners
    from valuechain.model.graph import ValueGraph


def region_verdict(
    graph: ValueGraph,
    matrix: RegionMatrix,
    row: int,
    found: list[Activity],
    gaps: RegionGaps,
    partners: Partners | None,
    known: RegionMatrix,
) -> str:
    """Return strengths first, then what hangs on one supplier and to whom the region is tied."""
    where = graph.region_label(graph.scope.regions[0])
    parts = [_strengths(graph, matrix, row, found, where)]
    sole = gaps.of_state("sole source")
    if sole:
        parts.append(_hanging(len(sole), all(gap in gaps.guessed for gap in sole)))
    if partners and partners.closest:
        most = partners.closest
        parts.append(
            say(
                "It is tied most to {region} ({projects}).",
                region=graph.region_label(known.regions[most.row]),
                projects=plural(most.projects, "joint project"),
            )
        )
    return " ".join(parts)


def _hanging(count: int, by_titles: bool) -> str:
    """How many capabilities hang on one supplier known."""
    if by_titles:
        return plural(
            count,
            "capability hangs on one supplier known by project titles.",
            "capabilities hang on one supplier known by project titles.",
        )
    return plural(count, "capability hangs on one supplier known.", "capabilities hang on one supplier known.")


def _strengths(graph: ValueGraph, matrix: RegionMatrix, row: int, found: list[Activity], where: str) -> str:
    """What the region is specialised in, or why that cannot be said."""
    unit = unit_of(graph, matrix)
    if row < 0 or not matrix.counts[row].any():
        return say(
            "Not assessed: nothing is known of {region} that could be counted as shares of {unit}.",
            region=where,
            unit=unit,
        )
    if len(matrix.regions) == 1:
        return say(
            "Not assessed: {region} is the only {level} known here, with none to compare it with.",
            region=where,
            level=say(LEVELS[matrix.level][0]),
        )
    strong = [one for one in found if one.reading == "specialised"]
    told = {"unit": unit, "region": where, "least": matrix.least}
    if not strong and matrix.basis == "jobs":
        return say(
            "By shares of {unit}, nothing stands out in {region}: no activity above the average share has {least:g} "
            "jobs behind it.",
            **told,
        )
    if not strong:
        return say(
            "By shares of {unit}, nothing stands out in {region}: no activity above the average share has {least:g} "
            "independent organisations behind it.",
            **told,
        )
    best = strong[0]
    told |= {"activity": in_a_sentence(best.label), "times": times(best.quotient or 0.0), "count": len(strong)}
    if len(strong) == 1:
        return say("By shares of {unit}, {region} is specialised in one activity: {activity}, {times}.", **told)
    if matrix.basis == "jobs":
        return say(
            "By shares of {unit}, {region} is specialised in {count} activities; the clearest is {activity}, {times}.",
            **told,
        )
    clear = sum((one.low or 0.0) > 1.0 for one in strong)
    if clear == len(strong):
        return say(
            "By shares of {unit}, {region} is specialised in {count} activities, all beyond what chance may give; the "
            "clearest is {activity}, {times}.",
            **told,
        )
    return say(
        "By shares of {unit}, {region} is specialised in {count} activities, {clear} of them beyond what chance may "
        "give; the clearest is {activity}, {times}.",
        clear=clear or say("none"),
        **told,
    )


def region_notes(
    graph: ValueGraph, matrix: RegionMatrix, found: list[Activity], partners: Partners | None
) -> list[str]:
    """Return what the average is of, what is too little to say, and whether no tie is known."""
    notes = [comparison_words(matrix)] if found else []
    few = sum(one.reading == "too few to say" for one in found)
    if few:
        notes.append(_too_few(few, matrix))
    return [*notes, *(no_tie_note(graph, graph.scope.regions[0], partners) if partners else [])]


def _too_few(count: int, matrix: RegionMatrix) -> str:
    """How many activities have too little behind them."""
    told = {"count": count, "least": matrix.least}
    if matrix.basis == "jobs":
        if count == 1:
            return say(
                "1 activity above the average share has fewer than {least:g} jobs behind it: too few to call it a "
                "strength.",
                **told,
            )
        return say(
            "{count:,} activities above the average share have fewer than {least:g} jobs behind them: too few to call "
            "it a strength.",
            **told,
        )
    if count == 1:
        return say(
            "1 activity above the average share has fewer than {least:g} independent organisations behind it: too few "
            "to call it a strength.",
            **told,
        )
    return say(
        "{count:,} activities above the average share have fewer than {least:g} independent organisations behind them: "
        "too few to call it a strength.",
        **told,
    )


def overview_verdict(
    graph: ValueGraph, matrix: RegionMatrix, best: list[tuple[int, int]], shown: int, many: str, unit: str
) -> str:
    """Return how many regions have a specialisation, and the clearest of all."""
    level = say(LEVELS[matrix.level][0])
    if not matrix.counts.any() or not shown:
        return say(
            "Not assessed: nothing is known that could be counted by {level} as shares of {unit}.",
            level=level,
            unit=unit,
        )
    if len(matrix.regions) == 1:
        return say(
            "Not assessed: {region} is the only {level} known here.",
            region=region_name(graph, matrix.regions[0]),
            level=level,
        )
    some = int((matrix.specialised.any(axis=1) & shown_regions(graph, matrix)).sum())
    told = {"unit": unit, "some": some, "all": shown, "regions": many, "where": graph.scope_words}
    if not best:
        return say("By shares of {unit}, {some:,} of {all:,} {regions} {where} have a specialisation.", **told)
    row, place = best[0]
    return say(
        "By shares of {unit}, {some:,} of {all:,} {regions} {where} have a specialisation; the clearest is {activity} "
        "in {region}, {times}.",
        activity=in_a_sentence(matrix.labels[place]),
        region=graph.region_label(matrix.regions[row]),
        times=times(float(matrix.quotients[row, place])),
        **told,
    )


def left_out_notes(matrix: RegionMatrix) -> list[str]:
    """Return how many organisations count in no region, and why."""
    notes = []
    if matrix.source.networks:
        notes.append(
            plural(
                matrix.source.networks,
                "organisation with one name for sites in many places counts in no region.",
                "organisations with one name for sites in many places count in no region.",
            )
        )
    if matrix.source.nowhere:
        notes.append(
            plural(
                matrix.source.nowhere,
                "organisation tells no region of this level, or one that the postcode contradicts, and could not be "
                "counted.",
                "organisations tell no region of this level, or one that the postcode contradicts, and could not be "
                "counted.",
            )
        )
    return notes
