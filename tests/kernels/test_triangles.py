import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from tests.support.networks import MESSY, NODES, undirected
from valuechain.kernels.triangles import constraint, triangles, upwards


def simple(ties):
    graph: nx.Graph[int] = nx.Graph([pair for pair in ties if pair[0] != pair[1]])
    graph.add_nodes_from(range(NODES))
    return graph


def test_the_centre_of_a_star_is_constrained_by_nobody_more_than_by_another():
    # p_0j = 1/4, no ties among the tips: 4 * (1/4)^2 = 0.25; a tip has one neighbour: 1
    links = undirected([(0, 1), (0, 2), (0, 3), (0, 4)], 6)
    found = constraint(links.indptr, links.indices)
    assert found[:5].tolist() == pytest.approx([0.25, 1, 1, 1, 1])
    assert np.isnan(found[5])


def test_constraint_in_a_triangle_is_nine_eighths():
    # p = 1/2 each; (1/2 + 1/2 * 1/2)^2 * 2 = 1.125
    links = undirected([(0, 1), (0, 2), (1, 2)], 3)
    assert constraint(links.indptr, links.indices).tolist() == pytest.approx([1.125] * 3)


def test_a_diamond_holds_no_triangle_and_with_a_crossbar_two():
    diamond = [(0, 1), (0, 2), (1, 3), (2, 3)]
    links = undirected(diamond, 4)
    assert triangles(links.indptr, links.indices).tolist() == [0, 0, 0, 0]
    links = undirected([*diamond, (1, 2)], 4)
    assert triangles(links.indptr, links.indices).tolist() == [1, 2, 2, 1]


def test_in_zacharys_karate_club_there_are_45_triangles():
    # W. W. Zachary's network: 45 triangles, transitivity 0.2557 (networkx documents both)
    links = undirected(nx.karate_club_graph().edges, 34)
    assert triangles(links.indptr, links.indices).sum() == 3 * 45


def test_nobody_keeps_more_ties_than_the_square_root_of_all_their_ends():
    # a hub with 40 tips keeps none of them
    links = undirected([(0, tip) for tip in range(1, 41)], 41)
    start, heads = upwards(links.indptr, links.indices)
    assert np.diff(start).tolist() == [0] + [1] * 40
    assert set(heads.tolist()) == {0}


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_on_random_networks_triangles_and_constraint_are_those_of_networkx(ties):
    links, graph = undirected(ties, NODES), simple(ties)
    assert triangles(links.indptr, links.indices).tolist() == [nx.triangles(graph, node) for node in range(NODES)]
    expected = nx.constraint(graph)
    found = constraint(links.indptr, links.indices)
    assert found.tolist() == pytest.approx([expected[node] for node in range(NODES)], nan_ok=True)
