import os

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tests.support.networks import MESSY, NODES, undirected
from valuechain.kernels.betweenness import between_groups, betweenness


def shares(groups, kinds):
    """Rows of shares: a group's number, a tuple of groups to split between, or None for unknown."""
    rows = np.zeros((len(groups), kinds))
    for node, group in enumerate(groups):
        several = () if group is None else group if isinstance(group, tuple) else (group,)
        rows[node, list(several)] = 1 / max(1, len(several))
    return csr_array(rows)


def through_groups(ties, groups, kinds, sources=None):
    links, parts = undirected(ties, len(groups)), shares(groups, kinds)
    starts = np.arange(len(groups)) if sources is None else np.array(sources)
    return between_groups(
        links.indptr, links.indices, parts.indptr.astype(np.int64), parts.indices.astype(np.int64), parts.data, kinds,
        starts,
    )  # fmt: skip


def test_in_a_star_all_paths_lead_through_the_centre():
    links = undirected([(0, 1), (0, 2), (0, 3), (0, 4)], 5)
    assert betweenness(links.indptr, links.indices, 10).share.tolist() == [1, 0, 0, 0, 0]


def test_in_a_path_the_middle_lies_between_most():
    # 5 in a row: the middle lies between 4 of the 6 pairs of others, its neighbours between 3
    links = undirected([(0, 1), (1, 2), (2, 3), (3, 4)], 5)
    assert betweenness(links.indptr, links.indices, 10).share.tolist() == pytest.approx([0, 1 / 2, 2 / 3, 1 / 2, 0])


def test_in_a_diamond_two_ways_share_the_paths():
    # of 0 - 1 - 3 and 0 - 2 - 3 each carries half of one of the three pairs of others
    links = undirected([(0, 1), (0, 2), (1, 3), (2, 3)], 4)
    assert betweenness(links.indptr, links.indices, 10).share.tolist() == pytest.approx([1 / 6] * 4)


def test_in_zacharys_karate_club_the_instructor_lies_between_most():
    # 0.437635: betweenness of node 1 in L. C. Freeman's normalised form, as networkx documents it for this network
    club = nx.karate_club_graph()
    links = undirected(club.edges, 34)
    found = betweenness(links.indptr, links.indices, 34).share
    assert found[0] == pytest.approx(0.437635, abs=1e-6)
    assert found.tolist() == pytest.approx(list(nx.betweenness_centrality(club).values()))


def test_who_has_no_tie_has_no_betweenness_and_is_no_end():
    links = undirected([(1, 2), (2, 3)], 6)
    found = betweenness(links.indptr, links.indices, 10)
    assert np.isnan(found.share).tolist() == [True, False, False, False, True, True]
    assert found.share[2] == 1
    assert (found.sources, found.ends) == (3, 3)


def test_two_alone_have_nobody_between_them_to_speak_of():
    links = undirected([(0, 1)], 2)
    assert np.isnan(betweenness(links.indptr, links.indices, 10).share).all()


@settings(max_examples=200, deadline=None)
@given(MESSY)
def test_on_random_networks_it_is_that_of_networkx_among_those_with_ties(ties):
    links = undirected(ties, NODES)
    graph: nx.Graph[int] = nx.Graph([pair for pair in ties if pair[0] != pair[1]])
    found = betweenness(links.indptr, links.indices, NODES).share
    expected = nx.betweenness_centrality(graph) if len(graph) > 2 else {}
    assert found.tolist() == pytest.approx([expected.get(node, np.nan) for node in range(NODES)], nan_ok=True)


def test_from_some_sources_it_is_estimated_always_alike():
    network = nx.barabasi_albert_graph(200, 3, seed=2)
    links = undirected(network.edges, 200)
    first, again = (betweenness(links.indptr, links.indices, 100) for _ in range(2))
    assert (first.sources, first.ends) == (100, 200)
    assert first.share.tolist() == again.share.tolist()
    exact = betweenness(links.indptr, links.indices, 200).share
    assert np.corrcoef(first.share, exact)[0, 1] > 0.98
    assert first.share.sum() == pytest.approx(exact.sum(), rel=0.05)


def test_an_estimate_is_the_sum_over_its_sources_scaled_to_all():
    network = nx.barabasi_albert_graph(60, 2, seed=5)
    links = undirected(network.edges, 60)
    drawn = np.sort(np.random.default_rng(1).choice(60, 20, replace=False)).tolist()
    expected = nx.betweenness_centrality_subset(network, drawn, range(60))
    found = betweenness(links.indptr, links.indices, 20).share
    # networkx counts an undirected pair half when only one of its ends is a source
    scale = 2 * 60 / 20 / (59 * 58)
    assert found.tolist() == pytest.approx([expected[node] * scale for node in range(60)])


def test_the_number_of_threads_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    network = nx.barabasi_albert_graph(120, 3, seed=4)
    links = undirected(network.edges, 120)
    found = []
    for threads in (1, 2):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, cores=threads: set(range(cores)), raising=False)
        found.append(
            (
                betweenness(links.indptr, links.indices, 100).share.tobytes(),
                through_groups(list(network.edges), [node % 3 for node in range(120)], 3).tobytes(),
            )
        )
    assert found[0] == found[1]


def test_whoever_watches_is_told_how_far_it_is():
    links = undirected([(node, node + 1) for node in range(19)], 20)
    told = []
    betweenness(links.indptr, links.indices, 20, lambda done, total: told.append((done, total)))
    assert told == [(8, 20), (16, 20), (20, 20)]


def test_all_paths_between_two_groups_lead_through_the_one_between_them():
    # path 0 - 1 - 2: the ends differ, so the only pairs are (0, 2), (0, 1) and (1, 2), each both ways; 1 lies on one
    assert through_groups([(0, 1), (1, 2)], [0, 2, 1], 3).tolist() == pytest.approx([0, 1 / 3, 0])


def test_paths_inside_a_group_and_ends_without_a_group_do_not_count():
    # path 0 - 1 - 2 with 0 and 2 alike: of the pairs (0, 1) and (1, 2), none has anybody between
    assert through_groups([(0, 1), (1, 2)], [0, 1, 0], 2).tolist() == [0, 0, 0]
    # 1 has no group, so (0, 2) is the only pair and 1 lies on it
    assert through_groups([(0, 1), (1, 2)], [0, None, 1], 2).tolist() == [0, 1, 0]


def test_ends_that_share_half_a_group_count_half():
    # 0 in group 0; 2 half in 0, half in 1: the pair (0, 2) counts 1 - 1/2; nobody else has a group
    assert through_groups([(0, 1), (1, 2), (2, 3)], [0, None, (0, 1), 1], 2)[1:3].tolist() == pytest.approx(
        # pairs: (0, 2) 0.5, (0, 3) 1, (2, 3) 0.5; node 1 lies on the first two, node 2 on the second
        [1.5 / 2, 1 / 2]
    )


def test_where_no_two_groups_are_connected_nothing_is_said():
    assert np.isnan(through_groups([(0, 1)], [0, 0, 1], 2)).all()


@settings(max_examples=200, deadline=None)
@given(MESSY, st.lists(st.integers(0, 2), min_size=NODES, max_size=NODES))
def test_between_groups_agrees_with_counting_the_shortest_paths(ties, groups):
    graph: nx.Graph[int] = nx.Graph(ties)
    graph.add_nodes_from(range(NODES))
    through, pairs = np.zeros(NODES), 0
    for first in range(NODES):
        for second in range(NODES):
            if groups[first] != groups[second] and nx.has_path(graph, first, second):
                paths = list(nx.all_shortest_paths(graph, first, second))
                pairs += 1
                for path in paths:
                    through[path[1:-1]] += 1 / len(paths)
    expected = through / pairs if pairs else np.full(NODES, np.nan)
    assert through_groups(ties, groups, 3).tolist() == pytest.approx(expected.tolist(), nan_ok=True)


def test_from_some_sources_it_is_the_share_of_the_paths_that_start_there():
    # path 0 - 1 - 2 - 3, groups 0 1 0 1: from 0 there are paths to 1 and, through 1 and 2, to 3
    assert through_groups([(0, 1), (1, 2), (2, 3)], [0, 1, 0, 1], 2, [0]).tolist() == [0, 0.5, 0.5, 0]
