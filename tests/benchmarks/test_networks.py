"""The made-up networks look like real production networks: the sources stand in `benchmarks/networks.py`."""

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, shortest_path

from benchmarks.networks import Network, graph, network
from valuechain.analyses._failure import dependencies

ORGANISATIONS, LINKS = 10_000, 50_000


@pytest.fixture(scope="module")
def made() -> Network:
    return network(ORGANISATIONS, LINKS)


@pytest.fixture(scope="module")
def who_supplies_whom(made: Network):
    count = made.organisations
    matrix = csr_array(coo_array((np.ones(LINKS), (made.supplier, made.buyer)), shape=(count, count)))
    matrix.data[:] = 1.0
    return matrix


@pytest.fixture(scope="module")
def tied(who_supplies_whom):
    return ((who_supplies_whom + who_supplies_whom.T) > 0).astype(float).tocsr()


def tail_exponent(degrees: np.ndarray, share: float = 0.05) -> float:
    """Hill's estimate of the exponent of the cumulative distribution, from the largest `share`."""
    ordered = np.sort(degrees)[::-1].astype(float)
    most = int(share * len(ordered))
    return float(1.0 / np.mean(np.log(ordered[:most] / ordered[most])))


def degrees(made: Network) -> tuple[np.ndarray, np.ndarray]:
    """Of each organisation how many suppliers and customers."""
    pairs = np.unique(np.stack([made.supplier, made.buyer]), axis=1)
    supplier, buyer = (np.bincount(end, minlength=made.organisations) for end in pairs)
    return buyer, supplier


def test_there_are_as_many_different_links_as_asked_for(made):
    assert len(np.unique(np.stack([made.supplier, made.buyer, made.capability]), axis=1).T) == LINKS
    assert (made.supplier != made.buyer).all()
    assert max(made.supplier.max(), made.buyer.max()) < ORGANISATIONS
    assert (made.value > 0).all()


def test_the_same_seed_gives_the_same_network_and_another_seed_another():
    one, two, other = network(500, 2_000), network(500, 2_000), network(500, 2_000, seed=2)
    assert np.array_equal(one.supplier, two.supplier)
    assert np.array_equal(one.value, two.value)
    assert not np.array_equal(one.supplier, other.supplier)


def test_more_links_than_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        network(10, 1_000)


@pytest.mark.parametrize("inputs", [3, 5, 10])
def test_nobody_buys_more_capabilities_than_asked_for(inputs):
    made = network(2_000, 10_000, inputs=inputs)
    pairs = np.unique(np.stack([made.buyer, made.capability]), axis=1)
    bought = np.bincount(pairs[0], minlength=2_000)
    links = np.bincount(made.buyer, minlength=2_000)
    assert bought.max() == inputs
    assert (bought == np.minimum(links, inputs)).mean() > 0.9


def test_degrees_are_heavy_tailed_with_exponents_as_in_japan_and_among_listed_firms(made):
    suppliers, customers = degrees(made)
    assert 1.1 < tail_exponent(suppliers) < 1.7
    assert 1.0 < tail_exponent(customers) < 1.7
    assert customers.max() > 100 * customers.mean()
    assert 0.2 < (customers == 0).mean() < 0.5


def test_firms_with_many_customers_have_many_suppliers(made):
    suppliers, customers = degrees(made)
    assert 0.35 < np.corrcoef(np.log1p(suppliers), np.log1p(customers))[0, 1] < 0.65


def test_links_are_seldom_returned_but_more_often_than_by_chance(who_supplies_whom):
    returned = who_supplies_whom.multiply(who_supplies_whom.T).sum() / who_supplies_whom.sum()
    by_chance = who_supplies_whom.sum() / ORGANISATIONS**2
    assert max(0.02, 10 * by_chance) < returned < 0.08


def test_hubs_trade_with_small_firms(tied):
    degree = tied.sum(axis=0)
    first, second = tied.nonzero()
    assert -0.2 < np.corrcoef(degree[first], degree[second])[0, 1] < -0.03


def test_triangles_are_few_and_fewest_around_hubs(tied):
    degree = tied.sum(axis=0)
    closed = (tied @ tied).multiply(tied).sum(axis=0)
    several = degree > 1
    clustering = closed[several] / (degree * (degree - 1))[several]
    assert 0.02 < clustering.mean() < 0.15
    small, large = degree[several] <= 10, degree[several] > 100
    assert clustering[large].mean() < 0.5 * clustering[small].mean()


def test_firms_share_suppliers_more_often_than_they_trade_with_their_partners_partners(tied):
    two_steps = (tied @ tied).tolil()
    two_steps.setdiag(0)
    paths = two_steps.tocsr()
    squares = (paths.data * (paths.data - 1)).sum() / 2
    triangles = paths.multiply(tied).sum() / 2
    assert squares > 10 * triangles


def test_nearly_all_hang_together_and_half_reach_each_other(who_supplies_whom):
    _, weak = connected_components(who_supplies_whom, directed=False)
    _, strong = connected_components(who_supplies_whom, directed=True, connection="strong")
    assert np.bincount(weak).max() > 0.9 * ORGANISATIONS
    assert 0.45 < np.bincount(strong).max() / ORGANISATIONS < 0.75


def test_ways_are_short(tied):
    ways = shortest_path(tied, unweighted=True, indices=np.arange(0, ORGANISATIONS, 500))
    assert 2.5 < ways[np.isfinite(ways)].mean() < 4.5


def test_the_graph_holds_the_network_row_by_row():
    made = network(400, 2_000)
    whole = graph(made)
    assert list(whole["organisations"]["kind"][:400].unique()) != ["cluster"]
    supplies = whole["supplies"]
    rows = {tuple(row) for row in supplies[["supplier", "buyer", "capability"]].to_numpy().tolist()}
    assert rows == set(zip(made.supplier.tolist(), made.buyer.tolist(), made.capability.tolist(), strict=True))
    value = supplies.groupby("supplier")["value_eur"].sum()
    assert value.to_numpy() == pytest.approx(np.bincount(made.supplier, made.value, 400)[value.index])
    for table in ("offers", "needs", "inputs", "memberships", "markets", "collaborations", "surveys", "sectors"):
        assert len(whole[table]), table
    assert not any(whole.unresolved.values())


def test_everything_bought_is_known_to_be_essential():
    known = dependencies(graph(network(400, 2_000)))
    assert set(known.inputs["essential"]) == {"yes"}
