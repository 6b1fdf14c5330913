import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from valuechain.kernels.brokerage import between_groups, constraint, participation
from valuechain.model.graph import Adjacency

TIES = st.sets(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]), min_size=1, max_size=16
)


def both_ways(ties, nodes):
    first, second = np.array(sorted(ties), dtype=np.int64).reshape(-1, 2).T
    return Adjacency.from_pairs(np.concatenate([first, second]), np.concatenate([second, first]), nodes)


def matrix(ties, nodes):
    links = both_ways(ties, nodes)
    return csr_array((np.ones(len(links.indices)), links.indices, links.indptr), shape=(nodes, nodes))


def shares(groups, kinds):
    """Rows of shares: a group's number, a tuple of groups to split between, or None for unknown."""
    rows = np.zeros((len(groups), kinds))
    for node, group in enumerate(groups):
        several = () if group is None else group if isinstance(group, tuple) else (group,)
        rows[node, list(several)] = 1 / max(1, len(several))
    return csr_array(rows)


def betweenness(ties, groups, kinds, sources=None):
    links, parts = both_ways(ties, len(groups)), shares(groups, kinds)
    starts = np.arange(len(groups)) if sources is None else np.array(sources)
    return between_groups(
        links.indptr, links.indices, parts.indptr.astype(np.int64), parts.indices.astype(np.int64), parts.data, kinds,
        starts,
    )  # fmt: skip


STAR = [(0, 1), (0, 2), (0, 3), (0, 4)]


def test_neighbours_in_one_group_give_no_participation_and_in_four_groups_three_quarters():
    # 1 - 4 * (1/4)^2 = 0.75
    assert participation(matrix(STAR, 5), shares([0, 1, 2, 3, 4], 5))[0] == pytest.approx(0.75)
    assert participation(matrix(STAR, 5), shares([0, 1, 1, 1, 1], 5))[0] == pytest.approx(0)


def test_a_neighbour_in_two_groups_counts_half_in_each():
    # k = 2: group 0 gets 1 + 1/2, group 1 gets 1/2, so 1 - (0.75^2 + 0.25^2) = 0.375
    assert participation(matrix([(0, 1), (0, 2)], 3), shares([None, 0, (0, 1)], 2))[0] == pytest.approx(0.375)


def test_without_a_neighbour_whose_group_is_known_there_is_no_participation():
    found = participation(matrix([(0, 1), (0, 2)], 4), shares([0, None, None, 0], 1))
    assert np.isnan(found).tolist() == [True, False, False, True]


def test_the_centre_of_a_star_is_constrained_by_nobody_more_than_by_another():
    # p_0j = 1/4, no ties among the tips: 4 * (1/4)^2 = 0.25; a tip has one neighbour: 1
    links = both_ways(STAR, 6)
    found = constraint(links.indptr, links.indices)
    assert found[:5].tolist() == pytest.approx([0.25, 1, 1, 1, 1])
    assert np.isnan(found[5])


def test_constraint_in_a_triangle_is_nine_eighths():
    # p = 1/2 each; (1/2 + 1/2 * 1/2)^2 * 2 = 1.125
    links = both_ways([(0, 1), (0, 2), (1, 2)], 3)
    assert constraint(links.indptr, links.indices).tolist() == pytest.approx([1.125] * 3)


@settings(max_examples=200, deadline=None)
@given(TIES)
def test_constraint_agrees_with_networkx(ties):
    graph: nx.Graph[int] = nx.Graph(sorted(ties))
    graph.add_nodes_from(range(9))
    links = both_ways(ties, 9)
    expected = nx.constraint(graph)
    found = constraint(links.indptr, links.indices)
    assert found.tolist() == pytest.approx([expected[node] for node in range(9)], nan_ok=True)


def test_all_paths_between_two_groups_lead_through_the_one_between_them():
    # path 0 - 1 - 2: the ends differ, so the only pairs are (0, 2), (0, 1) and (1, 2), each both ways; 1 lies on one
    assert betweenness([(0, 1), (1, 2)], [0, 2, 1], 3).tolist() == pytest.approx([0, 1 / 3, 0])


def test_paths_inside_a_group_and_ends_without_a_group_do_not_count():
    # path 0 - 1 - 2 with 0 and 2 alike: of the pairs (0, 1) and (1, 2), none has anybody between
    assert betweenness([(0, 1), (1, 2)], [0, 1, 0], 2).tolist() == [0, 0, 0]
    # 1 has no group, so (0, 2) is the only pair and 1 lies on it
    assert betweenness([(0, 1), (1, 2)], [0, None, 1], 2).tolist() == [0, 1, 0]


def test_ends_that_share_half_a_group_count_half():
    # 0 in group 0; 2 half in 0, half in 1: the pair (0, 2) counts 1 - 1/2; nobody else has a group
    assert betweenness([(0, 1), (1, 2), (2, 3)], [0, None, (0, 1), 1], 2)[1:3].tolist() == pytest.approx(
        # pairs: (0, 2) 0.5, (0, 3) 1, (2, 3) 0.5; node 1 lies on the first two, node 2 on the second
        [1.5 / 2, 1 / 2]
    )


def test_where_no_two_groups_are_connected_nothing_is_said():
    assert np.isnan(betweenness([(0, 1)], [0, 0, 1], 2)).all()


@settings(max_examples=200, deadline=None)
@given(TIES, st.lists(st.integers(0, 2), min_size=9, max_size=9))
def test_betweenness_agrees_with_counting_the_shortest_paths(ties, groups):
    graph: nx.Graph[int] = nx.Graph(sorted(ties))
    graph.add_nodes_from(range(9))
    through, pairs = np.zeros(9), 0
    for first in range(9):
        for second in range(9):
            if groups[first] != groups[second] and nx.has_path(graph, first, second):
                paths = list(nx.all_shortest_paths(graph, first, second))
                pairs += 1
                for path in paths:
                    through[path[1:-1]] += 1 / len(paths)
    expected = through / pairs if pairs else np.full(9, np.nan)
    assert betweenness(ties, groups, 3).tolist() == pytest.approx(expected.tolist(), nan_ok=True)


def test_from_some_sources_it_is_the_share_of_the_paths_that_start_there():
    # path 0 - 1 - 2 - 3, groups 0 1 0 1: from 0 there are paths to 1 and, through 1 and 2, to 3
    assert betweenness([(0, 1), (1, 2), (2, 3)], [0, 1, 0, 1], 2, [0]).tolist() == [0, 0.5, 0.5, 0]
