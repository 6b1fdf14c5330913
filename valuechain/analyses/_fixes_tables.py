"""The plan, the frontier, and the failures that go or stay, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._fixes_exact import Choice
from valuechain.analyses._fixes_measures import SECURED
from valuechain.analyses._fixes_plan import Plan, names
from valuechain.analyses._fixes_words import measure_words
from valuechain.analyses._organisations import shown
from valuechain.analyses._words import itemised
from valuechain.model.language import in_a_sentence, say
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers

LISTED = 1000
"""So many failures that go or stay are listed."""

STEP_COLUMNS = (
    Column("step", "integer", "In which order to begin; rows of one step belong together"),
    Column("measure", "text", "New link: a further supplier; secured link: a stock that bridges"),
    Column("input", "text", "What is lost today"),
    Column("input_key", "key", "Its key"),
    Column("buyer", "text", "Whose input it is"),
    Column("buyer_key", "key", "Its key"),
    Column("supplier", "text", "Who is to supply it; for a secured link, who does today"),
    Column("effort", "number", "What the measure takes", "effort"),
    Column("basis", "text", "What that follows from"),
    Column("effort_so_far", "number", "Effort of this row and all before", "effort"),
    Column("removes", "integer", "Single failures that the whole step removes", "failures"),
    Column("removes_so_far", "integer", "Those of all steps to here", "failures"),
    Column("fails", "text", "Whose failure no longer stops somebody"),
    Column("goes_on", "text", "Who no longer stops"),
    Column("instead", "text", "The cheapest other measure that would do"),
    Column("confidence", "number", "How sure the least sure record of the step is", "0..1"),
    STATUS,
)

SUPPLIER_COLUMNS = (
    Column("step", "integer", "The step of the plan"),
    Column("input", "text", "What it is to supply"),
    Column("organisation", "text", "The new supplier"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("reason", "text", "Why this one"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)

FRONTIER_COLUMNS = (
    Column("effort", "number", "What the choice takes", "effort"),
    Column("new_links", "integer", "New suppliers in it", "links"),
    Column("secured_links", "integer", "Inputs secured by stock in it", "links"),
    Column("removed", "integer", "Single failures that it removes", "failures"),
    Column("risk_removed", "number", "Their share of the weight of all single failures", "0..1"),
    Column("at_most", "number", "No choice of this effort removes a larger share", "0..1"),
    Column("proven", "boolean", "Whether no other choice removes more"),
    STATUS,
)

REMOVED_COLUMNS = (
    Column("step", "integer", "The step that removes it"),
    Column("fails", "text", "Who fails"),
    Column("fails_key", "key", "Its key"),
    Column("stops", "text", "Who stops today, and goes on after that step"),
    Column("stops_key", "key", "Its key"),
    Column("loses", "text", "What it loses today"),
    STATUS,
)

LEFT_COLUMNS = (
    Column("fails", "text", "Who fails"),
    Column("fails_key", "key", "Its key"),
    Column("stops", "integer", "Others that still stop", "organisations"),
    Column("who", "text", "Who they are"),
    Column("never", "integer", "Of these, those whom no measure helps at any budget", "organisations"),
    Column("reason", "text", "Why they still stop"),
    Column("develop_with", "text", "Who does research on what nobody else offers"),
    STATUS,
)


def step_table(plan: Plan) -> Table:
    """Return the measures of the plan in the order in which to begin."""
    return Table.from_rows("steps", say("What to do, in this order"), STEP_COLUMNS, _step_rows(plan))


def _step_rows(plan: Plan) -> Iterator[dict[str, Any]]:
    graph, problem = plan.known.graph, plan.problem
    organisations, capabilities = graph["organisations"], graph["capabilities"]
    spent, removed = 0.0, 0
    for number, step in enumerate(plan.steps, start=1):
        removed += len(step.nodes)
        for measure in step.measures:
            spent += measure.cost
            buyer, capability = plan.buyer(measure), plan.capability(measure)
            new = step.suppliers.get(measure)
            yield {
                "step": number,
                "measure": "new link" if new else "secured link",
                "input": capabilities["label"].iloc[capability],
                "input_key": capabilities["key"].iloc[capability],
                "buyer": organisations["label"].iloc[buyer],
                "buyer_key": organisations["key"].iloc[buyer],
                "supplier": names(problem, [new.organisation] if new else plan.known.suppliers(measure.input_row)),
                "effort": round(measure.cost, 3),
                "basis": measure.basis,
                "effort_so_far": round(spent, 3),
                "removes": len(step.nodes),
                "removes_so_far": removed,
                "fails": names(problem, problem.failed[step.nodes].tolist(), 5),
                "goes_on": names(problem, problem.stopped[step.nodes].tolist(), 5),
                "instead": "; ".join(measure_words(plan, one) for one in plan.alternatives(measure)[:1]),
                "confidence": round(step.confidence, 3),
                "status": step.status,
                "evidence": step.evidence,
            }


def supplier_table(plan: Plan) -> Table:
    """Return the new suppliers of the plan; each row rests on what is known of the supplier alone."""
    organisations, labels = shown(plan.known.graph), plan.known.graph["capabilities"]["label"]
    rows = (
        organisations[one.organisation]
        | {
            "step": number,
            "input": labels.iloc[plan.capability(measure)],
            "reason": one.reason,
            "confidence": round(one.confidence, 3),
            "status": one.status,
            "evidence": one.evidence,
        }
        for number, step in enumerate(plan.steps, start=1)
        for measure, one in step.suppliers.items()
    )
    return Table.from_rows("suppliers", say("Who is to become a supplier"), SUPPLIER_COLUMNS, rows)


def frontier_table(plan: Plan, choices: Sequence[Choice]) -> Table:
    """Return what more and more effort removes."""
    problem = plan.problem
    supplier = np.array([measure.supplier for measure in problem.measures], dtype=np.int64)
    rows = []
    for choice in choices if problem.total else ():
        taken = choice.taken
        on = problem.going_on(taken) & (problem.weight > 0)
        inputs = problem.known.inputs.iloc[[problem.measures[one].input_row for one in np.flatnonzero(taken)]]
        rows.append(
            {
                "effort": round(choice.cost, 3),
                "new_links": int((supplier[taken] != SECURED).sum()),
                "secured_links": int((supplier[taken] == SECURED).sum()),
                "removed": int(on.sum()),
                "risk_removed": round(choice.removed / problem.total, 4),
                "at_most": round(choice.bound / problem.total, 4),
                "proven": choice.proven,
                "status": least_certain(inputs["status"]),
                "evidence": problem.known.evidence(inputs.index),
            }
        )
    return Table.from_rows("frontier", say("What more effort removes"), FRONTIER_COLUMNS, rows)


def removed_table(plan: Plan) -> Table:
    """Return the failures that the plan removes, step by step: the first LISTED, the rest counted."""
    problem = plan.problem
    pairs = [(number, node) for number, step in enumerate(plan.steps, start=1) for node in step.nodes.tolist()]
    organisations, labels = shown(plan.known.graph), plan.known.graph["capabilities"]["label"]
    rows = []
    for number, node in pairs[:LISTED]:
        inputs = _lost(plan, [node])
        fails, stops = organisations[problem.failed[node]], organisations[problem.stopped[node]]
        rows.append(
            {
                "step": number,
                "fails": fails["organisation"],
                "fails_key": fails["organisation_key"],
                "stops": stops["organisation"],
                "stops_key": stops["organisation_key"],
                "loses": itemised(labels.iloc[inputs["capability"]]),
                "status": least_certain(inputs["status"]),
                "evidence": plan.known.evidence(inputs.index),
            }
        )
    table = Table.from_rows("removed", say("Single failures that the plan removes"), REMOVED_COLUMNS, rows)
    return replace(table, cut=len(pairs) - len(rows))


def left_table(plan: Plan, taken: Booleans) -> Table:
    """Return who still stops others after the plan and why, the most first: the first LISTED, the rest counted."""
    problem = plan.problem
    weighed = problem.weight > 0
    left = np.flatnonzero(~problem.going_on(taken) & weighed)
    for_good = ~problem.going_on(~problem.nothing)
    failing, counts = np.unique(problem.failed[left], return_counts=True)
    order = failing[np.lexsort([failing, -counts])][:LISTED]
    rows = [_left_row(plan, int(failed), left[problem.failed[left] == failed], for_good) for failed in order]
    return replace(
        Table.from_rows("left", say("Single failures that stay"), LEFT_COLUMNS, rows), cut=len(failing) - len(rows)
    )


def _left_row(plan: Plan, failed: int, nodes: Integers, for_good: Booleans) -> dict[str, Any]:
    problem, graph = plan.problem, plan.known.graph
    inputs = _lost(plan, nodes.tolist())
    never = int(for_good[nodes].sum())
    without = plan.unmended(failed) if never else []
    reasons = [say("beyond the budget")] if len(nodes) > never else []
    if never:
        lacking = itemised(in_a_sentence(one) for one in graph["capabilities"]["label"].iloc[without])
        reasons.append(say("nobody else who goes on is known to offer: {lacking}", lacking=lacking))
    return {
        "fails": names(problem, [failed]),
        "fails_key": graph["organisations"]["key"].iloc[failed],
        "stops": len(nodes),
        "who": names(problem, problem.stopped[nodes].tolist(), 5),
        "never": never,
        "reason": "; ".join(reasons),
        "develop_with": names(problem, [one.organisation for cap in without for one in plan.research(cap)], 3),
        "status": least_certain(inputs["status"]),
        "evidence": plan.known.evidence(inputs.index),
    }


def _lost(plan: Plan, nodes: Sequence[int]) -> pd.DataFrame:
    """The inputs that some nodes lose."""
    net = plan.problem.net
    rows = [row for node in nodes for row in range(net.row_start[node], net.row_start[node + 1])]
    return plan.known.inputs.iloc[np.unique(plan.problem.row_input[rows])]
