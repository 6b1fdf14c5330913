"""The chain around one organisation as columns of boxes: what its suppliers buy, what it buys, makes and sells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._firm import Input
from valuechain.analyses._lookup import bought_by, made_by, sold_by
from valuechain.model.language import listed, plural, say, term
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph

ROLES = ("supplier_input", "input", "own", "output", "market")
"""Columns of the strip from upstream to downstream."""

CHAIN_COLUMNS = (
    Column("role", "text", "Column of the strip: supplier_input, input, own, output or market"),
    Column("capability", "text", "What the box stands for"),
    Column("capability_key", "key", "Its key, empty where the chain does not know it"),
    Column("state", "text", "One of the six states, empty where none applies"),
    Column("who", "text", "Suppliers or buyers, or how it is lacking"),
    Column("organisations", "integer", "How many suppliers or buyers there are", "organisations"),
    Column("sales_share", "number", "Share of this organisation's sales, where known", "0..1"),
    Column("stage", "text", "Stage of the chain"),
    Column("stage_order", "integer", "Place of the stage from upstream"),
    STATUS,
)

NOBODY = {
    "no actor": term("nobody here offers it"),
    "unlinked": term("here, but not connected"),
    "unknown": term("not asked yet"),
}

MARKET_STAGES = {
    "interested": term("interested"),
    "exporting": term("exporting"),
    "established": term("established"),
}


def chain_table(graph: ValueGraph, organisation: int, inputs: Sequence[Input]) -> Table:
    """Return the boxes of the chain around an organisation; the same facts stand in the other tables of its check."""
    rows = [
        *_supplier_inputs(graph, inputs),
        *(_input(graph, one) for one in inputs),
        *_own(graph, organisation),
        *_outputs(graph, organisation),
        *_markets(graph, organisation),
    ]
    return Table.from_rows("chain", say("The chain around this organisation"), CHAIN_COLUMNS, rows)


def _supplier_inputs(graph: ValueGraph, inputs: Sequence[Input]) -> Iterator[dict[str, Any]]:
    """What the suppliers buy, one box per capability, as far as anybody said."""
    bought = bought_by(graph, *{supplier for one in inputs for supplier in one.suppliers})
    for capability, links in bought[bought["capability"] >= 0].groupby("capability"):
        yield _box(graph, "supplier_input", int(str(capability)), links["supplier"], links["status"]) | {
            "evidence": graph.evidence("supplies", links.index)
        }


def _input(graph: ValueGraph, one: Input) -> dict[str, Any]:
    names = graph["organisations"]["label"]
    who = listed(names.iloc[list(one.suppliers)], 2) if one.suppliers else say(NOBODY[one.state])
    return {
        "role": "input",
        "capability": one.label,
        "capability_key": graph["capabilities"]["key"].iloc[one.capability],
        "stage": one.stage,
        "stage_order": one.stage_order,
        "state": one.state,
        "who": who,
        "organisations": len(one.suppliers),
        "status": one.status,
        "evidence": one.evidence,
    }


def _own(graph: ValueGraph, organisation: int) -> Iterator[dict[str, Any]]:
    made = made_by(graph, organisation)
    for row, offer in made.iterrows():
        yield _box(graph, "own", int(offer["capability"]), [organisation], [offer["status"]]) | {
            "evidence": graph.evidence("offers", [row])
        }


def _outputs(graph: ValueGraph, organisation: int) -> Iterator[dict[str, Any]]:
    """What the buyers make of it: one box per capability of a buyer that takes what this organisation makes."""
    sold = sold_by(graph, organisation)
    offers = made_by(graph, *sold["buyer"])
    takes = graph["inputs"][["from_capability", "to_capability"]].drop_duplicates()
    made = offers.assign(offer=offers.index)[["organisation", "capability", "offer", "status"]]
    uses = sold.assign(link=sold.index).merge(takes, left_on="capability", right_on="from_capability")
    uses = uses.merge(
        made, left_on=["buyer", "to_capability"], right_on=["organisation", "capability"], suffixes=("", "_made")
    )
    for capability, links in uses.groupby("to_capability"):
        share = links["sales_share"].sum(min_count=1)
        evidence = (*graph.evidence("supplies", links["link"]), *graph.evidence("offers", links["offer"]))
        yield _box(graph, "output", int(str(capability)), links["buyer"], [*links["status"], *links["status_made"]]) | {
            "who": f"{plural(links['buyer'].nunique(), 'buyer')}: {listed(_names(graph, links['buyer']), 2)}",
            "sales_share": None if share != share else round(float(share), 3),
            "evidence": tuple(dict.fromkeys(evidence)),
        }


def _markets(graph: ValueGraph, organisation: int) -> Iterator[dict[str, Any]]:
    markets = graph["markets"]
    markets = markets[(markets["organisation"] == organisation) & (markets["scheme"] != "country")]
    for row, market in markets.iterrows():
        known = {"capability": market["market"], "role": "market", "status": market["status"]}
        box = (
            _box(graph, "market", int(market["capability"]), [], [market["status"]])
            if market["capability"] >= 0
            else known
        )
        stage = say(MARKET_STAGES[market["stage"]]) if isinstance(market["stage"], str) else ""
        yield box | {"who": stage, "evidence": graph.evidence("markets", [row])}


def _box(
    graph: ValueGraph,
    role: str,
    capability: int,
    organisations: Sequence[int] | pd.Series[int],
    statuses: Sequence[str],
) -> dict[str, Any]:
    return _capability(graph, capability) | {
        "role": role,
        "who": listed(_names(graph, organisations), 2),
        "organisations": len(set(organisations)),
        "status": least_certain(statuses),
    }


def _capability(graph: ValueGraph, capability: int) -> dict[str, Any]:
    """The cells capability (its name), capability_key, stage and stage_order."""
    capabilities, stages = graph["capabilities"], graph["stages"]
    stage = int(capabilities["stage"].iloc[capability])
    return {
        "capability": capabilities["label"].iloc[capability],
        "capability_key": capabilities["key"].iloc[capability],
        "stage": stages["label"].iloc[stage] if stage >= 0 else "",
        "stage_order": int(stages["order"].iloc[stage]) if stage >= 0 else None,
    }


def _names(graph: ValueGraph, organisations: Sequence[int] | pd.Series[int]) -> list[str]:
    names = graph["organisations"]["label"]
    return [names.iloc[position] for position in dict.fromkeys(organisations)]
