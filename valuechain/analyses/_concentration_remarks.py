"""What concentration could not assess, or found to contradict itself, and which data it would take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import evidence_of
from valuechain.analyses._concentration import Purchases
from valuechain.analyses._customers import CONTRADICTORY, Customers
from valuechain.analyses._weak_tables import unknown_inputs
from valuechain.analyses._words import itemised
from valuechain.model.language import listed, plural, say
from valuechain.model.result import Finding, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._failure import Dependencies
    from valuechain.model.graph import ValueGraph

NAMED = 20
"""A remark names so many of those whom it is about."""


def contradiction_finding(sold: Customers, pairs: pd.DataFrame) -> Iterator[Finding]:
    """Yield the remark on shares of sales that contradict each other, if there are any; severity info."""
    wrong = pairs[pairs["basis"] == CONTRADICTORY]
    if len(wrong) == 0:
        return
    names, keys = (sold.graph["organisations"][name] for name in ("label", "key"))
    told = [
        say("{supplier} to {buyer}", supplier=names.iloc[one.supplier], buyer=names.iloc[one.buyer])
        for one in wrong.itertuples()
    ]
    yield Finding(
        kind="contradiction",
        severity="info",
        confidence=1.0,
        subjects=tuple(dict.fromkeys(keys.iloc[wrong["supplier"]])),
        title=say("{figures} on sales contradict each other", figures=plural(len(wrong), "figure"))
        if len(wrong) > 1
        else say("Figures on sales contradict each other"),
        explanation=say("Value, turnover and share of sales do not agree: {pairs}.", pairs=listed(told)),
        action=say("Ask the suppliers which figure is right, and correct the record."),
        status=least_certain(wrong["status"].unique()),
        evidence=sold.evidence(wrong.index),
    )  # fmt: skip


def no_supplier_words(graph: ValueGraph) -> str:
    """Return what is said where no purchase is known."""
    if graph.organisation >= 0:
        name = graph["organisations"]["label"].iloc[graph.organisation]
        return say("Not assessed: nobody said who supplies {name}", name=name)
    return say("Not assessed: no supplier link is known {where}", where=graph.scope_words)


def no_supplier_finding(graph: ValueGraph, found: Purchases) -> Iterator[Finding]:
    """Yield the remark that no purchase is known, if none is; severity info."""
    if len(found.inputs):
        return
    here = [graph.organisation] if graph.organisation >= 0 else np.flatnonzero(graph.in_scope)[:NAMED].tolist()
    yield Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=tuple(graph["organisations"]["key"].iloc[here]),
        title=no_supplier_words(graph),
        explanation=say("Without supplier links it cannot be said how many suppliers there are for anything."),
        action=say(
            "Ask who supplies what, and which share each supplier has; import the answers as the table supplies."
        ),
        evidence=graph.evidence("organisations", here),
    )


def silent_finding(sold: Customers, pairs: pd.DataFrame) -> Iterator[Finding]:
    """Yield the remark on sales whose share is not known, if there are any, and what it would take; severity info."""
    silent = pairs[pairs["basis"] == ""]
    if len(silent) == 0:
        return
    suppliers = silent["supplier"].drop_duplicates()
    yield Finding(
        kind="not-assessed-sales",
        severity="info",
        confidence=1.0,
        subjects=tuple(sold.graph["organisations"]["key"].iloc[suppliers[:NAMED]]),
        title=say(
            "Not assessed: which part of its sales goes to whom, for {suppliers}",
            suppliers=plural(len(suppliers), "supplier"),
        ),
        explanation=say(
            "For {pairs} of supplier and buyer neither a share of sales is stated, nor the value of the links together "
            "with the supplier's turnover.",
            pairs=plural(len(silent), "pair"),
        ),
        action=say("Ask the suppliers for the share of their largest customers, or for their turnover."),
        status=least_certain(silent["status"].unique()),
        evidence=sold.evidence(silent.index[:NAMED]),
    )


def unknown_finding(known: Dependencies, found: Purchases) -> Iterator[Finding]:
    """Yield the remark on what the organisation needs without a known supplier, if there is any; severity info."""
    graph = known.graph
    unknown = unknown_inputs(known, graph.organisation)
    unknown = unknown[~unknown["in_house"]]
    if len(unknown) == 0:
        return
    labels = graph["capabilities"]["label"].iloc[unknown["capability"]]
    name, key = (graph["organisations"][column].iloc[graph.organisation] for column in ("label", "key"))
    yield Finding(
        kind="not-assessed-inputs",
        severity="info",
        confidence=1.0,
        subjects=(key,),
        title=say(
            "Not assessed: {inputs} of {all} without a known supplier",
            inputs=plural(len(unknown), "input"),
            all=len(unknown) + len(found.inputs),
        ),
        explanation=say("Nobody said who supplies these: {inputs}.", inputs=itemised(labels)),
        action=say("Ask {name} who supplies them, and which share each supplier has.", name=name),
        status=least_certain(unknown["status"]),
        evidence=evidence_of(graph, unknown),
    )
