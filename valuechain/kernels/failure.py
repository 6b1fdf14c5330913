"""What stops when one organisation fails: every essential input is needed, any one of its suppliers is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers

RUNNING, REMOVED = -1, -2


class Requirements(NamedTuple):
    """Essential inputs in compressed sparse row form.

    Requirement r is that `buyer[r]` gets one input from at least one of `supplier[supplier_start[r] :
    supplier_start[r + 1]]`. Organisation x appears as a supplier in the requirements
    `served[served_start[x] : served_start[x + 1]]`, and has itself the requirements
    `own[own_start[x] : own_start[x + 1]]`.
    """

    buyer: Integers
    supplier_start: Integers
    supplier: Integers
    served_start: Integers
    served: Integers
    own_start: Integers
    own: Integers


class Reach(NamedTuple):
    """How far the failure of each organisation alone reaches, one entry each.

    `stopped` counts others that stop and are counted; `over` says that more stopped than were followed, so that
    `stopped` is the least it can be. `confidence` is the lowest confidence, `grade` the highest grade of the
    requirements whose loss stopped somebody (1.0 and 0 where nobody stops).
    """

    stopped: Integers
    over: Booleans
    confidence: Floats
    grade: Integers


def requirements(buyer: Integers, requirement: Integers, supplier: Integers, organisations: int) -> Requirements:
    """Build the compressed form.

    Parameters
    ----------
    buyer : integers (R,)
        Who has each requirement.
    requirement, supplier : integers (L,)
        Which requirement each supplier link serves and who delivers; repeated pairs count once. Every requirement has
        at least one supplier.
    organisations : int
        How many organisations there are.
    """
    pairs = np.unique(np.stack([requirement, supplier]).astype(np.int64), axis=1)
    requirement, supplier = pairs
    by_supplier = np.argsort(supplier, kind="stable")
    return Requirements(
        buyer.astype(np.int64),
        _starts(requirement, len(buyer)),
        supplier,
        _starts(supplier, organisations),
        requirement[by_supplier],
        _starts(buyer, organisations),
        np.argsort(buyer, kind="stable").astype(np.int64),
    )


def _starts(rows: Integers, count: int) -> Integers:
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return starts


@njit(cache=True, nogil=True)
def stopped_by(net: Requirements, removed: int) -> tuple[Integers, Integers]:
    """Return who stops when `removed` alone fails, in the order of stopping, and the requirement whose loss stops each.

    Everybody runs at first, so the answer is the greatest fixed point: on a cycle, who can keep each other going goes
    on. `removed` itself is not among them.
    """
    organisations = len(net.own_start) - 1
    lost, cause, queue = _scratch(net)
    reached, _ = _follow(net, removed, organisations, -1, lost, cause, queue)
    return queue[1:reached].copy(), cause[queue[1:reached]]


@njit(cache=True, nogil=True)
def reach_of_each(net: Requirements, counted: Booleans, confidence: Floats, grade: Integers, most: int) -> Reach:
    """Return how many others stop when each organisation alone fails; see Reach.

    Parameters
    ----------
    net : Requirements
    counted : booleans (N,)
        Who is counted when it stops.
    confidence : floats (R,), 0..1
        How sure each requirement is.
    grade : integers (R,)
        Any rank of each requirement, the highest that plays a part is returned.
    most : int
        A failure is followed until more than so many others have stopped.
    """
    organisations = len(net.own_start) - 1
    lost, cause, queue = _scratch(net)
    stopped = np.zeros(organisations, dtype=np.int64)
    over = np.zeros(organisations, dtype=np.bool_)
    lowest = np.ones(organisations, dtype=np.float64)
    highest = np.zeros(organisations, dtype=np.int64)
    for removed in range(organisations):
        reached, followed = _follow(net, removed, most, -1, lost, cause, queue)
        over[removed] = reached - 1 > most
        for place in range(1, min(reached, most + 1)):
            stopped[removed] += counted[queue[place]]
            lowest[removed] = min(lowest[removed], confidence[cause[queue[place]]])
            highest[removed] = max(highest[removed], grade[cause[queue[place]]])
        _reset(net, queue, reached, followed, lost, cause)
    return Reach(stopped, over, lowest, highest)


@njit(cache=True, nogil=True)
def labels_reached(net: Requirements, start: Integers, labels: Integers, kinds: int, most: int) -> Integers:
    """Return how many different labels those carry who stop when each organisation alone fails.

    Parameters
    ----------
    net : Requirements
    start, labels : integers (N + 1,), (M,)
        The labels of organisation x are `labels[start[x] : start[x + 1]]`, each below `kinds`.
    most : int
        As in `reach_of_each`.
    """
    organisations = len(net.own_start) - 1
    lost, cause, queue = _scratch(net)
    seen_with = np.full(kinds, -1, dtype=np.int64)
    found = np.zeros(organisations, dtype=np.int64)
    for removed in range(organisations):
        reached, followed = _follow(net, removed, most, -1, lost, cause, queue)
        for place in range(1, min(reached, most + 1)):
            for entry in range(start[queue[place]], start[queue[place] + 1]):
                if seen_with[labels[entry]] != removed:
                    seen_with[labels[entry]] = removed
                    found[removed] += 1
        _reset(net, queue, reached, followed, lost, cause)
    return found


@njit(cache=True, nogil=True)
def single_points(net: Requirements, target: int) -> Integers:
    """Return whose failure alone stops `target`, in ascending order.

    Whoever stops it must stop every supplier of some requirement of it, hence the first one: only those who are met
    on the way back through first suppliers are tried.
    """
    organisations = len(net.own_start) - 1
    lost, cause, queue = _scratch(net)
    tried = _upstream(net, target)
    found = np.zeros(organisations, dtype=np.bool_)
    for removed in range(organisations):
        if tried[removed]:
            reached, followed = _follow(net, removed, organisations, target, lost, cause, queue)
            found[removed] = cause[target] >= 0
            _reset(net, queue, reached, followed, lost, cause)
    return np.flatnonzero(found)


@njit(cache=True, nogil=True)
def _scratch(net: Requirements) -> tuple[Integers, Integers, Integers]:
    """Room in which `_follow` works: suppliers lost by each requirement, what stopped each organisation, the queue."""
    organisations = len(net.own_start) - 1
    lost = np.zeros(len(net.buyer), dtype=np.int64)
    cause = np.full(organisations, RUNNING, dtype=np.int64)
    return lost, cause, np.empty(organisations, dtype=np.int64)


@njit(cache=True, nogil=True)
def _upstream(net: Requirements, target: int) -> Booleans:
    """Whom one meets going back from `target` through the first supplier of each requirement, without itself."""
    organisations = len(net.own_start) - 1
    met = np.zeros(organisations, dtype=np.bool_)
    waiting = np.empty(organisations + 1, dtype=np.int64)
    waiting[0], left = target, 1
    while left:
        left -= 1
        buyer = waiting[left]
        for entry in range(net.own_start[buyer], net.own_start[buyer + 1]):
            first = net.supplier[net.supplier_start[net.own[entry]]]
            if not met[first]:
                met[first] = True
                waiting[left] = first
                left += 1
    met[target] = False
    return met


@njit(cache=True, nogil=True)
def _follow(
    net: Requirements, removed: int, most: int, target: int, lost: Integers, cause: Integers, queue: Integers
) -> tuple[int, int]:
    """Follow one failure until nobody more stops, more than `most` others have, or `target` has.

    `queue` then holds `removed` and who stopped, `cause` the requirement that stopped each, `lost` how many suppliers
    each requirement has lost. Returned are how many stand in the queue and of how many the customers were looked at.
    """
    queue[0], cause[removed] = removed, REMOVED
    reached, followed = 1, 0
    while followed < reached and reached - 1 <= most:
        failed = queue[followed]
        followed += 1
        for entry in range(net.served_start[failed], net.served_start[failed + 1]):
            requirement = net.served[entry]
            lost[requirement] += 1
            buyer = net.buyer[requirement]
            suppliers = net.supplier_start[requirement + 1] - net.supplier_start[requirement]
            if lost[requirement] == suppliers and cause[buyer] == RUNNING:
                cause[buyer] = requirement
                queue[reached] = buyer
                reached += 1
                if buyer == target:
                    return reached, followed
    return reached, followed


@njit(cache=True, nogil=True)
def _reset(net: Requirements, queue: Integers, reached: int, followed: int, lost: Integers, cause: Integers) -> None:
    """Undo what `_follow` wrote, touching nothing else."""
    for place in range(followed):
        for entry in range(net.served_start[queue[place]], net.served_start[queue[place] + 1]):
            lost[net.served[entry]] = 0
    for place in range(reached):
        cause[queue[place]] = RUNNING
