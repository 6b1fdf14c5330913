"""How far a failure spreads through who sells what to whom: the Economic Systemic Risk Index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from valuechain.kernels.chunks import Watch, in_chunks, unwatched
from valuechain.kernels.economy import LOSS, NEXT, PASSED, Economy, Flow

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers

FIRMS_AT_ONCE = 128

_UNFELT = 1e-13
"""A loss that grew by less than this since it was last passed on waits until it has grown by more: no figure is off by
more than so much in each step, which is far below the twelfth digit."""

_MANY = 1 / 16
"""Where more than this part of all firms are hit, they take turns in the order in which they lie in memory."""


class Spread(NamedTuple):
    """How far the failure of each firm alone spreads, one entry for each.

    `at_risk` is the Economic Systemic Risk Index (0..1), `downstream` and `upstream` its parts: what is lost for want
    of inputs and for want of sales. `steps` counts iterations; `cut_short` says that a change was still above the
    tolerance when their greatest number was reached. `on_target` is what one given firm loses (0..1).
    """

    at_risk: Floats
    downstream: Floats
    upstream: Floats
    steps: Integers
    cut_short: Booleans
    on_target: Floats

    def of(self, places: Integers | Booleans) -> Spread:
        """Return the entries at some places, in their order."""
        return Spread(
            self.at_risk[places], self.downstream[places], self.upstream[places], self.steps[places],
            self.cut_short[places], self.on_target[places],
        )  # fmt: skip


class _Room(NamedTuple):
    """Where losses in one direction are written down; all zero when a failure begins.

    `cells` holds the firms' blocks, `lost` what each market has lost, `hit` the firms that lost something, in the
    order in which they were reached, `changed` the blocks that change in this step.
    """

    cells: Floats
    lost: Floats
    hit: Integers
    changed: Integers


def spread_of_each(
    net: Economy,
    firms: Integers,
    weight: Floats,
    tolerance: float,
    most: int,
    target: int = -1,
    watch: Watch = unwatched,
) -> Spread:
    """Return how far the complete failure of each of some firms alone spreads; see `Spread`.

    Parameters
    ----------
    net : Economy
    firms : integers (F,)
        Whose failures are followed; the answer is in their order.
    weight : floats (N,), 0..1
        What each firm counts in the index; together 1.
    tolerance : float, 0..1
        A failure is followed until no firm's loss grows by more than this in one step.
    most : int, 1..
        Greatest number of steps.
    target : int
        The firm whose losses are told, -1 for nobody.
    watch : callable
        Told how many firms are done, of how many; see `in_chunks`.
    """
    of_place = np.empty(len(weight))
    of_place[net.place] = weight
    inside = int(net.place[target]) if target >= 0 else -1

    def work(start: int, stop: int) -> Spread:
        return Spread(*_spread_of_some(net, of_place, tolerance, most, inside, net.place[firms[start:stop]]))

    parts = in_chunks(work, len(firms), FIRMS_AT_ONCE, watch) or [work(0, 0)]
    return Spread(*(np.concatenate(column) for column in zip(*parts, strict=True)))


@njit(cache=True, nogil=True)
def spread_of_shock(
    net: Economy, firms: Integers, shock: Floats, tolerance: float, most: int
) -> tuple[Floats, Floats, int, bool]:
    """Return what each firm loses (0..1) downstream and upstream when several are hit, the steps, and if cut short.

    Parameters
    ----------
    net, tolerance, most
        As in `spread_of_each`.
    firms : integers (S,)
        Who is hit, each once.
    shock : floats (S,), 0..1
        What part of its output each of them loses at first.
    """
    down, up = _room(net.down), _room(net.up)
    _, _, steps, cut_short = _spread(net, net.place[firms], shock, tolerance, most, down, up)
    return down.cells[net.down.block[net.place]], up.cells[net.up.block[net.place]], steps, cut_short


@njit(cache=True, nogil=True)
def _spread_of_some(
    net: Economy, weight: Floats, tolerance: float, most: int, target: int, firms: Integers
) -> tuple[Floats, Floats, Floats, Integers, Booleans, Floats]:
    down, up = _room(net.down), _room(net.up)
    at_risk, downstream, upstream, on_target = np.zeros((4, len(firms)))
    steps = np.zeros(len(firms), dtype=np.int64)
    cut_short = np.zeros(len(firms), dtype=np.bool_)
    shock = np.ones(1)
    for place in range(len(firms)):
        failed = firms[place : place + 1]
        hit_down, hit_up, steps[place], cut_short[place] = _spread(net, failed, shock, tolerance, most, down, up)
        for firm in down.hit[:hit_down]:
            loss = down.cells[net.down.block[firm]]
            downstream[place] += weight[firm] * loss
            at_risk[place] += weight[firm] * max(loss, up.cells[net.up.block[firm]])
        for firm in up.hit[:hit_up]:
            loss = up.cells[net.up.block[firm]]
            upstream[place] += weight[firm] * loss
            if down.cells[net.down.block[firm]] == 0:
                at_risk[place] += weight[firm] * loss
        if target >= 0:
            on_target[place] = max(down.cells[net.down.block[target]], up.cells[net.up.block[target]])
        _clear(net.down, down, hit_down)
        _clear(net.up, up, hit_up)
    return at_risk, downstream, upstream, steps, cut_short, on_target


@njit(cache=True, nogil=True)
def _room(flow: Flow) -> _Room:
    firms = len(flow.sellers)
    hit, changed = np.empty((2, firms), dtype=np.int64)
    return _Room(np.zeros(flow.block[-1]), np.zeros(len(flow.mass)), hit, changed)


@njit(cache=True, nogil=True)
def _clear(flow: Flow, room: _Room, hit: int) -> None:
    """Undo what `_spread` wrote, touching nothing else."""
    for firm in room.hit[:hit]:
        room.cells[flow.block[firm] : flow.block[firm + 1]] = 0
        market = flow.sellers[firm]["market"]
        if market >= 0:
            room.lost[market] = 0


@njit(cache=True, nogil=True)
def _spread(
    net: Economy, firms: Integers, shock: Floats, tolerance: float, most: int, down: _Room, up: _Room
) -> tuple[int, int, int, bool]:
    """Follow a shock until no loss grows by more than the tolerance.

    `down` and `up` then hold the losses. Returned are how many firms have lost something in each direction, the steps
    taken, and whether they were too few.
    """
    hit_down, hit_up = _hit(net.down, down, firms, shock), _hit(net.up, up, firms, shock)
    growth = 1.0
    steps = 0
    while growth > tolerance and steps < most:
        steps += 1
        hit_down, growth_down = _settle(net.down, down, hit_down, _pass_on(net.down, down, hit_down))
        hit_up, growth_up = _settle(net.up, up, hit_up, _pass_on(net.up, up, hit_up))
        growth = max(growth_down, growth_up)
    return hit_down, hit_up, steps, growth > tolerance


@njit(cache=True, nogil=True)
def _hit(flow: Flow, room: _Room, firms: Integers, shock: Floats) -> int:
    """Write down what the firms lose at first, and return how many lose something."""
    count = 0
    for place in range(len(firms)):
        if shock[place] > 0:
            room.cells[flow.block[firms[place]] + NEXT] = shock[place]
            room.changed[count] = firms[place]
            count += 1
    return _settle(flow, room, 0, count)[0]


@njit(cache=True, nogil=True)
def _pass_on(flow: Flow, room: _Room, hit: int) -> int:
    """Pass on what the losses have grown by; return how many firms lose more than before.

    A firm passes on its loss, times its part of what is left of its market.
    """
    cells, links, changed = room.cells, flow.links, room.changed
    count = 0
    firms = len(flow.sellers)
    in_order = hit > _MANY * firms
    for place in range(firms if in_order else hit):
        firm = place if in_order else room.hit[place]
        block = flow.block[firm]
        missing = cells[block + LOSS]
        market = flow.sellers[firm]["market"]
        if market >= 0:
            left = flow.mass[market] - room.lost[market]
            output = flow.sellers[firm]["output"]
            if output < left:
                missing *= output / left
        more = missing - cells[block + PASSED]
        if more <= _UNFELT:
            continue
        cells[block + PASSED] = missing
        for entry in range(flow.start[firm], flow.start[firm + 1]):
            lacking = cells[links[entry]["input"]] + more * links[entry]["share"]
            cells[links[entry]["input"]] = lacking
            other = links[entry]["firm"]
            state = flow.block[other]
            following = cells[state + NEXT]
            if lacking > following and following < 1:
                if following == cells[state + LOSS]:
                    changed[count] = other
                    count += 1
                cells[state + NEXT] = min(lacking, 1.0)
    return count


@njit(cache=True, nogil=True)
def _settle(flow: Flow, room: _Room, hit: int, count: int) -> tuple[int, float]:
    """Take over the losses that grew; return how many firms have lost something, and the largest growth."""
    largest = 0.0
    for firm in room.changed[:count]:
        block = flow.block[firm]
        before, after = room.cells[block + LOSS], room.cells[block + NEXT]
        if before == 0:
            room.hit[hit] = firm
            hit += 1
        room.cells[block + LOSS] = after
        market = flow.sellers[firm]["market"]
        if market >= 0:
            room.lost[market] += flow.sellers[firm]["output"] * (after - before)
        largest = max(largest, after - before)
    return hit, largest
