"""What each budget removes: exactly where the program is small enough, else from the greedy order with a bound."""

from __future__ import annotations

from dataclasses import dataclass

from valuechain.analyses._fixes_exact import Choice, Program
from valuechain.analyses._fixes_greedy import cut_to, greedy
from valuechain.analyses._fixes_problem import Problem
from valuechain.model.watching import tell

POINTS = 10
"""The budget is cut into so many equal parts, each of them a point of the frontier."""

EXACT = 6000
"""The exact program is solved up to so many pairs of who fails and who stops."""


@dataclass(frozen=True)
class Point:
    """The choice for one budget."""

    budget: float
    choice: Choice


def frontier(problem: Problem, budget: float) -> list[Point]:
    """Return the choice for each tenth of `budget`, the least budget first.

    Up to EXACT pairs each is the optimum of the integer program, or the best that was found, with the bound that was
    proven. Beyond, it is the greedy choice, and the bound that of the linear program.
    """
    if problem.removable == 0:
        return [Point(budget, Choice(problem.nothing, 0.0, 0, 0))]
    budgets = [budget * part / POINTS for part in range(1, POINTS + 1)]
    if len(problem.weight) <= EXACT:
        return _exact(problem, budgets)
    return _greedy(problem, budgets)


def _exact(problem: Problem, budgets: list[float]) -> list[Point]:
    program = Program(problem)
    points: list[Point] = []
    for done, budget in enumerate(reversed(budgets), start=1):
        cheaper = points and points[-1].choice.proven and points[-1].choice.cost <= budget
        points.append(Point(budget, points[-1].choice if cheaper else program.best(budget)))
        tell(done, len(budgets))
    return points[::-1]


def _greedy(problem: Problem, budgets: list[float]) -> list[Point]:
    program = Program(problem)
    growing = list(greedy(problem, budgets[-1]))
    points = []
    for budget in budgets:
        taken = cut_to(problem, growing, budget)
        removed = problem.removed(taken)
        points.append(Point(budget, Choice(taken, problem.cost(taken), removed, max(removed, program.bound(budget)))))
    return points
