"""The plan, the frontier, and the failures that go or stay, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import in_a_sentence
from valuechain.analyses._fixes_exact import Choice
from valuechain.analyses._fixes_measures import SECURED
from valuechain.analyses._fixes_plan import Plan, names
from valuechain.analyses._fixes_words import measure_words
from valuechain.analyses._words import itemised
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans

STEP_COLUMNS = (
    Column("step", "integer", "In which order to begin; rows of one step belong together"),
    Column("measure", "text", "New link: a further supplier; secured link: a stock that bridges"),
    Column("input", "text", "What is lost today"),
    Column("input_key", "key", "Its key"),
    Column("buyer", "text", "Whose input it is"),
    Column("buyer_key", "key", "Its key"),
    Column("supplier", "text", "Who is to supply it; for a secured link, who does today"),
    Column("supplier_key", "key", "Its key, of a new supplier"),
    Column("place", "text", "Where the new supplier lies"),
    Column("reason", "text", "Why this one"),
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
    return Table.from_rows("steps", "What to do, in this order", STEP_COLUMNS, _step_rows(plan))


def _step_rows(plan: Plan) -> Iterator[dict[str, Any]]:
    graph, problem = plan.known.graph, plan.problem
    organisations, capabilities = graph["organisations"], graph["capabilities"]
    spent, removed = 0.0, 0
    for number, step in enumerate(plan.steps, start=1):
        removed += len(step.nodes)
        for measure in step.measures:
            spent += measure.cost
            buyer, capability = plan.buyer(measure), plan.capability(measure)
            row: dict[str, Any] = {
                "step": number,
                "measure": "secured link",
                "input": capabilities["label"].iloc[capability],
                "input_key": capabilities["key"].iloc[capability],
                "buyer": organisations["label"].iloc[buyer],
                "buyer_key": organisations["key"].iloc[buyer],
                "supplier": names(problem, plan.known.suppliers(measure.input_row)),
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
            if measure.supplier != SECURED:
                one = step.suppliers[measure]
                row |= {
                    "measure": "new link",
                    "supplier": organisations["label"].iloc[measure.supplier],
                    "supplier_key": organisations["key"].iloc[measure.supplier],
                    "place": one.place,
                    "reason": one.reason,
                }
            yield row


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
    return Table.from_rows("frontier", "What more effort removes", FRONTIER_COLUMNS, rows)


def removed_table(plan: Plan) -> Table:
    """Return the failures that the plan removes, step by step."""
    rows = (
        _pair(plan, node) | {"step": number}
        for number, step in enumerate(plan.steps, start=1)
        for node in step.nodes.tolist()
    )
    return Table.from_rows("removed", "Single failures that the plan removes", REMOVED_COLUMNS, rows)


def _pair(plan: Plan, node: int) -> dict[str, Any]:
    problem, graph = plan.problem, plan.known.graph
    organisations, labels = graph["organisations"], graph["capabilities"]["label"]
    rows = problem.row_input[problem.net.row_start[node] : problem.net.row_start[node + 1]].tolist()
    inputs = plan.known.inputs.iloc[rows]
    return {
        "fails": organisations["label"].iloc[problem.failed[node]],
        "fails_key": organisations["key"].iloc[problem.failed[node]],
        "stops": organisations["label"].iloc[problem.stopped[node]],
        "stops_key": organisations["key"].iloc[problem.stopped[node]],
        "loses": itemised(labels.iloc[inputs["capability"]]),
        "status": least_certain(inputs["status"]),
        "evidence": plan.known.evidence(rows),
    }


def left_table(plan: Plan, taken: Booleans) -> Table:
    """Return who still stops others after the plan, the most first, and why."""
    problem = plan.problem
    weighed = problem.weight > 0
    left = ~problem.going_on(taken) & weighed
    never = ~problem.going_on(~problem.nothing) & weighed
    rows = []
    for failed in dict.fromkeys(problem.failed[left].tolist()):
        nodes = np.flatnonzero(left & (problem.failed == failed))
        rows.append(_left_row(plan, failed, nodes, np.flatnonzero(never & (problem.failed == failed))))
    rows.sort(key=lambda row: -row["stops"])
    return Table.from_rows("left", "Single failures that stay", LEFT_COLUMNS, rows)


def _left_row(plan: Plan, failed: int, nodes: np.ndarray, never: np.ndarray) -> dict[str, Any]:
    problem, graph = plan.problem, plan.known.graph
    net, labels = problem.net, graph["capabilities"]["label"]
    rows = [row for node in nodes for row in range(net.row_start[node], net.row_start[node + 1])]
    inputs = plan.known.inputs.iloc[sorted(set(problem.row_input[rows].tolist()))]
    without = plan.unmended(failed)
    reason = "beyond the budget" if len(nodes) > len(never) else ""
    if len(never):
        lacking = itemised(in_a_sentence(labels.iloc[one]) for one in without)
        reason = "; ".join(part for part in (reason, f"nobody else who goes on is known to offer: {lacking}") if part)
    return {
        "fails": graph["organisations"]["label"].iloc[failed],
        "fails_key": graph["organisations"]["key"].iloc[failed],
        "stops": len(nodes),
        "who": names(problem, problem.stopped[nodes].tolist(), 5),
        "never": len(never),
        "reason": reason,
        "develop_with": names(problem, [one.organisation for cap in without for one in plan.research(cap)], 3),
        "status": least_certain(inputs["status"]),
        "evidence": plan.known.evidence(inputs.index),
    }
