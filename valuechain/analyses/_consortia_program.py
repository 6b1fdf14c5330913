"""The best consortium as an integer program, and further ones that differ enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, triu

from valuechain.analyses._consortia_alike import Alike
from valuechain.analyses._consortia_problem import UNSUREST, Problem
from valuechain.analyses._quiet import quiet
from valuechain.analyses._sme import MAYBE, YES
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.analyses._call_requirements import Requirement
    from valuechain.model.arrays import Booleans, Floats, Integers

NODES = 20_000
"""The search for one consortium ends after so many branches, counted so that the answer is the same everywhere."""

SAME = 1e-6

TOLERANCE = 1e-5
"""Ten times as far as HiGHS may stray from bounds and whole numbers."""


@dataclass(frozen=True)
class Solution:
    """Positions of candidates that were chosen, what they cost, and whether nothing better exists."""

    members: tuple[int, ...]
    cost: float
    proven: bool


@dataclass(frozen=True, eq=False)
class Solutions:
    """Consortia, best first. `considered` candidates entered the program for the first, of `candidates` in all."""

    found: tuple[Solution, ...]
    candidates: int
    considered: int


def best_consortia(whole: Problem, most: int, different: float) -> Solutions:
    """Return up to `most` consortia, each the best of those that differ enough from all before.

    Each leaves out at least the share `different` (0..1, rounded up) of the members of every one found before, required
    members aside, and at least one. It ends where a further one would miss more of the rules than the first does.
    """
    used = np.zeros(len(whole.organisations), dtype=bool)
    reductions = [Alike(whole, strict=True), Alike(whole, strict=False)]
    found: list[Solution] = []
    considered = 0
    for number in range(most):
        tell(number, most)
        solution, looked_at = _next(whole, reductions, used, found, different)
        considered = considered or looked_at
        if solution is None or (found and _missing(whole, solution) > _missing(whole, found[0])):
            break
        found.append(solution)
        used[list(solution.members)] = True
    return Solutions(tuple(found), len(whole.organisations), considered)


def _next(
    whole: Problem, reductions: list[Alike], used: Booleans, found: list[Solution], different: float
) -> tuple[Solution | None, int]:
    """The best of what differs enough, and how many candidates were looked at for it.

    The strict reduction serves as long as nothing is missing; once something is, the other one does.
    """
    rows = reductions[0].kept(used)
    solution = solved(whole.choose(rows), [differing(whole, rows, one, different) for one in found])
    if len(reductions) > 1 and (solution is None or _missing(whole, solution)):
        del reductions[0]
        return _next(whole, reductions, used, found, different)
    if solution is None:
        return None, len(rows)
    members = tuple(int(rows[one]) for one in solution.members)
    return Solution(members, solution.cost, solution.proven and not reductions[0].cut), len(rows)


def _missing(whole: Problem, solution: Solution) -> int:
    """How many units of requirements a solution misses, from what it costs."""
    return int((solution.cost + SAME) // whole.of_missing)


@dataclass(frozen=True)
class Cut:
    """At most `most` of some candidates."""

    members: Integers
    most: int


def differing(whole: Problem, rows: Integers, before: Solution, different: float) -> Cut:
    """Return that at least the share `different` of an earlier consortium stays out of one made of `rows`."""
    free = [one for one in before.members if not whole.required[one]]
    leaves = max(1, int(np.ceil(different * len(free) - SAME)))
    return Cut(np.searchsorted(rows, np.array(free, dtype=np.int64)), len(free) - leaves)


@dataclass
class _Program:
    """Rows and variables of an integer program, added one after the other; the first variables are the candidates."""

    costs: list[Floats] = field(default_factory=list)
    highest: list[Floats] = field(default_factory=list)
    whole: list[Integers] = field(default_factory=list)
    entries: list[tuple[Integers, Integers, Floats]] = field(default_factory=list)
    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    variables: int = 0
    rows: int = 0

    def add_variables(self, count: int, cost: float | Floats, highest: float, whole: bool = False) -> Integers:
        """Add variables between 0 and `highest`, whole numbers or not; return their numbers."""
        self.costs.append(np.broadcast_to(np.asarray(cost, dtype=float), count))
        self.highest.append(np.full(count, highest))
        self.whole.append(np.full(count, int(whole)))
        self.variables += count
        return np.arange(self.variables - count, self.variables)

    def add_rows(
        self, parts: Iterable[tuple[Integers, Integers, float]], count: int, lower: float, upper: float
    ) -> None:
        """Add `count` rows: parts give the row (from 0), the variable and the coefficient of their entries."""
        for row, variable, coefficient in parts:
            self.entries.append((self.rows + row, variable, np.full(len(variable), coefficient)))
        self.lower.append(np.full(count, lower))
        self.upper.append(np.full(count, upper))
        self.rows += count

    def matrix(self) -> csr_array:
        """Return the coefficients."""
        row, column, value = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        return csr_array((value, (row, column)), shape=(self.rows, self.variables))


def solved(asked: Problem, cuts: Sequence[Cut]) -> Solution | None:
    """Return the cheapest choice of candidates; None where there is none."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    count = len(asked.organisations)
    if count == 0 or min((cut.most for cut in cuts), default=0) < 0:
        return None
    program = _Program()
    unsure = np.where(asked.allowed == MAYBE, asked.of_unknown, 0.0)
    members = program.add_variables(count, asked.cost + unsure, 1.0, whole=True)
    for requirement in asked.requirements:
        _add(program, asked, requirement)
    _add_priorities(program, asked)
    if asked.most_members:
        over = program.add_variables(1, asked.of_missing, float(count))
        program.add_rows([(_none(count), members, 1.0), (_none(1), over, -1.0)], 1, -np.inf, asked.most_members)
    _add_trust(program, asked)
    _add_doubts(program, asked)
    for cut in cuts:
        program.add_rows([(_none(len(cut.members)), cut.members, 1.0)], 1, -np.inf, cut.most)
    lowest = np.zeros(program.variables)
    lowest[:count] = asked.required
    costs = np.concatenate(program.costs)
    with quiet():
        solution = milp(
            costs,
            integrality=np.concatenate(program.whole),
            bounds=Bounds(lowest, np.concatenate(program.highest)),
            constraints=LinearConstraint(
                program.matrix(), np.concatenate(program.lower), np.concatenate(program.upper)
            ),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
    if solution.x is None:
        return None
    chosen = np.flatnonzero(solution.x[:count] > 0.5)
    return Solution(tuple(chosen.tolist()), float(costs @ _whole(solution.x)), int(solution.status) == 0)


def _whole(values: Floats) -> Floats:
    """Values, those that the solver leaves within its tolerance of a whole number as that number."""
    nearest = np.rint(values)
    return np.where(np.abs(values - nearest) <= TOLERANCE, nearest, values)


def _none(count: int) -> Integers:
    return np.zeros(count, dtype=np.int64)


def _add(program: _Program, asked: Problem, requirement: Requirement) -> None:
    """At least so many who fit or may fit, less what is missing; so many who fit for sure, less what is not known."""
    least = float(requirement.at_least)
    missing, unknown = (program.add_variables(1, price, least) for price in (asked.of_missing, asked.of_unknown))
    maybe, sure = (np.flatnonzero(requirement.fits >= fits) for fits in (MAYBE, YES))
    for fitting, lacking in ((maybe, missing), (sure, np.concatenate([missing, unknown]))):
        counted = _units(program, asked, requirement, fitting) if requirement.at_least > 1 else fitting
        rows = [(_none(len(counted)), counted, 1.0), (_none(len(lacking)), lacking, 1.0)]
        program.add_rows(rows, 1, least, np.inf)
        if len(sure) == len(maybe):
            break


def _units(program: _Program, asked: Problem, requirement: Requirement, fitting: Integers) -> Integers:
    """Variables that count: one for each place and legal group, no place and no group more than once.

    Together with the members they are the edges of a bipartite graph of places and groups, so that with the members
    fixed the program in them has whole numbers by itself.
    """
    groups = asked.groups[fitting]
    several = np.bincount(groups)[groups] > 1
    if requirement.place is None and not several.any():
        return fitting
    group = np.where(several, groups, -1)
    place = -2 - np.arange(len(fitting))
    if requirement.place is not None:
        place = np.where(requirement.place[fitting] >= 0, requirement.place[fitting], place)
    cells, cell = np.unique(np.stack([place, group], axis=1), axis=0, return_inverse=True)
    units = program.add_variables(len(cells), 0.0, 1.0)
    rows = [(cell.ravel(), fitting, 1.0), (np.arange(len(cells)), units, -1.0)]
    program.add_rows(rows, len(cells), 0.0, np.inf)
    for column in (0, 1):
        chosen = np.flatnonzero(cells[:, column] != -1)
        values, number = np.unique(cells[chosen, column], return_inverse=True)
        program.add_rows([(number.ravel(), units[chosen], 1.0)], len(values), 0.0, 1.0)
    return units


def _add_priorities(program: _Program, asked: Problem) -> None:
    """One priority at most is chosen, and only those are members whose region names it, or of whose nobody knows."""
    shared = asked.priorities
    if shared is None:
        return
    missing = program.add_variables(1, asked.of_missing, 1.0, whole=True)
    unknown = program.add_variables(1, asked.of_unknown, 1.0)
    chosen = program.add_variables(len(shared.labels), 0.0, 1.0)
    program.add_rows([(_none(len(chosen)), chosen, 1.0)], 1, 0.0, 1.0)
    for number, named in enumerate(shared.sets):
        those = np.flatnonzero(shared.of_organisation == number)
        instead = chosen[sorted(named)] if number else unknown
        here = np.arange(len(those))
        program.add_rows(
            [
                (here, those, 1.0),
                (np.repeat(here, len(instead)), np.tile(instead, len(those)), -1.0),
                (here, np.repeat(missing, len(those)), -1.0),
            ],
            len(those), -np.inf, 0.0,
        )  # fmt: skip


def _add_trust(program: _Program, asked: Problem) -> None:
    """A bonus for each pair of members with joint projects."""
    if not asked.bonus:
        return
    pairs = triu(asked.ties, k=1).tocoo()
    both = program.add_variables(pairs.nnz, -asked.bonus, 1.0)
    here = np.arange(pairs.nnz)
    for end in pairs.coords:
        program.add_rows([(here, both, 1.0), (here, end.astype(np.int64), -1.0)], pairs.nnz, -np.inf, 0.0)


def _add_doubts(program: _Program, asked: Problem) -> None:
    """Each item rests on one member at the price of how unsure it is, or on nobody at the highest price."""
    if asked.prefer != "confidence":
        return
    for number in range(len(asked.items)):
        brings = np.flatnonzero(asked.sure[:, number] > 0)
        nobody = program.add_variables(1, -np.log(UNSUREST), 1.0)
        rests = program.add_variables(len(brings), asked.doubt[brings, number], 1.0)
        here = np.arange(len(brings))
        program.add_rows([(_none(len(brings)), rests, 1.0), (_none(1), nobody, 1.0)], 1, 1.0, np.inf)
        program.add_rows([(here, rests, 1.0), (here, brings, -1.0)], len(brings), -np.inf, 0.0)
