"""All regions of a level beside each other, one row each, so that a map can be drawn of any measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import NUTS2_LENGTH
from valuechain.analyses._pairs_seats import seats
from valuechain.analyses._pairs_ties import region_ties
from valuechain.kernels.relatedness import quotient_bounds
from valuechain.model.country_codes import NUTS_OF_ISO
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

OVERVIEW_COLUMNS = (
    Column("region", "text", "Name of the region"),
    Column("region_key", "key", "Its code"),
    Column("specialisations", "integer", "Activities in which it is specialised", "activities"),
    Column("strongest", "text", "The strongest of them"),
    Column("quotient", "number", "Its location quotient: times the average share", "times"),
    Column("organisations", "integer", "Organisations that lie there", "organisations"),
    Column("counted", "number", "What was counted there, over all activities, each activity by itself"),
    Column("activities", "integer", "Activities of which anything was counted", "activities"),
    Column("low", "number", "Lower bound of the quotient, if counts so small vary by chance (95 %)", "times"),
    Column("density", "number", "Mean density of what it is not specialised in: how much is within reach", "0..100"),
    Column("single", "integer", "Activities with one independent organisation; empty for jobs", "activities"),
    Column("projects", "integer", "Joint projects with other regions, each partner region counted", "projects"),
    Column("partners", "integer", "Regions that it shares a project with", "regions"),
    Column("priorities", "integer", "Smart-specialisation priorities that it set itself", "priorities"),
    Column("category", "text", "Cohesion policy category, where it is told"),
    Column("confidence", "number", "How sure the counts are on average", "0..1"),
    STATUS,
)


def strongest(matrix: RegionMatrix) -> tuple[Integers, Floats]:
    """Return the strongest specialisation of each region, -1 where it has none, and the bounds it is ranked by.

    The strongest has the largest lower bound; of jobs, which are not drawn by chance, the largest quotient.
    """
    bounds = matrix.quotients if matrix.basis == "jobs" else quotient_bounds(matrix.counts)[0]
    ranked = np.where(matrix.specialised, np.nan_to_num(bounds), -1.0)
    if not matrix.labels:
        return np.full(len(matrix.regions), -1, dtype=np.int64), bounds
    best = ranked.argmax(axis=1)
    return np.where(ranked.max(axis=1) >= 0, best, -1), bounds


def shown_regions(graph: ValueGraph, matrix: RegionMatrix) -> Booleans:
    """Return which regions of the matrix the scope asks about: those inside its regions and countries, or around."""
    scope = graph.scope
    codes = (*scope.regions, *(NUTS_OF_ISO.get(code, code) for code in scope.countries))
    if not codes:
        return np.ones(len(matrix.regions), dtype=bool)
    return np.array(
        [any(one.startswith(code) or code.startswith(one) for code in codes) for one in matrix.regions], bool
    )


def overview_table(graph: ValueGraph, matrix: RegionMatrix, title: str) -> Table:
    """Return one row for each region, those with most behind them first."""
    order = np.lexsort((np.arange(len(matrix.regions)), -matrix.counts.sum(axis=1)))
    shown = shown_regions(graph, matrix)
    return Table.from_rows(
        "regions", title, OVERVIEW_COLUMNS, _rows(graph, matrix, [row for row in order.tolist() if shown[row]])
    )


def _rows(graph: ValueGraph, matrix: RegionMatrix, chosen: list[int]) -> Iterator[dict[str, Any]]:
    where = seats(graph, matrix)
    ties = region_ties(graph, where, "")
    best, bounds = strongest(matrix)
    own = graph["priorities"]["region"].value_counts()
    category = _categories(graph)
    for row in chosen:
        place, code = int(best[row]), matrix.regions[row]
        counts = matrix.counts[row]
        rest = matrix.density[row][~matrix.specialised[row]]
        known = rest[~np.isnan(rest)]
        yield {
            "region": graph.region_label(code),
            "region_key": code,
            "organisations": int(where.number[row]),
            "counted": float(counts.sum()),
            "activities": int((counts > 0).sum()),
            "specialisations": int(matrix.specialised[row].sum()),
            "strongest": matrix.labels[place] if place >= 0 else "",
            "quotient": round(float(matrix.quotients[row, place]), 2) if place >= 0 else None,
            "low": round(float(bounds[row, place]), 2) if place >= 0 and matrix.basis != "jobs" else None,
            "density": round(float(known.mean()), 1) if len(known) else None,
            "single": int((matrix.backing[row] == 1).sum()) if matrix.basis != "jobs" else None,
            "projects": int(ties.projects[row].sum()),
            "partners": int((ties.projects[row] > 0).sum()),
            "priorities": int(own.get(code, 0)),
            "category": category.get(code[:NUTS2_LENGTH], ""),
            "confidence": round(float(np.average(matrix.confidence[row], weights=counts)), 3) if counts.any() else None,
            "status": STATUS_OF_RANK[max(0, int(matrix.rank[row].max(initial=0)))],
            "evidence": matrix.evidence(row, place) if place >= 0 else (),
        }


def _categories(graph: ValueGraph) -> dict[str, str]:
    told = graph["regions"].dropna(subset=["category"])
    return dict(zip(told["code"], told["category"], strict=True))


def best_of_all(matrix: RegionMatrix, chosen: Booleans, most: int) -> list[tuple[int, int]]:
    """Return the strongest specialisations of all regions chosen, one of each region: row and column."""
    best, bounds = strongest(matrix)
    rows = [row for row in np.flatnonzero(chosen).tolist() if best[row] >= 0]
    rows.sort(key=lambda row: (-float(bounds[row, best[row]]), row))
    return [(row, int(best[row])) for row in rows[:most]]
