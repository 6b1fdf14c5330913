"""Time to survive and impact against the published example, a maximum flow of another library, and what must hold."""

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuechain.analyses._closure_programs import (
    TOGETHER,
    Sites,
    exposure_index,
    least_losses,
    time_to_survive,
    times_to_survive,
)
from valuechain.model.arrays import Floats
from valuechain.model.watching import watched


def everywhere(capacity: list[float], products: int) -> Sites:
    """Sites that can make every product."""
    count = len(capacity)
    return Sites(np.array(capacity), np.repeat(np.arange(count), products), np.tile(np.arange(products), count))


# Simchi-Levi et al. (2015): three sites, two products, closed for two periods; worked by hand.
CAPACITY, DEMAND, STOCK = [30.0, 45.0, 60.0], np.array([75.0, 50.0]), np.array([20.0, 25.0])
COST, DAYS = np.array([5000.0, 6500.0]), np.array([2.0, 2.0])


@pytest.mark.parametrize(("site", "impact", "lasts"), [(0, 0, 2.25), (1, 125_000, 1.2857), (2, 275_000, 0.9)])
def test_losing_a_site_costs_and_lasts_as_in_the_published_example(site: int, impact: float, lasts: float):
    left = everywhere(CAPACITY, 2).without(site)

    assert (least_losses(left, DEMAND, STOCK, COST, DAYS) * COST).sum() == pytest.approx(impact)
    assert times_to_survive(left, DEMAND, STOCK) == pytest.approx([lasts, lasts], abs=5e-5)


def test_the_risk_exposure_index_compares_with_the_largest_impact():
    assert exposure_index(np.array([0.0, 125_000, 275_000])).tolist() == pytest.approx([0, 0.4545, 1], abs=5e-5)
    assert exposure_index(np.zeros(2)).tolist() == [0.0, 0.0]
    assert exposure_index(np.zeros(0)).tolist() == []


def test_what_the_sites_carry_for_ever_does_not_run_out():
    sites = everywhere([5.0, 5.0], 2)
    assert np.isinf(times_to_survive(sites, np.array([6.0, 4.0]), np.zeros(2))).all()
    assert np.isinf(time_to_survive(np.array([2.0]), np.array([2.0]), np.array([0.0]))).all()
    assert least_losses(sites, np.array([6.0, 4.0]), np.zeros(2), np.ones(2), np.full(2, 9.0)).tolist() == [0.0, 0.0]


def test_nothing_at_all_is_lost_at_once():
    nobody = everywhere([], 2)
    assert times_to_survive(nobody, np.array([1.0, 2.0]), np.zeros(2)).tolist() == [0.0, 0.0]
    assert least_losses(nobody, np.array([1.0, 2.0]), np.zeros(2), np.ones(2), np.full(2, 3.0)).tolist() == [3.0, 6.0]
    assert times_to_survive(nobody, np.zeros(0), np.zeros(0)).tolist() == []


def test_programs_that_share_nothing_are_solved_in_parts_and_tell_how_far_they_are():
    pairs = TOGETHER  # two products with one site each time, so that two parts are needed
    capacity = np.arange(1.0, pairs + 1)
    sites = Sites(capacity, np.repeat(np.arange(pairs), 2), np.arange(2 * pairs))
    demand, stock = np.repeat(capacity, 2), np.repeat(capacity, 2) * 3
    told: list[tuple[int, int]] = []

    with watched(lambda done, total: told.append((done, total))):
        lasts = times_to_survive(sites, demand, stock)

    assert told == [(TOGETHER, 2 * TOGETHER), (2 * TOGETHER, 2 * TOGETHER)]
    assert lasts == pytest.approx(np.full(2 * pairs, 6.0))  # 2 c t - 6 c = c t


amounts = st.floats(0.0, 50.0).map(lambda number: round(number, 1))


@st.composite
def networks(draw: st.DrawFn) -> tuple[Sites, Floats, Floats]:
    """Up to four sites and products, with any arcs between them."""
    products, count = draw(st.integers(1, 4)), draw(st.integers(0, 4))
    capacity = np.array(draw(st.lists(amounts, min_size=count, max_size=count)))
    possible = [(site, product) for site in range(count) for product in range(products)]
    arcs = draw(st.lists(st.sampled_from(possible), unique=True)) if possible else []
    site, product = (np.array([arc[end] for arc in arcs], dtype=np.int64) for end in (0, 1))
    demand = np.array(draw(st.lists(amounts.map(lambda one: one + 0.1), min_size=products, max_size=products)))
    stock = np.array(draw(st.lists(amounts, min_size=products, max_size=products)))
    return Sites(capacity, site, product), demand, stock


def delivered(sites: Sites, wanted: Floats, days: float) -> float:
    """The most that sites can deliver of what is wanted, as a maximum flow."""
    net: nx.DiGraph[Any] = nx.DiGraph()
    net.add_nodes_from(["source", "sink"])
    for site, capacity in enumerate(sites.capacity):
        net.add_edge("source", ("site", site), capacity=capacity * days)
    for site, product in zip(sites.site, sites.product, strict=True):
        net.add_edge(("site", int(site)), ("product", int(product)))
    for product, units in enumerate(wanted):
        net.add_edge(("product", product), "sink", capacity=units)
    return float(nx.maximum_flow_value(net, "source", "sink"))


@given(networks(), st.floats(0.5, 30.0))
@settings(max_examples=60, deadline=None)
def test_the_least_loss_is_what_a_maximum_flow_leaves(network: tuple[Sites, Floats, Floats], days: float):
    sites, demand, stock = network
    wanted = np.maximum(0.0, demand * days - stock)

    lost = least_losses(sites, demand, stock, np.ones(len(demand)), np.full(len(demand), days))

    assert lost.sum() == pytest.approx(wanted.sum() - delivered(sites, wanted, days), abs=1e-5, rel=1e-6)


@given(networks())
@settings(max_examples=60, deadline=None)
def test_all_is_delivered_until_the_first_runs_out_and_not_longer(network: tuple[Sites, Floats, Floats]):
    sites, demand, stock = network
    first = float(times_to_survive(sites, demand, stock).min())

    def lacking(days: float) -> float:
        wanted = np.maximum(0.0, demand * days - stock)
        return float(wanted.sum()) - delivered(sites, wanted, days)

    if np.isinf(first):
        assert lacking(1000.0) == pytest.approx(0.0, abs=1e-4)
    else:
        assert lacking(first) == pytest.approx(0.0, abs=1e-4)
        assert lacking(first * 1.01 + 0.01) > 1e-6


@given(networks(), amounts, st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_more_stock_never_shortens_survival(network: tuple[Sites, Floats, Floats], more: float, which: int):
    sites, demand, stock = network
    larger = stock.copy()
    larger[which % len(stock)] += more
    lasts, longer = (times_to_survive(sites, demand, one) for one in (stock, larger))
    assert (longer >= lasts - 1e-6 * (1 + np.where(np.isinf(lasts), 0, lasts))).all()


@given(networks(), amounts, st.integers(0, 3), st.floats(0.5, 30.0))
@settings(max_examples=60, deadline=None)
def test_more_capacity_never_raises_the_impact(
    network: tuple[Sites, Floats, Floats], more: float, which: int, days: float
):
    sites, demand, stock = network
    larger = sites.capacity.copy()
    larger[which % max(1, len(larger)) : which % max(1, len(larger)) + 1] += more
    cost = np.arange(1.0, len(demand) + 1)
    horizon = np.full(len(demand), days)
    before, after = (
        (least_losses(Sites(capacity, sites.site, sites.product), demand, stock, cost, horizon) * cost).sum()
        for capacity in (sites.capacity, larger)
    )
    assert after <= before + 1e-5 * (1 + before)


@given(networks(), st.sampled_from([1e-4, 0.5, 1e5]))
@settings(max_examples=40, deadline=None)
def test_units_do_not_matter(network: tuple[Sites, Floats, Floats], factor: float):
    sites, demand, stock = network
    scaled = Sites(sites.capacity * factor, sites.site, sites.product)
    days, cost = np.full(len(demand), 7.0), np.arange(1.0, len(demand) + 1)
    lasts, alike = times_to_survive(sites, demand, stock), times_to_survive(scaled, demand * factor, stock * factor)
    assert alike == pytest.approx(lasts, rel=1e-5, abs=1e-6)
    impacts = [
        (least_losses(net, demand * by, stock * by, cost, days) * cost).sum() / by
        for net, by in ((sites, 1.0), (scaled, factor))
    ]
    assert impacts[1] == pytest.approx(impacts[0], rel=1e-5, abs=1e-5)


@given(st.lists(amounts, min_size=1, max_size=4), amounts, amounts)
@settings(max_examples=60, deadline=None)
def test_the_formula_for_one_product_is_the_programs_answer(capacity: list[float], demand: float, stock: float):
    """A second product, which nobody wants, makes it a program."""
    one = time_to_survive(np.array([sum(capacity)]), np.array([demand + 0.1]), np.array([stock]))
    two = times_to_survive(everywhere(capacity, 2), np.array([demand + 0.1, 0.0]), np.array([stock, 0.0]))
    assert two[0] == pytest.approx(one[0], rel=1e-6, abs=1e-6)
