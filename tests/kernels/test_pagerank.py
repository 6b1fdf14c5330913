import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import MESSY, NODES, directed
from valuechain.kernels.pagerank import pagerank


def rank(links, nodes, **options):
    made = directed(links, nodes)
    return pagerank(made.indptr, made.indices, **options)


def test_in_a_ring_all_rank_alike():
    assert rank([(0, 1), (1, 2), (2, 0)], 3).tolist() == pytest.approx([1 / 3] * 3)


def test_of_two_the_one_that_is_linked_to_ranks_higher():
    # r1 = (1 - d) / 2 + d (r0 + r1 / 2), r0 + r1 = 1: r1 = (1 + d) / (2 + d) = 0.6491 at d = 0.85
    assert rank([(0, 1)], 2)[1] == pytest.approx(1.85 / 2.85)


def test_without_links_all_rank_alike_and_without_nodes_nobody_does():
    assert rank([], 4).tolist() == [0.25] * 4
    assert rank([], 0).tolist() == []


def test_without_damping_nobody_follows_a_link():
    assert rank([(0, 1)], 2, damping=0.0).tolist() == [0.5, 0.5]


@settings(max_examples=300, deadline=None)
@given(MESSY, st.sampled_from([0.5, 0.85, 0.95]))
def test_on_random_networks_ranks_are_those_of_networkx(pairs, damping):
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_nodes_from(range(NODES))
    graph.add_edges_from(pairs)
    expected = nx.pagerank(graph, alpha=damping, tol=1e-14, max_iter=2000)
    found = rank(pairs, NODES, damping=damping, tolerance=1e-13)
    assert found.tolist() == pytest.approx([expected[node] for node in range(NODES)], abs=1e-10, rel=0)
    assert np.sum(found) == pytest.approx(1)
