"""Who could fill a cell of the heatmap, and from where: its stage from elsewhere, or its neighbours from within."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._cells import Cell, Field, live_offers
from valuechain.analyses._chain import evidence_of, labels_listed, required_capabilities
from valuechain.analyses._organisations import shown
from valuechain.analyses._outside import distances_to_scope
from valuechain.analyses._support import HALF_WAY, what_to_mind
from valuechain.analyses._ties import ties
from valuechain.analyses._words import itemised
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import Scope
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

NEIGHBOUR = 0.5
"""Weight of what stands before or after the stage: there is a step to take, where who has the stage changes place."""

KNOWN_THERE = 0.5
"""Weight of a tie with somebody in the column: who knows somebody there gets in more easily."""

CANDIDATE_COLUMNS = (
    Column("stage", "text", "Stage of the cell"),
    Column("column", "text", "Column of the cell"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who could fill it"),
    Column("organisation_key", "key", "Its key"),
    Column("reason", "text", "Why this one"),
    Column("place", "text", "Where it lies"),
    Column("distance_km", "integer", "To the nearest known organisation in the region; empty for markets", "km"),
    Column("offers", "text", "What it offers in this stage, or beside it"),
    Column("kind", "text", "Kind of organisation"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)


@dataclass(frozen=True)
class Asked:
    """The cell asked about: positions of its stage and of its column in the field, and the cell itself."""

    stage: int
    column: int
    cell: Cell


def asked_cell(graph: ValueGraph, field: Field, found: Sequence[Cell], stage: str, column: str) -> Asked | None:
    """Return the cell that a stage and a column name, by key, id, code or label; None where neither is named.

    Raises QuestionError where only one is named, NotFoundError where there is no such stage or column.
    """
    if not stage and not column:
        return None
    if not (stage and column):
        raise QuestionError("A cell has a stage and a column.", "Name both.")
    stages, columns = graph["stages"], field.columns
    known = list(dict.fromkeys(cell.stage_key for cell in found))
    rows = stages[stages["key"].isin(known)].sort_values("order")
    stage_at = _named(stage, [rows[name] for name in ("key", "id", "label")], "stage")
    ids = columns["key"].str.rpartition(":")[2]
    column_at = _named(column, [columns["name"], columns["key"], ids, columns["region"]], "column")
    key, name = stages["key"].iloc[stage_at], columns["name"].iloc[column_at]
    (cell,) = (one for one in found if (one.stage_key, one.column) == (key, name))
    return Asked(stage_at, column_at, cell)


def _named(wanted: str, names: Sequence[pd.Series[str]], what: str) -> int:
    """The position that one of several names has in the first list that knows it."""
    for written in names:
        same = written.index[written.str.casefold() == wanted.casefold()]
        if wanted and len(same):
            return int(same[0])
    known = "; ".join(str(one) for one in names[0 if what == "column" else -1])
    raise NotFoundError(f"No {what} is called {wanted!r} here.", f"There are: {known}.")


def candidate_table(graph: ValueGraph, field: Field, asked: Asked, freshness: float, most: int) -> Table:
    """Return who could fill a cell, best first.

    These are organisations outside the cell that offer something in its stage, wherever they are; and those that stand
    in its column and offer what goes into the stage's capabilities, or what these go into. Rank = confidence of the
    surest offer x (1, or 0.5 beside the stage) x (1 + 0.5 if tied to somebody in the column by a joint project or a
    supply link), and where columns are regions x 300 / (300 + km), a distance that is not known counting as 300 km.
    """
    everywhere = replace(graph, scope=Scope(chain=graph.scope.chain))
    required = required_capabilities(graph)
    offers = live_offers(everywhere, required[required["stage"] >= 0], freshness)
    standing = _standing(graph, field, asked.column)
    who, stage = (offers[name].to_numpy(np.int64) for name in ("organisation", "stage"))
    inside = np.isin(who, [one.organisation for one in asked.cell.members])
    has_stage = (stage == asked.stage) & ~inside
    beside = offers["capability"].isin(_beside(graph, required, asked.stage)).to_numpy(bool)
    beside = beside & standing[who] & ~inside & ~np.isin(who, who[has_stage])
    rows = offers.assign(has_stage=has_stage)[has_stage | beside]
    scored = _scored(graph, field, asked, standing, rows)
    return Table.from_rows(
        "candidates",
        f"Who could fill {asked.cell.stage} for {asked.cell.column}",
        CANDIDATE_COLUMNS,
        _rows(graph, field, asked, rows, scored.iloc[:most]),
    )


def _standing(graph: ValueGraph, field: Field, column: int) -> Booleans:
    """Who stands in a column."""
    found = np.zeros(len(graph["organisations"]), dtype=bool)
    places = field.places[field.places["column"] == column]
    found[places["organisation"].to_numpy(np.int64)] = True
    return found


def _beside(graph: ValueGraph, required: pd.DataFrame, stage: int) -> Integers:
    """The capabilities of other stages that go into those of a stage, or take them as an input."""
    own = required.index[required["stage"] == stage]
    inputs = graph["inputs"]
    source, target = inputs["from_capability"], inputs["to_capability"]
    ends = np.concatenate([source[target.isin(own)].to_numpy(np.int64), target[source.isin(own)].to_numpy(np.int64)])
    return np.setdiff1d(ends, own.to_numpy(np.int64))


def _scored(graph: ValueGraph, field: Field, asked: Asked, standing: Booleans, rows: pd.DataFrame) -> pd.DataFrame:
    """One row per organisation, the best first: organisation, has_stage, confidence, km (nan where not known)."""
    best = rows.sort_values(["organisation", "confidence"], ascending=[True, False], kind="stable")
    best = best.drop_duplicates("organisation")[["organisation", "has_stage", "confidence"]]
    who = best["organisation"].to_numpy(np.int64)
    pairs = ties(graph).pairs
    first, second = (pairs[end].to_numpy(np.int64) for end in ("first", "second"))
    tied = np.zeros(len(standing), dtype=bool)
    tied[first[standing[second]]] = True
    tied[second[standing[first]]] = True
    region = str(field.columns["region"].iloc[asked.column])
    apart = np.full(len(who), np.nan)
    if region:
        apart = distances_to_scope(replace(graph, scope=replace(graph.scope, regions=(region,))), who)
    nearness = HALF_WAY / (HALF_WAY + np.nan_to_num(apart, nan=HALF_WAY)) if region else 1.0
    step = np.where(best["has_stage"], 1.0, NEIGHBOUR)
    score = best["confidence"].to_numpy(float) * step * (1.0 + KNOWN_THERE * tied[who]) * nearness
    return best.assign(km=apart, tied=tied[who]).iloc[np.lexsort((who, -score))]


def _rows(
    graph: ValueGraph, field: Field, asked: Asked, offers: pd.DataFrame, scored: pd.DataFrame
) -> Iterator[dict[str, Any]]:
    labels = graph["capabilities"]["label"]
    for rank, one in enumerate(scored.itertuples(), start=1):
        own = offers[offers["organisation"] == one.organisation]
        behind = _behind(graph, field, asked, int(one.organisation))
        yield shown(graph)[one.organisation] | {
            "stage": asked.cell.stage,
            "column": asked.cell.column,
            "rank": rank,
            "reason": _reason(graph, field, asked, one, bool((own["status"] == "inferred").all())),
            "distance_km": None if one.km != one.km else round(one.km),
            "offers": itemised(labels.iloc[own["capability"]]),
            "confidence": round(float(one.confidence), 3),
            "status": least_certain([*own["status"], *behind[0]]),
            "evidence": tuple(dict.fromkeys((*evidence_of(graph, own), *behind[1]))),
        }


def _behind(graph: ValueGraph, field: Field, asked: Asked, organisation: int) -> tuple[list[str], tuple[int, ...]]:
    """Status and records of what puts an organisation into the column."""
    places = field.places
    told = places[(places["organisation"] == organisation) & (places["column"] == asked.column)]
    return list(told["status"]), graph.evidence(field.table, told["row"])


def _reason(graph: ValueGraph, field: Field, asked: Asked, one: Any, guessed: bool) -> str:
    stage, column = asked.cell.stage.lower(), asked.cell.column
    who = int(one.organisation)
    seems = "seems to work" if guessed else "works"
    if field.columns["region"].iloc[asked.column]:
        first = f"{seems} in {stage}, elsewhere" if one.has_stage else f"lies there; {seems} next to {stage}"
    else:
        first = f"{seems} in {stage}, {_markets(graph, field, asked, who)}"
        first = first if one.has_stage else f"is in {column}; {seems} next to {stage}"
    parts = [first]
    if one.tied:
        parts.append("has projects or supplies with somebody there")
    if one.km == one.km:
        parts.append(f"{one.km:,.0f} km away" if one.km >= 1 else "less than 1 km away")
    if who in what_to_mind(graph):
        parts.append(what_to_mind(graph)[who])
    return "; ".join(parts)


def _markets(graph: ValueGraph, field: Field, asked: Asked, organisation: int) -> str:
    """For which markets an organisation works, as far as it is known."""
    told = graph["markets"]
    told = told.loc[told["organisation"] == organisation, "capability"]
    if field.columns["capability"].iloc[asked.column] in set(told):
        return "and for this market, but elsewhere"
    names = field.columns.set_index("capability")["name"]
    known = [str(names[one]) for one in dict.fromkeys(told) if one in names.index]
    return f"so far for {labels_listed(known, 2).replace('; ', ' / ')}" if known else "for markets that are not known"
