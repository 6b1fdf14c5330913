"""The steps of a plan as an advisor would say them."""

from __future__ import annotations

import numpy as np

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._fixes_exact import CHEAPEST, Choice
from valuechain.analyses._fixes_measures import SECURED, Measure
from valuechain.analyses._fixes_plan import Plan, Step, names
from valuechain.analyses._words import less_sure
from valuechain.model.names import in_a_sentence
from valuechain.model.result import Finding, Severity

MANY, SEVERAL = 5, 2
"""From how many failures removed on a step is a high or a medium finding."""


def step_finding(plan: Plan, step: Step) -> Finding:
    """Return one step of the plan as a finding.

    Severity: five or more failures go, or one that stops the organisation asked about: high; two to four: medium; one:
    low. Less sure than one half: one step less severe.
    """
    graph = plan.known.graph
    keys, capabilities = graph["organisations"]["key"], graph["capabilities"]["key"]
    problem = plan.problem
    # Not the new supplier: a real one may be proposed to a made-up buyer, and nothing made up is said of it.
    things = [keys.iloc[plan.buyer(one)] for one in step.measures]
    things += [capabilities.iloc[plan.capability(one)] for one in step.measures]
    things += list(keys.iloc[np.unique(problem.failed[step.nodes])])
    deeds = " and ".join(_deed(plan, step, measure) for measure in step.measures)
    return Finding(
        kind="fix",
        severity=less_sure(_severity(plan, step), step.confidence),
        confidence=round(step.confidence, 3),
        subjects=tuple(dict.fromkeys(things)),
        title=f"{deeds[0].upper()}{deeds[1:]}: {_effect(plan, step)}",
        explanation=" ".join(_explanation(plan, step)),
        action=" ".join(_action(plan, step, measure) for measure in step.measures),
        with_whom=". ".join(part for part in (_with_whom(plan, step, measure) for measure in step.measures) if part),
        status=step.status,
        evidence=step.evidence,
    )


def measure_words(plan: Plan, measure: Measure) -> str:
    """Return a measure in a few words: "Novoptik as supplier (effort 1.1, offer 90% sure)"."""
    if measure.supplier == SECURED:
        return f"{measure.basis} (effort {effort(measure.cost)})"
    name = plan.known.graph["organisations"]["label"].iloc[measure.supplier]
    sure = measure.basis.rpartition("; ")[2]
    return f"{name} as supplier (effort {effort(measure.cost)}, {sure})"


def effort(cost: float) -> str:
    """Return an effort as text, rounded as far as it makes a difference."""
    return f"{cost:,.2f}" if cost < 10 else f"{cost:,.0f}"


def _severity(plan: Plan, step: Step) -> Severity:
    count = len(step.nodes)
    if count >= MANY or plan.known.graph.organisation >= 0:
        return "high"
    return "medium" if count >= SEVERAL else "low"


def _deed(plan: Plan, step: Step, measure: Measure) -> str:
    """What is to be done, as a part of a sentence."""
    graph = plan.known.graph
    labels = graph["organisations"]["label"]
    capability = in_a_sentence(graph["capabilities"]["label"].iloc[plan.capability(measure)])
    buyer = labels.iloc[plan.buyer(measure)]
    if measure.supplier == SECURED:
        return f"secure the {capability} of {buyer} by stock"
    place = "second" if len(plan.known.suppliers(measure.input_row)) == 1 else "further"
    verb = "try" if step.suppliers[measure].status == "inferred" else "qualify"
    return f"{verb} {labels.iloc[measure.supplier]} as {place} supplier of {capability} for {buyer}"


def _effect(plan: Plan, step: Step) -> str:
    """Whose failure no longer stops whom."""
    problem = plan.problem
    fails = list(dict.fromkeys(problem.failed[step.nodes].tolist()))
    first = [plan.buyer(measure) for measure in step.measures]
    stops = sorted(dict.fromkeys(problem.stopped[step.nodes].tolist()), key=lambda one: one not in first)
    labels = plan.known.graph["organisations"]["label"]
    who = " or ".join([*labels.iloc[fails[:2]], *([f"{len(fails) - 2} more"] if len(fails) > 2 else [])])
    others = f" and {plural(len(stops) - 1, 'other')}" if len(stops) > 2 else ""
    whom = names(problem, stops[:1] if others else stops)
    guessed = any(one.status == "inferred" for one in step.suppliers.values())
    return f"{'if it delivers,' if guessed else 'then'} the failure of {who} no longer stops {whom}{others}"


def _explanation(plan: Plan, step: Step) -> list[str]:
    """Why each measure, how many failures go, and what it takes."""
    problem = plan.problem
    told = [_why(plan, measure) for measure in step.measures]
    stops = problem.stopped[step.nodes].tolist()
    if len(set(stops)) > 2:
        told.append(f"These go on: {names(problem, stops, 6)}.")
    fewer = f"{plural(len(step.nodes), 'single failure')} fewer; effort" if len(step.nodes) > 1 else "Effort"
    told.append(f"{fewer} {effort(step.cost)}: {'; '.join(measure.basis for measure in step.measures)}.")
    for measure in step.measures:
        others = plan.alternatives(measure)[:2]
        if others:
            told.append(f"Instead: {'; or '.join(measure_words(plan, one) for one in others)}.")
    return told


def _why(plan: Plan, measure: Measure) -> str:
    """How the input is lost today."""
    graph, known = plan.known.graph, plan.known
    buyer = graph["organisations"]["label"].iloc[plan.buyer(measure)]
    capability = in_a_sentence(graph["capabilities"]["label"].iloc[plan.capability(measure)])
    suppliers = known.suppliers(measure.input_row)
    if len(suppliers) == 1:
        return f"{buyer} gets {capability} from {names(plan.problem, suppliers)} alone, as far as known."
    failing = names(plan.problem, plan.problem.failing[measure.input_row])
    return f"{names(plan.problem, suppliers)} supply {buyer} with {capability}, but all hang on {failing}."


def _action(plan: Plan, step: Step, measure: Measure) -> str:
    graph = plan.known.graph
    buyer = graph["organisations"]["label"].iloc[plan.buyer(measure)]
    capability = in_a_sentence(graph["capabilities"]["label"].iloc[plan.capability(measure)])
    if measure.supplier == SECURED:
        return f"Agree with {buyer} on that stock of {capability}, and on who pays for it."
    one = step.suppliers[measure]
    name = graph["organisations"]["label"].iloc[measure.supplier]
    if one.status == "inferred":
        return f"Ask {name} whether it delivers {capability}: its projects suggest it, nobody has said so."
    return f"Bring {buyer} and {name} together for samples and an offer."


def _with_whom(plan: Plan, step: Step, measure: Measure) -> str:
    graph = plan.known.graph
    labels = graph["organisations"]["label"]
    if measure.supplier != SECURED:
        one = step.suppliers[measure]
        return f"{labels.iloc[one.organisation]}, {one.place}: {one.reason}"
    if any(other.supplier != SECURED for other in plan.alternatives(measure)):
        return ""
    return _research(plan, plan.capability(measure))


def _research(plan: Plan, capability: int) -> str:
    """Who could help to develop what nobody else offers."""
    labels = plan.known.graph["organisations"]["label"]
    found = [f"{labels.iloc[one.organisation]}, {one.place}: {one.reason}" for one in plan.research(capability)]
    return f"To develop a second source: {'. '.join(found)}" if found else ""


def verdict(plan: Plan, choice: Choice, budget: float, who: str) -> str:
    """Return what the plan comes to in two sentences; `who` names whom the failures stop."""
    problem = plan.problem
    if problem.total == 0:
        return f"No single failure among the known suppliers stops {who}: there is nothing to mend."
    count = int((problem.weight > 0).sum())
    total = plural(count, "single failure")
    measures = [measure for step in plan.steps for measure in step.measures]
    if not measures:
        return f"No measure within an effort of {effort(budget)} removes any of {total} that stop {who}."
    new = sum(measure.supplier != SECURED for measure in measures)
    said = [plural(new, "new link")] if new else []
    said += [plural(len(measures) - new, "secured link")] if len(measures) > new else []
    cost = effort(sum(step.cost for step in plan.steps))
    pairs = sum(len(step.nodes) for step in plan.steps)
    part = f"all {total}" if pairs == count > 1 else f"{pairs:,} of {total}"
    remove = "removes" if len(measures) == 1 else "remove"
    stop = "stops" if count == 1 else "stop"
    return f"{listed(said)} with an effort of {cost} {remove} {part} that {stop} {who}. {_how_good(plan, choice)}"


def _how_good(plan: Plan, choice: Choice) -> str:
    if choice.proven and len(plan.problem.weight) <= CHEAPEST:
        return "No choice within the budget removes more, and none that removes as much takes less."
    if choice.proven:
        return "No choice within the budget removes more."
    return f"No choice within the budget can remove over {choice.bound / choice.removed - 1:.1%} more."
