"""The best choice of fixes within a budget, as an integer program with a proven bound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, vstack

from valuechain.analyses._fixes_problem import Problem
from valuechain.analyses._quiet import quiet

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

    from valuechain.model.arrays import Booleans, Floats

NODES = 200
"""The search for the optimum ends after so many branches, counted so that the answer does not depend on the machine."""

CHEAPEST = 1000
"""Up to so many pairs the search goes on until no choice that removes as much is cheaper either."""

CLOSE = 0.4
"""Beyond, it ends when the bound is so near that no choice removes one more."""


@dataclass(frozen=True, eq=False)
class Choice:
    """Measures that were chosen within a budget, what they remove, and the most that any choice could remove."""

    taken: Booleans
    cost: float
    removed: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no choice within the budget removes more."""
        return self.removed >= self.bound


@dataclass(frozen=True, eq=False)
class Program:
    """A problem as a linear program with binaries.

    Variables: each measure (taken or not), each node (goes on or not), and each entry of `Problem.net` that needs both
    a measure and a node. A node goes on only as far as each of its rows is supported; only the measures are binaries,
    for with them fixed the largest solution, reached from all ones by applying the rows again and again, is made of
    zeros and ones: it is the greatest fixed point of the cascade.
    """

    problem: Problem

    def best(self, budget: float) -> Choice:
        """Return the choice that removes most within `budget`, of several the cheapest."""
        solution = self._solved(budget, integral=True)
        taken = np.zeros(len(self.problem.measures), dtype=bool)
        if solution.x is not None:
            taken = solution.x[: len(taken)] > 0.5
        removed = self.problem.removed(taken)
        return Choice(taken, self.problem.cost(taken), removed, max(removed, self._upper(solution.mip_dual_bound)))

    def bound(self, budget: float) -> int:
        """Return a weight that no choice within `budget` can exceed: the optimum if measures could be taken in part."""
        return self._upper(self._solved(budget, integral=False).fun)

    def _upper(self, value: float) -> int:
        """The largest whole weight that a value of the objective allows for; costs make up less than one half of it."""
        return min(self.problem.removable, int(np.floor(0.5 + 1e-6 - value)))

    def _solved(self, budget: float, integral: bool) -> OptimizeResult:
        from scipy.optimize import Bounds, LinearConstraint, milp

        problem = self.problem
        measures = len(problem.measures)
        variables = self._rows.shape[1]
        costs = np.concatenate([problem.costs, np.zeros(variables - measures)])
        limits = np.zeros(self._rows.shape[0] + 1)
        limits[-1] = budget
        with quiet():
            solution = milp(
                self._objective,
                integrality=(np.arange(variables) < measures).astype(int) if integral else None,
                bounds=Bounds(0, 1),
                constraints=LinearConstraint(vstack([self._rows, csr_array(costs[None, :])]), ub=limits),
                options={"node_limit": NODES, "mip_rel_gap": self._gap} if integral else {},
            )
        return solution

    @property
    def _gap(self) -> float:
        return 0.0 if len(self.problem.weight) <= CHEAPEST else CLOSE / max(1, self.problem.total)

    @cached_property
    def _objective(self) -> Floats:
        """To be made small: less the weight that goes on, plus so little of the cost that it decides between equals."""
        problem = self.problem
        both = self._rows.shape[1] - len(problem.costs) - len(problem.weight)
        share = 0.5 / max(problem.costs.sum(), 1e-9)
        return np.concatenate([share * problem.costs, -problem.weight.astype(float), np.zeros(both)])

    @cached_property
    def _rows(self) -> csr_array:
        """Sums that must not exceed 0: node - support of each of its rows; entries - their measure, - their node."""
        net = self.problem.net
        measures, nodes, rows = len(self.problem.measures), len(self.problem.weight), len(net.row_node)
        both = np.flatnonzero((net.entry_measure >= 0) & (net.entry_node >= 0))
        variable = np.where(net.entry_node >= 0, measures + net.entry_node, net.entry_measure)
        variable[both] = measures + nodes + np.arange(len(both))
        extra = rows + np.arange(2 * len(both))
        row = np.concatenate([np.arange(rows), net.entry_row, extra, extra])
        column = np.concatenate(
            [
                *(measures + net.row_node, variable, variable[both], variable[both]),
                *(net.entry_measure[both], measures + net.entry_node[both]),
            ]
        )
        sign = np.concatenate([np.ones(rows), -np.ones(len(variable)), np.ones(len(extra)), -np.ones(len(extra))])
        return csr_array((sign, (row, column)), shape=(rows + len(extra), measures + nodes + len(both)))
