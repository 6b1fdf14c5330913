"""Concentration: how much of what is bought and sold hangs on few suppliers, few regions, or one customer."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._concentration import STATED, Purchases, purchases
from valuechain.analyses._concentration_remarks import (
    contradiction_finding,
    no_supplier_finding,
    no_supplier_words,
    silent_finding,
    unknown_finding,
)
from valuechain.analyses._concentration_tables import (
    CONCENTRATED,
    SEVERAL,
    SOLE,
    capability_table,
    customer_table,
    input_table,
    region_table,
)
from valuechain.analyses._concentration_words import (
    basis_words,
    customer_findings,
    input_findings,
    market_findings,
    region_findings,
)
from valuechain.analyses._customers import CONTRADICTION, Customers, customers
from valuechain.analyses._failure import Dependencies, dependencies
from valuechain.analyses._markets import by_region, leaders, markets
from valuechain.analyses._turnover_at_risk import turnover_at_risk
from valuechain.analyses._weak_tables import MAKES_IT
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say
from valuechain.model.result import SEVERITIES, Chart, Finding, Result

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 10
"""So many findings of each kind are spelled out; the tables hold them all."""

COMPLETE = 0.95
"""From which sum of stated shares on all suppliers of an input count as named."""


@analysis(version="1")
def concentration(
    graph: ValueGraph, *, concentrated: float = 0.4, market: float = 0.18, dependent: float = 0.25
) -> Result:
    """How much hangs on few suppliers, few regions, or one customer?

    Of each input: how many independent suppliers it has and how unevenly they share it. Of each capability that is
    bought in scope: who delivers most of it and from where. And who makes a large part of its sales with one buyer.
    With an organisation: its inputs, its customers, and the suppliers that depend on it.

    Parameters
    ----------
    concentrated : float, 0..1
        Index above which one buyer's input counts as concentrated. Two suppliers alike have 0.5, three 0.33.
    market : float, 0..1
        Index above which a capability that several buy counts as concentrated. US guidelines call a market above 0.18
        highly concentrated; the EU's begin to look closer at 0.10 and 0.20.
    dependent : float, 0..1
        Share of sales with one buyer from which on a supplier depends on it. Accounts must disclose a customer from
        0.10 on; the value-chain check speaks of half. The default lies between the two.

    Formula
    -------
    Herfindahl index = sum of squared shares, from 1 / n for n alike to 1 for one alone (guidelines count to 10,000).
    Companies of one legal group count as one. Shares of an input: those stated, divided by their sum; else the values
    of the links, where all are known; else what the stated ones leave of 1, split equally among the groups without.
    Of several links of one supplier for the same thing the one that began last counts. Sole source: one group, unless
    its stated share leaves more than 5 % open. Shares of a capability: values where all are known, else every buyer
    counts once. Regions are NUTS 2, shares of what is located. Dependence = share of sales as stated, else value of the
    links / turnover of the supplier; contradictory where they lie more than 0.1 apart, or a value above the turnover.
    Revenue at risk of a supplier = value of the links, else share x turnover. Turnover at risk of a buyer = what it
    sells that needs the sole-sourced input, as far as its sales by product are known. Severity: one supplier of an
    essential input: medium, high where half of the turnover needs it; else low; all buyers of a capability hang on one
    supplier: high from five buyers on, else medium; one customer: medium above half, else low; concentrated, or one
    region: low. Less sure than one half: one step less severe. Confidence = that of the least sure link x (1 where
    shares are stated or by value or there is one group, 0.75 stated in part, 0.5 assumed equal) x the stated part;
    contradictory: half. Where nothing is known it is not assessed.

    Units
    -----
    Indexes and shares 0..1; amounts in EUR a year; suppliers in legal groups.

    Reference
    ---------
    U.S. Department of Justice and Federal Trade Commission (2023), Merger Guidelines, guideline 1. European Commission
    (2004), Guidelines on the assessment of horizontal mergers, OJ C 31, paragraphs 19-20. IFRS 8 Operating Segments,
    paragraph 34 (major customers).

    Example
    -------
    A buys glass from two suppliers, three quarters of it from G: 0.75 ** 2 + 0.25 ** 2 = 0.625. G and H sell 100 each.

    >>> graph = example(
    ...     organisations='''id, name, kind, turnover_eur
    ...                      G,  G,    sme,  100
    ...                      H,  H,    sme,  100''',
    ...     supplies='''supplier, buyer, capability, value_eur
    ...                 G,        A,     glass,      60
    ...                 H,        A,     glass,      20''')
    >>> result = concentration(graph)
    >>> result.frame("inputs")[["input", "state", "herfindahl", "largest_supplier"]].values.tolist()
    [['glass', 'concentrated', 0.625, 'G']]
    >>> result.frame("customers")[["supplier", "share", "revenue_at_risk_eur"]].values.tolist()
    [['G', 0.6, 60.0], ['H', 0.2, 20.0]]
    """
    known = dependencies(graph)
    one = graph.organisation
    buyers = known.inputs["buyer"].to_numpy(np.int64)
    rows = known.of_buyer(one) if one >= 0 else np.flatnonzero(graph.in_scope[buyers])
    found = _assessed(known, purchases(known, rows), concentrated)
    table = markets(graph, found)
    sold = graph.once(customers)
    pairs = _pairs(graph, sold)
    findings = _findings(known, found, table, sold, pairs, market, dependent)
    return Result(
        verdict=_verdict(graph, found, pairs, dependent),
        findings=findings,
        tables=(
            input_table(known, found, _title(graph)),
            capability_table(graph, found, table),
            region_table(graph, found, by_region(graph, found, table)),
            customer_table(sold, pairs[pairs["basis"] != ""]),
        ),
        charts=(
            Chart(
                "concentration", "bar", say("How concentrated the supply is {where}", where=graph.scope_words),
                "capabilities", "capability", "herfindahl",
                alternative=say(
                    "For each capability that is bought, the sum of squared shares of its suppliers; 1 is one supplier "
                    "alone."
                ),
            ),
        ),
        notes=_notes(found, pairs),
    )  # fmt: skip


def _title(graph: ValueGraph) -> str:
    """What the table of inputs shows."""
    if graph.organisation >= 0:
        name = graph["organisations"]["label"].iloc[graph.organisation]
        return say("What {name} buys, and how many suppliers each input has", name=name)
    return say("What is bought {where}, and how many suppliers each input has", where=graph.scope_words)


def _assessed(known: Dependencies, found: Purchases, concentrated: float) -> Purchases:
    """The inputs with their state and what hangs on it, the worst first; links keep pointing to them."""
    graph, inputs, links = known.graph, found.inputs, found.links
    complete = (inputs["basis"] != STATED) | (inputs["told"] >= COMPLETE)
    sole = (inputs["groups"] == 1) & complete
    state = np.select(
        [inputs["in_house"], sole, (inputs["groups"] == 1) | (inputs["herfindahl"] > concentrated)],
        [MAKES_IT, SOLE, CONCENTRATED],
        SEVERAL,
    )
    risk = np.full(len(inputs), np.nan)
    hanging = np.flatnonzero((state == SOLE) & (inputs["essential"] == "yes").to_numpy())
    risk[hanging] = turnover_at_risk(graph, inputs.iloc[hanging])
    turnover = graph["organisations"]["turnover_eur"].to_numpy(float, na_value=np.nan)[inputs["buyer"]]
    purchase, group, supplier = (links[name].to_numpy(np.int64) for name in ("purchase", "group", "supplier"))
    leader = leaders(purchase, group, supplier, links["part"].to_numpy(float), inputs["largest"].to_numpy(np.int64))
    inputs = inputs.assign(state=state, leader=leader, turnover_at_risk=risk, turnover_at_risk_eur=risk * turnover)
    essential = inputs["essential"].map(["yes", "assumed", "no"].index)
    place = inputs["state"].map([SOLE, CONCENTRATED, SEVERAL, MAKES_IT].index)
    amount = inputs["value_eur"].fillna(-1.0)
    order = np.lexsort((-amount, -inputs["herfindahl"], essential, -inputs["turnover_at_risk"].fillna(-1.0), place))
    moved = np.empty(len(order), dtype=np.int64)
    moved[order] = np.arange(len(order))
    return Purchases(inputs.iloc[order], links.assign(purchase=moved[purchase]))


def _pairs(graph: ValueGraph, sold: Customers) -> pd.DataFrame:
    """Who sells to whom, where the supplier is in scope, or either of them is the organisation asked about."""
    pairs = sold.pairs
    supplier, buyer = (pairs[name].to_numpy(np.int64) for name in ("supplier", "buyer"))
    if graph.organisation >= 0:
        groups = graph.legal_groups
        chosen = (supplier == graph.organisation) | (groups[buyer] == groups[graph.organisation])
    else:
        chosen = graph.in_scope[supplier]
    return pairs[chosen].sort_values("share", ascending=False, kind="stable", na_position="last")


def _findings(
    known: Dependencies,
    found: Purchases,
    table: pd.DataFrame,
    sold: Customers,
    pairs: pd.DataFrame,
    market: float,
    dependent: float,
) -> tuple[Finding, ...]:
    graph = known.graph
    large = pairs[(pairs["share"] >= dependent) & (pairs["share"] > 0)]
    if graph.organisation >= 0:
        first, unknown = input_findings(known, found, SHOWN_FINDINGS), unknown_finding(known, found)
    else:
        first, unknown = market_findings(known, found, table, market, SHOWN_FINDINGS), iter(())
    kinds = (region_findings(graph, found, table), customer_findings(sold, large))
    findings = [*first, *(one for kind in kinds for one in islice(kind, SHOWN_FINDINGS))]
    findings.sort(key=lambda one: (SEVERITIES.index(one.severity), -one.confidence))
    remarks = (contradiction_finding(sold, pairs), no_supplier_finding(graph, found), unknown)
    return (*findings, *(one for remark in remarks for one in remark), *silent_finding(sold, pairs))


def _verdict(graph: ValueGraph, found: Purchases, pairs: pd.DataFrame, dependent: float) -> str:
    inputs = found.inputs
    sole = int((inputs["state"] == SOLE).sum())
    many = plural(len(inputs), "input")
    if len(inputs) == 0:
        first = f"{no_supplier_words(graph)}."
    elif graph.organisation >= 0:
        name = graph["organisations"]["label"].iloc[graph.organisation]
        first = say("{sole:,} of {inputs} of {name} come from one supplier alone.", sole=sole, inputs=many, name=name)
    else:
        first = say(
            "{sole:,} of {inputs} that {buyers} {where} buy come from one supplier alone.",
            sole=sole,
            inputs=many,
            buyers=plural(inputs["buyer"].nunique(), "organisation"),
            where=graph.scope_words,
        )
    return f"{first} {_verdict_on_sales(graph, pairs.dropna(subset=['share']), dependent)}"


def _verdict_on_sales(graph: ValueGraph, pairs: pd.DataFrame, dependent: float) -> str:
    """Who depends on one customer, of the pairs whose share of sales is known."""
    names = graph["organisations"]["label"]
    if graph.organisation >= 0:
        pairs = pairs[pairs["supplier"] == graph.organisation]
    if len(pairs) == 0:
        return say("Who depends on which customer is not known.")
    most = pairs.iloc[0]
    buyer = names.iloc[most["buyer"]]
    if graph.organisation >= 0:
        return say(
            "Its largest known customer, {buyer}, takes {share:.0%} of its sales.", buyer=buyer, share=most["share"]
        )
    large = pairs[(pairs["share"] >= dependent) & (pairs["share"] > 0)]
    suppliers = plural(pairs["supplier"].nunique(), "supplier")
    if len(large) == 0:
        return say(
            "None of {suppliers} whose sales are known makes {dependent:.0%} or more of them with one buyer.",
            suppliers=suppliers,
            dependent=dependent,
        )
    return say(
        "{large:,} of {suppliers} whose sales are known make {dependent:.0%} or more of them with one buyer, the most "
        "{supplier}: {share:.0%} with {buyer}.",
        large=large["supplier"].nunique(),
        suppliers=suppliers,
        dependent=dependent,
        supplier=names.iloc[most["supplier"]],
        share=most["share"],
        buyer=buyer,
    )


def _notes(found: Purchases, pairs: pd.DataFrame) -> tuple[str, ...]:
    notes = []
    if len(found.inputs):
        notes.append(say("Known suppliers are meant: nobody can say from these records that there are no others."))
        notes.append(basis_words(found))
        sole = found.inputs[(found.inputs["state"] == SOLE) & (found.inputs["essential"] == "yes")]
        silent = int(sole["turnover_at_risk"].isna().sum())
        if silent:
            notes.append(
                say(
                    "Which part of the turnover needs them is not known for {silent:,} of {all:,} sole-sourced "
                    "essential inputs: it takes the shares of sales, or their values and the turnover, by product.",
                    silent=silent,
                    all=len(sole),
                )
            )
    whole = pairs.groupby("supplier")["share"].sum()
    above = int((whole > 1 + CONTRADICTION).sum())
    if above:
        notes.append(
            say(
                "The shares of sales of {suppliers} add up to more than {limit:.0%}.",
                suppliers=plural(above, "supplier"),
                limit=1 + CONTRADICTION,
            )
        )
    return tuple(notes)
