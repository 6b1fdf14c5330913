import networkx as nx
from hypothesis import given, settings

from tests.support.networks import MESSY, NODES, directed
from valuechain.kernels.components import components, strong_components


def groups_of(labels):
    return [{node for node, label in enumerate(labels) if label == one} for one in range(max(labels) + 1)]


def ranked(groups):
    return sorted((set(group) for group in groups), key=lambda group: (-len(group), min(group)))


def test_the_largest_part_comes_first_and_equal_ones_by_their_smallest_member():
    links = directed([(1, 0), (3, 4), (4, 5), (6, 7)], 9)
    assert components(links.indptr, links.indices).tolist() == [1, 1, 3, 0, 0, 0, 2, 2, 4]


def test_a_ring_is_one_strong_component_and_whoever_it_supplies_is_not_in_it():
    links = directed([(0, 1), (1, 2), (2, 0), (2, 3)], 4)
    assert strong_components(links.indptr, links.indices).tolist() == [0, 0, 0, 1]
    assert components(links.indptr, links.indices).tolist() == [0, 0, 0, 0]


def test_without_nodes_there_are_no_parts():
    links = directed([], 0)
    assert components(links.indptr, links.indices).tolist() == []


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_on_random_networks_parts_are_those_of_networkx(pairs):
    links = directed(pairs, NODES)
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(pairs)
    graph.add_nodes_from(range(NODES))
    weak = groups_of(components(links.indptr, links.indices).tolist())
    strong = groups_of(strong_components(links.indptr, links.indices).tolist())
    assert weak == ranked(nx.weakly_connected_components(graph))
    assert strong == ranked(nx.strongly_connected_components(graph))
