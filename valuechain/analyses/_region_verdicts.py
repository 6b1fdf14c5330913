"""The answer in a sentence or two: of one region, and of all beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.analyses._chain import plural
from valuechain.analyses._region_activities import unit_of
from valuechain.analyses._region_overview import shown_regions
from valuechain.analyses._region_partners import no_tie_note
from valuechain.analyses._region_places import LEVELS
from valuechain.analyses._region_words import comparison_words, region_name, times

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
        known_by = " by project titles" if all(gap in gaps.guessed for gap in sole) else ""
        hang = "hangs" if len(sole) == 1 else "hang"
        parts.append(f"{plural(len(sole), 'capability', 'capabilities')} {hang} on one supplier known{known_by}.")
    if partners and partners.closest:
        most = partners.closest
        other = graph.region_label(known.regions[most.row])
        parts.append(f"It is tied most to {other} ({plural(most.projects, 'joint project')}).")
    return " ".join(parts)


def _strengths(graph: ValueGraph, matrix: RegionMatrix, row: int, found: list[Activity], where: str) -> str:
    """What the region is specialised in, or why that cannot be said."""
    unit = unit_of(graph, matrix)
    if row < 0 or not matrix.counts[row].any():
        return f"Not assessed: nothing is known of {where} that could be counted as shares of {unit}."
    if len(matrix.regions) == 1:
        return f"Not assessed: {where} is the only {LEVELS[matrix.level][0]} known here, with none to compare it with."
    strong = [one for one in found if one.reading == "specialised"]
    if not strong:
        return (
            f"By shares of {unit}, nothing stands out in {where}: no activity above the average share has "
            f"{matrix.least:g} {'jobs' if matrix.basis == 'jobs' else 'independent organisations'} behind it."
        )
    best = strong[0]
    clear = sum((one.low or 0.0) > 1.0 for one in strong)
    beyond = f", {clear or 'none'} of them beyond what chance may give" if matrix.basis != "jobs" else ""
    lead = f"By shares of {unit}, {where} is specialised in"
    if len(strong) == 1:
        return f"{lead} one activity: {best.label}, {times(best.quotient or 0.0)}."
    return f"{lead} {len(strong)} activities{beyond}; the clearest is {best.label}, {times(best.quotient or 0.0)}."


def region_notes(
    graph: ValueGraph, matrix: RegionMatrix, found: list[Activity], partners: Partners | None
) -> list[str]:
    """Return what the average is of, what is too little to say, and whether no tie is known."""
    notes = [comparison_words(matrix)] if found else []
    few = sum(one.reading == "too few to say" for one in found)
    if few:
        have, them = ("has", "it") if few == 1 else ("have", "them")
        notes.append(
            f"{plural(few, 'activity', 'activities')} above the average share {have} fewer than {matrix.least:g} "
            f"{'jobs' if matrix.basis == 'jobs' else 'independent organisations'} behind {them}: too few to call it a "
            "strength."
        )
    return [*notes, *(no_tie_note(graph, graph.scope.regions[0], partners) if partners else [])]


def overview_verdict(
    graph: ValueGraph, matrix: RegionMatrix, best: list[tuple[int, int]], shown: int, many: str, unit: str
) -> str:
    """Return how many regions have a specialisation, and the clearest of all."""
    if not matrix.counts.any() or not shown:
        return f"Not assessed: nothing is known that could be counted by {LEVELS[matrix.level][0]} as shares of {unit}."
    if len(matrix.regions) == 1:
        return (
            f"Not assessed: {region_name(graph, matrix.regions[0])} is the only {LEVELS[matrix.level][0]} known here."
        )
    some = int((matrix.specialised.any(axis=1) & shown_regions(graph, matrix)).sum())
    lead = f"By shares of {unit}, {some:,} of {shown:,} {many} {graph.scope_words} have a specialisation"
    if not best:
        return f"{lead}."
    row, place = best[0]
    label, where = matrix.labels[place], graph.region_label(matrix.regions[row])
    return f"{lead}; the clearest is {label} in {where}, {times(float(matrix.quotients[row, place]))}."


def left_out_notes(matrix: RegionMatrix) -> list[str]:
    """Return how many organisations count in no region, and why."""
    notes = []
    if matrix.source.networks:
        notes.append(
            f"{plural(matrix.source.networks, 'organisation')} with one name for sites in many places "
            f"{'counts' if matrix.source.networks == 1 else 'count'} in no region."
        )
    if matrix.source.nowhere:
        notes.append(
            f"{plural(matrix.source.nowhere, 'organisation')} {'tells' if matrix.source.nowhere == 1 else 'tell'} no "
            "region of this level, or one that the postcode contradicts, and could not be counted."
        )
    return notes
