"""The spread of failures as an advisor or a planner would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import listed
from valuechain.analyses._words import less_sure, percent
from valuechain.model.result import Finding, Severity

if TYPE_CHECKING:
    from valuechain.analyses._shocks import Shock
    from valuechain.analyses._supply_economy import SupplyEconomy
    from valuechain.analyses._systemic_tables import Losses, Ranking
    from valuechain.model.graph import ValueGraph

GRADES: tuple[tuple[float, Severity], ...] = ((0.2, "critical"), (0.05, "high"), (0.01, "medium"), (0.0, "low"))
"""From what part of the network's output on, lost by others, a failure is how severe."""

NAMED = 3
"""So many of those who are hit are named in a sentence."""


def severity_of(others: float, confidence: float) -> Severity:
    """Return how severe a failure or shock is by what others lose of the network's output."""
    found = next(severity for least, severity in GRADES if others >= least)
    return less_sure(found, confidence)


def failure_finding(economy: SupplyEconomy, ranking: Ranking, place: int, losses: Losses) -> Finding:
    """Return what the failure of one firm of a ranking puts at risk, as a finding."""
    graph, firm = economy.graph, int(ranking.firms[place])
    spread = ranking.spread
    label, key = (str(graph["organisations"][name].iloc[firm]) for name in ("label", "key"))
    at_risk, own = float(spread.at_risk[place]), float(economy.weight[firm])
    confidence = round(float(economy.confidence[firm]), 3)
    down, up = float(spread.downstream[place]) - own, float(spread.upstream[place]) - own
    return Finding(
        kind="systemic-risk",
        severity=severity_of(at_risk - own, confidence),
        confidence=confidence,
        subjects=(key,),
        title=f"If {label} fails, {percent(at_risk)} of the output known here is at risk",
        explanation=f"Its own part is {percent(own)}; the others lose {percent(at_risk - own)}: "
        f"{percent(down)} for want of inputs, {percent(up)} for want of sales (who is hit by both counts once). "
        f"{_most_hit(economy, losses, firm)}{_cut_short(losses)}",
        action=_action(economy, firm, down >= up),
        status=economy.status,
        evidence=economy.evidence(firm),
    )


def dependence_finding(economy: SupplyEconomy, target: int, ranking: Ranking, losses: Losses) -> Finding:
    """Return by whose failure one organisation is hit most, as a finding.

    `ranking` is of those whose failure hits it, the worst first, and `losses` is what everybody loses if that one
    fails. Severity: half of its output lost: high; a fifth: medium; else low; less sure than one half: one step less.
    """
    graph, spread = economy.graph, ranking.spread
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    worst, loss = int(ranking.firms[0]), float(spread.on_target[0])
    for_inputs = losses.down[target] >= losses.up[target]
    want = "inputs" if for_inputs else "sales"
    way = "a second source" if for_inputs else "other customers"
    confidence = round(float(min(economy.confidence[target], economy.confidence[worst])), 3)
    told = [
        f"{names.iloc[firm]} ({percent(float(lost))})"
        for firm, lost in zip(ranking.firms[:NAMED], spread.on_target[:NAMED], strict=True)
    ]
    found: Severity = "high" if loss >= 0.5 else "medium" if loss >= 0.2 else "low"
    return Finding(
        kind="hit-by",
        severity=less_sure(found, confidence),
        confidence=confidence,
        subjects=(keys.iloc[target], keys.iloc[worst]),
        title=f"{names.iloc[target]} loses {percent(loss)} of its output if {names.iloc[worst]} fails",
        explanation=f"That is for want of {want}. It is hit most by the failure of {listed(told)}.",
        action=f"Look for {way} beside {names.iloc[worst]}, and agree with it on early warning.",
        status=economy.status,
        evidence=tuple(dict.fromkeys([*economy.evidence(target), *economy.evidence(worst)])),
    )


def shock_finding(economy: SupplyEconomy, shock: Shock, losses: Losses, cells: dict[str, Any], number: int) -> Finding:
    """Return what a shock costs, as a finding; `cells` is its row, `number` its place among the shocks."""
    keys = economy.graph["organisations"]["key"]
    lost, at_once, confidence = cells["lost"], cells["at_once"], cells["confidence"]
    hit = "1 organisation is" if len(shock.organisations) == 1 else f"{len(shock.organisations):,} organisations are"
    times = f", {lost / at_once:.2g} times as much" if at_once > 0 else ""
    return Finding(
        kind=f"shock-{number}",
        severity=severity_of(lost - at_once, confidence) if cells["organisations"] > cells["not_linked"] else "info",
        confidence=confidence,
        subjects=tuple(keys.iloc[shock.organisations]),
        title=shock_sentence(shock, at_once, lost),
        explanation=f"{hit} hit at once. As the loss spreads it grows to {percent(lost)}{times}: "
        f"{percent(cells['downstream_part'])} for want of inputs, {percent(cells['upstream_part'])} for want of sales "
        f"(who is hit by both counts once). "
        f"{_most_hit(economy, losses, *shock.organisations.tolist())}{_cut_short(losses)}",
        action="Ask those who are hit most for stocks and second sources outside the shock, and keep a list of who to "
        "call first.",
        status=cells["status"],
        evidence=cells["evidence"],
    )


def shock_sentence(shock: Shock, at_once: float, lost: float) -> str:
    """Return what a shock costs in one line."""
    return f"{shock.lead}, {percent(at_once)} of the output known here is lost at once, {percent(lost)} in the end"


def not_assessed_finding(graph: ValueGraph) -> Finding:
    """Return the remark that nothing is known of who supplies whom."""
    about = [graph.organisation] if graph.organisation >= 0 else np.flatnonzero(graph.in_scope)[:1].tolist()
    subjects = tuple(graph["organisations"]["key"].iloc[about])
    return Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=subjects,
        title="Not assessed: no supply link is known",
        explanation="A failure spreads along supply links, and none is known here. Joint projects say who knows whom, "
        "not who delivers to whom.",
        action="Ask the firms who supplies them with what, for how much a year, and import the answers as the table "
        "supplies.",
        evidence=graph.evidence("organisations", about),
    )


def _most_hit(economy: SupplyEconomy, losses: Losses, *failed: int) -> str:
    """Who else loses most of the network's output, with what part of its own."""
    lost = economy.weight * losses.loss
    lost[list(failed)] = 0
    worst = [int(one) for one in np.argsort(-lost, kind="stable")[:NAMED] if lost[one] > 0]
    if not worst:
        return "Nobody else is hit as far as known."
    names = economy.graph["organisations"]["label"]
    told = [f"{names.iloc[one]} ({percent(float(losses.loss[one]))} of its output)" for one in worst]
    return f"Most is lost at {listed(told)}."


def _cut_short(losses: Losses) -> str:
    return " It was not followed to the end: the greatest number of steps was reached." if losses.cut_short else ""


def _action(economy: SupplyEconomy, firm: int, downstream: bool) -> str:
    """What to do, by the side on which more is lost."""
    names = economy.graph["organisations"]["label"]
    others = economy.neighbours(firm, "buyer" if downstream else "supplier")
    if not others:
        return "Ask whom it supplies and who supplies it: nothing more is known of it here."
    named = listed(names.iloc[others])
    if downstream:
        return f"Help its buyers to a second source or to stocks, the largest first: {named}."
    return f"Help its suppliers to other customers, the largest first: {named}."
