"""What closures do, as tables: per input, per supplier, and the facts that would let more be assessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._closure_impact import RUNS_SHORT, STATES
from valuechain.analyses._organisations import shown
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._closure_exposures import Exposures

INPUT_COLUMNS = (
    Column("input", "text", "What is bought"),
    Column("supplier", "text", "Who closes"),
    Column("buyer", "text", "Who buys from it"),
    Column(
        "time_to_survive", "number", "How long stock and others carry on; empty if not known or without end", "days"
    ),
    Column("time_to_recover", "number", "Until deliveries begin again", "days"),
    Column("short_days", "number", "From the end of the stock to the recovery", "days"),
    Column("state", "text", f"One of: {', '.join(STATES)}"),
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
    "stock": "How many days does the stock last when nothing comes?",
    "share": "Which share comes from each supplier?",
    "time": "How many days until the supplier is back, or another one is qualified and delivers?",
    "margin": "How much margin does a day without it cost?",
    "spare": "How much more could each of the other suppliers deliver, and how soon?",
}
"""What to ask for each fact that may lack."""

NEEDED = {"stock": "days of stock", "share": "share of each supplier", "time": "days until deliveries begin again"}
CONTRADICTORY = {
    "contradictory": "shares that do not add up to more than 1",
    "units differ": "share of each supplier, or amounts in one unit",
}


def input_table(exposed: Exposures, rows: pd.DataFrame, name: str, title: str, same: str = "") -> Table:
    """Return assessed rows as a table: time to survive beside time to recover; `same` = supplier or buyer of all."""
    columns = [column for column in INPUT_COLUMNS if not same or not column.name.startswith(same)]
    return Table.from_rows(name, title, columns, _input_rows(exposed, rows))


def _input_rows(exposed: Exposures, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    graph = exposed.dependencies.graph
    names, keys = (graph["organisations"][name].tolist() for name in ("label", "key"))
    labels, codes = (graph["capabilities"][name].tolist() for name in ("label", "key"))
    behind = links_behind(exposed, rows)
    rows = rows.assign(survive_days=rows["survive_days"].where(np.isfinite(rows["survive_days"])))
    days = ["stock_days", "survive_days", "recover_days", "short_days", "lost_days"]
    rows = rows.assign(**{name: rows[name].round(1) for name in days}, share=rows["share"].round(4))
    for one, evidence in zip(rows.to_dict("records"), behind, strict=True):
        yield {
            "supplier": names[one["supplier"]], "supplier_key": keys[one["supplier"]],
            "buyer": names[one["buyer"]], "buyer_key": keys[one["buyer"]],
            "input": labels[one["capability"]], "input_key": codes[one["capability"]],
            "share_from": one["basis"], "time_to_survive": one["survive_days"],
            "time_to_recover": one["recover_days"], "back_by": one["by"], "margin_per_day": one["margin"],
            "needed": "; ".join(needed(one)), "evidence": evidence,
            "status": STATUS_OF_RANK[one["rank"]], "confidence": round(one["confidence"], 3),
            **{name: one[name] for name in ("state", "essential", "share", "stock_days", "short_days", "lost_days",
                                            "lost_eur")},
        }  # fmt: skip


def needed(row: dict[Any, Any]) -> list[str]:
    """Return what would have to be known to assess a row, in words."""
    lacking = [fact for fact in NEEDED if row[f"lacks_{fact}"]]
    return [CONTRADICTORY.get(row["basis"], NEEDED[fact]) if fact == "share" else NEEDED[fact] for fact in lacking]


def links_behind(exposed: Exposures, rows: pd.DataFrame) -> list[tuple[int, ...]]:
    """Return for each row the records of the input's supply links and of the buyer's need."""
    known = exposed.dependencies
    graph, starts, links = known.graph, known.starts.tolist(), known.links.index.to_numpy(np.int64)
    of_input: dict[int, tuple[int, ...]] = {}
    found = []
    for row, need in zip(rows["input_row"].tolist(), rows["need"].tolist(), strict=True):
        if row not in of_input:
            told = graph.evidence("supplies", links[starts[row] : starts[row + 1]].tolist())
            of_input[row] = (*told, *graph.evidence("needs", (need,) if need >= 0 else ()))
        found.append(of_input[row])
    return found


def supplier_table(exposed: Exposures, rows: pd.DataFrame, ranking: pd.DataFrame, title: str) -> Table:
    """Return who closes, by what it costs its customers."""
    graph = exposed.dependencies.graph
    organisations = shown(graph)
    places = rows.groupby("supplier").indices
    behind = links_behind(exposed, rows)

    def cells(one: dict[Any, Any]) -> dict[str, Any]:
        organisation = organisations[one["supplier"]]
        told = (record for place in places[one["supplier"]].tolist() for record in behind[place])
        return {
            "supplier": organisation["organisation"], "supplier_key": organisation["organisation_key"],
            "kind": organisation["kind"], "place": organisation["place"],
            "first_days": one["first_days"], "days_without": one["days_without"], "impact_eur": one["impact_eur"],
            "exposure_index": one["eur_index"], "confidence": round(one["confidence"], 3),
            "evidence": tuple(dict.fromkeys(told)),
            **{name: one[name] for name in ("customers", "short", "days_index", "not_assessed", "status")},
        }  # fmt: skip

    digits = {"first_days": 1, "days_without": 1, "impact_eur": 0, "eur_index": 3, "days_index": 3}
    return Table.from_rows("suppliers", title, SUPPLIER_COLUMNS, map(cells, ranking.round(digits).to_dict("records")))


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
    graph = exposed.dependencies.graph
    names, keys = (graph["organisations"][name].tolist() for name in ("label", "key"))
    labels, codes = (graph["capabilities"][name].tolist() for name in ("label", "key"))
    rows = (
        {
            "ask": names[one["buyer"]], "ask_key": keys[one["buyer"]],
            "input": labels[one["capability"]], "input_key": codes[one["capability"]],
            "fact": QUESTIONS[one["fact"]], "opens": one["opens"], "part_of": one["part_of"],
            "essential": one["essential"], "margin_per_day": one["margin"],
            "status": STATUS_OF_RANK[one["rank"]], "evidence": evidence,
        }
        for one, evidence in zip(facts.to_dict("records"), links_behind(exposed, facts), strict=True)
    )  # fmt: skip
    return Table.from_rows("facts", "What to ask next, the most useful first", FACT_COLUMNS, rows)
