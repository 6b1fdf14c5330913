"""What each budget removes: exactly where the program is small enough, else from the greedy order with a bound."""

from __future__ import annotations

from valuechain.analyses._fixes_exact import Choice, Program
from valuechain.analyses._fixes_greedy import greedy
from valuechain.analyses._fixes_problem import Problem
from valuechain.model.watching import tell

POINTS = 10
"""The frontier is looked for at every tenth of the budget."""

EXACT = 5000
"""The exact program is solved up to so many pairs of who fails and who stops."""


def frontier(problem: Problem, budget: float) -> list[Choice]:
    """Return the choices for the tenths of `budget`, each once, the least first; the last is the one for all of it.

    Up to EXACT pairs each is the optimum of the integer program, or the best that was found, with the bound that was
    proven. Beyond, it is the greedy choice, and the bound that of the linear program.
    """
    if problem.removable == 0:
        return [Choice(problem.nothing, 0.0, 0, 0)]
    budgets = [budget * part / POINTS for part in range(1, POINTS + 1)]
    return _exact(problem, budgets) if len(problem.weight) <= EXACT else _greedy(problem, budgets)


def _exact(problem: Problem, budgets: list[float]) -> list[Choice]:
    """From the largest budget down; what costs less than the next smaller one is the best for that too."""
    program = Program(problem)
    found: list[Choice] = []
    for done, budget in enumerate(reversed(budgets), start=1):
        if not found or found[-1].cost > budget:
            found.append(program.best(budget))
        tell(done, len(budgets))
    return found[::-1]


def _greedy(problem: Problem, budgets: list[float]) -> list[Choice]:
    program = Program(problem)
    growing = [(problem.cost(taken), problem.removed(taken), taken) for taken in greedy(problem, budgets[-1])]
    found: dict[tuple[float, int], Choice] = {}
    for budget in budgets:
        fitting = [one for one in growing if one[0] <= budget]
        if fitting:
            cost, removed, taken = max(fitting, key=lambda one: (one[1], -one[0]))
            found[cost, removed] = Choice(taken, cost, removed, max(removed, program.bound(budget)))
    return [*found.values()] or [Choice(problem.nothing, 0.0, 0, program.bound(budgets[-1]))]
