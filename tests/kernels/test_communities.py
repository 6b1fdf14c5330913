import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import MESSY, NODES, undirected
from valuechain.kernels.chunks import in_chunks
from valuechain.kernels.communities import communities, modularity


def found_in(ties, nodes):
    links = undirected(ties, nodes)
    return communities(links.indptr, links.indices)


def test_two_triangles_joined_by_one_tie_are_two_communities():
    ties = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)]
    assert found_in(ties, 6).tolist() == [0, 0, 0, 1, 1, 1]


def test_the_largest_community_is_the_first_and_equal_ones_stand_by_their_smallest_member():
    ties = [(0, 1), (2, 3), (3, 4), (2, 4)]
    assert found_in(ties, 6).tolist() == [1, 1, 0, 0, 0, 2]


def test_without_ties_everybody_is_alone():
    assert found_in([], 3).tolist() == [0, 1, 2]
    assert found_in([(1, 1)], 3).tolist() == [0, 1, 2]
    assert found_in([], 0).tolist() == []


def test_modularity_of_two_triangles_joined_by_one_tie():
    # 6 of 7 ties inside, 7 of 14 ends in each: 6/7 - 2 * (7/14)^2 = 5/14
    links = undirected([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)], 6)
    assert modularity(links.indptr, links.indices, np.array([0, 0, 0, 1, 1, 1])) == pytest.approx(5 / 14)


def test_without_ties_there_is_no_modularity():
    links = undirected([], 2)
    assert np.isnan(modularity(links.indptr, links.indices, np.array([0, 1])))


def test_in_zacharys_karate_club_the_best_modularity_known_is_reached():
    # The optimum over all partitions is 0.4198 with four communities: U. Brandes et al. (2008), On modularity
    # clustering, IEEE Transactions on Knowledge and Data Engineering 20(2), table 1.
    club = nx.karate_club_graph()
    links = undirected(list(club.edges), 34)
    found = communities(links.indptr, links.indices)
    assert found.max() + 1 == 4
    assert modularity(links.indptr, links.indices, found) == pytest.approx(0.4198, abs=5e-5)


def test_a_planted_partition_is_found():
    planted = nx.planted_partition_graph(4, 25, 0.6, 0.02, seed=7)
    found = found_in(list(planted.edges), 100)
    assert found.tolist() == np.repeat(np.arange(4), 25).tolist()


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_on_random_networks_communities_are_connected_and_numbered_by_size(ties):
    graph: nx.Graph[int] = nx.Graph([pair for pair in ties if pair[0] != pair[1]])
    graph.add_nodes_from(range(NODES))
    found = found_in(ties, NODES)
    groups = [np.flatnonzero(found == one) for one in range(found.max() + 1)]
    assert all(nx.is_connected(graph.subgraph(group.tolist())) for group in groups)
    ranked = sorted(groups, key=lambda group: (-len(group), group[0]))
    assert [group.tolist() for group in groups] == [group.tolist() for group in ranked]


@settings(max_examples=300, deadline=None)
@given(MESSY, st.lists(st.integers(0, 3), min_size=NODES, max_size=NODES))
def test_modularity_agrees_with_networkx(ties, labels):
    graph: nx.Graph[int] = nx.Graph([pair for pair in ties if pair[0] != pair[1]])
    graph.add_nodes_from(range(NODES))
    links = undirected(ties, NODES)
    found = modularity(links.indptr, links.indices, np.array(labels))
    if not graph.number_of_edges():
        assert np.isnan(found)
        return
    groups = [{node for node in range(NODES) if labels[node] == one} for one in range(4)]
    assert found == pytest.approx(nx.community.modularity(graph, groups))


def test_the_answer_is_the_same_whatever_the_number_of_threads():
    network = nx.barabasi_albert_graph(300, 3, seed=3)
    links = undirected(list(network.edges), 300)
    several = in_chunks(lambda start, stop: communities(links.indptr, links.indices), 4, 1)
    assert all(one.tolist() == several[0].tolist() for one in several)
    assert several[0].tolist() == communities(links.indptr, links.indices).tolist()
