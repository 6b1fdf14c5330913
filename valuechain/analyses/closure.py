"""Closure: what happens when a supplier closes, and for how long its customers can go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._candidates import Candidate
from valuechain.analyses._closure_exposures import Exposures, exposures, hit_in_scope
from valuechain.analyses._closure_impact import FACTS, NOT_ASSESSED, RUNS_SHORT, Recovery, assessed, by_supplier
from valuechain.analyses._closure_tables import QUESTIONS, fact_table, input_table, missing_facts, supplier_table
from valuechain.analyses._closure_verdicts import verdict_of_all, verdict_of_one
from valuechain.analyses._closure_words import (
    Shortage,
    closure_finding,
    not_assessed_finding,
    shortage_finding,
)
from valuechain.analyses._substitutes import substitutes
from valuechain.analyses._weak_tables import unknown_inputs
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say
from valuechain.model.result import SEVERITIES, Chart, Finding, Result

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 20

Instead = dict[int, list[Candidate]]
"""Who could deliver each capability instead, best first."""

MOST_SUPPLIERS = 10
"""So many more are looked for, since the buyers' own suppliers are among them."""

NAMED = 3
"""So many inputs of a closed supplier are told with who could deliver them instead."""


@analysis(version="1")
def closure(graph: ValueGraph, *, days: int = 0, recovery: Recovery = "sooner", candidates: int = 3) -> Result:
    """What happens when a supplier closes, and how long can its customers go on?

    For each input, the time to survive stands beside the time to recover: how long the stock and the other suppliers
    carry on, and when deliveries begin again. With an organisation: which closure leaves it short, for how long, at
    what cost, and what closes the gap. Without: every supplier by what its closure costs its customers. Only the direct
    customers of the closed one are followed, no further step. What cannot be assessed is said, with the answers that
    would help most.

    Parameters
    ----------
    days : int, 0..3650, days
        How long a closure lasts; 0 = as long as each supplier is said to need to recover.
    recovery : sooner, supplier, replacement
        What ends the lack: the supplier's return or another supplier, whichever comes sooner; the supplier's return
        alone; another supplier alone, as when the closed one never comes back.
    candidates : int, 0..50
        How many organisations to name that could deliver instead, for each input.

    Formula
    -------
    Node i is out; with capacity c, demand d, stock s, cost f of a lost sale, recovery time t: impact = min sum f_j l_j
    subject to sum_i a_ij y_ij + l_j >= d_j t - s_j and sum_j a_ij y_ij <= c_i t. Time to survive = the largest t with
    l = 0. Risk exposure index = impact / largest impact. Here a product j is one input of one buyer, d the part of it
    that the closed supplier delivers, s the buyer's stock, c what other suppliers of the buyer have to spare: their
    stated capacity less all that they are known to deliver, in one unit, if their lead time is no longer than the stock
    lasts; it then counts from the first day. Where nobody has anything to spare, time to survive = stock days / share.
    What shares spare capacity with other buyers is a linear program, everything else a formula. The share is the stated
    one, else what the others leave, else the delivered part of the need, else 1 for the only known supplier, else its
    part of the amounts in one unit, else of the values. Shares that add up to more than 1.01 contradict each other:
    not assessed. A stock that outlasts the whole lack lasts whatever the share. Time to recover: recovery days of the
    supplier, lead time of another who is qualified already, or switching days + lead time of a new one. Lost days =
    share x time to recover - stock days: days without any of it. Cost = lost days x margin lost per day; a buyer that
    lacks several inputs for one product loses the largest. Severity: 30 or more lost days of an essential input
    critical, 7 or more high, else medium; not essential one step less; less sure than one half one step less. A closure
    is as severe as its worst shortage. Confidence: that of the least sure supply link of the input and of what makes
    it essential, half where that is assumed.

    Units
    -----
    Times in days, money in EUR of margin, shares, index and confidence in 0..1.

    Reference
    ---------
    D. Simchi-Levi, W. Schmidt, Y. Wei, P. Y. Zhang, K. Combs, Y. Ge, O. Gusikhin, M. Sanders, D. Zhang (2015),
    Identifying Risks and Mitigating Disruptions in the Automotive Supply Chain, Interfaces 45(5).

    Example
    -------
    The only supplier of coatings needs 60 days to come back, and the stock lasts 56.

    >>> shop = example(supplies='''supplier, buyer,   capability, stock_cover_days, recovery_days
    ...                            Coaters,  Lasers,  coatings,   56,               60''',
    ...                needs='''organisation, capability, essential, lost_margin_eur
    ...                         Lasers,       coatings,   yes,       1000''')
    >>> told = closure(shop).table("inputs")
    >>> [told.column(name) for name in ("time_to_survive", "time_to_recover", "short_days", "lost_eur")]
    [[56.0], [60.0], [4.0], [4000.0]]
    """
    exposed = exposures(graph)
    rows = assessed(exposed, days, recovery)
    hit = rows[hit_in_scope(exposed, rows)]
    if graph.organisation >= 0:
        return _of_one(exposed, rows, hit, candidates)
    return _of_all(exposed, hit, candidates)


def _of_one(exposed: Exposures, rows: pd.DataFrame, hit: pd.DataFrame, candidates: int) -> Result:
    graph = exposed.dependencies.graph
    name = graph["organisations"]["label"].iloc[graph.organisation]
    short = hit[hit["state"] == RUNS_SHORT]
    told = [Shortage(exposed, row) for row in short.head(SHOWN_FINDINGS).to_dict("records")]
    lost = [
        (int(one.row["supplier"]), _buyers(short.loc[[place]])) for place, one in zip(short.index, told, strict=False)
    ]
    findings = [shortage_finding(*one) for one in zip(told, _instead(exposed, lost, candidates), strict=True)]
    own = rows[rows["supplier"] == graph.organisation]
    ranking = by_supplier(hit)
    facts = missing_facts(hit)
    return Result(
        verdict=verdict_of_one(exposed, hit),
        findings=(*_worst_first(findings), *_closing(exposed, own, candidates), *_open(exposed, hit, facts)),
        tables=(
            input_table(exposed, hit, "inputs", say("Inputs of {name}, if one supplier closes", name=name), "buyer"),
            supplier_table(
                exposed, hit, ranking, say("Suppliers of {name} by what their closure costs it", name=name)
            ),
            input_table(exposed, own, "customers", say("Customers of {name}, if it closes", name=name), "supplier"),
            fact_table(exposed, facts),
        ),
        charts=(
            Chart(
                "times", "scatter", say("How long {name} lasts, and when deliveries begin again", name=name), "inputs",
                "time_to_survive", "time_to_recover", "state",
                alternative=say(
                    "For each input and supplier, days until it runs short against days until deliveries begin again."
                ),
            ),
        ),
        notes=(*_notes(exposed, hit, short, len(told)), *_unknown(exposed)),
    )  # fmt: skip


def _of_all(exposed: Exposures, hit: pd.DataFrame, candidates: int) -> Result:
    graph = exposed.dependencies.graph
    ranking = by_supplier(hit)
    stopping = ranking[ranking["short"] > 0]
    findings = _of_closures(exposed, hit, stopping.head(SHOWN_FINDINGS), candidates)
    facts = missing_facts(hit)
    costs = bool((ranking["impact_eur"] > 0).any())
    return Result(
        verdict=verdict_of_all(exposed, hit, ranking),
        findings=tuple(_worst_first(findings)),
        tables=(
            supplier_table(
                exposed, hit, ranking, say("Suppliers by what their closure costs {where}", where=graph.scope_words)
            ),
            input_table(
                exposed, hit, "inputs", say("Inputs {where}, if one supplier closes", where=graph.scope_words)
            ),
            fact_table(exposed, facts),
        ),
        charts=(
            Chart(
                "impact", "bar", say("What the closure of each supplier costs {where}", where=graph.scope_words),
                "suppliers", "supplier", "impact_eur" if costs else "days_without",
                alternative=say("For each supplier, what its customers lose if it closes."),
            ),
        ),
        notes=_notes(exposed, hit, stopping, len(findings)),
    )  # fmt: skip


def _closing(exposed: Exposures, own: pd.DataFrame, candidates: int) -> list[Finding]:
    """What it does to its customers if the organisation asked about closes itself."""
    ranking = by_supplier(own)
    return _of_closures(exposed, own, ranking[ranking["short"] > 0], candidates)


def _of_closures(exposed: Exposures, rows: pd.DataFrame, ranking: pd.DataFrame, candidates: int) -> list[Finding]:
    short = rows[(rows["state"] == RUNS_SHORT) & rows["supplier"].isin(ranking["supplier"])]
    of_each = dict(tuple(short.groupby("supplier")))
    told = [(row, of_each[row["supplier"]]) for row in ranking.to_dict("records")]
    lost = [(int(row["supplier"]), _buyers(some)) for row, some in told]
    instead = _instead(exposed, lost, candidates)
    return [closure_finding(exposed, row, some, who) for (row, some), who in zip(told, instead, strict=True)]


def _buyers(rows: pd.DataFrame) -> dict[int, tuple[int, ...]]:
    """The first capabilities that run short, and whom."""
    found: dict[int, tuple[int, ...]] = {}
    for capability, buyer in zip(rows["capability"].tolist(), rows["buyer"].tolist(), strict=True):
        if capability in found or len(found) < NAMED:
            found[capability] = (*found.get(capability, ()), buyer)
    return found


def _instead(exposed: Exposures, lost: Sequence[tuple[int, dict[int, tuple[int, ...]]]], most: int) -> list[Instead]:
    """Who could deliver instead of each closed supplier, without those who deliver the same to all the buyers today."""
    known = exposed.dependencies
    rows = exposed.rows[["capability", "buyer", "supplier"]]
    found = substitutes(known, [(known.what_stops(failed), buyers) for failed, buyers in lost], most + MOST_SUPPLIERS)

    def news(capability: int, buyers: Sequence[int], ranked: Sequence[Candidate]) -> list[Candidate]:
        theirs = rows[(rows["capability"] == capability) & rows["buyer"].isin(buyers)]
        today = set.intersection(*(set(some) for _, some in theirs.groupby("buyer")["supplier"]))
        return [one for one in ranked if one.organisation not in today][:most]

    return [
        {capability: news(capability, buyers[capability], ranked) for capability, ranked in one.items()}
        for (_, buyers), one in zip(lost, found, strict=True)
    ]


def _open(exposed: Exposures, rows: pd.DataFrame, facts: pd.DataFrame) -> list[Finding]:
    """The remark on what could not be assessed, if anything."""
    asked = facts[facts["fact"].isin(FACTS)]
    if asked.empty:
        return []
    first = asked.iloc[0].to_dict()
    return [not_assessed_finding(exposed, rows, first, say(QUESTIONS[first["fact"]]))]


def _worst_first(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: SEVERITIES.index(one.severity))


def _notes(exposed: Exposures, hit: pd.DataFrame, short: pd.DataFrame, told: int) -> tuple[str, ...]:
    notes = [say("Only direct customers are followed; what their customers lose in turn is not counted.")]
    if len(short) > told:
        more = plural(len(short) - told, "more closure")
        notes.append(say("{closures} not spelled out; the tables hold them all.", closures=more))
    lacking = int((hit["state"] == NOT_ASSESSED).sum())
    if lacking:
        notes.append(
            say(
                "{inputs} not assessed for want of data: the table of facts says what to ask first.",
                inputs=plural(lacking, "input"),
            )
        )
    if exposed.help.not_comparable:
        notes.append(
            say(
                "{capacities} not counted as spare: what is delivered of it is not known in the same unit.",
                capacities=plural(exposed.help.not_comparable, "stated capacity", "stated capacities"),
            )
        )
    return tuple(notes)


def _unknown(exposed: Exposures) -> tuple[str, ...]:
    """What the organisation needs without a known supplier."""
    known = exposed.dependencies
    needs = unknown_inputs(known, known.graph.organisation)
    count = int((~needs["in_house"]).sum())
    if not count:
        return ()
    return (say("{inputs} without a known supplier could not be looked at.", inputs=plural(count, "input")),)
