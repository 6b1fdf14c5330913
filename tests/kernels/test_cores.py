import networkx as nx
from hypothesis import given, settings

from tests.support.networks import MESSY, NODES, undirected
from valuechain.kernels.cores import core_numbers


def cores(ties, nodes):
    links = undirected(ties, nodes)
    return core_numbers(links.indptr, links.indices).tolist()


def test_a_star_a_ring_and_a_clique_have_cores_one_two_and_three():
    star = [(0, 1), (0, 2), (0, 3)]
    ring = [(4, 5), (5, 6), (6, 4)]
    clique = [(first, second) for first in range(7, 11) for second in range(first + 1, 11)]
    assert cores(star + ring + clique, 12) == [1] * 4 + [2] * 3 + [3] * 4 + [0]


def test_a_tail_on_a_clique_is_outside_its_core():
    clique = [(first, second) for first in range(4) for second in range(first + 1, 4)]
    assert cores([*clique, (3, 4), (4, 5)], 6) == [3, 3, 3, 3, 1, 1]


def test_zacharys_karate_club_has_a_core_of_ten_in_which_each_has_four_ties():
    # V. Batagelj, M. Zaversnik and networkx agree: degeneracy 4, ten members
    found = cores(nx.karate_club_graph().edges, 34)
    assert (max(found), found.count(4)) == (4, 10)


def test_without_nodes_there_are_no_cores():
    assert cores([], 0) == []


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_on_random_networks_cores_are_those_of_networkx(ties):
    graph: nx.Graph[int] = nx.Graph([pair for pair in ties if pair[0] != pair[1]])
    graph.add_nodes_from(range(NODES))
    expected = nx.core_number(graph)
    assert cores(ties, NODES) == [expected[node] for node in range(NODES)]
