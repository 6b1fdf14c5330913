"""Who meets whom in which slot at which table: the choice that counts most, without a clash.

All slots are alike, so the choice of meetings and their order are two steps. First an integer program chooses the
meetings: nobody in more than there are slots, and no more than there are places (slots x tables). Then they are spread
over the slots so that nobody has two at once. Between two sides (a bipartite graph of wishes) that always succeeds:
edges can be coloured with as many colours as the largest degree (König 1916), and classes of colours can be made equal
in size (de Werra 1971), so what was chosen is the optimum. Where wishes close an odd circle it may fail; then one
program for choice and slots together decides, up to its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array, vstack

from valuechain.analyses._quiet import quiet

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers

SIZE = 2000
"""Up to so many places for single meetings (meetings x slots) choice and slots are decided by one program."""

NODES = 500
"""A search ends after so many branches, counted so that the answer does not depend on the machine."""

NOWHERE = -1
"""The slot or table of a meeting that is not held."""


@dataclass(frozen=True, eq=False)
class Wishes:
    """Meetings that are wished: who (two numbers from 0 on, never the same), and what each counts (above 0)."""

    first: Integers
    second: Integers
    weight: Floats
    participants: int


@dataclass(frozen=True, eq=False)
class Schedule:
    """The slot and the table of each meeting (NOWHERE = not held), what they count together, and the most possible."""

    slot: Integers
    table: Integers
    total: float
    bound: float

    @property
    def held(self) -> Booleans:
        """Which meetings are held."""
        return self.slot >= 0

    @property
    def proven(self) -> bool:
        """Whether no schedule counts more."""
        return self.total >= self.bound - 1e-6 * max(1.0, self.bound)


def schedule(wishes: Wishes, slots: int, tables: int) -> Schedule:
    """Return the schedule that counts most.

    Parameters
    ----------
    wishes : Wishes
        Every pair at most once.
    slots, tables : int, 1..
        How many slots there are, and how many meetings each holds.
    """
    if not len(wishes.weight):
        nobody = np.zeros(0, dtype=np.int64)
        return Schedule(nobody, nobody, 0.0, 0.0)
    chosen, bound = choice(wishes, slots, tables)
    slot = spread(wishes, chosen, slots)
    if (chosen & (slot < 0)).any() and len(wishes.weight) * slots <= SIZE:
        slot, bound = _together(wishes, slots, tables, bound)
    slot = _balanced(wishes, slot, slots, tables)
    return Schedule(slot, _seated(wishes, slot, slots), float(wishes.weight[slot >= 0].sum()), bound)


def choice(wishes: Wishes, slots: int, tables: int) -> tuple[Booleans, float]:
    """Return the meetings that count most if slots were no matter, and what no choice exceeds."""
    limits = np.full(wishes.participants + 1, float(slots))
    limits[-1] = slots * tables
    count = len(wishes.weight)
    rows = vstack([_incidence(wishes), csr_array(np.ones((1, count)))])
    found, bound = _solved(wishes.weight, rows, limits)
    return found, bound


def spread(wishes: Wishes, chosen: Booleans, slots: int) -> Integers:
    """Return a slot for each meeting chosen, so that nobody has two at once; NOWHERE for those that find none.

    Each meeting, those that count most first, takes the first slot in which both are free. Where there is none, one is
    made free by exchanging two slots along the meetings that hang together in them.
    """
    slot = np.full(len(wishes.weight), NOWHERE, dtype=np.int64)
    taken = [[NOWHERE] * slots for _ in range(wishes.participants)]
    ends = list(zip(wishes.first.tolist(), wishes.second.tolist(), strict=True))
    order = [meeting for meeting in np.argsort(-wishes.weight, kind="stable").tolist() if chosen[meeting]]
    for meeting in order:
        one, other = ends[meeting]
        free = _free(taken[one], taken[other])
        if free < 0:
            free = _freed(taken, slot, ends, one, other)
        if free >= 0:
            slot[meeting] = free
            taken[one][free] = taken[other][free] = meeting
    return slot


def _free(one: Sequence[int], other: Sequence[int]) -> int:
    """The first slot that two have free, NOWHERE if there is none."""
    return next(
        (at for at, (mine, yours) in enumerate(zip(one, other, strict=True)) if mine < 0 and yours < 0), NOWHERE
    )


def _freed(taken: list[list[int]], slot: Integers, ends: Sequence[tuple[int, int]], one: int, other: int) -> int:
    """Make a slot free for two by exchanging two slots along a path of meetings; NOWHERE if every path joins them."""
    mine = [at for at, meeting in enumerate(taken[one]) if meeting < 0]
    yours = [at for at, meeting in enumerate(taken[other]) if meeting < 0]
    for here in mine:
        for there in yours:
            path, last = _path(taken, ends, other, here, there)
            if last != one:
                _exchange(taken, slot, ends, path, here, there)
                return here
    return NOWHERE


def _path(
    taken: list[list[int]], ends: Sequence[tuple[int, int]], start: int, here: int, there: int
) -> tuple[list[int], int]:
    """The meetings that hang together in two slots, from somebody's meeting in the first; and who stands at the end."""
    path: list[int] = []
    at, now = start, here
    while (meeting := taken[at][now]) >= 0:
        path.append(meeting)
        one, other = ends[meeting]
        at, now = (other if at == one else one), (there if now == here else here)
    return path, at


def _exchange(
    taken: list[list[int]], slot: Integers, ends: Sequence[tuple[int, int]], path: Sequence[int], here: int, there: int
) -> None:
    """Put the meetings of a path that stand in one of two slots into the other."""
    for meeting in path:
        for one in ends[meeting]:
            taken[one][slot[meeting]] = NOWHERE
    for meeting in path:
        slot[meeting] = there if slot[meeting] == here else here
        for one in ends[meeting]:
            taken[one][slot[meeting]] = meeting


def _balanced(wishes: Wishes, slot: Integers, slots: int, tables: int) -> Integers:
    """The same meetings, with no more of them in any slot than there are tables.

    Two slots are made more alike by exchanging them along a path that has one meeting more in the fuller one.
    """
    slot = slot.copy()
    ends = list(zip(wishes.first.tolist(), wishes.second.tolist(), strict=True))
    taken = [[NOWHERE] * slots for _ in range(wishes.participants)]
    for meeting in np.flatnonzero(slot >= 0).tolist():
        for one in ends[meeting]:
            taken[one][slot[meeting]] = meeting
    sizes = np.bincount(slot[slot >= 0], minlength=slots)
    while sizes.max(initial=0) > tables:
        full, empty = int(sizes.argmax()), int(sizes.argmin())
        starts = (one for one in range(wishes.participants) if taken[one][full] >= 0 and taken[one][empty] < 0)
        paths = (_path(taken, ends, start, full, empty)[0] for start in starts)
        path = next(path for path in paths if len(path) % 2)
        _exchange(taken, slot, ends, path, full, empty)
        sizes = np.bincount(slot[slot >= 0], minlength=slots)
    return slot


def _seated(wishes: Wishes, slot: Integers, slots: int) -> Integers:
    """A table for each meeting, counted from 0: where one of the two sat before, as far as it is free."""
    table = np.full(len(slot), NOWHERE, dtype=np.int64)
    sat: dict[int, int] = {}
    for now in range(slots):
        meetings = np.flatnonzero(slot == now)
        order = meetings[np.argsort(-wishes.weight[meetings], kind="stable")].tolist()
        left = set(range(len(order)))
        for ends in (wishes.first, wishes.second):
            for meeting in order:
                before = sat.get(int(ends[meeting]), NOWHERE)
                if table[meeting] < 0 and before in left:
                    table[meeting] = before
                    left.remove(before)
        for meeting in order:
            if table[meeting] < 0:
                table[meeting] = min(left)
                left.remove(int(table[meeting]))
            sat[int(wishes.first[meeting])] = sat[int(wishes.second[meeting])] = int(table[meeting])
    return table


def _together(wishes: Wishes, slots: int, tables: int, bound: float) -> tuple[Integers, float]:
    """The slots of the schedule that counts most, choice and slots decided by one program, and what none exceeds."""
    meetings, people = len(wishes.weight), wishes.participants
    at = np.repeat(np.arange(slots), meetings)
    meeting = np.tile(np.arange(meetings), slots)
    variable = np.arange(meetings * slots)
    row = np.concatenate(
        [
            at * people + wishes.first[meeting],
            at * people + wishes.second[meeting],
            slots * people + meeting,
            slots * people + meetings + at,
        ]
    )
    shape = (slots * people + meetings + slots, meetings * slots)
    rows = csr_array(coo_array((np.ones(len(row)), (row, np.tile(variable, 4))), shape=shape))
    limits = np.concatenate([np.ones(slots * people + meetings), np.full(slots, float(tables))])
    found, upper = _solved(np.tile(wishes.weight, slots), rows, limits)
    slot = np.full(meetings, NOWHERE, dtype=np.int64)
    slot[meeting[found]] = at[found]
    return slot, min(bound, upper)


def _incidence(wishes: Wishes) -> csr_array:
    """Participants x meetings: 1 where somebody takes part."""
    meetings = np.arange(len(wishes.weight))
    ends = np.concatenate([wishes.first, wishes.second]), np.concatenate([meetings, meetings])
    shape = (wishes.participants, len(meetings))
    return csr_array(coo_array((np.ones(2 * len(meetings)), ends), shape=shape))


def _solved(weight: Floats, rows: csr_array, limits: Floats) -> tuple[Booleans, float]:
    """Which binaries to set so that they weigh most within limits; and what no choice weighs more than."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    with quiet():
        solution = milp(
            -weight,
            integrality=np.ones(len(weight), dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(rows, ub=limits),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
    if solution.x is None:
        return np.zeros(len(weight), dtype=bool), float(weight.sum())
    found: Booleans = solution.x > 0.5
    return found, max(float(-solution.mip_dual_bound), float(weight[found].sum()))
