"""The steps of a plan as an advisor would say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from valuechain.analyses._fixes_exact import CHEAPEST, Choice
from valuechain.analyses._fixes_measures import SECURED, Measure, NewLink
from valuechain.analyses._fixes_plan import Plan, Step, names
from valuechain.analyses._words import less_sure
from valuechain.model.language import in_a_sentence, listed, plural, say, separated
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
    deeds = listed((_deed(plan, step, measure) for measure in step.measures), len(step.measures))
    return Finding(
        kind="fix",
        severity=less_sure(_severity(plan, step), step.confidence),
        confidence=round(step.confidence, 3),
        subjects=tuple(dict.fromkeys(things)),
        title=f"{deeds[0].upper()}{deeds[1:]}: {_effect(plan, step)}",
        explanation=" ".join(_explanation(plan, step)),
        action=" ".join(_action(plan, step, measure) for measure in step.measures),
        with_whom=tuple(name for measure in step.measures for name in _with_whom(plan, step, measure)),
        status=step.status,
        evidence=step.evidence,
    )


def measure_words(plan: Plan, measure: Measure) -> str:
    """Return a measure in a few words: "Novoptik as supplier (effort 1.1, offer 90% sure)"."""
    if measure.supplier == SECURED:
        return say("{basis} (effort {effort})", basis=measure.basis, effort=effort(measure.cost))
    return say(
        "{name} as supplier (effort {effort}, {offer})",
        name=plan.known.graph["organisations"]["label"].iloc[measure.supplier],
        effort=effort(measure.cost),
        offer=measure.follows_from.offer if isinstance(measure.follows_from, NewLink) else "",
    )


def effort(cost: float) -> str:
    """Return an effort as text, rounded as far as it makes a difference."""
    return separated(cost, ",.2f" if cost < 10 else ",.0f")


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
    told = {"capability": capability, "buyer": labels.iloc[plan.buyer(measure)]}
    if measure.supplier == SECURED:
        return say("secure the {capability} of {buyer} by stock", **told)
    told["supplier"] = labels.iloc[measure.supplier]
    second = len(plan.known.suppliers(measure.input_row)) == 1
    if step.suppliers[measure].status == "inferred":
        if second:
            return say("try {supplier} as second supplier of {capability} for {buyer}", **told)
        return say("try {supplier} as further supplier of {capability} for {buyer}", **told)
    if second:
        return say("qualify {supplier} as second supplier of {capability} for {buyer}", **told)
    return say("qualify {supplier} as further supplier of {capability} for {buyer}", **told)


def _effect(plan: Plan, step: Step) -> str:
    """Whose failure no longer stops whom."""
    problem = plan.problem
    fails = list(dict.fromkeys(problem.failed[step.nodes].tolist()))
    first = [plan.buyer(measure) for measure in step.measures]
    stops = sorted(dict.fromkeys(problem.stopped[step.nodes].tolist()), key=lambda one: one not in first)
    labels = plan.known.graph["organisations"]["label"]
    told = {"failed": _either(list(labels.iloc[fails])), "stopped": names(problem, stops)}
    if len(stops) > 2:
        told["stopped"] = say(
            "{name} and {others}", name=names(problem, stops[:1]), others=plural(len(stops) - 1, "other")
        )
    if any(one.status == "inferred" for one in step.suppliers.values()):
        return say("if it delivers, the failure of {failed} no longer stops {stopped}", **told)
    return say("then the failure of {failed} no longer stops {stopped}", **told)


def _either(names: Sequence[str]) -> str:
    """One of some names: "A", "A or B", "A or B or 3 more"."""
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return say("{first} or {second}", first=names[0], second=names[1])
    return say("{first} or {second} or {more} more", first=names[0], second=names[1], more=len(names) - 2)


def _explanation(plan: Plan, step: Step) -> list[str]:
    """Why each measure, how many failures go, and what it takes."""
    problem = plan.problem
    told = [_why(plan, measure) for measure in step.measures]
    stops = problem.stopped[step.nodes].tolist()
    if len(set(stops)) > 2:
        told.append(say("These go on: {names}.", names=names(problem, stops, 6)))
    told.append(_effort(step))
    for measure in step.measures:
        others = [measure_words(plan, one) for one in plan.alternatives(measure)[:2]]
        if len(others) > 1:
            told.append(say("Instead: {first}; or {second}.", first=others[0], second=others[1]))
        elif others:
            told.append(say("Instead: {first}.", first=others[0]))
    return told


def _effort(step: Step) -> str:
    basis = "; ".join(measure.basis for measure in step.measures)
    if len(step.nodes) == 1:
        return say("Effort {effort}: {basis}.", effort=effort(step.cost), basis=basis)
    return say(
        "{failures} fewer; effort {effort}: {basis}.",
        failures=plural(len(step.nodes), "single failure"),
        effort=effort(step.cost),
        basis=basis,
    )


def _why(plan: Plan, measure: Measure) -> str:
    """How the input is lost today."""
    graph, known = plan.known.graph, plan.known
    suppliers = known.suppliers(measure.input_row)
    told = {
        "buyer": graph["organisations"]["label"].iloc[plan.buyer(measure)],
        "capability": in_a_sentence(graph["capabilities"]["label"].iloc[plan.capability(measure)]),
        "suppliers": names(plan.problem, suppliers),
    }
    if len(suppliers) == 1:
        return say("{buyer} gets {capability} from {suppliers} alone, as far as known.", **told)
    failing = names(plan.problem, plan.problem.failing[measure.input_row])
    return say("{suppliers} supply {buyer} with {capability}, but all hang on {failing}.", failing=failing, **told)


def _action(plan: Plan, step: Step, measure: Measure) -> str:
    graph = plan.known.graph
    buyer = graph["organisations"]["label"].iloc[plan.buyer(measure)]
    capability = in_a_sentence(graph["capabilities"]["label"].iloc[plan.capability(measure)])
    if measure.supplier == SECURED:
        return say(
            "Agree with {buyer} on that stock of {capability}, and on who pays for it.",
            buyer=buyer,
            capability=capability,
        )
    one = step.suppliers[measure]
    name = graph["organisations"]["label"].iloc[measure.supplier]
    if one.status == "inferred":
        return say(
            "Ask {name} whether it delivers {capability}: its projects suggest it, nobody has said so.",
            name=name,
            capability=capability,
        )
    return say("Bring {buyer} and {supplier} together for samples and an offer.", buyer=buyer, supplier=name)


def _with_whom(plan: Plan, step: Step, measure: Measure) -> tuple[str, ...]:
    graph = plan.known.graph
    labels = graph["organisations"]["label"]
    if measure.supplier != SECURED:
        one = step.suppliers[measure]
        return (f"{labels.iloc[one.organisation]}, {one.place}: {one.reason}",)
    if any(other.supplier != SECURED for other in plan.alternatives(measure)):
        return ()
    return _research(plan, plan.capability(measure))


def _research(plan: Plan, capability: int) -> tuple[str, ...]:
    """Who could help to develop what nobody else offers."""
    labels = plan.known.graph["organisations"]["label"]
    return tuple(
        say("To develop a second source: {name}", name=f"{labels.iloc[one.organisation]}, {one.place}: {one.reason}")
        for one in plan.research(capability)
    )


def verdict(plan: Plan, choice: Choice, budget: float, who: str) -> str:
    """Return what the plan comes to in two sentences; `who` names whom the failures stop."""
    problem = plan.problem
    if problem.total == 0:
        return say("No single failure among the known suppliers stops {who}: there is nothing to mend.", who=who)
    count = int((problem.weight > 0).sum())
    total = plural(count, "single failure")
    measures = [measure for step in plan.steps for measure in step.measures]
    if not measures:
        return say(
            "No measure within an effort of {effort} removes any of {failures} that stop {who}.",
            effort=effort(budget),
            failures=total,
            who=who,
        )
    new = sum(measure.supplier != SECURED for measure in measures)
    taken = [plural(new, "new link")] if new else []
    taken += [plural(len(measures) - new, "secured link")] if len(measures) > new else []
    told: dict[str, object] = {
        "measures": listed(taken),
        "effort": effort(sum(step.cost for step in plan.steps)),
        "removed": sum(len(step.nodes) for step in plan.steps),
        "failures": total,
        "who": who,
    }
    return f"{_removed(told, len(measures), count)} {_how_good(plan, choice)}"


def _removed(told: Mapping[str, object], measures: int, failures: int) -> str:
    if told["removed"] == failures > 1:
        if measures == 1:
            return say("{measures} with an effort of {effort} removes all {failures} that stop {who}.", **told)
        return say("{measures} with an effort of {effort} remove all {failures} that stop {who}.", **told)
    if failures == 1:
        if measures == 1:
            return say(
                "{measures} with an effort of {effort} removes {removed:,} of {failures} that stops {who}.", **told
            )
        return say("{measures} with an effort of {effort} remove {removed:,} of {failures} that stops {who}.", **told)
    if measures == 1:
        return say("{measures} with an effort of {effort} removes {removed:,} of {failures} that stop {who}.", **told)
    return say("{measures} with an effort of {effort} remove {removed:,} of {failures} that stop {who}.", **told)


def _how_good(plan: Plan, choice: Choice) -> str:
    if choice.proven and len(plan.problem.weight) <= CHEAPEST:
        return say("No choice within the budget removes more, and none that removes as much takes less.")
    if choice.proven:
        return say("No choice within the budget removes more.")
    return say("No choice within the budget can remove over {more:.1%} more.", more=choice.bound / choice.removed - 1)
