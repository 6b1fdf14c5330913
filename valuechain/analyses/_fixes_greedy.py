"""A good choice of fixes where the exact program is too large: bundles of measures, the best first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._fixes_problem import Problem
from valuechain.kernels.repair import gains, lost_without
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers

LARGEST_BUNDLE = 12
"""Bundles of more measures are not tried."""

PASSES = 4
"""So often the cheapest bundle of everybody is made better by those of its suppliers."""


def greedy(problem: Problem, budget: float) -> Iterator[Booleans]:
    """Yield growing choices within `budget`: each adds the bundle that removes most for its effort.

    A bundle keeps one organisation going in one failure; measures that are taken already cost nothing again. There is
    no guarantee: two measures may be worth nothing alone and much together, and of several inputs that are lost the
    cheapest way to mend each may not be the cheapest way to mend all. If one bundle alone that fits the budget removes
    more than all of them, it comes last, instead of them.
    """
    bundles = _Bundles(problem)
    taken, spent, removed = problem.nothing, 0.0, 0
    single = bundles.best(taken, budget, lambda added, rest: -added)
    while True:
        best = bundles.best(taken, budget - spent, lambda added, rest: -added / rest)
        if best is None:
            break
        taken = taken | best
        spent, removed = problem.cost(taken), problem.removed(taken)
        tell(int(1000 * min(1.0, spent / budget)), 1000)
        yield taken
    if single is not None and problem.removed(single) > removed:
        yield single


class _Bundles:
    """The bundles to choose from, in compressed form."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.members = _bundles(problem)
        sizes = np.array([len(one) for one in self.members], dtype=np.int64)
        self.start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.flat = np.array([measure for one in self.members for measure in one], dtype=np.int64)
        self.owner = np.repeat(np.arange(len(sizes)), sizes)

    def best(
        self, taken: Booleans, budget: float, worth: Callable[[Integers, Floats], Floats | Integers]
    ) -> Booleans | None:
        """Return the bundle of the least `worth` (of what it adds and still costs) that fits; None if nothing helps."""
        problem = self.problem
        rest = np.bincount(self.owner, np.where(taken, 0.0, problem.costs)[self.flat], len(self.members)).astype(float)
        fit = np.flatnonzero((rest > 0) & (rest <= budget))
        added = self._gains(taken, fit)
        fit, added = fit[added > 0], added[added > 0]
        if len(fit) == 0:
            return None
        best = fit[np.lexsort([fit, rest[fit], worth(added, rest[fit])])[0]]
        return np.isin(np.arange(len(taken)), self.members[best])

    def _gains(self, taken: Booleans, fit: Integers) -> Integers:
        """What each of the bundles `fit` removes in addition."""
        problem = self.problem
        sizes = self.start[fit + 1] - self.start[fit]
        first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        members = self.flat[np.repeat(self.start[fit] - first[:-1], sizes) + np.arange(first[-1])]
        found = gains(problem.net, taken, problem.going_on(taken), problem.weight, first, members)
        return np.asarray(found, dtype=np.int64)


def _bundles(problem: Problem) -> list[list[int]]:
    """Each measure, and sets that keep somebody going: the cheapest as far as suppliers' bundles tell, each once."""
    net = problem.net
    costs = problem.costs.tolist()
    nodes = len(problem.weight)
    rows = [range(net.row_start[node], net.row_start[node + 1]) for node in range(nodes)]
    starts, measures, others = net.entry_start.tolist(), net.entry_measure.tolist(), net.entry_node.tolist()
    best: list[frozenset[int] | None] = [None] * nodes

    def cost(bundle: frozenset[int]) -> float:
        return float(sum(costs[measure] for measure in bundle))

    def support(row: int) -> Iterator[frozenset[int]]:
        """The bundles that support a row, one for each of its entries."""
        for entry in range(starts[row], starts[row + 1]):
            own = frozenset() if measures[entry] < 0 else frozenset([measures[entry]])
            other = frozenset() if others[entry] < 0 else best[others[entry]]
            if other is not None and len(own) + len(other) <= LARGEST_BUNDLE:
                yield own | other

    # Each measure alone too: in a circle it can mend what no supplier's bundle leads to.
    found: dict[frozenset[int], None] = {frozenset([measure]): None for measure in range(len(costs))}
    for _ in range(PASSES):
        changed = False
        for node in range(nodes):
            parts = [min(support(row), key=lambda one: (cost(one), sorted(one)), default=None) for row in rows[node]]
            kept = [part for part in parts if part is not None]
            bundle = frozenset().union(*kept)
            if len(kept) < len(parts) or len(bundle) > LARGEST_BUNDLE:
                continue
            known = best[node]
            if known is None or cost(bundle) < cost(known) - 1e-12:
                best[node] = bundle
                found[bundle] = None
                changed = True
        if not changed:
            break
    return [sorted(one) for one in found if one]


def in_order(problem: Problem, taken: Booleans) -> list[int]:
    """Return chosen measures in the order in which to begin: what can wait with the least loss comes last."""
    left = taken.copy()
    order: list[int] = []
    while left.any():
        chosen = np.flatnonzero(left)
        lost = lost_without(problem.net, left, problem.weight)[chosen] / problem.costs[chosen]
        last = int(chosen[np.lexsort([-chosen, -problem.costs[chosen], lost])[0]])
        order.append(last)
        left[last] = False
    return order[::-1]


def steps(problem: Problem, taken: Booleans) -> list[tuple[list[int], Integers]]:
    """Return chosen measures in order, those together that remove nothing alone, each with the nodes it removes.

    What would remove nothing at all is not among them.
    """
    so_far, on = problem.nothing.copy(), problem.going_on(problem.nothing)
    found: list[tuple[list[int], Integers]] = []
    together: list[int] = []
    for measure in in_order(problem, taken):
        together.append(measure)
        so_far[measure] = True
        now = problem.going_on(so_far)
        new = np.flatnonzero(now & ~on & (problem.weight > 0))
        if len(new):
            found.append((together, new))
            together, on = [], now
    return found
