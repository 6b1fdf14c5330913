from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuechain.kernels.failure import CHUNK, Traits, reach_of_each, requirements, single_points, stopped_by


def network(inputs, organisations):
    """Requirements from a list of (buyer, [suppliers])."""
    pairs = [(row, supplier) for row, (_, suppliers) in enumerate(inputs) for supplier in suppliers]
    buyers = np.array([buyer for buyer, _ in inputs], dtype=np.int64)
    rows, suppliers = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return requirements(buyers, rows, suppliers, organisations)


def stopped(inputs, organisations, removed):
    return set(stopped_by(network(inputs, organisations), removed)[0].tolist())


def stopped_by_hand(inputs, removed):
    """The definition itself: drop whoever lacks all suppliers of an input until nothing changes."""
    gone = {removed}
    while True:
        more = {buyer for buyer, suppliers in inputs if set(suppliers) <= gone} - gone
        if not more:
            return gone - {removed}
        gone |= more


def traits(organisations, inputs, counted=None, labels=(), sets=(), amount=None):
    """What is counted; `labels` of each organisation, `sets` of each label."""
    labels = labels or [()] * organisations
    return Traits(
        np.ones(organisations, dtype=bool) if counted is None else np.array(counted),
        np.concatenate([[0], np.cumsum([len(some) for some in labels])]).astype(np.int32),
        np.array([label for some in labels for label in some], dtype=np.int32),
        np.array(sets, dtype=np.int32),
        max(sets, default=-1) + 1,
        np.full(organisations, np.nan) if amount is None else np.array(amount),
        np.linspace(0.9, 0.1, len(inputs)) if inputs else np.zeros(0),
        np.arange(len(inputs), dtype=np.int64),
    )


def unwatched(done, total):
    """Watch nothing."""


def reach(inputs, organisations, most=1000, **counted):
    net = network(inputs, organisations)
    return reach_of_each(net, traits(organisations, inputs, **counted), most, unwatched)


@st.composite
def networks(draw):
    organisations = draw(st.integers(2, 9))
    one = st.integers(0, organisations - 1)
    inputs = draw(st.lists(st.tuples(one, st.lists(one, min_size=1, max_size=3)), max_size=16))
    return inputs, organisations


def test_a_diamond_has_no_single_point_of_failure():
    # 0 sells to 1 and 2, either of which is enough for 3; 0 has a rival, 4, for both
    diamond = [(1, [0, 4]), (2, [0, 4]), (3, [1, 2])]
    assert [stopped(diamond, 5, one) for one in range(5)] == [set()] * 5
    assert single_points(network(diamond, 5), 3).tolist() == []


def test_a_diamond_on_one_root_hangs_on_the_root_alone():
    diamond = [(1, [0]), (2, [0]), (3, [1, 2])]
    assert stopped(diamond, 4, 0) == {1, 2, 3}
    assert single_points(network(diamond, 4), 3).tolist() == [0]


def test_a_bottleneck_is_a_single_point_of_failure():
    # 0 and 1 sell to 2, and 2 alone sells to 3 and 4
    bottleneck = [(2, [0, 1]), (3, [2]), (4, [2])]
    assert stopped(bottleneck, 5, 2) == {3, 4}
    assert single_points(network(bottleneck, 5), 4).tolist() == [2]


def test_a_hub_with_a_rival_everywhere_stops_nobody():
    hub = [(buyer, [0, 1]) for buyer in range(2, 8)]
    assert reach(hub, 8).stopped.tolist() == [0] * 8


def test_every_input_is_needed_and_any_supplier_of_it_is_enough():
    # 3 needs one input from 0 or 1, and another from 2
    inputs = [(3, [0, 1]), (3, [2])]
    assert [stopped(inputs, 4, one) for one in range(3)] == [set(), set(), {3}]


def test_who_can_keep_each_other_going_goes_on():
    # 1 and 2 supply each other; 1 could also buy from 0
    ring = [(1, [0, 2]), (2, [1])]
    assert stopped(ring, 3, 0) == set()
    assert stopped(ring, 3, 1) == {2}


def test_a_cycle_stops_when_an_input_from_outside_it_is_lost():
    ring = [(1, [2]), (2, [1]), (1, [0])]
    assert stopped(ring, 3, 0) == {1, 2}


def test_who_makes_an_input_itself_does_not_lose_it():
    assert stopped([(1, [0, 1])], 2, 0) == set()


def test_who_stops_is_told_in_order_with_the_input_that_was_lost():
    chain = [(1, [0]), (2, [1]), (3, [2])]
    who, cause = stopped_by(network(chain, 4), 0)
    assert (who.tolist(), cause.tolist()) == ([1, 2, 3], [0, 1, 2])


def test_a_failure_is_followed_up_to_the_limit_and_then_said_to_be_over_it():
    star = [(buyer, [0]) for buyer in range(1, 7)]
    found = reach(star, 7, most=4)
    assert (found.stopped[0], found.over[0]) == (4, True)
    exact = reach(star, 7, most=6)
    assert (exact.stopped[0], exact.over[0]) == (6, False)


def test_only_those_counted_are_counted_but_failures_pass_through_all():
    chain = [(1, [0]), (2, [1]), (3, [2])]
    found = reach(chain, 4, counted=[False, False, False, True])
    assert found.stopped.tolist() == [1, 1, 1, 0]


def test_a_count_is_as_sure_as_the_least_sure_input_on_the_way():
    chain = [(1, [0]), (2, [1]), (3, [2])]  # confidences 0.9, 0.5, 0.1; grades 0, 1, 2
    found = reach(chain, 4)
    assert found.confidence.tolist() == pytest.approx([0.1, 0.1, 0.1, 1.0])
    assert reach(chain[:2], 4).confidence.tolist() == pytest.approx([0.1, 0.1, 1.0, 1.0])
    assert found.grade.tolist() == [2, 2, 2, 0]


def test_labels_of_those_who_stop_are_counted_once_in_each_set():
    chain = [(1, [0]), (2, [1]), (3, [1])]
    # labels 0 and 1 are of one set, label 2 of another; 0 carries label 2 and does not stop by itself
    found = reach(chain, 4, labels=[(2,), (0,), (0, 1), (1, 2)], sets=[0, 0, 1])
    assert found.labels.tolist() == [[2, 1], [2, 1], [0, 0], [0, 0]]


def test_amounts_of_those_who_stop_are_added_up_and_it_is_said_for_how_many_they_are_known():
    chain = [(1, [0]), (2, [1]), (3, [1])]
    found = reach(chain, 4, amount=[100.0, 1.0, np.nan, 0.0])
    assert (found.amount.tolist(), found.known.tolist()) == ([1.0, 0.0, 0.0, 0.0], [2, 1, 0, 0])


def test_who_is_not_counted_brings_in_no_label_and_no_amount():
    found = reach([(1, [0])], 2, counted=[True, False], labels=[(), (0,)], sets=[0], amount=[1.0, 1.0])
    assert (found.labels.tolist(), found.known.tolist()) == ([[0], [0]], [0, 0])


def test_a_supplier_that_is_named_twice_for_one_input_counts_once():
    net = requirements(np.array([1]), np.array([0, 0]), np.array([0, 0]), 2)
    assert stopped_by(net, 0)[0].tolist() == [1]


def test_nobody_needs_anything_so_nobody_stops():
    assert reach([], 3).stopped.tolist() == [0, 0, 0]
    assert single_points(network([], 3), 1).tolist() == []


@settings(max_examples=400, deadline=None)
@given(networks())
def test_on_random_networks_the_answer_is_that_of_the_definition(case):
    inputs, organisations = case
    net = network(inputs, organisations)
    expected = [stopped_by_hand(inputs, one) for one in range(organisations)]
    assert [stopped(inputs, organisations, one) for one in range(organisations)] == expected
    assert reach(inputs, organisations).stopped.tolist() == [len(one) for one in expected]
    for target in range(organisations):
        stops_it = [one for one in range(organisations) if target in expected[one]]
        assert sorted(single_points(net, target).tolist()) == stops_it


@settings(max_examples=200, deadline=None)
@given(networks(), st.integers(0, 4))
def test_on_random_networks_a_limit_changes_nothing_but_what_lies_above_it(case, most):
    inputs, organisations = case
    exact, limited = reach(inputs, organisations), reach(inputs, organisations, most)
    assert limited.over.tolist() == (exact.stopped > most).tolist()
    assert limited.stopped.tolist() == np.minimum(exact.stopped, most).tolist()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_without_and_single_points_are_the_dominators_of_a_super_source(seed):
    # an acyclic network in which everybody has at most one input: x stops y exactly when x dominates y
    random = np.random.default_rng(seed)
    count = 12
    inputs = [
        (buyer, sorted(set(random.integers(0, buyer, random.integers(1, 4)).tolist())))
        for buyer in range(2, count)
        if random.random() < 0.8
    ]
    tree = nx.DiGraph([(supplier, buyer) for buyer, suppliers in inputs for supplier in suppliers])
    tree.add_nodes_from(range(count))
    bought = {buyer for buyer, _ in inputs}
    tree.add_edges_from(("source", root) for root in range(count) if root not in bought)
    above = nx.immediate_dominators(tree, "source")

    def dominators(node):
        while above[node] not in (node, "source", None):
            node = above[node]
            yield node

    net = network(inputs, count)
    for target in range(count):
        assert sorted(single_points(net, target).tolist()) == sorted(dominators(target))


def test_single_points_are_told_from_the_nearest_on():
    chain = [(3, [2]), (2, [0]), (0, [1])]
    assert single_points(network(chain, 4), 3).tolist() == [2, 0, 1]


def test_more_removals_than_a_chunk_are_followed_as_those_of_one_and_each_chunk_is_told():
    count = CHUNK + 3
    told = []
    net = network([(buyer, [buyer - 1]) for buyer in range(1, count)], count)
    found = reach_of_each(net, traits(count, [()] * (count - 1)), 2, lambda *done: told.append(done))
    assert found.stopped.tolist() == [2] * (count - 2) + [1, 0]
    assert told == [(CHUNK, count), (count, count)]


def test_nobody_at_all_is_no_removal():
    assert reach([], 0).stopped.tolist() == []


def test_a_long_chain_does_not_exhaust_the_stack():
    length = 5000
    chain = [(buyer, [supplier]) for supplier, buyer in pairwise(range(length))]
    assert len(stopped_by(network(chain, length), 0)[0]) == length - 1
