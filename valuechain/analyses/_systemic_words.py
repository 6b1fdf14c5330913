"""The spread of failures as an advisor or a planner would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._words import less_sure, percent
from valuechain.model.language import listed, plural, say
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
    parts = say(
        "Its own part is {own}; the others lose {others}: {inputs} for want of inputs, {sales} for want of sales (who "
        "is hit by both counts once).",
        own=percent(own),
        others=percent(at_risk - own),
        inputs=percent(down),
        sales=percent(up),
    )
    return Finding(
        kind="systemic-risk",
        severity=severity_of(at_risk - own, confidence),
        confidence=confidence,
        subjects=(key,),
        title=say("If {name} fails, {share} of the output known here is at risk", name=label, share=percent(at_risk)),
        explanation=" ".join([parts, _most_hit(economy, losses, firm), *_cut_short(losses)]),
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
    names_of = {"target": names.iloc[target], "worst": names.iloc[worst], "loss": percent(loss)}
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
        title=say("{target} loses {loss} of its output if {worst} fails", **names_of),
        explanation=say("That is for want of inputs. It is hit most by the failure of {names}.", names=listed(told))
        if for_inputs
        else say("That is for want of sales. It is hit most by the failure of {names}.", names=listed(told)),
        action=say("Look for a second source beside {worst}, and agree with it on early warning.", **names_of)
        if for_inputs
        else say("Look for other customers beside {worst}, and agree with it on early warning.", **names_of),
        status=economy.status,
        evidence=tuple(dict.fromkeys([*economy.evidence(target), *economy.evidence(worst)])),
    )


def shock_finding(economy: SupplyEconomy, shock: Shock, losses: Losses, cells: dict[str, Any], number: int) -> Finding:
    """Return what a shock costs, as a finding; `cells` is its row, `number` its place among the shocks."""
    keys = economy.graph["organisations"]["key"]
    lost, at_once, confidence = cells["lost"], cells["at_once"], cells["confidence"]
    count = len(shock.organisations)
    hit = (
        say("1 organisation is hit at once.")
        if count == 1
        else say("{organisations} are hit at once.", organisations=plural(count, "organisation"))
    )
    told = {
        "lost": percent(lost),
        "inputs": percent(cells["downstream_part"]),
        "sales": percent(cells["upstream_part"]),
        "times": lost / at_once if at_once > 0 else 0.0,
    }
    spread = (
        say(
            "As the loss spreads it grows to {lost}, {times:.2g} times as much: {inputs} for want of inputs, {sales} "
            "for want of sales (who is hit by both counts once).",
            **told,
        )
        if at_once > 0
        else say(
            "As the loss spreads it grows to {lost}: {inputs} for want of inputs, {sales} for want of sales (who is "
            "hit by both counts once).",
            **told,
        )
    )
    return Finding(
        kind=f"shock-{number}",
        severity=severity_of(lost - at_once, confidence) if cells["organisations"] > cells["not_linked"] else "info",
        confidence=confidence,
        subjects=tuple(keys.iloc[shock.organisations]),
        title=shock_sentence(shock, at_once, lost),
        explanation=" ".join(
            [hit, spread, _most_hit(economy, losses, *shock.organisations.tolist()), *_cut_short(losses)]
        ),
        action=say(
            "Ask those who are hit most for stocks and second sources outside the shock, and keep a list of who to "
            "call first."
        ),
        status=cells["status"],
        evidence=cells["evidence"],
    )


def shock_sentence(shock: Shock, at_once: float, lost: float) -> str:
    """Return what a shock costs in one line."""
    told = {"name": shock.name, "at_once": percent(at_once), "lost": percent(lost)}
    if shock.each is None:
        return say(
            "In the scenario '{name}', {at_once} of the output known here is lost at once, {lost} in the end", **told
        )
    if shock.each == 1:
        return say(
            "If {name} lose everything, {at_once} of the output known here is lost at once, {lost} in the end", **told
        )
    return say(
        "If {name} lose {part}, {at_once} of the output known here is lost at once, {lost} in the end",
        part=percent(shock.each),
        **told,
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
        title=say("Not assessed: no supply link is known"),
        explanation=say(
            "A failure spreads along supply links, and none is known here. Joint projects say who knows whom, not who "
            "delivers to whom."
        ),
        action=say(
            "Ask the firms who supplies them with what, for how much a year, and import the answers as the table "
            "supplies."
        ),
        evidence=graph.evidence("organisations", about),
    )


def _most_hit(economy: SupplyEconomy, losses: Losses, *failed: int) -> str:
    """Who else loses most of the network's output, with what part of its own."""
    lost = economy.weight * losses.loss
    lost[list(failed)] = 0
    worst = [int(one) for one in np.argsort(-lost, kind="stable")[:NAMED] if lost[one] > 0]
    if not worst:
        return say("Nobody else is hit as far as known.")
    names = economy.graph["organisations"]["label"]
    told = [
        say("{name} ({share} of its output)", name=names.iloc[one], share=percent(float(losses.loss[one])))
        for one in worst
    ]
    return say("Most is lost at {names}.", names=listed(told))


def _cut_short(losses: Losses) -> tuple[str, ...]:
    if not losses.cut_short:
        return ()
    return (say("It was not followed to the end: the greatest number of steps was reached."),)


def _action(economy: SupplyEconomy, firm: int, downstream: bool) -> str:
    """What to do, by the side on which more is lost."""
    names = economy.graph["organisations"]["label"]
    others = economy.neighbours(firm, "buyer" if downstream else "supplier")
    if not others:
        return say("Ask whom it supplies and who supplies it: nothing more is known of it here.")
    named = listed(names.iloc[others])
    if downstream:
        return say("Help its buyers to a second source or to stocks, the largest first: {names}.", names=named)
    return say("Help its suppliers to other customers, the largest first: {names}.", names=named)
