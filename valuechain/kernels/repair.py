"""Who goes on after all: failures followed again with some of their losses mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from valuechain.kernels.rows import starts

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Integers


class Losses(NamedTuple):
    """Who stops and what each has lost, for several failures at once, in compressed sparse row form.

    A node is somebody who stops in one of the failures. Node n lost the rows `row_start[n]` to `row_start[n + 1]`, and
    goes on again when each of them is supported. Row q is supported by any one of the entries `entry_start[q]` to
    `entry_start[q + 1]`: entry e holds when the measure `entry_measure[e]` is taken (-1: needs none) and the node
    `entry_node[e]` goes on (-1: needs none). `row_node` and `entry_row` lead back. The entries that name node n are
    `user[user_start[n] : user_start[n + 1]]`, those of measure m `site[site_start[m] : site_start[m + 1]]`.
    """

    row_start: Integers
    row_node: Integers
    entry_start: Integers
    entry_row: Integers
    entry_measure: Integers
    entry_node: Integers
    user_start: Integers
    user: Integers
    site_start: Integers
    site: Integers


def losses(row_node: Integers, entries: Integers, nodes: int, measures: int) -> Losses:
    """Build the compressed form.

    Parameters
    ----------
    row_node : integers (Q,), ascending
        Who lost each row.
    entries : integers (E, 3), in ascending order of rows
        What supports a row: the row, the measure and the node, -1 where it needs none.
    nodes, measures : int
        How many there are.
    """
    entry_row, entry_measure, entry_node = entries.T
    rows = len(row_node)
    users = np.flatnonzero(entry_node >= 0)
    sites = np.flatnonzero(entry_measure >= 0)
    return Losses(
        starts(row_node, nodes),
        row_node.astype(np.int64),
        starts(entry_row, rows),
        entry_row.astype(np.int64),
        entry_measure.astype(np.int64),
        entry_node.astype(np.int64),
        starts(entry_node[users], nodes),
        users[np.argsort(entry_node[users], kind="stable")],
        starts(entry_measure[sites], measures),
        sites[np.argsort(entry_measure[sites], kind="stable")],
    )


@njit(cache=True, nogil=True)
def going_on(net: Losses, taken: Booleans) -> Booleans:
    """Return which nodes go on when the measures `taken` are.

    Everybody goes on at first and stops when a row of it has no support, so the answer is the greatest fixed point: on
    a cycle, who can keep each other going goes on.
    """
    nodes = len(net.row_start) - 1
    on = np.ones(nodes, dtype=np.bool_)
    some = np.arange(nodes)
    met = np.ones(nodes, dtype=np.bool_)
    support = np.zeros(len(net.row_node), dtype=np.int64)
    _settle(net, taken, on, some, nodes, met, support, np.empty(nodes, dtype=np.int64))
    return on


@njit(cache=True, nogil=True)
def gains(
    net: Losses, taken: Booleans, on: Booleans, weight: Integers, bundle_start: Integers, bundle: Integers
) -> Integers:
    """Return how much weight goes on in addition if each bundle of measures is taken as well, one entry each.

    Parameters
    ----------
    net : Losses
    taken : booleans (M,)
        The measures that are taken already.
    on : booleans (N,)
        Who goes on with them: `going_on(net, taken)`.
    weight : integers (N,)
    bundle_start, bundle : integers (B + 1,), (...)
        Bundle b holds the measures `bundle[bundle_start[b] : bundle_start[b + 1]]`.
    """
    nodes = len(net.row_start) - 1
    taken, on = taken.copy(), on.copy()
    found = np.zeros(len(bundle_start) - 1, dtype=np.int64)
    some = np.empty(nodes, dtype=np.int64)
    queue = np.empty(nodes, dtype=np.int64)
    met = np.zeros(nodes, dtype=np.bool_)
    support = np.zeros(len(net.row_node), dtype=np.int64)
    added = np.empty(len(taken), dtype=np.int64)
    for one in range(len(found)):
        many = 0
        for place in range(bundle_start[one], bundle_start[one + 1]):
            if not taken[bundle[place]]:
                taken[bundle[place]] = True
                added[many] = bundle[place]
                many += 1
        count = _within_reach(net, taken, on, added, many, met, some)
        for place in range(count):
            on[some[place]] = True
        _settle(net, taken, on, some, count, met, support, queue)
        for place in range(count):
            if on[some[place]]:
                found[one] += weight[some[place]]
            on[some[place]] = met[some[place]] = False
        for place in range(many):
            taken[added[place]] = False
    return found


@njit(cache=True, nogil=True)
def _within_reach(
    net: Losses, taken: Booleans, on: Booleans, added: Integers, many: int, met: Booleans, some: Integers
) -> int:
    """Put who stands still and could go on through the measures `added` into `some`, mark them; return how many."""
    count = 0
    for place in range(many):
        for spot in range(net.site_start[added[place]], net.site_start[added[place] + 1]):
            node = net.row_node[net.entry_row[net.site[spot]]]
            if not (on[node] or met[node]):
                met[node] = True
                some[count] = node
                count += 1
    place = 0
    while place < count:
        for spot in range(net.user_start[some[place]], net.user_start[some[place] + 1]):
            entry = net.user[spot]
            node = net.row_node[net.entry_row[entry]]
            if not (on[node] or met[node]) and (net.entry_measure[entry] < 0 or taken[net.entry_measure[entry]]):
                met[node] = True
                some[count] = node
                count += 1
        place += 1
    return count


@njit(cache=True, nogil=True)
def _settle(
    net: Losses,
    taken: Booleans,
    on: Booleans,
    some: Integers,
    count: int,
    met: Booleans,
    support: Integers,
    queue: Integers,
) -> None:
    """Stop whoever of the first `count` of `some`, all going on at first and marked `met`, lacks support for a row."""
    for place in range(count):
        for row in range(net.row_start[some[place]], net.row_start[some[place] + 1]):
            support[row] = 0
            for entry in range(net.entry_start[row], net.entry_start[row + 1]):
                measure, node = net.entry_measure[entry], net.entry_node[entry]
                support[row] += (measure < 0 or taken[measure]) and (node < 0 or on[node])
    ends = 0
    for place in range(count):
        for row in range(net.row_start[some[place]], net.row_start[some[place] + 1]):
            if support[row] == 0 and on[some[place]]:
                on[some[place]] = False
                queue[ends] = some[place]
                ends += 1
    begins = 0
    while begins < ends:
        for spot in range(net.user_start[queue[begins]], net.user_start[queue[begins] + 1]):
            entry = net.user[spot]
            row, measure = net.entry_row[entry], net.entry_measure[entry]
            if met[net.row_node[row]] and (measure < 0 or taken[measure]):
                support[row] -= 1
                if support[row] == 0 and on[net.row_node[row]]:
                    on[net.row_node[row]] = False
                    queue[ends] = net.row_node[row]
                    ends += 1
        begins += 1


@njit(cache=True, nogil=True)
def lost_without(net: Losses, taken: Booleans, weight: Integers) -> Integers:
    """Return how much weight stops if each of the measures `taken` is given up alone; 0 for the others."""
    on = going_on(net, taken)
    support = np.zeros(len(net.row_node), dtype=np.int64)
    for entry in range(len(net.entry_row)):
        measure, node = net.entry_measure[entry], net.entry_node[entry]
        support[net.entry_row[entry]] += (measure < 0 or taken[measure]) and (node < 0 or on[node])
    lost = np.zeros(len(taken), dtype=np.int64)
    queue = np.empty(len(weight), dtype=np.int64)
    touched = np.empty(len(net.entry_row), dtype=np.int64)
    for given_up in np.flatnonzero(taken):
        ends, begins, many = 0, 0, 0
        for spot in range(net.site_start[given_up], net.site_start[given_up + 1]):
            entry = net.site[spot]
            if net.entry_node[entry] < 0 or on[net.entry_node[entry]]:
                touched[many] = entry
                many += 1
        place = 0
        while place < many or begins < ends:
            if place == many:
                for spot in range(net.user_start[queue[begins]], net.user_start[queue[begins] + 1]):
                    entry = net.user[spot]
                    measure = net.entry_measure[entry]
                    if measure < 0 or (taken[measure] and measure != given_up):
                        touched[many] = entry
                        many += 1
                begins += 1
                continue
            row = net.entry_row[touched[place]]
            place += 1
            support[row] -= 1
            if support[row] == 0 and on[net.row_node[row]]:
                on[net.row_node[row]] = False
                queue[ends] = net.row_node[row]
                ends += 1
        for place in range(ends):
            lost[given_up] += weight[queue[place]]
            on[queue[place]] = True
        for place in range(many):
            support[net.entry_row[touched[place]]] += 1
    return lost
