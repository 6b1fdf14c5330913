"""Losses and measures as an AND/OR system: who goes on, and what bundles add, against the definition itself."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from valuechain.kernels.repair import gains, going_on, losses, lost_without


def system(rows, nodes, measures):
    """Losses from a list of (node, [(measure or -1, node or -1)])."""
    rows = sorted(rows)
    entries = [(row, measure, node) for row, (_, support) in enumerate(rows) for measure, node in support]
    owners = np.array([owner for owner, _ in rows], dtype=np.int64)
    return losses(owners, np.array(entries, dtype=np.int64).reshape(-1, 3), nodes, measures)


def by_hand(rows, nodes, taken):
    """The definition: drop whoever has a row without support until nothing changes."""
    on = set(range(nodes))
    while True:
        lost = {
            owner
            for owner, support in rows
            if not any((measure < 0 or measure in taken) and (node < 0 or node in on) for measure, node in support)
        } & on
        if not lost:
            return on
        on -= lost


def kept(rows, nodes, measures, *taken):
    chosen = np.isin(np.arange(measures), taken)
    return set(np.flatnonzero(going_on(system(rows, nodes, measures), chosen)).tolist())


def test_somebody_who_lost_two_inputs_needs_both_mended():
    rows = [(0, [(0, -1)]), (0, [(1, -1)])]
    assert kept(rows, 1, 2, 0) == set()
    assert kept(rows, 1, 2, 0, 1) == {0}


def test_mending_one_of_two_suppliers_is_enough():
    rows = [(0, [(0, -1)]), (1, [(1, -1)]), (2, [(-1, 0), (-1, 1)])]
    assert kept(rows, 3, 2, 1) == {1, 2}


def test_a_new_supplier_who_stops_too_helps_only_if_it_is_mended():
    rows = [(0, [(0, -1)]), (1, [(1, 0)])]
    assert kept(rows, 2, 2, 1) == set()
    assert kept(rows, 2, 2, 0, 1) == {0, 1}


def test_who_can_keep_each_other_going_goes_on_once_what_stopped_them_is_mended():
    rows = [(0, [(0, -1)]), (0, [(-1, 1)]), (1, [(-1, 0)])]
    assert kept(rows, 2, 1) == set()
    assert kept(rows, 2, 1, 0) == {0, 1}


def test_a_bundle_gains_what_it_adds_to_the_measures_that_are_taken():
    rows = [(0, [(0, -1)]), (0, [(1, -1)]), (1, [(-1, 0)]), (2, [(2, -1)])]
    net, weight = system(rows, 3, 3), np.array([1, 10, 100])
    bundles = ([0], [0, 1], [2], [0, 1, 2])
    start = np.cumsum([0, *(len(one) for one in bundles)])
    flat = np.array([measure for one in bundles for measure in one])

    nothing = np.zeros(3, dtype=bool)
    assert gains(net, nothing, going_on(net, nothing), weight, start, flat).tolist() == [0, 11, 100, 111]
    second = np.array([False, True, False])
    assert gains(net, second, going_on(net, second), weight, start, flat).tolist() == [11, 11, 100, 111]


@st.composite
def systems(draw):
    nodes, measures = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    node, measure = st.integers(-1, nodes - 1), st.integers(-1, measures - 1)
    entry = st.tuples(measure, node).filter(lambda one: one != (-1, -1))
    row = st.tuples(st.integers(0, nodes - 1), st.lists(entry, max_size=3, unique=True))
    subset = st.frozensets(st.integers(0, measures - 1))
    return (
        draw(st.lists(row, max_size=12)),
        nodes,
        measures,
        draw(subset),
        draw(st.lists(subset, min_size=1, max_size=4)),
    )


@given(systems())
@settings(max_examples=300, deadline=None)
def test_who_goes_on_and_what_bundles_add_hold_to_the_definition(case):
    rows, nodes, measures, taken, bundles = case
    rows = sorted(rows)
    net, weight = system(rows, nodes, measures), 2 ** np.arange(nodes)
    chosen = np.isin(np.arange(measures), list(taken))
    on = going_on(net, chosen)
    assert set(np.flatnonzero(on).tolist()) == by_hand(rows, nodes, taken)

    start = np.cumsum([0, *(len(one) for one in bundles)])
    flat = np.array([measure for one in bundles for measure in sorted(one)], dtype=np.int64)
    added = gains(net, chosen, on, weight, start, flat)
    for bundle, more in zip(bundles, added.tolist(), strict=True):
        expected = by_hand(rows, nodes, taken | bundle) - by_hand(rows, nodes, taken)
        assert more == sum(2**node for node in expected)

    given_up = lost_without(net, chosen, weight).tolist()
    for measure in range(measures):
        stops = by_hand(rows, nodes, taken) - by_hand(rows, nodes, taken - {measure})
        assert given_up[measure] == sum(2**node for node in stops)
