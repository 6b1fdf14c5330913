import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from tests.support.networks import MESSY, NODES, undirected
from valuechain.kernels import pair_features as kernel
from valuechain.kernels.pair_features import (
    ACTIVITY,
    ADAMIC_ADAR,
    ALIKE,
    ALLOCATION,
    COMMON,
    COUNTRY,
    FEATURES,
    KIND,
    NEARNESS,
    PARTNERS,
    QUIET,
    THREE_STEPS,
    TWO_STEPS,
    Surroundings,
    Weights,
    best_of,
    features_of,
)

PATH = [(0, 1), (1, 2), (2, 3)]


def surroundings(ties, nodes, weights=None, words=None, traits=None, most_walked=1000, most_spread=1000):
    """What is known of nodes: ties of weight 1 unless told, rows of words, and traits by number of the column."""
    links = undirected(ties, nodes)
    tie = np.ones(len(links.indices))
    ends = zip(np.repeat(np.arange(nodes), np.diff(links.indptr)), links.indices, strict=True)
    for entry, (one, other) in enumerate(ends):
        tie[entry] = (weights or {}).get((min(one, other), max(one, other)), 1.0)
    strength = np.array([tie[links.indptr[one] : links.indptr[one + 1]].sum() for one in range(nodes)])
    shares = np.zeros((nodes, 4)) if words is None else np.array(words, dtype=float)
    told = np.full((nodes, 8), np.nan)
    told[:, :3], told[:, 3:5] = 0.0, -1.0
    told[:, 0] = np.diff(links.indptr)
    for column, values in (traits or {}).items():
        told[:, column] = values
    held_by, of_holders = _sparse(shares), _sparse(shares.T)
    return Surroundings(
        links.indptr, links.indices.astype(np.int32), tie, strength, held_by[0], held_by[1], held_by[2], of_holders[0],
        of_holders[1], of_holders[2], told, most_walked, most_spread,
    )  # fmt: skip


def _sparse(rows):
    start = np.concatenate([[0], np.cumsum((rows > 0).sum(axis=1))]).astype(np.int64)
    return start, np.nonzero(rows)[1].astype(np.int32), rows[rows > 0]


def table(around, nodes):
    """The features of every pair: (nodes, nodes, FEATURES)."""
    everybody = np.arange(nodes)
    rows = features_of(around, everybody, np.arange(nodes + 1) * nodes, np.tile(everybody, nodes))
    return rows.reshape(nodes, nodes, FEATURES)


def dense(around, nodes):
    matrix = np.zeros((nodes, nodes))
    for one in range(nodes):
        entries = slice(around.start[one], around.start[one + 1])
        matrix[one, around.partner[entries]] = around.tie[entries]
    return matrix


@given(MESSY)
def test_common_partners_allocation_adamic_adar_and_attachment_are_those_of_networkx(ties):
    around = surroundings(ties, NODES)
    found = table(around, NODES)
    graph = nx.empty_graph(NODES)
    graph.add_edges_from(pair for pair in ties if pair[0] != pair[1])
    pairs = [(one, other) for one in range(NODES) for other in range(NODES) if one != other]

    for one, other, value in nx.resource_allocation_index(graph, pairs):
        assert found[one, other, ALLOCATION] == pytest.approx(value)
    for one, other, value in nx.adamic_adar_index(graph, pairs):
        assert found[one, other, ADAMIC_ADAR] == pytest.approx(value)
    for one, other, value in nx.preferential_attachment(graph, pairs):
        assert found[one, other, PARTNERS] == value
    for one, other in pairs:
        assert found[one, other, COMMON] == len(list(nx.common_neighbors(graph, one, other)))


@given(MESSY)
def test_ways_of_two_and_three_steps_are_products_of_the_weights(ties):
    weights = {(min(pair), max(pair)): 1.0 + (3 * pair[0] + pair[1]) % 5 for pair in ties}
    around = surroundings(ties, NODES, {**weights})
    matrix = dense(around, NODES)
    share = np.divide(1.0, around.strength, where=around.strength > 0, out=np.zeros(NODES))

    found = table(around, NODES)
    two = matrix @ np.diag(share) @ matrix
    np.testing.assert_allclose(found[:, :, TWO_STEPS], two, atol=1e-12)
    np.testing.assert_allclose(found[:, :, THREE_STEPS], two @ np.diag(share) @ matrix, atol=1e-12)


def test_a_way_of_three_steps_leads_on_from_the_likeliest_ends_alone():
    # From 0 over 1 one comes to 2 (weight 3) and to 4 (weight 1); only the likelier end is walked on from.
    ties = [(0, 1), (1, 2), (2, 3), (1, 4), (4, 5)]
    weights = {(1, 2): 3.0}
    everything = table(surroundings(ties, 6, weights), 6)[0, :, THREE_STEPS]
    likeliest = table(surroundings(ties, 6, weights, most_spread=1), 6)[0, :, THREE_STEPS]

    assert everything[3] > 0
    assert everything[5] > 0
    assert np.count_nonzero(likeliest) < np.count_nonzero(everything)


def test_nobody_is_walked_through_who_has_too_many_partners():
    star = [(0, 1), (0, 2), (0, 3)]
    assert table(surroundings(star, 4), 4)[1, 2, COMMON] == 1
    assert table(surroundings(star, 4, most_walked=2), 4)[1, 2, COMMON] == 0


def test_words_give_the_cosine():
    words = [[0.6, 0.8, 0, 0], [0.6, 0, 0.8, 0], [0, 0, 0, 1]]
    assert table(surroundings([], 3, words=words), 3)[0, :, ALIKE] == pytest.approx([1.0, 0.36, 0.0])


def test_traits_of_the_two_ends_are_put_together():
    on_sphere = {kernel.OF_PLACE + axis: [[1, np.cos(0.1), np.nan], [0, np.sin(0.1), np.nan], [0, 0, np.nan]][axis]
                 for axis in range(3)}  # fmt: skip
    traits = {
        kernel.OF_ACTIVITY: [2, 3, 5], kernel.OF_QUIET: [1, 4, 2], kernel.OF_COUNTRY: [7, 7, -1],
        kernel.OF_KIND: [1, 2, -1], **on_sphere,
    }  # fmt: skip
    found = table(surroundings([], 3, traits=traits), 3)

    assert (found[0, 1, ACTIVITY], found[0, 1, QUIET], found[0, 1, COUNTRY], found[0, 1, KIND]) == (6, 4, 1, 0)
    assert (found[2, 2, COUNTRY], found[2, 2, KIND]) == (0, 0), "what is not known is not the same"
    # An angle of 0.1 on a sphere of 6,371 km is 637.1 km.
    assert found[0, 1, NEARNESS] == pytest.approx(1 / (1 + 6.371))
    assert (found[0, 0, NEARNESS], found[0, 2, NEARNESS]) == (1.0, 0.0)


WEIGHTS = Weights(np.arange(FEATURES, dtype=float) - 3.0, np.array([1.0, 0.0] * (FEATURES // 2)))


@given(MESSY)
def test_the_best_are_those_of_a_search_through_all_that_is_reached(ties):
    words = np.eye(4)[np.arange(NODES) % 4]
    around = surroundings(ties, NODES, words=words)
    matrix = dense(around, NODES)
    group = np.arange(NODES) // 2
    open_to = np.arange(NODES) != 7
    everybody = np.arange(NODES)

    start, others = blocked([(0, 4)])
    who, score, features = best_of(around, WEIGHTS, everybody, 3, start, others, group, open_to)

    values = table(around, NODES)
    x = np.where(WEIGHTS.scale > 0, np.log1p(values * WEIGHTS.scale), values)
    by_hand = x @ WEIGHTS.weight
    for one in everybody:
        allowed = [
            other for other in everybody
            if other != one and not matrix[one, other] and group[other] != group[one] and open_to[other]
            and {one, other} != {0, 4} and values[one, other, [COMMON, THREE_STEPS, ALIKE]].any()
        ]  # fmt: skip
        best = sorted(allowed, key=lambda other: (-round(by_hand[one, other], 9), other))[:3]
        np.testing.assert_allclose(by_hand[one, best], score[one, : len(best)], atol=1e-9)
        assert (who[one] >= 0).sum() == len(best)
        for place, other in enumerate(who[one, : len(best)]):
            assert other in allowed
            np.testing.assert_array_equal(features[one, place], values[one, other])


def blocked(pairs):
    """Pairs that are left out, in compressed form, from both ends."""
    links = undirected(pairs, NODES)
    return links.indptr, links.indices.astype(np.int32)


def test_equal_scores_come_in_the_order_of_their_numbers():
    star = [(0, 1), (0, 2), (0, 3), (0, 4)]
    nobody = np.zeros(6, np.int64), np.zeros(0, np.int32)
    who, _, _ = best_of(surroundings(star, 5), WEIGHTS, np.array([1]), 5, *nobody, np.arange(5), np.ones(5, dtype=bool))
    assert who[0].tolist() == [2, 3, 4, -1, -1]


def test_nobody_to_ask_for_gives_empty_answers():
    nobody = np.zeros(5, np.int64), np.zeros(0, np.int32)
    who, score, features = best_of(
        surroundings(PATH, 4), WEIGHTS, np.zeros(0, np.int64), 2, *nobody, np.arange(4), np.ones(4, dtype=bool)
    )
    assert (who.shape, score.shape, features.shape) == ((0, 2), (0, 2), (0, 2, FEATURES))
