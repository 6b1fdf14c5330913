"""The chosen fixes as steps: what to do, with whom, which failures go, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._candidates import Candidate, candidates_for
from valuechain.analyses._failure import Dependencies
from valuechain.analyses._fixes_greedy import steps
from valuechain.analyses._fixes_measures import SECURED, Measure
from valuechain.analyses._fixes_problem import Problem
from valuechain.model.language import listed
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Integers


NAMED = 3
"""So many research organisations are named for what nobody else offers."""


@dataclass(frozen=True, eq=False)
class Step:
    """Measures that belong together, and the failures that they remove after the steps before: nodes of the problem.

    `suppliers` holds who the new suppliers are. `confidence` is the lowest of the lost inputs and offers behind it,
    `status` the least certain.
    """

    measures: tuple[Measure, ...]
    suppliers: dict[Measure, Candidate]
    nodes: Integers
    confidence: float
    status: str
    evidence: tuple[int, ...]

    @property
    def cost(self) -> float:
        """Effort in all."""
        return sum(measure.cost for measure in self.measures)


@dataclass(frozen=True, eq=False)
class Plan:
    """The steps of one choice, in the order in which to begin."""

    problem: Problem
    steps: tuple[Step, ...]

    @property
    def known(self) -> Dependencies:
        return self.problem.known

    @cached_property
    def _lost_for_good(self) -> Integers:
        """Rows of the problem that stay lost although every measure is taken."""
        net, on = self.problem.net, self.problem.going_on(~self.problem.nothing)
        holds = (net.entry_node < 0) | on[net.entry_node]
        supported = np.bincount(net.entry_row[holds], minlength=len(net.row_node)) > 0
        return np.flatnonzero(~supported & ~on[net.row_node])

    def unmended(self, failed: int) -> list[int]:
        """Return the capabilities that one failure takes away whatever is done."""
        rows = self._lost_for_good[self.problem.failed[self.problem.net.row_node[self._lost_for_good]] == failed]
        capabilities = self.known.inputs["capability"].iloc[sorted(set(self.problem.row_input[rows].tolist()))]
        return list(dict.fromkeys(capabilities.tolist()))

    def research(self, capability: int) -> list[Candidate]:
        """Return the best research organisations that could help to develop a capability."""
        found = candidates_for(self.known.graph, [capability], self.known.graph.organisation).get(capability)
        return [] if found is None else found.choose(found.research).best(NAMED)

    def alternatives(self, measure: Measure) -> list[Measure]:
        """Return what else would keep the input coming in all failures that take it away, the cheapest first."""
        failing = self.problem.failing[measure.input_row]
        others = self.problem.market.others(measure.input_row, failing, self.problem.others_stopped)
        return [one for one in others if one.supplier != measure.supplier]

    def capability(self, measure: Measure) -> int:
        """Return the capability that a measure is about."""
        return int(self.known.inputs["capability"].iloc[measure.input_row])

    def buyer(self, measure: Measure) -> int:
        """Return whose input it is."""
        return int(self.known.inputs["buyer"].iloc[measure.input_row])


def plan(problem: Problem, taken: Booleans) -> Plan:
    """Return chosen measures as a plan."""
    told = steps(problem, taken)
    return Plan(
        problem,
        tuple(_step(problem, [problem.measures[one] for one in measures], nodes) for measures, nodes in told),
    )


def _step(problem: Problem, measures: Sequence[Measure], nodes: Integers) -> Step:
    """A step with what it rests on: the inputs it is about, those that are lost by whom it keeps going, the offers."""
    rows = sorted({*(measure.input_row for measure in measures), *problem.behind(nodes)})
    inputs = problem.known.inputs.iloc[rows]
    suppliers = {one: _candidate(problem, one) for one in measures if one.supplier != SECURED}
    offers = suppliers.values()
    evidence = (record for one in offers for record in one.evidence)
    return Step(
        tuple(measures),
        suppliers,
        nodes,
        float(min([*inputs["confidence"], *(one.confidence for one in offers)])),
        least_certain([*inputs["status"], *(one.status for one in offers)]),
        tuple(dict.fromkeys((*problem.known.evidence(rows), *evidence))),
    )


def _candidate(problem: Problem, measure: Measure) -> Candidate:
    """The new supplier of a measure, with what speaks for it."""
    graph = problem.known.graph
    buyer, capability = (int(problem.known.inputs[name].iloc[measure.input_row]) for name in ("buyer", "capability"))
    ranking = replace(
        candidates_for(graph, [capability], buyer)[capability].among([measure.supplier]),
        partner=str(graph["organisations"]["label"].iloc[buyer]),
    )
    (found,) = ranking.best(1)
    return replace(found, reason="; ".join(part for part in (measure.relation, found.reason) if part))


def names(problem: Problem, organisations: Sequence[int], most: int = 3) -> str:
    """Return organisations as a sentence lists them."""
    labels = problem.known.graph["organisations"]["label"]
    return listed(labels.iloc[list(dict.fromkeys(organisations))], most)
