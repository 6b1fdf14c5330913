import os
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from tests.support.networks import MESSY, NODES, undirected
from valuechain.kernels.betweenness import betweenness
from valuechain.kernels.sampled_paths import between_pairs, sampled_betweenness


def through(ties, nodes, *pairs):
    links = undirected(ties, nodes)
    sources, targets = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return between_pairs(links.indptr, links.indices, sources, targets).tolist()


def test_two_ways_between_a_pair_count_half_each():
    # 0 - 1 - 3 and 0 - 2 - 3, then 3 - 4: all paths to 4 lead through 3
    diamond = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)]
    assert through(diamond, 5, (0, 3)) == [0, 0.5, 0.5, 0, 0]
    assert through(diamond, 5, (0, 4), (4, 0)) == [0, 1, 1, 2, 0]


def test_neighbours_have_nobody_between_them_and_parts_no_path():
    assert through([(0, 1), (2, 3)], 4, (0, 1), (0, 3)) == [0, 0, 0, 0]


def test_a_long_way_is_followed_from_both_ends():
    length = 101
    ties = [(node, node + 1) for node in range(length - 1)]
    assert through(ties, length, (0, length - 1)) == [0] + [1] * (length - 2) + [0]


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_all_pairs_of_random_networks_together_are_the_exact_betweenness(ties):
    links = undirected(ties, NODES)
    ends = np.flatnonzero(np.diff(links.indptr)).tolist()
    if len(ends) < 3:
        return
    found = np.array(through(ties, NODES, *permutations(ends, 2))) / ((len(ends) - 1) * (len(ends) - 2))
    exact = betweenness(links.indptr, links.indices, NODES).share
    assert found[ends].tolist() == pytest.approx(exact[ends].tolist())


def test_an_estimate_lies_within_its_standard_errors():
    network = nx.barabasi_albert_graph(300, 3, seed=2)
    links = undirected(network.edges, 300)
    exact = betweenness(links.indptr, links.indices, 300).share
    pairs = 3000
    found = sampled_betweenness(links.indptr, links.indices, pairs)
    assert (np.abs(found - exact) <= 4 * np.sqrt(exact / pairs) + 1e-3).all()
    assert found.sum() == pytest.approx(exact.sum(), rel=0.05)


def test_who_has_no_tie_has_no_betweenness_and_two_alone_have_none():
    links = undirected([(1, 2), (2, 3)], 5)
    found = sampled_betweenness(links.indptr, links.indices, 200)
    assert np.isnan(found).tolist() == [True, False, False, False, True]
    alone = undirected([(0, 1)], 2)
    assert np.isnan(sampled_betweenness(alone.indptr, alone.indices, 5)).all()


def test_the_number_of_threads_changes_nothing_and_whoever_watches_is_told(monkeypatch: pytest.MonkeyPatch):
    network = nx.barabasi_albert_graph(100, 2, seed=4)
    links = undirected(network.edges, 100)
    found, told = [], []
    for threads in (1, 2):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, cores=threads: set(range(cores)), raising=False)
        share = sampled_betweenness(links.indptr, links.indices, 1200, lambda done, total: told.append((done, total)))
        found.append(share.tobytes())
    assert found[0] == found[1]
    assert told[:3] == [(500, 1200), (1000, 1200), (1200, 1200)]
