"""Who could fill a cell of the heatmap, and from where: its stage from elsewhere, or its neighbours from within."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._cells import Cell, Field, live_offers
from valuechain.analyses._chain import evidence_of, required_capabilities
from valuechain.analyses._organisations import shown
from valuechain.analyses._outside import distances_to_scope
from valuechain.analyses._support import HALF_WAY
from valuechain.analyses._ties import ties
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.analyses._words import itemised
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import Scope
from valuechain.model.language import in_a_sentence, say, term
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
        raise QuestionError(say("A cell has a stage and a column."), say("Name both."))
    stages, columns = graph["stages"], field.columns
    known = list(dict.fromkeys(cell.stage_key for cell in found))
    rows = stages[stages["key"].isin(known)].sort_values("order")
    stage_at = _position(stage, [rows[name] for name in ("key", "id", "label")])
    if stage_at < 0:
        raise NotFoundError(say("No stage is called {name!r} here.", name=stage), _there_are(rows["label"]))
    ids = columns["key"].str.rpartition(":")[2]
    column_at = _position(column, [columns["name"], columns["key"], ids, columns["region"]])
    if column_at < 0:
        raise NotFoundError(say("No column is called {name!r} here.", name=column), _there_are(columns["name"]))
    key, name = stages["key"].iloc[stage_at], columns["name"].iloc[column_at]
    (cell,) = (one for one in found if (one.stage_key, one.column) == (key, name))
    return Asked(stage_at, column_at, cell)


def _position(wanted: str, names: Sequence[pd.Series[str]]) -> int:
    """The position that one of several names has in the first list that knows it, -1 if none does."""
    for written in names:
        same = written.index[written.str.casefold() == wanted.casefold()]
        if wanted and len(same):
            return int(same[0])
    return -1


def _there_are(names: pd.Series[str]) -> str:
    return say("There are: {names}.", names="; ".join(map(str, names)))


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
        say("Who could fill {stage} for {column}", stage=asked.cell.stage, column=asked.cell.column),
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
    in_region, who = bool(field.columns["region"].iloc[asked.column]), int(one.organisation)
    told = {"stage": in_a_sentence(asked.cell.stage), "market": asked.cell.column}
    if in_region and one.has_stage:
        first = (_GUESSED if guessed else _STATED)["elsewhere"]
    elif in_region:
        first = (_GUESSED if guessed else _STATED)["there"]
    elif one.has_stage:
        first = (_GUESSED if guessed else _STATED)["for others"]
        told["markets"] = _markets(graph, field, asked, who)
    else:
        first = (_GUESSED if guessed else _STATED)["in the market"]
    parts = [say(first, **told)]
    if one.tied:
        parts.append(say("has projects or supplies with somebody there"))
    if one.km == one.km:
        parts.append(say("{distance:,.0f} km away", distance=one.km) if one.km >= 1 else say("less than 1 km away"))
    if who in what_to_mind(graph):
        parts.append(what_to_mind(graph)[who])
    return "; ".join(parts)


_STATED = {
    "elsewhere": term("works in {stage}, elsewhere"),
    "there": term("lies there; works next to {stage}"),
    "for others": term("works in {stage}, {markets}"),
    "in the market": term("is in {market}; works next to {stage}"),
}

_GUESSED = {
    "elsewhere": term("seems to work in {stage}, elsewhere"),
    "there": term("lies there; seems to work next to {stage}"),
    "for others": term("seems to work in {stage}, {markets}"),
    "in the market": term("is in {market}; seems to work next to {stage}"),
}


def _markets(graph: ValueGraph, field: Field, asked: Asked, organisation: int) -> str:
    """For which markets an organisation works, as far as it is known."""
    told = graph["markets"]
    told = told.loc[told["organisation"] == organisation, "capability"]
    if field.columns["capability"].iloc[asked.column] in set(told):
        return say("and for this market, but elsewhere")
    names = field.columns.set_index("capability")["name"]
    known = [str(names[one]) for one in dict.fromkeys(told) if one in names.index]
    if not known:
        return say("for markets that are not known")
    most = [in_a_sentence(name) for name in known[:2]]
    rest = [say("{more:,} more", more=len(known) - len(most))] if len(known) > len(most) else []
    return say("so far for {markets}", markets=" / ".join([*most, *rest]))
