"""Ties between groups, on graphs small enough to count by hand."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from valuechain.analyses._crossings import crossings, mixing, shared_members, sole_brokers
from valuechain.analyses._groups import Groups


def groups_of(*several):
    """Groups from one entry per organisation: "a", "ab" (half in each), or "" for unknown."""
    labels = sorted(set("".join(several)))
    rows = np.zeros((len(several), len(labels)))
    for row, letters in enumerate(several):
        for letter in letters:
            rows[row, labels.index(letter)] = 1 / len(letters)
    return Groups(tuple(labels), csr_array(rows), np.zeros(len(several), dtype=np.int64), pd.DataFrame(), {})


def matrix(ties, count):
    full = np.zeros((count, count))
    for first, second in ties:
        full[first, second] = full[second, first] = 1
    return csr_array(full)


def brokers(ties, groups):
    first, second = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    found = sole_brokers(crossings(first, second, groups), shared_members(groups))
    pairs = found[["low", "high", "organisation", "ties"]].itertuples(index=False)
    return [(groups.labels[low] + groups.labels[high], organisation, count) for low, high, organisation, count in pairs]


def test_ties_between_two_groups_are_compared_with_what_chance_would_give():
    # a: 0 1 2, b: 3 4; ties 0-1 1-2 0-2 inside a, 3-4 inside b, 0-3 between.
    # Ends: a has 3*2+1 = 7, b has 2+1 = 3, all 10. Between: 7*3/10 = 2.1; inside a: 49/20 = 2.45, b: 9/20 = 0.45.
    found = mixing(matrix([(0, 1), (1, 2), (0, 2), (3, 4), (0, 3)], 5), groups_of("a", "a", "a", "b", "b").shares)
    assert found.observed.tolist() == [[3, 1], [1, 1]]
    assert found.expected == pytest.approx(np.array([[2.45, 2.1], [2.1, 0.45]]))
    assert found.surprise[0, 1] == pytest.approx((1 - 2.1) / 2.1**0.5)


def test_an_organisation_in_two_groups_gives_half_a_tie_to_each():
    found = mixing(matrix([(0, 1)], 2), groups_of("a", "bc").shares)
    assert found.observed.tolist() == [[0, 0.5, 0.5], [0.5, 0, 0], [0.5, 0, 0]]


def test_a_tie_to_somebody_without_a_group_does_not_count():
    found = mixing(matrix([(0, 1), (1, 2)], 3), groups_of("a", "b", "").shares)
    assert found.observed.sum() / 2 == 1
    assert found.expected.sum() == pytest.approx(0.25 + 0.25 + 2 * 0.5)


def test_without_ties_nothing_is_expected_and_nothing_surprises():
    found = mixing(matrix([], 2), groups_of("a", "b").shares)
    assert np.isnan(found.surprise).all()


@settings(max_examples=100, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1])),
    st.lists(st.sampled_from(["a", "b", "c", "ab", "abc", ""]), min_size=7, max_size=7),
)
def test_observed_and_expected_ties_add_up_to_the_ties_with_known_ends(ties, letters):
    found = mixing(matrix(ties, 7), groups_of(*letters).shares)
    known = sum(bool(letters[first] and letters[second]) for first, second in ties)
    upper = np.triu(np.ones_like(found.observed))
    assert (found.observed * upper).sum() == pytest.approx(known)
    assert (found.expected * upper).sum() == pytest.approx(known)


@settings(max_examples=50, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]), min_size=1),
    st.lists(st.sampled_from("abc"), min_size=7, max_size=7),
)
def test_with_one_group_each_the_matrix_is_the_mixing_matrix_of_networkx(ties, letters):
    graph: nx.Graph[int] = nx.Graph(sorted(ties))
    graph.add_nodes_from((node, {"group": letter}) for node, letter in enumerate(letters))
    groups = groups_of(*letters)
    mapping = {letter: place for place, letter in enumerate(groups.labels)}
    ends = nx.attribute_mixing_matrix(graph, "group", mapping=mapping, normalized=False)
    found = mixing(matrix(ties, 7), groups.shares)
    assert found.observed == pytest.approx(ends - np.diag(np.diag(ends)) / 2)


def test_without_its_sole_broker_no_tie_is_left_between_two_groups():
    # 0 and 1 in a, 2 and 3 in b: 0 holds both ties
    assert brokers([(0, 2), (0, 3), (0, 1)], groups_of("a", "a", "b", "b")) == [("ab", 0, 2)]


def test_a_single_tie_has_a_broker_at_either_end():
    assert brokers([(0, 1)], groups_of("a", "b")) == [("ab", 0, 1), ("ab", 1, 1)]


def test_a_second_tie_elsewhere_frees_the_pair_of_its_broker():
    assert brokers([(0, 2), (1, 3)], groups_of("a", "a", "b", "b")) == []


def test_a_broker_in_both_groups_holds_its_ties_to_either():
    # 1 is in a and b; its tie to 0 (a) joins b with a, its tie to 2 (b) joins a with b
    assert brokers([(0, 1), (1, 2)], groups_of("a", "ab", "b")) == [("ab", 1, 2)]


def test_two_in_the_same_two_groups_are_both_brokers_of_their_one_tie():
    assert brokers([(0, 1)], groups_of("ab", "ab")) == [("ab", 0, 1), ("ab", 1, 1)]


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]), max_size=10),
    st.lists(st.sampled_from(["a", "b", "c", "ab", "bc", ""]), min_size=7, max_size=7),
)
def test_a_sole_broker_is_one_whose_removal_leaves_no_tie_where_there_was_one(ties, letters):
    groups = groups_of(*letters)

    def joined(without):
        pairs = set()
        for first, second in ties:
            if without not in (first, second):
                pairs |= {tuple(sorted((s, t))) for s in letters[first] for t in letters[second] if s != t}
        return pairs

    expected = {(*pair, one) for one in range(7) for pair in joined(None) - joined(one)}
    for pair in {("a", "b"), ("a", "c"), ("b", "c")} - joined(None):
        members = [one for one in range(7) if set(pair) <= set(letters[one])]
        expected |= {(*pair, one) for one in members if len(members) == 1}
    found = {(*pair, organisation) for pair, organisation, _ in brokers(sorted(ties), groups)}
    assert found == expected
