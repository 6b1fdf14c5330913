"""The tables of concentration: inputs, capabilities, regions, and who sells to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.model.language import say, term
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._concentration import Purchases
    from valuechain.analyses._customers import Customers
    from valuechain.analyses._failure import Dependencies
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

LISTED = 10_000
"""A table lists so many rows, the most concentrated first; the rest is counted."""

INPUT_COLUMNS = (
    Column("input", "text", "What is bought"),
    Column("input_key", "key", "Its key"),
    Column("buyer", "text", "Who buys it"),
    Column("buyer_key", "key", "Its key"),
    Column("state", "text", "Sole source, concentrated, or several suppliers"),
    Column("herfindahl", "number", "Sum of squared shares of the suppliers; 1 = only one", "0..1"),
    Column("groups", "integer", "Known suppliers, legal groups counted once", "groups"),
    Column("largest_supplier", "text", "Who delivers most of it"),
    Column("largest_supplier_key", "key", "Its key"),
    Column("largest_share", "number", "Its share, its legal group included", "0..1"),
    Column("basis", "text", "What the shares rest on: stated, by value, stated in part, or assumed equal"),
    Column("essential", "text", "Whether nothing is made without it: yes, no, or assumed"),
    Column("value_eur", "number", "What it costs a year, empty where nobody said", "EUR"),
    Column("turnover_at_risk", "number", "Part of the buyer's turnover that needs this sole source, if known", "0..1"),
    Column("turnover_at_risk_eur", "number", "The same as an amount, empty where not known", "EUR"),
    Column("confidence", "number", "How sure the index is", "0..1"),
    STATUS,
)

CAPABILITY_COLUMNS = (
    Column("capability", "text", "What is bought"),
    Column("capability_key", "key", "Its key"),
    Column("herfindahl", "number", "Sum of squared shares of the suppliers; 1 = only one", "0..1"),
    Column("buyers", "integer", "Who buys it", "organisations"),
    Column("groups", "integer", "Known suppliers, legal groups counted once", "groups"),
    Column("largest_supplier", "text", "Who delivers most of it"),
    Column("largest_supplier_key", "key", "Its key"),
    Column("largest_share", "number", "Its share, its legal group included", "0..1"),
    Column("basis", "text", "What the shares rest on: by value, or every buyer counts once"),
    Column("regions", "integer", "Regions of the suppliers, as far as known", "regions"),
    Column("region_herfindahl", "number", "Sum of squared shares of the regions; empty where none is known", "0..1"),
    Column("largest_region", "text", "Where most of it comes from"),
    Column("largest_region_share", "number", "Its share of what is located", "0..1"),
    Column("countries", "integer", "Countries of the suppliers, as far as known", "countries"),
    Column("country_herfindahl", "number", "Sum of squared shares of the countries; empty where none is known", "0..1"),
    Column("located", "number", "Part of the purchases whose region is known", "0..1"),
    Column("confidence", "number", "How sure the shares are, on average over the purchases", "0..1"),
    STATUS,
)

REGION_COLUMNS = (
    Column("region", "text", "Where suppliers lie"),
    Column("region_key", "key", "Its code, empty where the region is not known"),
    Column("share", "number", "Share of the purchases; every capability counts once", "0..1"),
    Column("groups", "integer", "Suppliers there, legal groups counted once", "groups"),
    Column("capabilities", "integer", "What comes from there", "capabilities"),
    Column("alone", "integer", "What comes from nowhere else, as far as known", "capabilities"),
    Column("confidence", "number", "How sure the supply links are, on average", "0..1"),
    STATUS,
)

CUSTOMER_COLUMNS = (
    Column("supplier", "text", "Who sells"),
    Column("supplier_key", "key", "Its key"),
    Column("buyer", "text", "Who buys; of a legal group the one that takes most"),
    Column("buyer_key", "key", "Its key"),
    Column("buyers", "integer", "Companies of that legal group that buy", "organisations"),
    Column("share", "number", "Share of the supplier's sales; empty where the figures contradict each other", "0..1"),
    Column("basis", "text", "Stated, value over turnover, or contradictory"),
    Column("revenue_at_risk_eur", "number", "Sales a year that hang on this buyer, empty where not known", "EUR"),
    Column("turnover_eur", "number", "Turnover of the supplier, empty where not known", "EUR"),
    Column("confidence", "number", "How sure it is", "0..1"),
    STATUS,
)

SOLE, CONCENTRATED, SEVERAL = term("sole source"), term("concentrated"), term("several suppliers")
NOT_LOCATED = term("Region not known")


def input_table(known: Dependencies, found: Purchases, title: str) -> Table:
    """Return one row per buyer and capability, the most concentrated first."""
    graph = known.graph
    names, capabilities = _labels(graph, "organisations"), _labels(graph, "capabilities")

    def rows() -> Iterator[dict[str, Any]]:
        for one in found.inputs[:LISTED].itertuples():
            yield {
                "input": capabilities[one.capability][0],
                "input_key": capabilities[one.capability][1],
                "buyer": names[one.buyer][0],
                "buyer_key": names[one.buyer][1],
                "state": one.state,
                "herfindahl": round(one.herfindahl, 4),
                "groups": one.groups,
                "largest_supplier": names[one.leader][0],
                "largest_supplier_key": names[one.leader][1],
                "largest_share": round(one.largest_share, 4),
                "basis": one.basis,
                "essential": one.essential,
                "value_eur": one.value_eur,
                "turnover_at_risk": round(float(one.turnover_at_risk), 4),
                "turnover_at_risk_eur": one.turnover_at_risk_eur,
                "confidence": round(one.sure, 3),
                "status": one.status,
                "evidence": known.evidence((one.Index,)),
            }

    return _cut("inputs", title, INPUT_COLUMNS, rows(), len(found.inputs))


def capability_table(graph: ValueGraph, found: Purchases, table: pd.DataFrame) -> Table:
    """Return one row per capability that is bought, the most concentrated first."""
    names, capabilities = _labels(graph, "organisations"), _labels(graph, "capabilities")
    places = found.links.groupby("capability").indices
    order = np.lexsort((-table["buyers"], -table["herfindahl"]))

    def rows() -> Iterator[dict[str, Any]]:
        for one in table.iloc[order].itertuples():
            yield {
                "capability": capabilities[one.capability][0],
                "capability_key": capabilities[one.capability][1],
                "herfindahl": round(one.herfindahl, 4),
                "buyers": one.buyers,
                "groups": one.groups,
                "largest_supplier": names[one.largest][0],
                "largest_supplier_key": names[one.largest][1],
                "largest_share": round(one.largest_share, 4),
                "basis": one.basis,
                "regions": one.regions,
                "region_herfindahl": round(float(one.region_herfindahl), 4),
                "largest_region": graph.region_label(one.largest_region),
                "largest_region_share": round(float(one.largest_region_share), 4),
                "countries": one.countries,
                "country_herfindahl": round(float(one.country_herfindahl), 4),
                "located": round(one.region_located, 4),
                "confidence": round(one.confidence, 3),
                "status": one.status,
                "evidence": evidence_of_links(graph, found, places[one.capability]),
            }

    return Table.from_rows(
        "capabilities", say("Who supplies what is bought {where}", where=graph.scope_words), CAPABILITY_COLUMNS, rows()
    )


def region_table(graph: ValueGraph, found: Purchases, table: pd.DataFrame) -> Table:
    """Return one row per region that suppliers lie in, the largest first, those of nowhere last."""

    def rows() -> Iterator[dict[str, Any]]:
        for one in table.itertuples():
            yield {
                "region": graph.region_label(one.code) if one.code else say(NOT_LOCATED),
                "region_key": one.code,
                "share": round(one.share, 4),
                "groups": one.groups,
                "capabilities": one.capabilities,
                "alone": one.alone,
                "confidence": round(one.confidence, 3),
                "status": one.status,
                "evidence": evidence_of_links(graph, found, one.links),
            }

    return Table.from_rows("regions", say("Where it comes from"), REGION_COLUMNS, rows())


def customer_table(sold: Customers, pairs: pd.DataFrame) -> Table:
    """Return who sells which part of its output to whom (some rows of `sold.pairs`)."""
    names = _labels(sold.graph, "organisations")

    def rows() -> Iterator[dict[str, Any]]:
        for one in pairs[:LISTED].itertuples():
            yield {
                "supplier": names[one.supplier][0],
                "supplier_key": names[one.supplier][1],
                "buyer": names[one.buyer][0],
                "buyer_key": names[one.buyer][1],
                "buyers": one.buyers,
                "share": round(float(one.share), 4),
                "basis": one.basis,
                "revenue_at_risk_eur": revenue_at_risk(one),
                "turnover_eur": one.turnover_eur,
                "confidence": round(one.confidence, 3),
                "status": one.status,
                "evidence": sold.evidence((one.Index,)),
            }

    return _cut("customers", say("Who sells which part of its output to whom"), CUSTOMER_COLUMNS, rows(), len(pairs))


def revenue_at_risk(pair: Any) -> float | None:
    """Return the sales a year that hang on one buyer: the value of the links, else the share of the turnover."""
    if pair.value_eur == pair.value_eur:
        return float(pair.value_eur)
    amount = pair.share * pair.turnover_eur
    return float(amount) if amount == amount else None


def evidence_of_links(graph: ValueGraph, found: Purchases, places: Integers) -> tuple[int, ...]:
    """Return the records behind some supply links."""
    rows = found.links.index.to_numpy(np.int64)[places]
    return tuple(np.unique(graph.behind["supplies"].select(rows).positions).tolist())


def _labels(graph: ValueGraph, table: str) -> list[tuple[str, str]]:
    """Name and key of each thing of a table."""
    return list(zip(graph[table]["label"].tolist(), graph[table]["key"].tolist(), strict=True))


def _cut(name: str, title: str, columns: tuple[Column, ...], rows: Iterator[dict[str, Any]], count: int) -> Table:
    return replace(Table.from_rows(name, title, columns, rows), cut=max(0, count - LISTED))
