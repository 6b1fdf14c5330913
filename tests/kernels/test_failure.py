from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuechain.kernels.failure import labels_reached, reach_of_each, requirements, single_points, stopped_by


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


def reach(inputs, organisations, most=1000, counted=None):
    net = network(inputs, organisations)
    confidence = np.linspace(0.9, 0.1, len(inputs)) if inputs else np.zeros(0)
    everybody = np.ones(organisations, dtype=bool) if counted is None else counted
    return reach_of_each(net, everybody, confidence, np.arange(len(inputs), dtype=np.int64), most)


@st.composite
def networks(draw):
    organisations = draw(st.integers(2, 9))
    one = st.integers(0, organisations - 1)
    inputs = draw(st.lists(st.tuples(one, st.lists(one, min_size=1, max_size=3, unique=True)), max_size=16))
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
    found = reach(chain, 4, counted=np.array([False, False, False, True]))
    assert found.stopped.tolist() == [1, 1, 1, 0]


def test_a_count_is_as_sure_as_the_least_sure_input_on_the_way():
    chain = [(1, [0]), (2, [1]), (3, [2])]  # confidences 0.9, 0.5, 0.1; grades 0, 1, 2
    found = reach(chain, 4)
    assert found.confidence.tolist() == pytest.approx([0.1, 0.1, 0.1, 1.0])
    assert reach(chain[:2], 4).confidence.tolist() == pytest.approx([0.1, 0.1, 1.0, 1.0])
    assert found.grade.tolist() == [2, 2, 2, 0]


def test_labels_of_those_who_stop_are_counted_once():
    chain = [(1, [0]), (2, [1]), (3, [1])]
    # organisation 1 carries label 0, 2 carries 0 and 1, 3 carries 1; 0 carries 2 and does not stop by itself
    start, labels = np.array([0, 1, 2, 4, 5]), np.array([2, 0, 0, 1, 1])
    assert labels_reached(network(chain, 4), start, labels, 3, 1000).tolist() == [2, 2, 0, 0]


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
        assert single_points(net, target).tolist() == stops_it


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
        assert single_points(net, target).tolist() == sorted(dominators(target))


def test_a_long_chain_does_not_exhaust_the_stack():
    length = 5000
    chain = [(buyer, [supplier]) for supplier, buyer in pairwise(range(length))]
    assert len(stopped_by(network(chain, length), 0)[0]) == length - 1
