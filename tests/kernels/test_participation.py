import numpy as np
import pytest
from scipy.sparse import csr_array

from tests.support.networks import undirected
from valuechain.kernels.participation import participation

STAR = [(0, 1), (0, 2), (0, 3), (0, 4)]


def matrix(ties, nodes):
    links = undirected(ties, nodes)
    return csr_array((np.ones(len(links.indices)), links.indices, links.indptr), shape=(nodes, nodes))


def shares(groups, kinds):
    """Rows of shares: a group's number, a tuple of groups to split between, or None for unknown."""
    rows = np.zeros((len(groups), kinds))
    for node, group in enumerate(groups):
        several = () if group is None else group if isinstance(group, tuple) else (group,)
        rows[node, list(several)] = 1 / max(1, len(several))
    return csr_array(rows)


def test_neighbours_in_one_group_give_no_participation_and_in_four_groups_three_quarters():
    # 1 - 4 * (1/4)^2 = 0.75
    assert participation(matrix(STAR, 5), shares([0, 1, 2, 3, 4], 5))[0] == pytest.approx(0.75)
    assert participation(matrix(STAR, 5), shares([0, 1, 1, 1, 1], 5))[0] == pytest.approx(0)


def test_a_neighbour_in_two_groups_counts_half_in_each():
    # k = 2: group 0 gets 1 + 1/2, group 1 gets 1/2, so 1 - (0.75^2 + 0.25^2) = 0.375
    assert participation(matrix([(0, 1), (0, 2)], 3), shares([None, 0, (0, 1)], 2))[0] == pytest.approx(0.375)


def test_without_a_neighbour_whose_group_is_known_there_is_no_participation():
    found = participation(matrix([(0, 1), (0, 2)], 4), shares([0, None, None, 0], 1))
    assert np.isnan(found).tolist() == [True, False, False, True]
