"""The spread of failures as an advisor or a planner would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._words import less_sure
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


def percent(share: float) -> str:
    """Return a share as people say it: "23 %", "4.2 %", "less than 0.1 %"."""
    if 0 < share < 0.001:
        return "less than 0.1 %"
    return f"{share * 100:.0f} %" if share >= 0.1 or share == 0 else f"{share * 100:.1f} %"


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


def dependence_finding(economy: SupplyEconomy, target: int, ranking: Ranking) -> Finding | None:
    """Return by whose failure one organisation is hit most, as a finding; None if nobody's failure hits it."""
    graph, spread = economy.graph, ranking.spread
    order = np.argsort(-spread.on_target, kind="stable")
    order = [int(one) for one in order if ranking.firms[one] != target and spread.on_target[one] > 0][:NAMED]
    if not order:
        return None
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    worst = int(ranking.firms[order[0]])
    loss = float(spread.on_target[order[0]])
    confidence = round(float(min(economy.confidence[target], economy.confidence[worst])), 3)
    told = [f"{names.iloc[ranking.firms[one]]} ({percent(float(spread.on_target[one]))})" for one in order]
    found: Severity = "high" if loss >= 0.5 else "medium" if loss >= 0.2 else "low"
    return Finding(
        kind="hit-by",
        severity=less_sure(found, confidence),
        confidence=confidence,
        subjects=(keys.iloc[target], keys.iloc[worst]),
        title=f"{names.iloc[target]} loses {percent(loss)} of its output if {names.iloc[worst]} fails",
        explanation=f"It is hit most by the failure of: {listed(told)}.",
        action=f"Agree with {names.iloc[worst]} what happens if it fails, and look for a second way around it.",
        status=economy.status,
        evidence=tuple(dict.fromkeys([*economy.evidence(target), *economy.evidence(worst)])),
    )


def shock_finding(economy: SupplyEconomy, shock: Shock, losses: Losses, cells: dict[str, Any], number: int) -> Finding:
    """Return what a shock costs, as a finding; `cells` is its row, `number` its place among the shocks."""
    keys = economy.graph["organisations"]["key"]
    lost, at_once, confidence = cells["lost"], cells["at_once"], cells["confidence"]
    hit = plural(len(shock.organisations), "organisation")
    times = f", {lost / at_once:.1f} times as much" if at_once > 0 and lost > at_once else ""
    return Finding(
        kind=f"shock-{number}",
        severity=severity_of(lost - at_once, confidence) if cells["organisations"] > cells["not_linked"] else "info",
        confidence=confidence,
        subjects=tuple(keys.iloc[shock.organisations]),
        title=f"{shock.name}: {percent(at_once)} of the output known here is lost at once, {percent(lost)} in the end",
        explanation=f"{hit} hit at once; the loss spreads to others{times}: {percent(cells['downstream'])} for want of "
        f"inputs, {percent(cells['upstream'])} for want of sales (who is hit by both counts once). "
        f"{_most_hit(economy, losses, *shock.organisations.tolist())}{_cut_short(losses)}",
        action="Ask those who are hit most for stocks and second sources outside the shock, and keep a list of who to "
        "call first.",
        status=cells["status"],
        evidence=cells["evidence"],
    )


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
