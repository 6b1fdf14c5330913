"""What stops when one organisation fails: every essential input is needed, any one of its suppliers is enough."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from valuechain.kernels.chunks import Watch, in_chunks
from valuechain.kernels.distinct import distinct
from valuechain.kernels.rows import starts

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers, ShortIntegers

RUNNING, REMOVED = -1, -2

CHUNK = 2048
"""So many removals are followed between two reports of how far the work is."""


class Requirements(NamedTuple):
    """Essential inputs in compressed sparse row form, as 32-bit integers to keep them close in memory.

    Requirement r is that `buyer[r]` gets one input from at least one of `supplier[supplier_start[r] :
    supplier_start[r + 1]]`. What organisation x delivers stands in the rows `served_start[x]` to `served_start[x + 1]`
    of `served`: the buyer, the requirement, and how many suppliers that has. Organisation x has itself the requirements
    `own[own_start[x] : own_start[x + 1]]`.
    """

    buyer: ShortIntegers
    supplier_start: ShortIntegers
    supplier: ShortIntegers
    served_start: ShortIntegers
    served: ShortIntegers
    own_start: ShortIntegers
    own: ShortIntegers


class Traits(NamedTuple):
    """What is counted of those who stop.

    `counted` (booleans, N) says who is counted. Organisation x carries the labels `label[label_start[x] :
    label_start[x + 1]]`; label l belongs to the set `label_set[l]`, below `sets`. `amount` (floats, N) is added up, not
    a number where nobody knows it. `confidence` (floats, R) says how sure each requirement is, `grade` (integers, R) is
    any rank of it.
    """

    counted: Booleans
    label_start: ShortIntegers
    label: ShortIntegers
    label_set: ShortIntegers
    sets: int
    amount: Floats
    confidence: Floats
    grade: Integers


class Reach(NamedTuple):
    """How far the failure of each organisation alone reaches, one entry each.

    `stopped` counts others that stop and are counted; `over` says that more stopped than were followed, so that
    the counts are the least they can be. `labels` (N, sets) counts the different labels of each set that they carry,
    `amount` adds up what is known of them and `known` says of how many. `confidence` is the lowest confidence, `grade`
    the highest grade of the requirements whose loss stopped somebody (1.0 and 0 where nobody stops).
    """

    stopped: Integers
    over: Booleans
    labels: Integers
    amount: Floats
    known: Integers
    confidence: Floats
    grade: Integers


class Workspace(NamedTuple):
    """Room in which one thread follows failures, one after the other.

    `queue` holds who failed, in order, and `cause` the requirement that stopped each (or RUNNING or REMOVED). `left`
    counts the suppliers that each requirement still has; `touched` holds a requirement for each one that it lost.
    """

    queue: ShortIntegers
    cause: ShortIntegers
    left: ShortIntegers
    touched: ShortIntegers


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
    pairs = distinct(requirement.astype(np.int64) * max(1, organisations) + supplier)
    requirement, supplier = pairs // max(1, organisations), pairs % max(1, organisations)
    by_supplier = np.argsort(supplier, kind="stable")
    served = requirement[by_supplier]
    suppliers = np.bincount(requirement, minlength=len(buyer))
    return Requirements(
        buyer.astype(np.int32),
        starts(requirement, len(buyer)).astype(np.int32),
        supplier.astype(np.int32),
        starts(supplier, organisations).astype(np.int32),
        np.column_stack([buyer[served], served, suppliers[served]]).astype(np.int32),
        starts(buyer, organisations).astype(np.int32),
        np.argsort(buyer, kind="stable").astype(np.int32),
    )


def reach_of_each(net: Requirements, traits: Traits, most: int, watch: Watch) -> Reach:
    """Return what stops when each organisation alone fails; see Reach.

    Parameters
    ----------
    net : Requirements
    traits : Traits
    most : int
        A failure is followed until more than so many others have stopped.
    watch : callable
        Called with how many removals were followed and how many there are; what it raises ends the work.
    """
    organisations = len(net.own_start) - 1
    parts = in_chunks(partial(_reach_of_some, net, traits, most), organisations, CHUNK, watch)
    if not parts:
        return _reach_of_some(net, traits, most, 0, 0)
    return Reach(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


@njit(cache=True, nogil=True)
def _reach_of_some(net: Requirements, traits: Traits, most: int, start: int, stop: int) -> Reach:
    """Return the reach of the organisations `start` to `stop`."""
    work = _workspace(net)
    cause, queue = work.cause, work.queue
    seen_with = np.full(len(traits.label_set), -1, dtype=np.int32)
    stopped = np.zeros(stop - start, dtype=np.int64)
    over = np.zeros(stop - start, dtype=np.bool_)
    labels = np.zeros((stop - start, traits.sets), dtype=np.int64)
    amount = np.zeros(stop - start, dtype=np.float64)
    known = np.zeros(stop - start, dtype=np.int64)
    lowest = np.ones(stop - start, dtype=np.float64)
    highest = np.zeros(stop - start, dtype=np.int64)
    for row in range(stop - start):
        removed = start + row
        reached, touched = _follow(net, removed, most, work)
        over[row] = reached - 1 > most
        for place in range(1, min(reached, most + 1)):
            one = queue[place]
            lowest[row] = min(lowest[row], traits.confidence[cause[one]])
            highest[row] = max(highest[row], traits.grade[cause[one]])
            if not traits.counted[one]:
                continue
            stopped[row] += 1
            if traits.amount[one] == traits.amount[one]:
                amount[row] += traits.amount[one]
                known[row] += 1
            for entry in range(traits.label_start[one], traits.label_start[one + 1]):
                label = traits.label[entry]
                if seen_with[label] != removed:
                    seen_with[label] = removed
                    labels[row, traits.label_set[label]] += 1
        _reset(work, (0, 0), (reached, touched))
    return Reach(stopped, over, labels, amount, known, lowest, highest)


@njit(cache=True, nogil=True)
def stopped_by(net: Requirements, removed: int) -> tuple[Integers, Integers]:
    """Return who stops when `removed` alone fails, in the order of stopping, and the requirement whose loss stops each.

    Everybody runs at first, so the answer is the greatest fixed point: on a cycle, who can keep each other going goes
    on. `removed` itself is not among them.
    """
    work = _workspace(net)
    reached, _ = _follow(net, removed, len(net.own_start) - 1, work)
    stopped = work.queue[1:reached].astype(np.int64)
    return stopped, work.cause[stopped].astype(np.int64)


@njit(cache=True, nogil=True)
def single_points(net: Requirements, target: int) -> Integers:
    """Return whose failure alone stops `target`, the nearest first as far as one supplier of each input tells.

    Whoever stops it stops every supplier of some requirement of it, hence the first one: only those who are met on the
    way back through first suppliers are tried. A trial ends with the first who is known to stop `target` in turn.
    Several are tried at once: one is added to those who have failed in vain before; only if that comes to somebody
    who stops `target`, it is tried alone. Nobody who stops in a trial that is in vain can stop `target`.
    """
    organisations = len(net.own_start) - 1
    together, alone, size = _workspace(net), _workspace(net), (0, 0)
    fatal = np.zeros(organisations, dtype=np.bool_)
    harmless = np.zeros(organisations, dtype=np.bool_)
    met = np.zeros(organisations, dtype=np.bool_)
    waiting = np.empty(organisations, dtype=np.int32)
    fatal[target] = met[target] = True
    waiting[0], ends = target, 1
    for place in range(organisations):
        if place == ends:
            break
        one = waiting[place]
        if not (fatal[one] or harmless[one]):
            grown, found = _try(net, one, size, fatal, harmless, together)
            if found:
                grown, fatal[one] = _try(net, one, (0, 0), fatal, harmless, alone)
                if grown[0] > size[0]:
                    together, alone, size, grown = alone, together, grown, size
                _reset(alone, (0, 0), grown)
            else:
                size = grown
        for entry in range(net.own_start[one], net.own_start[one + 1]):
            requirement = net.own[entry]
            first = net.supplier[net.supplier_start[requirement]]
            only = net.supplier_start[requirement + 1] - net.supplier_start[requirement] == 1
            fatal[first] |= only and fatal[one]
            if not met[first]:
                met[first] = True
                waiting[ends] = first
                ends += 1
    return np.array([one for one in waiting[1:ends] if fatal[one]], dtype=np.int64)


@njit(cache=True, nogil=True)
def _try(
    net: Requirements, removed: int, size: tuple[int, int], fatal: Booleans, harmless: Booleans, work: Workspace
) -> tuple[tuple[int, int], bool]:
    """Let `removed` fail beside those of `work`; return the new sizes, and whether somebody `fatal` stops.

    If so, `work` is as it was before; if not, those who stop are noted as `harmless`.
    """
    reached, touched = _begin(removed, size[0], work), size[1]
    followed = size[0]
    while followed < reached:
        before = reached
        reached, touched = _fail(net, work.queue[followed], reached, touched, work)
        followed += 1
        for place in range(before, reached):
            if fatal[work.queue[place]]:
                _reset(work, size, (reached, touched))
                return size, True
    for place in range(size[0], reached):
        harmless[work.queue[place]] = True
    return (reached, touched), False


@njit(cache=True, nogil=True)
def _workspace(net: Requirements) -> Workspace:
    organisations = len(net.own_start) - 1
    cause = np.full(organisations, RUNNING, dtype=np.int32)
    left = net.supplier_start[1:] - net.supplier_start[:-1]
    return Workspace(np.empty(organisations, dtype=np.int32), cause, left, np.empty(len(net.served), dtype=np.int32))


@njit(cache=True, nogil=True)
def _follow(net: Requirements, removed: int, most: int, work: Workspace) -> tuple[int, int]:
    """Follow one failure until nobody more stops or more than `most` others have.

    Returned are how many stand in `work.queue`, `removed` first, and how many in `work.touched`.
    """
    reached, touched, followed = _begin(removed, 0, work), 0, 0
    while followed < reached and reached - 1 <= most:
        reached, touched = _fail(net, work.queue[followed], reached, touched, work)
        followed += 1
    return reached, touched


@njit(cache=True, nogil=True)
def _begin(removed: int, reached: int, work: Workspace) -> int:
    """Let `removed` fail beside `reached` others; return how many have."""
    work.queue[reached], work.cause[removed] = removed, REMOVED
    return reached + 1


@njit(cache=True, nogil=True)
def _fail(net: Requirements, failed: int, reached: int, touched: int, work: Workspace) -> tuple[int, int]:
    """Take what `failed` delivers from its buyers and queue those who stop; return how many have, and are touched."""
    queue, cause, left = work.queue, work.cause, work.left
    for entry in range(net.served_start[failed], net.served_start[failed + 1]):
        buyer = net.served[entry, 0]
        if cause[buyer] != RUNNING:
            continue
        requirement = net.served[entry, 1]
        if net.served[entry, 2] > 1:
            work.touched[touched] = requirement
            touched += 1
            left[requirement] -= 1
            if left[requirement]:
                continue
        cause[buyer] = requirement
        queue[reached] = buyer
        reached += 1
    return reached, touched


@njit(cache=True, nogil=True)
def _reset(work: Workspace, before: tuple[int, int], after: tuple[int, int]) -> None:
    """Undo what failures wrote since `before`, touching nothing else; both tell how many had failed, were touched."""
    for place in range(before[1], after[1]):
        work.left[work.touched[place]] += 1
    for place in range(before[0], after[0]):
        work.cause[work.queue[place]] = RUNNING
