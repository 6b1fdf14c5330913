"""Shortest ways against networkx, and by hand."""

from itertools import islice, pairwise

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.support.networks import MESSY, NODES, undirected
from valuechain.kernels.shortest_ways import shortest_ways, surest_first

EVERYBODY = np.ones(NODES, dtype=bool)


def ways_from(start, pairs, allowed=EVERYBODY, most=NODES, sure=None):
    ties = undirected(pairs, NODES)
    count = max(1, len(ties.indices) // 2)
    links = ties.links % count
    sure = np.ones(count) if sure is None else np.array(sure[:count] + [1.0] * count)[:count]
    return shortest_ways(ties.indptr, ties.indices, links, sure, start, allowed, most), (ties, links, sure)


def graph_of_networkx(pairs, allowed=EVERYBODY):
    made: nx.Graph[int] = nx.Graph(pair for pair in pairs if pair[0] != pair[1])
    made.add_nodes_from(range(NODES))
    return made.subgraph(np.flatnonzero(allowed).tolist())


@given(MESSY, st.integers(0, NODES - 1), st.integers(0, NODES))
def test_steps_and_ways_are_those_of_networkx(pairs, start, most):
    found, _ = ways_from(start, pairs, most=most)
    theirs = nx.single_source_shortest_path_length(graph_of_networkx(pairs), start, most)

    assert {node: int(found.steps[node]) for node in np.flatnonzero(found.steps >= 0)} == theirs
    for node in theirs:
        assert found.ways[node] == len(list(nx.all_shortest_paths(graph_of_networkx(pairs), start, node)))


@given(MESSY, st.integers(0, NODES - 1), st.sets(st.integers(0, NODES - 1)))
def test_ways_lead_through_those_allowed_alone(pairs, start, kept):
    allowed = np.isin(np.arange(NODES), [*kept, start])
    found, _ = ways_from(start, pairs, allowed)

    theirs = nx.single_source_shortest_path_length(graph_of_networkx(pairs, allowed), start)
    assert set(np.flatnonzero(found.steps >= 0).tolist()) == set(theirs)


@given(
    MESSY,
    st.integers(0, NODES - 1),
    st.integers(0, NODES - 1),
    st.lists(st.sampled_from([0.2, 0.5, 0.9]), min_size=24, max_size=24),
)
def test_all_shortest_ways_come_the_surest_first(pairs, start, end, sure):
    there, (ties, links, weights) = ways_from(start, pairs, sure=sure)
    back, _ = ways_from(end, pairs, sure=sure)
    length = int(there.steps[end])
    if length < 0:
        return
    found = list(surest_first(ties.indptr, ties.indices, links, weights, there, back, length))

    theirs = [tuple(way) for way in nx.all_shortest_paths(graph_of_networkx(pairs), start, end)]
    assert sorted((start, *(node for _, node in way)) for way in found) == sorted(theirs)
    sureness = [min((weights[link] for link, _ in way), default=1.0) for way in found]
    assert sureness == sorted(sureness, reverse=True)
    assert there.sureness[end] == sureness[0]


def test_the_surest_of_equally_short_ways_is_remembered():
    found, (_, links, _) = ways_from(0, [(0, 1), (0, 2), (1, 3), (2, 3)], sure=[0.9, 0.5, 0.3, 0.4])

    assert (found.steps[3], found.ways[3], found.sureness[3], found.before[3]) == (2, 2.0, 0.4, 2)
    assert found.link[3] in links


def test_of_very_many_ways_the_first_are_had_at_once():
    """Ten layers of thirty nodes give 30 ** 10 equally short ways."""
    layers = [[0], *([1 + 30 * layer + place for place in range(30)] for layer in range(10)), [301]]
    pairs = [(one, other) for near, far in pairwise(layers) for one in near for other in far]
    ties = undirected(pairs, 302)
    links = ties.links % (len(ties.indices) // 2)
    sure, everybody = np.ones(len(pairs)), np.ones(302, dtype=bool)
    there, back = (shortest_ways(ties.indptr, ties.indices, links, sure, end, everybody, 302) for end in (0, 301))

    assert there.ways[301] == 30.0**10
    assert len(list(islice(surest_first(ties.indptr, ties.indices, links, sure, there, back, 11), 3))) == 3
