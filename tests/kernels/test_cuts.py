import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import MESSY, NODES
from valuechain.kernels.cuts import find_cuts
from valuechain.model.graph import Adjacency


def cuts(ties, nodes):
    first, second = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    both = Adjacency.from_pairs(np.concatenate([first, second]), np.concatenate([second, first]), nodes)
    return find_cuts(both.indptr, both.indices, both.links % max(1, len(ties)), len(ties))


def test_two_triangles_on_one_node_hang_on_it():
    found = cuts([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (2, 4)], 5)
    assert found.parts.tolist() == [1, 1, 2, 1, 1]
    assert found.cut_off.tolist() == [0, 0, 2, 0, 0]
    assert found.smaller_side.tolist() == [0] * 6


def test_a_link_between_two_triangles_is_a_bridge_with_three_on_either_side():
    found = cuts([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)], 6)
    assert found.smaller_side.tolist() == [0, 0, 0, 3, 0, 0, 0]
    assert found.cut_off.tolist() == [0, 0, 2, 2, 0, 0]


def test_the_centre_of_a_star_leaves_one_of_its_tips_behind():
    found = cuts([(0, tip) for tip in range(1, 5)], 5)
    assert (found.parts[0], found.cut_off[0]) == (4, 3)
    assert found.smaller_side.tolist() == [1] * 4


def test_a_node_without_ties_has_no_parts():
    assert cuts([(0, 1)], 3).parts.tolist() == [1, 1, 0]


def test_a_path_of_many_nodes_does_not_exhaust_the_stack():
    length = 20_001
    found = cuts([(node, node + 1) for node in range(length - 1)], length)
    assert found.cut_off[length // 2] == length // 2


@settings(max_examples=300, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), max_size=18))
def test_on_random_networks_cuts_are_those_of_networkx_and_sizes_those_counted(ties):
    ordered = sorted(ties)
    graph: nx.Graph[int] = nx.Graph(ordered)
    graph.add_nodes_from(range(10))
    found = cuts(ordered, 10)
    assert set(np.flatnonzero(found.parts > 1).tolist()) == set(nx.articulation_points(graph))
    bridges = [sorted(pair) for pair in np.array(list(nx.bridges(graph))).reshape(-1, 2).tolist()]
    assert sorted(list(ordered[link]) for link in np.flatnonzero(found.smaller_side)) == sorted(bridges)
    for node in range(10):
        component = nx.node_connected_component(graph, node) - {node}
        pieces = [len(piece) for piece in nx.connected_components(graph.subgraph(component))]
        assert found.parts[node] == len(pieces)
        assert found.cut_off[node] == sum(pieces) - max(pieces, default=0)
    for link in np.flatnonzero(found.smaller_side):
        first, second = ordered[link]
        without: nx.Graph[int] = nx.Graph(graph)
        without.remove_edge(first, second)
        sides = [len(nx.node_connected_component(without, end)) for end in (first, second)]
        assert found.smaller_side[link] == min(sides)


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_two_links_between_the_same_two_are_no_bridge_and_a_link_to_oneself_is_nothing(pairs):
    graph: nx.MultiGraph[int] = nx.MultiGraph(pairs)
    graph.add_nodes_from(range(NODES))
    found = cuts(pairs, NODES)
    simple: nx.Graph[int] = nx.Graph(graph)
    twice = {frozenset(pair) for pair in pairs if pairs.count(pair) + pairs.count(pair[::-1]) > 1}
    single = {frozenset(pair) for pair in np.array(list(nx.bridges(simple))).reshape(-1, 2).tolist()} - twice
    assert {frozenset(pairs[link]) for link in np.flatnonzero(found.smaller_side)} == single
    assert set(np.flatnonzero(found.parts > 1).tolist()) == set(nx.articulation_points(simple))


def test_a_diamond_has_no_articulation_point_and_a_bottleneck_has_one():
    assert cuts([(0, 1), (0, 2), (1, 3), (2, 3)], 4).parts.max() == 1
    bottleneck = cuts([(0, 2), (1, 2), (0, 1), (2, 3), (2, 4), (3, 4)], 5)
    assert np.flatnonzero(bottleneck.parts > 1).tolist() == [2]
