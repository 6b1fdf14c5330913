"""What closures do, as tables: per input, per supplier, and the facts that would let more be assessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._closure_impact import RUNS_SHORT
from valuechain.analyses._organisations import place_of
from valuechain.model.language import say, term
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._closure_exposures import Exposures
    from valuechain.model.graph import ValueGraph

INPUT_COLUMNS = (
    Column("input", "text", "What is bought"),
    Column("supplier", "text", "Who closes"),
    Column("buyer", "text", "Who buys from it"),
    Column(
        "time_to_survive", "number", "How long stock and others carry on; empty if not known or without end", "days"
    ),
    Column("time_to_recover", "number", "Until deliveries begin again", "days"),
    Column("short_days", "number", "From the end of the stock to the recovery", "days"),
    Column("state", "text", "One of: runs short, not assessed, lasts, does not run out"),
    Column("lost_eur", "number", "Margin lost in all", "EUR"),
    Column("needed", "text", "What would have to be known to assess it"),
    Column("lost_days", "number", "Short days x what is lacking: the same in days without any of it", "days"),
    Column("margin_per_day", "number", "Margin lost per day without any of it", "EUR per day"),
    Column("essential", "text", "Whether nothing is made without the input: yes, no, or assumed"),
    Column("share", "number", "Part of the input that comes from the supplier", "0..1"),
    Column("share_from", "text", "What the share follows from"),
    Column("stock_days", "number", "How long the stock lasts when nothing comes at all", "days"),
    Column("back_by", "text", "What ends the lack: the supplier, a qualified or a new one"),
    Column("input_key", "key", "Its key"),
    Column("supplier_key", "key", "Its key"),
    Column("buyer_key", "key", "Its key"),
    Column("confidence", "number", "How sure it is", "0..1"),
    STATUS,
)

SUPPLIER_COLUMNS = (
    Column("supplier", "text", "Who closes"),
    Column("supplier_key", "key", "Its key"),
    Column("short", "integer", "Customers whose stock ends before deliveries begin again", "organisations"),
    Column("impact_eur", "number", "Margin that those lose who said what a day costs them", "EUR"),
    Column("exposure_index", "number", "Impact over the largest impact here: the risk exposure index", "0..1"),
    Column("days_without", "number", "Days short, the longest of each customer, all customers together", "days"),
    Column("days_index", "number", "Days without over the most days here", "0..1"),
    Column("first_days", "number", "Until the first of them runs short", "days"),
    Column("not_assessed", "integer", "Inputs from it that lack data", "inputs"),
    Column("customers", "integer", "Whom it supplies in scope", "organisations"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("confidence", "number", "How sure the least sure part of it is", "0..1"),
    STATUS,
)

FACT_COLUMNS = (
    Column("ask", "text", "Whom to ask"),
    Column("ask_key", "key", "Its key"),
    Column("input", "text", "About what"),
    Column("input_key", "key", "Its key"),
    Column("fact", "text", "What to ask"),
    Column(
        "opens", "integer", "Closures that this answer alone lets assess, or tells the cost or a way out of", "closures"
    ),
    Column("part_of", "integer", "Closures for which it is wanted, with other answers", "closures"),
    Column("essential", "text", "Whether nothing is made without the input: yes, no, or assumed"),
    Column("margin_per_day", "number", "Margin lost per day without it", "EUR per day"),
    STATUS,
)

QUESTIONS = {
    "stock": term("How many days does the stock last when nothing comes?"),
    "share": term("Which share comes from each supplier?"),
    "time": term("How many days until the supplier is back, or another one is qualified and delivers?"),
    "margin": term("How much margin does a day without it cost?"),
    "spare": term("How much more could each of the other suppliers deliver, and how soon?"),
}
"""What to ask for each fact that may lack."""

NEEDED = {
    "stock": term("days of stock"),
    "share": term("share of each supplier"),
    "time": term("days until deliveries begin again"),
}
CONTRADICTORY = {
    "contradictory": term("shares that do not add up to more than 1"),
    "units differ": term("share of each supplier, or amounts in one unit"),
}


def input_table(exposed: Exposures, rows: pd.DataFrame, name: str, title: str, same: str = "") -> Table:
    """Return assessed rows as a table: time to survive beside time to recover; `same` = supplier or buyer of all."""
    columns = [column for column in INPUT_COLUMNS if not same or not column.name.startswith(same)]
    told = rows.assign(
        time_to_survive=rows["survive_days"].where(np.isfinite(rows["survive_days"])).round(1),
        time_to_recover=rows["recover_days"].round(1),
        short_days=rows["short_days"].round(1),
        lost_days=rows["lost_days"].round(1),
        share=rows["share"].round(4),
        confidence=rows["confidence"].round(3),
        margin_per_day=rows["margin"],
        share_from=rows["basis"].map(say),
        back_by=rows["by"].map(say),
        needed=_needed(rows),
        status=rows["rank"].map(STATUS_OF_RANK),
    )
    told = _with_names(exposed.dependencies.graph, told)
    return _table(name, title, columns, told, exposed.evidence(rows))


def _with_names(graph: ValueGraph, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the names and keys of what they refer to by position."""
    whom, what = graph["organisations"], graph["capabilities"]
    named = {}
    for column, source, label in (
        ("supplier", whom, "supplier"),
        ("buyer", whom, "buyer"),
        ("capability", what, "input"),
    ):
        if column in rows:
            places = rows[column].to_numpy(np.int64)
            named[label] = source["label"].to_numpy(object)[places]
            named[f"{label}_key"] = source["key"].to_numpy(object)[places]
    return rows.assign(**named)


def _table(
    name: str, title: str, columns: Sequence[Column], rows: pd.DataFrame, evidence: Sequence[tuple[int, ...]]
) -> Table:
    """A table of some columns of a frame; by columns, since it may have a row for each supply link there is."""
    cells = ([None if cell != cell else cell for cell in rows[column.name].tolist()] for column in columns)
    return Table(name, title, tuple(columns), tuple(zip(*cells, strict=True)), tuple(evidence))


def _needed(rows: pd.DataFrame) -> list[str]:
    """What would have to be known to assess each row, in words."""
    flags = zip(*(rows[f"lacks_{fact}"].tolist() for fact in NEEDED), rows["basis"].tolist(), strict=True)
    return [
        "; ".join(
            say(CONTRADICTORY.get(basis, NEEDED[fact]) if fact == "share" else NEEDED[fact])
            for fact, lacks in zip(NEEDED, lacking, strict=True)
            if lacks
        )
        for *lacking, basis in flags
    ]


def supplier_table(exposed: Exposures, rows: pd.DataFrame, ranking: pd.DataFrame, title: str) -> Table:
    """Return who closes, by what it costs its customers."""
    graph = exposed.dependencies.graph
    behind = exposed.evidence(rows)
    places = rows.groupby("supplier").indices
    evidence = [
        tuple(dict.fromkeys(record for place in places[supplier].tolist() for record in behind[place]))
        for supplier in ranking["supplier"].tolist()
    ]
    whom = graph["organisations"].iloc[ranking["supplier"]]
    told = _with_names(
        graph,
        ranking.round({"first_days": 1, "days_without": 1, "impact_eur": 0, "eur_index": 3, "days_index": 3}).assign(
            exposure_index=ranking["eur_index"].round(3),
            confidence=ranking["confidence"].round(3),
            kind=whom["kind"].to_numpy(object),
            place=[place_of(row) for row in whom[["city", "region"]].to_dict("records")],
        ),
    )
    return _table("suppliers", title, SUPPLIER_COLUMNS, told, evidence)


def missing_facts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what to ask whom, the most useful answer first.

    First come answers that change something by themselves, of these those on essential inputs, then those that let a
    closure be assessed before those that tell its cost or a way out, then by the margin that a day costs and the number
    of closures.

    Returns
    -------
    DataFrame with the columns buyer, capability, input_row, need, essential, margin, rank, fact, opens, part_of.
    """
    import pandas as pd

    lacks = rows[[f"lacks_{fact}" for fact in ("stock", "share", "time")]].set_axis(["stock", "share", "time"], axis=1)
    short = rows["state"] == RUNS_SHORT
    lacks = lacks.assign(margin=short & rows["margin"].isna(), spare=short & (rows["suppliers"] > 1))
    alone = (lacks[["stock", "share", "time"]].sum(axis=1) == 1) | short
    keys = ["buyer", "capability", "input_row", "need", "essential"]
    parts = [
        rows.loc[lacks[fact], [*keys, "margin", "rank"]].assign(fact=fact, alone=alone[lacks[fact]])
        for fact in lacks.columns
    ]
    asked = pd.concat(parts, ignore_index=True).groupby([*keys, "fact"], sort=True)
    facts = asked.agg(opens=("alone", "sum"), part_of=("alone", "size"), margin=("margin", "max"), rank=("rank", "max"))
    facts = facts.reset_index()
    order = facts.assign(
        none=facts["opens"] == 0, small=facts["essential"] == "no", eur=-facts["margin"].fillna(0.0),
        after=facts["fact"].isin(["margin", "spare"]),
        opens=-facts["opens"], part_of=-facts["part_of"],
    )  # fmt: skip
    first = order.sort_values(["none", "small", "after", "eur", "opens", "part_of"], kind="stable").index
    return facts.loc[first].reset_index(drop=True)


def fact_table(exposed: Exposures, facts: pd.DataFrame) -> Table:
    """Return the missing facts as a table."""
    told = _with_names(
        exposed.dependencies.graph,
        facts.assign(
            fact=facts["fact"].map(QUESTIONS).map(say),
            margin_per_day=facts["margin"],
            status=facts["rank"].map(STATUS_OF_RANK),
        ),
    )
    told = told.assign(ask=told["buyer"], ask_key=told["buyer_key"])
    title = say("What to ask next, the most useful first")
    return _table("facts", title, FACT_COLUMNS, told, exposed.evidence(facts))
