"""The tables of suggestions: who should meet whom, who is named most, and which sectors and regions would be joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._organisations import shown_of
from valuechain.analyses._suggest import CUSTOMER, JOINT_PROJECT, KINDS, trade
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._suggest_words import Spelled
    from valuechain.model.graph import ValueGraph

LISTED = 10_000
"""A table lists so many rows, the strongest first; the rest is counted."""

NAMED_MOST = 20
"""So many of the most suggested organisations are listed."""

SUGGESTION_COLUMNS = (
    Column("organisation", "text", "Who is advised"),
    Column("organisation_key", "key", "Its key"),
    Column("rank", "integer", "1 = first of all its suggestions; kinds take turns"),
    Column("partner", "text", "Whom it should meet"),
    Column("partner_key", "key", "Its key"),
    Column("kind", "text", "What the partner could be: supplier, customer or joint project"),
    Column("capability", "text", "Of what it could be supplier or customer"),
    Column("capability_key", "key", "Its key"),
    Column("reasons", "text", "Why these two, and what to mind"),
    Column("why_not_before", "text", "Why they are not linked yet, as far as the data tell"),
    Column("score", "number", "How well need and offer fit; no probability, empty for joint projects", "0..1"),
    Column("probability", "number", "That a joint project begins, as tested; empty for the others", "0..1"),
    Column("place", "text", "Where the partner lies"),
    Column("distance_km", "integer", "As the crow flies, empty where a place is not known", "km"),
    Column("partner_kind", "text", "Kind of organisation of the partner"),
    Column("confidence", "number", "How sure need and offer both are, empty for joint projects", "0..1"),
    STATUS,
)  # fmt: skip

POPULAR_COLUMNS = (
    Column("organisation", "text", "Who is suggested"),
    Column("organisation_key", "key", "Its key"),
    Column("suggested_to", "integer", "To how many organisations", "organisations"),
    Column("share", "number", "Part of all suggestions that name it", "0..1"),
    Column("place", "text", "Where it lies"),
    Column("kind", "text", "Kind of organisation"),
    Column("to_mind", "text", "What to mind of it"),
    STATUS,
)


def suggestion_table(graph: ValueGraph, title: str, rows: pd.DataFrame, spelled: Sequence[Spelled]) -> Table:
    """Return the table of suggestions; rows beyond those that are spelled out are counted as cut."""
    listed = rows.iloc[: len(spelled)]
    advised = shown_of(graph, listed["organisation"].to_numpy(np.int64))
    partners = shown_of(graph, listed["partner"].to_numpy(np.int64))
    labels, keys = (graph["capabilities"][name].array for name in ("label", "key"))
    cells = []
    for row, words, one, other in zip(listed.itertuples(index=False), spelled, advised, partners, strict=True):
        cell = {
            "organisation": one["organisation"],
            "organisation_key": one["organisation_key"],
            "rank": row.rank,
            "partner": other["organisation"],
            "partner_key": other["organisation_key"],
            "kind": KINDS[row.kind],
            "reasons": words.reasons,
            "why_not_before": words.why_not_before,
            "place": other["place"],
            "distance_km": None if words.distance_km is None else round(words.distance_km),
            "partner_kind": other["kind"],
            "status": words.status,
            "evidence": words.evidence,
        }
        if row.kind == JOINT_PROJECT:
            cell["probability"] = round(float(row.probability), 3)
        else:
            capability = capability_of(graph, row)
            cell |= {
                "capability": labels[capability],
                "capability_key": keys[capability],
                "score": round(float(row.score), 3),
                "confidence": round(words.confidence or 0.0, 3),
            }
        cells.append(cell)
    table = Table.from_rows("suggestions", title, SUGGESTION_COLUMNS, cells)
    return Table(table.name, table.title, table.columns, table.rows, table.evidence, len(rows) - len(listed))


def capability_of(graph: ValueGraph, row: Any) -> int:
    """Return what a supplier would deliver as it is asked for, and what a customer would buy as it is offered."""
    known = trade(graph)
    side, place = (known.offers, row.offer) if row.kind == CUSTOMER else (known.needs, row.need)
    return int(side.capability[place])


def popular_table(graph: ValueGraph, rows: pd.DataFrame, to_mind: Mapping[int, str]) -> Table:
    """Return who is suggested to most organisations."""
    pairs = rows[["organisation", "partner"]].drop_duplicates()
    counts = pairs["partner"].value_counts(sort=False).sort_index()
    counts = counts.sort_values(ascending=False, kind="stable").iloc[:NAMED_MOST]
    who = counts.index.to_numpy(np.int64)
    statuses = graph["organisations"]["status"].array
    cells = [
        shown
        | {
            "suggested_to": int(count),
            "share": round(count / len(pairs), 3),
            "to_mind": to_mind.get(int(one), ""),
            "status": statuses[one],
            "evidence": graph.evidence("organisations", [one]),
        }
        for one, count, shown in zip(who, counts, shown_of(graph, who), strict=True)
    ]
    return Table.from_rows("most-suggested", say("Who is suggested most often"), POPULAR_COLUMNS, cells)
