"""How far a failure spreads through who sells what to whom: the Economic Systemic Risk Index."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numba import njit

from valuechain.kernels.chunks import in_chunks

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers

NEGLIGIBLE, NON_ESSENTIAL, ESSENTIAL = 0, 1, 2

FIRMS_AT_ONCE = 256

_LOSS, _NEXT, _PASSED, _INPUTS = 0, 1, 2, 3
"""Cells of a firm's block: what it has lost, what it will have lost after this step, how much of that was passed on,
and from there on what each of its inputs lacks."""

_ROUNDING = 1e-15
"""A loss that grew by less than this since it was last passed on waits until it has grown by more."""

_LINK = np.dtype([("block", np.int32), ("input", np.int32), ("share", np.float64)])


class Flow(NamedTuple):
    """One direction in which losses are passed on, with all that does not depend on who fails.

    What changes while a loss spreads lies in one array, in which firm i has the cells `block[i]` to `block[i + 1]`;
    `firm[b]` is whose block begins at b. Firm i passes its loss on along `links[start[i] : start[i + 1]]`: `block` is
    where the block of the firm at the other end begins, `input` the cell of what it then lacks, `share` how much of
    that came from i. `market` is the market of each firm (-1 = none), `mass` what a market sells in all, `output` what
    a firm sells.
    """

    start: Integers
    links: Any
    block: Integers
    firm: Integers
    market: Integers
    mass: Floats
    output: Floats


class Economy(NamedTuple):
    """Who sells to whom: losses go down to buyers, who lack inputs, and up to suppliers, who lack sales."""

    down: Flow
    up: Flow


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


def economy(
    supplier: Integers,
    buyer: Integers,
    value: Floats,
    product: Integers,
    essential: Integers,
    market: Integers,
) -> Economy:
    """Return the compressed form of a network of N firms and L links.

    Parameters
    ----------
    supplier, buyer : integers (L,), 0..N-1
        Ends of each link; parallel links add up, a firm may supply itself.
    value : floats (L,), 0..
        What the link is worth, in any unit; links worth nothing do not count.
    product : integers (L,), 0..
        Which input of the buyer the link serves; in the published method the supplier's sector.
    essential : integers (L,)
        NEGLIGIBLE, NON_ESSENTIAL or ESSENTIAL for the buyer; the same for all links of one buyer and product.
    market : integers (N,), -1..
        Firms of one market can stand in for each other; for a firm of market -1 nobody can.
    """
    count = len(market)
    worth = value > 0
    supplier, buyer, value = supplier[worth], buyer[worth], value[worth]
    product, essential = product[worth], essential[worth]
    output = _sums(supplier, value, count)
    bought = _sums(buyer, value, count)
    products = int(product.max(initial=0)) + 1
    _, of_product = np.unique(buyer * products + product, return_inverse=True)
    each = np.where(essential == ESSENTIAL, value / _sums(of_product, value, 0)[of_product], value / bought[buyer])
    kept = essential != NEGLIGIBLE
    served = np.where(essential == ESSENTIAL, product + 1, 0)
    traded = market >= 0
    mass = _sums(market[traded], output[traded], 1)
    return Economy(
        _flow(supplier[kept], buyer[kept], served[kept], each[kept], market, mass, output),
        _flow(buyer, supplier, np.zeros_like(buyer), value / output[supplier], np.full_like(market, -1), mass, output),
    )


def _flow(
    source: Integers,
    target: Integers,
    served: Integers,
    share: Floats,
    market: Integers,
    mass: Floats,
    output: Floats,
) -> Flow:
    """Lay out the links along which each `source` passes its loss to an input of `target`."""
    count = len(market)
    kinds = int(served.max(initial=0)) + 1
    inputs, place = np.unique(target * kinds + served, return_inverse=True)
    whose = inputs // kinds
    block = _starts(whose, count) + _INPUTS * np.arange(count + 1)
    cell = np.arange(len(inputs)) + _INPUTS * (whose + 1)
    firm = np.zeros(block[-1] + 1, dtype=np.int64)
    firm[block[:-1]] = np.arange(count)
    links = np.empty(len(source), dtype=_LINK)
    links["block"], links["input"], links["share"] = block[target], cell[place], share
    return Flow(
        _starts(source, count), links[np.lexsort((links["input"], source))], block, firm, market.astype(np.int64),
        mass, output,
    )  # fmt: skip


def _sums(groups: Integers, values: Floats, count: int) -> Floats:
    """Sum of the values of each group, for at least `count` groups."""
    return np.bincount(groups, values, count).astype(np.float64)


def _starts(rows: Integers, count: int) -> Integers:
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return starts


def spread_of_each(
    net: Economy,
    firms: Integers,
    weight: Floats,
    tolerance: float,
    most: int,
    target: int = -1,
    watch: Callable[[int, int], None] = lambda done, total: None,
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

    def work(start: int, stop: int) -> Spread:
        return Spread(*_spread_of_some(net, weight, tolerance, most, target, firms[start:stop]))

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
    _, _, steps, cut_short = _spread(net, firms, shock, tolerance, most, down, up)
    return down.cells[net.down.block[:-1]], up.cells[net.up.block[:-1]], steps, cut_short


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
    firms = len(flow.output)
    hit, changed = np.empty((2, firms), dtype=np.int64)
    return _Room(np.zeros(flow.block[-1]), np.zeros(len(flow.mass)), hit, changed)


@njit(cache=True, nogil=True)
def _clear(flow: Flow, room: _Room, hit: int) -> None:
    """Undo what `_spread` wrote, touching nothing else."""
    for firm in room.hit[:hit]:
        room.cells[flow.block[firm] : flow.block[firm + 1]] = 0
        if flow.market[firm] >= 0:
            room.lost[flow.market[firm]] = 0


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
            room.cells[flow.block[firms[place]] + _NEXT] = shock[place]
            room.changed[count] = flow.block[firms[place]]
            count += 1
    return _settle(flow, room, 0, count)[0]


@njit(cache=True, nogil=True)
def _pass_on(flow: Flow, room: _Room, hit: int) -> int:
    """Pass on what the losses have grown by; return how many firms lose more than before.

    A firm passes on its loss divided by what is left of its market, if it sells less than that. Where many have lost
    something they take turns in the order in which they lie in memory.
    """
    cells, links, changed = room.cells, flow.links, room.changed
    count = 0
    firms = len(flow.output)
    in_order = hit * 8 > firms
    for place in range(firms if in_order else hit):
        firm = place if in_order else room.hit[place]
        block = flow.block[firm]
        missing = cells[block + _LOSS]
        market = flow.market[firm]
        if market >= 0:
            left = flow.mass[market] - room.lost[market]
            if flow.output[firm] < left:
                missing *= flow.output[firm] / left
        more = missing - cells[block + _PASSED]
        if more <= _ROUNDING:
            continue
        cells[block + _PASSED] = missing
        for entry in range(flow.start[firm], flow.start[firm + 1]):
            lacking = cells[links[entry]["input"]] + more * links[entry]["share"]
            cells[links[entry]["input"]] = lacking
            other = links[entry]["block"]
            following = cells[other + _NEXT]
            if lacking > following and following < 1:
                if following == cells[other + _LOSS]:
                    changed[count] = other
                    count += 1
                cells[other + _NEXT] = min(lacking, 1.0)
    return count


@njit(cache=True, nogil=True)
def _settle(flow: Flow, room: _Room, hit: int, count: int) -> tuple[int, float]:
    """Take over the losses that grew; return how many firms have lost something, and the largest growth."""
    largest = 0.0
    for block in room.changed[:count]:
        before, after = room.cells[block + _LOSS], room.cells[block + _NEXT]
        firm = flow.firm[block]
        if before == 0:
            room.hit[hit] = firm
            hit += 1
        room.cells[block + _LOSS] = after
        if flow.market[firm] >= 0:
            room.lost[flow.market[firm]] += flow.output[firm] * (after - before)
        largest = max(largest, after - before)
    return hit, largest
